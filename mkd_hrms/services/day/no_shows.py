"""An absence on an MKD day: the day's end proposes it, a person confirms or excuses it (rule D6, invariant 4)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import format_date, get_link_to_form

from mkd_hrms.constants import APPROVED, DAY, NO_SHOW, WORKED
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.ended_days import DueDay, read_day, read_seen
from mkd_hrms.services.attendance import writer
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.discipline import ladder
from mkd_hrms.services.ledger import booking, transitions
from mkd_hrms.services.people.approvers import approver_of, is_superior_or_hr
from mkd_hrms.services.people.assignments import close_questions
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.platform.notify import in_language_of, inform
from mkd_hrms.services.platform.opened import opened
from mkd_hrms.services.policies.deadlines import objection_until
from mkd_hrms.services.workflow.states import MoveNotAllowed


def propose(day: DueDay, remarks: dict[str, int]) -> None:
	"""Ask the superior about a day without report, presence and leave; without a superior, HR finds it in its list."""
	transitions.remark(day.name, absence_proposed=1, **remarks)
	person = read_person(day.employee)
	approver = approver_of(person)
	if not approver:
		return

	def ask() -> tuple[str, str]:
		question = _(
			"{0} handed in no report on {1}, and no presence is recorded. Confirm the absence or excuse it."
		).format(person.employee_name, format_date(day.mkd_date))
		return question, f"{frappe.utils.escape_html(question)}<br>{get_link_to_form(DAY, day.name)}"

	with in_language_of(approver):
		question, _text = ask()
	todo = {"allocated_to": approver, "description": frappe.utils.escape_html(question)}
	todo |= {"reference_type": DAY, "reference_name": day.name, "assigned_by": frappe.session.user}
	frappe.get_doc({"doctype": "ToDo", "date": clock.today(), **todo}).insert(ignore_permissions=True)
	inform([approver], DAY, day.name, ask)


def confirm(name: str, confirmed: bool, reason: str) -> str:
	"""Decide about a proposed absence. Confirmed, the day is a no-show and an absence; excused, it was worked.

	Returns the new status of the day. Raises PermissionError, MoveNotAllowed, MandatoryError without a reason.
	"""
	employee = opened(DAY, name).employee
	person = read_person(employee)
	if not is_superior_or_hr(person, frappe.session.user):
		frappe.throw(
			_("Only {0}'s superior or HR decides about this absence, and nobody about himself.").format(
				person.employee_name
			),
			frappe.PermissionError,
		)
	if not (reason or "").strip():
		frappe.throw(_("Say why: the employee reads the reason."), frappe.MandatoryError)
	booking.lock_person(employee)
	# Nothing read so far may be older than what the lock has waited for.
	frappe.db.get_value(DAY, name, "status", for_update=True)
	return _decide(_open_day(name), confirmed, reason.strip())


def _open_day(name: str) -> DueDay:
	day = read_day(SiteDatabase(), name)
	if day.status != APPROVED or not day.absence_proposed or day.daily_report:
		frappe.throw(_("No absence waits for a decision on this day."), MoveNotAllowed)
	return day


def _decide(day: DueDay, confirmed: bool, reason: str) -> str:
	seen = read_seen(SiteDatabase(), [day])[day.employee, day.mkd_date]
	status = NO_SHOW if confirmed else WORKED
	transitions.end(
		day,
		status,
		{
			"confirmed_by": frappe.session.user,
			"confirmed_on": clock.now(),
			"confirmation_reason": reason,
			"objection_until": objection_until(day) if confirmed else None,
		},
	)
	if confirmed:
		writer.record_absence(day, seen.rows)
	else:
		writer.record_work(day, seen.rows, seen.expects_row)
	close_questions([day.name])
	ladder.settle(day.employee)
	return status


def take_back(name: str) -> None:
	"""A confirmed absence was found to be wrong: the day was worked, and its attendance says so again."""
	booking.lock_person(frappe.db.get_value(DAY, name, "employee"))
	frappe.db.get_value(DAY, name, "status", for_update=True)
	day = read_day(SiteDatabase(), name)
	seen = read_seen(SiteDatabase(), [day])[day.employee, day.mkd_date]
	transitions.correct(day)
	writer.record_work(day, seen.rows, seen.expects_row)
