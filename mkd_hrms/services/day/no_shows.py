"""An absence on an MKD day: the day's end proposes it, a person confirms or excuses it (rule D6, invariant 4)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import frappe
from frappe import _
from frappe.utils import format_date, get_link_to_form

from mkd_hrms.constants import APPROVED, DAY, NO_SHOW, WORKED
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.ended_days import DueDay, read_day, read_seen
from mkd_hrms.facts.people import Person
from mkd_hrms.services.attendance import writer
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.discipline import ladder
from mkd_hrms.services.ledger import booking, transitions
from mkd_hrms.services.people.approvers import approvers_of, is_superior_or_hr
from mkd_hrms.services.people.assignments import Question, ask, close_questions
from mkd_hrms.services.people.person import read_person, read_persons
from mkd_hrms.services.platform.announcements import Announcement, announce_many
from mkd_hrms.services.platform.notify import in_language, languages_of
from mkd_hrms.services.platform.opened import opened
from mkd_hrms.services.policies.deadlines import objection_until
from mkd_hrms.services.workflow.states import MoveNotAllowed


def propose(proposed: Mapping[DueDay, Mapping[str, int]]) -> None:
	"""Ask the superiors about days without report, presence and leave, each with its flags.

	Without a superior, HR finds them in its list.
	"""
	if not proposed:
		return
	transitions.remark_each({day.name: {"absence_proposed": 1, **flags} for day, flags in proposed.items()})
	people = read_persons([day.employee for day in proposed])
	approvers = approvers_of(people.values())
	asked = [(day, approver) for day in proposed if (approver := approvers[day.employee])]
	languages = languages_of(approver for _day, approver in asked)
	questions = []
	for day, approver in asked:
		with in_language(languages.get(approver)):
			questions.append(Question(day.name, approver, _question(people[day.employee], day)))
	ask(DAY, questions, frappe.session.user)
	announce_many(
		"mkd_absence_proposed",
		DAY,
		(
			Announcement((approver,), DAY, day.name, say=partial(_told, people[day.employee], day))
			for day, approver in asked
		),
	)


def _question(person: Person, day: DueDay) -> str:
	return _(
		"{0} handed in no report on {1}, and no presence is recorded. Confirm the absence or excuse it."
	).format(person.employee_name, format_date(day.mkd_date))


def _told(person: Person, day: DueDay, _in_mail: bool) -> tuple[str, str]:
	question = _question(person, day)
	return question, f"{frappe.utils.escape_html(question)}<br>{get_link_to_form(DAY, day.name)}"


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
		[day],
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
