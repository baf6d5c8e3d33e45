"""Whoever has not handed in the report of an MKD day is told the morning after, while it still counts (rule D4). Once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

import frappe

from mkd_hrms.constants import APPROVED, DAY
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.ended_days import DueDay, read_approvals, read_due_days
from mkd_hrms.policy.day.daily_report import Timing, grace_until
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.calendar.outages import outages_of
from mkd_hrms.services.daily_reports.due_times import LOOK_AHEAD
from mkd_hrms.services.day.end_of_day import calendars_around, of_timing
from mkd_hrms.services.ledger import transitions
from mkd_hrms.services.people.person import read_persons
from mkd_hrms.services.platform import announcements
from mkd_hrms.services.platform.announcements import Announcement
from mkd_hrms.services.platform.transactions import in_sets
from mkd_hrms.services.policies.in_force import policy_on

DUE = "mkd_report_due"
# So many people are told in one transaction.
AT_ONCE = 200


def remind() -> int:
	"""Tell everybody whose report is late, and not missing yet. Returns the number of notices."""
	if not announcements.is_on(DUE, DAY):
		return 0
	today, count = clock.today(), 0
	open_days = [
		day
		for day in read_due_days(SiteDatabase(), today)
		if not day.daily_report and day.counts_from >= today - LOOK_AHEAD
	]
	for start in range(0, len(open_days), AT_ONCE):
		# What is read of the days is no older than their locks.
		frappe.db.commit()
		late = of_timing(open_days[start : start + AT_ONCE], Timing.LATE)
		count += sum(in_sets(late, _remind, _about))
	return count


def _about(day: DueDay) -> tuple[str, str, str]:
	return f"MKD: nobody was reminded of the report of {day.name}", DAY, day.name


def _remind(days: Collection[DueDay]) -> int:
	untold = _untold(days)
	if not untold:
		return 0
	transitions.remark_each({day.name: {"report_reminded_on": clock.now()} for day in untold})
	return announcements.announce_many(DUE, DAY, _notices(untold))


def _untold(days: Collection[DueDay]) -> list[DueDay]:
	"""Those, locked, that still lack their report, and of which nobody was told."""
	table = frappe.qb.DocType(DAY)
	query = frappe.qb.from_(table).select(
		table.name, table.status, table.daily_report, table.report_reminded_on
	)
	query = query.where(table.name.isin([day.name for day in days])).orderby(table.name).for_update()
	found = query.run(as_dict=True)
	untold = {
		row.name
		for row in found
		if row.status == APPROVED and not row.daily_report and not row.report_reminded_on
	}
	return [day for day in days if day.name in untold]


def _notices(days: Collection[DueDay]) -> Iterator[Announcement]:
	people, graces = read_persons([day.employee for day in days]), _graces(days)
	for day in days:
		values = {"day": day.mkd_date, "until": graces[day.name]}
		yield Announcement((people[day.employee].user,), DAY, day.name, values)


def _graces(days: Collection[DueDay]) -> dict[str, datetime | None]:
	"""By day, the last minute in which its report is taken."""
	until = clock.today() + LOOK_AHEAD
	calendars, approvals = (
		calendars_around(days, until),
		read_approvals(SiteDatabase(), [d.name for d in days]),
	)
	outages = outages_of((day.employee for day in days), min(day.mkd_date for day in days))
	return {
		day.name: grace_until(
			policy_on(day.company, day.mkd_date),
			calendars[day.employee],
			day.counts_from,
			until,
			outages.get(day.employee, ()),
			approvals.get(day.name),
		)
		for day in days
	}
