"""Reports that nobody verified in time go to the next above, once (rule D5): time alone accepts none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial

import frappe
from frappe import _
from frappe.utils import format_date, get_link_to_form

from mkd_hrms.constants import DAILY_REPORT
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.waiting_reports import WaitingReport, read_overdue_reports
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.day.outages import extended
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.calendar.outages import outages_of
from mkd_hrms.services.daily_reports.due_times import is_over
from mkd_hrms.services.daily_reports.states import WAITING
from mkd_hrms.services.people import escalated
from mkd_hrms.services.people.approvers import approvers_of
from mkd_hrms.services.people.hr import About, deciders_of_many
from mkd_hrms.services.people.person import read_persons
from mkd_hrms.services.platform import timeline
from mkd_hrms.services.platform.announcements import Announcement, announce_many
from mkd_hrms.services.platform.listeners import CHANGED, is_heard, value_notices
from mkd_hrms.services.platform.transactions import in_sets

# So many reports are passed on together.
AT_ONCE = 100
COLUMNS = "name employee mkd_date status escalated_on approver written_by".split()


def escalate() -> int:
	"""Escalate what is overdue, a hundred reports in one transaction. Returns how many there were."""
	overdue, done = _overdue(), 0
	# Who is above whom is asked once for all of them.
	pass_on = partial(_escalate, known={})
	for start in range(0, len(overdue), AT_ONCE):
		# What is read of the reports is no older than their locks.
		frappe.db.commit()
		done += sum(in_sets(overdue[start : start + AT_ONCE], pass_on, _about))
	return done


def _about(row: WaitingReport) -> tuple[str, str, str]:
	return f"MKD: {row.name} could not be escalated", DAILY_REPORT, row.name


def _overdue() -> list[WaitingReport]:
	"""The reports whose time is over, after the outages that concern their people."""
	rows = read_overdue_reports(SiteDatabase(), WAITING, clock.now())
	if not rows:
		return []
	outages = outages_of((row.employee for row in rows), rows[0].verify_by.date())
	return [row for row in rows if is_over(extended(row.verify_by, outages.get(row.employee, ())))]


def _escalate(rows: Collection[WaitingReport], known: dict[str, str | None]) -> int:
	reports = _still_waiting([row.name for row in rows])
	people = read_persons([report.employee for report in reports])
	above = _next_above(reports, people, known)
	_write({name: {"escalated_on": clock.now(), "escalated_to": user} for name, user in above.items()})
	names = _names_of(above.values())
	said = _("Not verified in time; escalated to {0}.")
	timeline.note(DAILY_REPORT, [(name, said.format(names[user])) for name, user in above.items()])
	announce_many("mkd_passed_on", DAILY_REPORT, _notices(reports, people, above))
	return len(reports)


def _still_waiting(names: Collection[str]) -> list[frappe._dict]:
	"""The reports, locked, that nobody has decided or passed on meanwhile."""
	table = frappe.qb.DocType(DAILY_REPORT)
	query = frappe.qb.from_(table).select(*(table[column] for column in COLUMNS)).orderby(table.name)
	found = query.where(table.name.isin(sorted(names))).for_update().run(as_dict=True)
	return [report for report in found if report.status in WAITING and not report.escalated_on]


def _next_above(
	reports: Collection[frappe._dict], people: Mapping[str, Person], known: dict[str, str | None]
) -> dict[str, str | None]:
	"""By report the superior of whoever should have verified; None means HR. Never the employee or the author."""
	approvers = approvers_of(people.values())
	escalated.note_who_is_above(approvers.values(), known)

	def next_above(report: frappe._dict) -> str | None:
		approver = approvers[report.employee]
		if not approver:
			return None
		return escalated.next_above(people[report.employee], [approver], report.written_by, known)

	return {report.name: next_above(report) for report in reports}


def _write(values: Mapping[str, dict]) -> None:
	"""At once, unless somebody listens when a report changes in this way."""
	if is_heard(DAILY_REPORT, CHANGED) or value_notices(DAILY_REPORT, ("escalated_on", "escalated_to")):
		for name, changed in values.items():
			frappe.get_doc(DAILY_REPORT, name).db_set(changed)
	elif values:
		frappe.db.bulk_update(DAILY_REPORT, dict(values), chunk_size=len(values))


def _names_of(users: Collection[str | None]) -> dict[str | None, str]:
	wanted = {"name": ("in", sorted({user for user in users if user}) or [""])}
	found = frappe.get_all("User", wanted, ["name", "full_name"], as_list=True)
	return {
		None: _("HR", context=DAILY_REPORT),
		**{user: frappe.utils.escape_html(name) for user, name in found},
	}


def _notices(
	reports: Collection[frappe._dict], people: Mapping[str, Person], above: Mapping[str, str | None]
) -> Iterator[Announcement]:
	"""Whoever should have verified is told, too."""
	to_hr = [report for report in reports if not above[report.name]]
	hr = deciders_of_many(
		{report.name: About(report.employee, (people[report.employee].user,)) for report in to_hr},
		DAILY_REPORT,
	)
	for report in reports:
		users = hr.get(report.name) or (above[report.name],)
		say = partial(_question, report, people[report.employee])
		yield Announcement((*users, report.approver), DAILY_REPORT, report.name, say=say)


def _question(report: frappe._dict, person: Person, _in_mail: bool) -> tuple[str, str]:
	question = _("The report of {0} on {1} was not verified in time. Open it and decide.").format(
		person.employee_name, format_date(report.mkd_date)
	)
	return question, f"{frappe.utils.escape_html(question)}<br>{get_link_to_form(DAILY_REPORT, report.name)}"
