"""Reports that nobody verified in time go to the next above, once (rule D5): time alone accepts none."""

from __future__ import annotations

from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, get_link_to_form

from mkd_hrms.constants import DAILY_REPORT, RETURNED, SUBMITTED
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.waiting_reports import read_overdue_reports
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.day.outages import extended
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.calendar.outages import outages_of
from mkd_hrms.services.daily_reports.due_times import is_over
from mkd_hrms.services.people import escalated
from mkd_hrms.services.people.approvers import approver_of
from mkd_hrms.services.people.hr import deciders_of_hr
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.platform.notify import inform
from mkd_hrms.services.platform.transactions import on_its_own

WAITING = (SUBMITTED, RETURNED)


def escalate() -> int:
	"""Escalate what is overdue, each report in a transaction of its own. Returns how many there were."""
	escalated: list[str] = []

	def pass_on(name: str) -> None:
		if _escalate(frappe.get_doc(DAILY_REPORT, name, for_update=True)):
			escalated.append(name)

	for name in _overdue():
		on_its_own(partial(pass_on, name), f"MKD: {name} could not be escalated", DAILY_REPORT, name)
	return len(escalated)


def _overdue() -> list[str]:
	"""The names of reports whose time is over, after the outages that concern their people."""
	rows = read_overdue_reports(SiteDatabase(), WAITING, clock.now())
	if not rows:
		return []
	outages = outages_of((row.employee for row in rows), rows[0].verify_by.date())
	return [row.name for row in rows if is_over(extended(row.verify_by, outages.get(row.employee, ())))]


def _escalate(report: Document) -> bool:
	if report.status not in WAITING or report.escalated_on:
		return False
	person = read_person(report.employee)
	above = next_above(person, report.written_by)
	report.db_set({"escalated_on": clock.now(), "escalated_to": above})
	report.add_comment("Info", _("Not verified in time; escalated to {0}.").format(_name_of(above)))
	_tell(report, person, above)
	return True


def next_above(person: Person, author: str | None) -> str | None:
	"""The superior of whoever should have verified; None means HR. Never the employee or the author."""
	approver = approver_of(person)
	return escalated.next_above(person, [approver], author) if approver else None


def _name_of(user: str | None) -> str:
	return frappe.db.get_value("User", user, "full_name") if user else _("HR")


def _tell(report: Document, person: Person, above: str | None) -> None:
	def ask() -> tuple[str, str]:
		question = _("The report of {0} on {1} was not verified in time. Open it and decide.").format(
			person.employee_name, format_date(report.mkd_date)
		)
		return (
			question,
			f"{frappe.utils.escape_html(question)}<br>{get_link_to_form(DAILY_REPORT, report.name)}",
		)

	users = [above] if above else deciders_of_hr(person.employee, DAILY_REPORT, but=[person.user])
	inform([*users, report.approver], DAILY_REPORT, report.name, ask)
