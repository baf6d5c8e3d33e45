"""What the demo agency did in the months before: days that were worked, daily reports, an absence to confirm, an
objection, and the bills beside which savings are measured.

Nobody can apply for days that are over. So people apply for days ahead as always, their superior approves, and what
came of it is moved back by whole weeks, until the last weeks are as full as those of an agency that works this way.
"""

from datetime import datetime, time, timedelta

import frappe
from frappe.utils import add_months, get_first_day, getdate

from mkd_hrms.constants import (
	APPROVE,
	DAILY_REPORT,
	DAY,
	DENIED,
	FILE_OBJECTION,
	OBJECTION,
	REJECTED,
	REQUEST,
	RETURNED,
	SUBMITTED,
	UTILITY_BILL,
	VERIFIED,
)
from mkd_hrms.policy.dates import iso_week
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.day import end_of_day
from mkd_hrms.services.platform.numbers import next_name
from mkd_hrms.services.workflow.states import state_of
from mkd_hrms.setup.demo_records import act, address, ask_for, company, create, employee_of
from mkd_hrms.setup.demo_unit import COVERAGE_RULE, is_holiday, weeks_ahead

WEEKS, MONTHS = 17, 9
SUPERIOR = "dedi"
# Who works away on which days of the week, Monday is 0.
DAYS_OF = {"asep": (0, 2), "rina": (1, 3), "tatang": (2,)}
# How the newest report of each stands: one waits for the superior, one was returned, and one never came.
NEWEST = {"asep": SUBMITTED, "rina": RETURNED, "tatang": None}
# Of all others so many end otherwise: every eleventh and so on.
LATE, REJECTED_ONE, NEVER_CAME = 5, 11, 13
WORK = (
	("Menyusun konsep surat edaran", "Konsep surat edaran", 210),
	("Menelaah laporan kinerja bidang", "Telaahan staf", 150),
	("Rapat koordinasi daring", "Notula rapat", 90),
)
# A month's electricity of the building in rupiah, a year ago and now, and what a kWh costs.
BEFORE, NOW, PER_KWH = 29_200_000, 24_100_000, 1_699.53
WATER_BEFORE, WATER_NOW = 4_300_000, 3_700_000


def make(today):
	"""Once: the last months of the demo agency, while it has no rules for units and nothing behind it."""
	if not frappe.db.count(UTILITY_BILL):
		make_bills(today)
	if frappe.db.count(COVERAGE_RULE):
		return
	ahead = next(weeks_ahead(today))[0]
	last_monday = today - timedelta(days=7 + today.weekday())
	for user, weekdays in DAYS_OF.items():
		for number in range(WEEKS):
			monday = last_monday - timedelta(days=7 * number)
			offsets = [n for n in weekdays if not is_holiday(monday + timedelta(days=n))]
			if offsets:
				book(user, [ahead + timedelta(days=n) for n in offsets], ahead - monday, is_newest=not number)
	# The end of a day is a transaction of its own.
	frappe.db.commit()
	end_of_day.end_days(company())
	object_to_a_denial("budi")


def book(user, days, back, is_newest):
	"""Some days of a week ahead, applied for and approved, and then moved back with their reports."""
	request = act(ask_for(user, days), APPROVE, SUPERIOR)
	move_request(request.name, back)
	about = {"source_name": request.name}
	rows = frappe.get_all(DAY, about, ["name", "mkd_date", "employee"], order_by="mkd_date")
	for row in rows:
		row.mkd_date -= back
		values = {"mkd_date": row.mkd_date, "iso_week": iso_week(row.mkd_date)}
		frappe.db.set_value(DAY, row.name, values)
		is_last = is_newest and row is rows[-1]
		if status := NEWEST[user] if is_last else ended_as(row.mkd_date):
			write_report(row, user, status)
		elif is_last:
			# Neither a report nor a presence: the end of the day asks the superior.
			frappe.db.delete("Attendance", {"employee": row.employee, "attendance_date": row.mkd_date})


def move_request(name, back):
	"""As if it had been applied for the week before."""
	request = frappe.get_doc(REQUEST, name)
	for row in request.dates:
		day = getdate(row.mkd_date) - back
		row.db_set({"mkd_date": day, "iso_week": iso_week(day)}, update_modified=False)
	applied = clock.now() - back - timedelta(days=7)
	decided = {"decided_on": applied + timedelta(hours=3), "decide_by": None}
	frappe.db.set_value(REQUEST, name, {"creation": applied, **decided}, update_modified=False)


def ended_as(day):
	"""Most reports are verified, and some never came; by the date, so that the demo is the same each time."""
	if day.toordinal() % NEVER_CAME == 0:
		return None
	return REJECTED if day.toordinal() % REJECTED_ONE == 0 else VERIFIED


def write_report(row, user, status):
	"""The report of a day as it stands by now; its time is over, so nobody could hand it in any more."""
	report = frappe.new_doc(DAILY_REPORT)
	columns = ["employee_name", "department", "company", "user_id as employee_user"]
	report.update(frappe.db.get_value("Employee", row.employee, columns, as_dict=True))
	report.update({"employee": row.employee, "mkd_date": row.mkd_date, "mkd_day": row.name, "docstatus": 1})
	report.update({"status": status, "workflow_state": state_of(status, DAILY_REPORT)})
	report.update({"approver": address(SUPERIOR), "written_by": address(user), **how(row.mkd_date, status)})
	for activity, output, minutes in WORK:
		report.append("activities", {"activity": activity, "output": output, "minutes": minutes})
	report.update({"total_minutes": sum(minutes for *_words, minutes in WORK), "target_minutes": 450})
	report.name = next_name(DAILY_REPORT, row.mkd_date.year)
	report.db_insert()
	for child in report.activities:
		child.update({"parent": report.name, "docstatus": 1})
		child.db_insert()
	frappe.db.set_value(DAY, row.name, "daily_report", report.name)


def how(day, status):
	"""When it was handed in, and what was decided about it."""
	evening, now = datetime.combine(day, time(16, 45)), clock.now()
	is_late = int(day.toordinal() % LATE == 0)
	found = {"is_late": is_late, "submitted_on": evening + timedelta(hours=18 * is_late)}
	if status == SUBMITTED:
		return {**found, "verify_by": now + timedelta(days=2)}
	found["verifier"] = address(SUPERIOR)
	if status == RETURNED:
		note = "Lampirkan konsep yang disebut dalam baris pertama"
		until = {"returned_on": now, "revise_by": now + timedelta(days=1)}
		return {**found, **until, "verified_on": now, "return_note": note, "verifier_note": note}
	note = "Hasil kerja tidak sesuai dengan rencana" if status == REJECTED else None
	return {**found, "verified_on": evening + timedelta(days=1), "verifier_note": note}


def object_to_a_denial(user):
	"""Somebody who was denied objects in time."""
	about = {"employee": employee_of(user), "status": DENIED, "objection_until": (">=", clock.today())}
	denied = frappe.db.get_value(REQUEST, about)
	if not denied:
		return
	frappe.set_user(address(user))
	content = {"employee": employee_of(user), "against_doctype": REQUEST, "against_name": denied}
	grounds = "Pada dua tanggal yang disebut saya bertugas di luar kantor; surat tugasnya ada di bagian umum."
	act(create(OBJECTION, **content, grounds=grounds), FILE_OBJECTION, user)


def make_bills(today):
	"""Electricity and water of the building, of the last months and of the same months a year before."""
	for number in range(1, MONTHS + 1):
		month = getdate(get_first_day(add_months(today, -number)))
		for kind, before, now in (
			("Electricity", BEFORE, NOW),
			("Water", WATER_BEFORE, WATER_NOW),
		):
			# No two months are alike.
			weather = 1 + (month.month % 4 - 1) / 40
			for first, amount in ((month, now), (getdate(add_months(month, -12)), before)):
				create(
					UTILITY_BILL,
					company=company(),
					building="Gedung Utama",
					kind=kind,
					month=first,
					amount=round(amount * weather, -3),
					consumption=round(amount * weather / PER_KWH) if kind == "Electricity" else None,
				)
