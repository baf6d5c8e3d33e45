"""Reports that nobody verified in time go to the next above, once (rule D5): time alone accepts none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document
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
from mkd_hrms.services.people.approvers import approver_of
from mkd_hrms.services.people.hr import deciders_of_hr
from mkd_hrms.services.people.person import read_person, read_persons
from mkd_hrms.services.platform.notify import inform, sends_mail
from mkd_hrms.services.platform.transactions import on_its_own

# Of so many reports the people are read together, a moment before the first of them is passed on.
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Around:
	"""What is asked once for many reports: by employee the person, who is above whom, and whether mail goes out."""

	people: Mapping[str, Person]
	above: dict[str, str | None]
	by_mail: bool


def escalate() -> int:
	"""Escalate what is overdue, each report in a transaction of its own. Returns how many there were."""
	overdue, done = _overdue(), []

	def pass_on(name: str, around: Around) -> None:
		if _escalate(frappe.get_doc(DAILY_REPORT, name, for_update=True), around):
			done.append(name)

	for start in range(0, len(overdue), AT_ONCE):
		chunk = overdue[start : start + AT_ONCE]
		around = Around(read_persons([row.employee for row in chunk]), {}, sends_mail())
		# What is read of each report is no older than its lock.
		frappe.db.commit()
		for row in chunk:
			title = f"MKD: {row.name} could not be escalated"
			on_its_own(partial(pass_on, row.name, around), title, DAILY_REPORT, row.name)
	return len(done)


def _overdue() -> list[WaitingReport]:
	"""The reports whose time is over, after the outages that concern their people."""
	rows = read_overdue_reports(SiteDatabase(), WAITING, clock.now())
	if not rows:
		return []
	outages = outages_of((row.employee for row in rows), rows[0].verify_by.date())
	return [row for row in rows if is_over(extended(row.verify_by, outages.get(row.employee, ())))]


def _escalate(report: Document, around: Around) -> bool:
	if report.status not in WAITING or report.escalated_on:
		return False
	person = around.people.get(report.employee) or read_person(report.employee)
	above = next_above(person, report.written_by, around.above)
	report.db_set({"escalated_on": clock.now(), "escalated_to": above})
	said = _("Not verified in time; escalated to {0}.").format(frappe.utils.escape_html(_name_of(above)))
	report.add_comment("Info", said)
	_tell(report, person, above, around.by_mail)
	return True


def next_above(person: Person, author: str | None, known: dict[str, str | None]) -> str | None:
	"""The superior of whoever should have verified; None means HR. Never the employee or the author."""
	approver = approver_of(person)
	return escalated.next_above(person, [approver], author, known) if approver else None


def _name_of(user: str | None) -> str:
	return frappe.db.get_value("User", user, "full_name") if user else _("HR")


def _tell(report: Document, person: Person, above: str | None, by_mail: bool) -> None:
	def ask() -> tuple[str, str]:
		question = _("The report of {0} on {1} was not verified in time. Open it and decide.").format(
			person.employee_name, format_date(report.mkd_date)
		)
		return (
			question,
			f"{frappe.utils.escape_html(question)}<br>{get_link_to_form(DAILY_REPORT, report.name)}",
		)

	users = [above] if above else deciders_of_hr(person.employee, DAILY_REPORT, but=[person.user])
	inform([*users, report.approver], DAILY_REPORT, report.name, ask, by_mail)
