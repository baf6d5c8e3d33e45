"""The unit of the demo agency: its rules, who is away this week, a circular, swaps, a waiting place, a delegation."""

from datetime import timedelta

import frappe

from mkd_hrms.constants import (
	APPROVE,
	ASK,
	COLLECTIVE_DAY,
	CONSENT,
	DAY,
	DAY_SWAP,
	DELEGATION,
	EXCHANGE,
	HAND_OVER,
	OFFICE_DAY,
	REJECT,
)
from mkd_hrms.services.units import calendar_feed
from mkd_hrms.setup.demo_people import BUREAU, COUNTERS, HOLIDAYS
from mkd_hrms.setup.demo_records import act, address, ask_for, company, create, employee_of, unit

COVERAGE_RULE, SERVICE_POINT = "MKD Coverage Rule", "MKD Service Point"
LEAVE_TYPE = "Cuti Tahunan"


def make(today):
	"""What is laid down for units, and what their people did with it; once."""
	if frappe.db.count(COVERAGE_RULE):
		return
	make_rules(today)
	ahead = weeks_ahead(today)
	next_week, later = next(ahead), next(ahead)
	declare_office_day(next_week[4])
	make_leave(today)
	make_this_week(today)
	fill(next_week[1])
	make_circular(next_week[3], today)
	make_swaps(later)
	make_pattern(next_week[0])
	make_delegation(today, next_week[4])
	calendar_feed.make_own(address("asep"))


def weeks_ahead(today):
	"""Mondays to Fridays ahead without a holiday, of which nobody has asked for a day yet."""
	monday = today + timedelta(days=7 - today.weekday())
	for number in range(12):
		week = [monday + timedelta(days=7 * number + n) for n in range(5)]
		if not any(is_holiday(day) for day in week) and is_free(week):
			yield week


def is_holiday(day):
	return (day.month, day.day) in HOLIDAYS


def is_free(days):
	return not frappe.db.exists(DAY, {"mkd_date": ("between", (days[0], days[-1]))})


def make_rules(today):
	"""Two of the bureau may be away at once; one of two always stays at the counter."""
	first = f"{today.year}-01-01"
	create(
		COVERAGE_RULE,
		department=unit(BUREAU),
		valid_from=first,
		cap_percent=25,
		min_on_site=4,
		min_on_site_percent=50,
		legal_basis=f"Keputusan Kepala Badan No. 12/{today.year}",
	)
	create(
		COVERAGE_RULE,
		department=unit(COUNTERS),
		valid_from=first,
		cap_percent=50,
		counts_together=1,
		min_on_site=1,
		min_on_site_percent=50,
		legal_basis=f"Standar Pelayanan Publik No. 3/{today.year}",
	)
	create(
		SERVICE_POINT,
		service_point_name="Loket Pengaduan",
		department=unit(COUNTERS),
		valid_from=first,
		min_on_site=1,
		members=[{"employee": employee_of(user)} for user in ("lilis", "yayan")],
	)


def declare_office_day(day):
	create(
		OFFICE_DAY,
		title="Apel Gabungan",
		kind="Roll Call",
		company=company(),
		from_date=day,
		to_date=day,
		legal_basis=f"Surat Sekretaris Daerah No. 45/{day.year}",
	).submit()


def make_leave(today):
	"""From today, or the coming Monday, to the end of that week."""
	first = today if today.weekday() < 5 else today + timedelta(days=7 - today.weekday())
	create("Leave Type", LEAVE_TYPE, leave_type_name=LEAVE_TYPE, is_lwp=1)
	leave = create(
		"Leave Application",
		employee=employee_of("euis"),
		leave_type=LEAVE_TYPE,
		from_date=first,
		to_date=first + timedelta(days=4 - first.weekday()),
		leave_approver=address("dedi"),
		status="Approved",
		description="Keperluan keluarga",
	)
	leave.submit()


def make_this_week(today):
	"""What is left of the week, up to two days: of an application for a day that has begun there would be nothing."""
	days = [today + timedelta(days=n) for n in range(1, 5 - today.weekday())]
	days = [day for day in days if not is_holiday(day)][:2]
	if days and is_free(days):
		approve("asep", days)


def approve(user, days, **values):
	"""An application that his superior has approved."""
	return act(ask_for(user, days, **values), APPROVE, "dedi")


def fill(day):
	"""Two of the bureau work away; the third finds no room, is rejected, and waits."""
	for user in ("asep", "rina"):
		approve(user, [day])
	refused = ask_for("tatang", [day])
	refused.reload()
	refused.db_set("decision_note", "Kuota bidang pada tanggal ini sudah terisi")
	act(refused, REJECT, "dedi")


def make_circular(day, today):
	"""Half of each unit works away on a Thursday, by turns."""
	create(
		COLLECTIVE_DAY,
		circular_no=f"800/210/BKD/{today.year}",
		circular_date=today,
		subject="Kamis Bekerja dari Mana Saja",
		legal_basis="Pergub Jawa Barat No. 55/2023",
		company=company(),
		share_by="Rota",
		share_percent=50,
		dates_by="Dates",
		dates=[{"mkd_date": day}],
	).submit()


def make_swaps(week):
	"""One waits for the superior, another one for the colleague who is asked."""
	monday, tuesday, wednesday, thursday, _friday = week
	approve("asep", [monday, wednesday])
	approve("rina", [tuesday, thursday])
	both = swap("asep", "rina", EXCHANGE, monday, tuesday, "Rapat di kantor pada hari Senin")
	act(both, ASK, "asep")
	act(both, CONSENT, "rina")
	act(swap("rina", "asep", HAND_OVER, thursday, None, "Mengantar orang tua berobat"), ASK, "rina")


def swap(user, colleague, kind, day, other_day, reason):
	frappe.set_user(address(user))
	try:
		return create(
			DAY_SWAP,
			employee=employee_of(user),
			colleague=employee_of(colleague),
			kind=kind,
			mkd_date=day,
			colleague_date=other_day,
			reason=reason,
		)
	finally:
		frappe.set_user("Administrator")


def make_pattern(monday):
	"""Every Monday and Friday for three months; a Friday on which all are in the office is left out."""
	last = monday + timedelta(days=91)
	approve("yayan", [], request_type="Weekly Pattern", from_date=monday, to_date=last, monday=1, friday=1)


def make_delegation(today, last):
	"""The archivist acts for the head of the bureau."""
	create(
		DELEGATION,
		approver=address("dedi"),
		delegate=address("yayan"),
		kind="Plh.",
		decree_no=f"800/198/BKD/{today.year}",
		decree_date=today,
		from_date=today,
		to_date=last,
	)
