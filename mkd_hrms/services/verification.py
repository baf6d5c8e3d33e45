"""The verification of a daily report (rule D5): by the superior or who acts for him, once he has opened it.

Nobody verifies what he wrote, nobody his own work (invariant 4), and no time that passes accepts anything.
"""

from __future__ import annotations

from datetime import datetime

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate

from mkd_hrms.constants import DAILY_REPORT, REJECTED, RETURNED, VERIFIED
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.model import Policy
from mkd_hrms.services import clock, delegations, moves, report_times
from mkd_hrms.services.approvers import approver_of, is_hr
from mkd_hrms.services.daily_reports import states
from mkd_hrms.services.outages import extended_for
from mkd_hrms.services.policies import policy_on
from mkd_hrms.services.situation import read_person
from mkd_hrms.services.workflow.states import MoveNotAllowed


class NotOpened(frappe.ValidationError):
	"""Whoever would decide about a report has not looked at it since it was handed in."""


def await_verification(report, person: Person) -> None:
	"""Say who verifies a report that is just being handed in, and until when."""
	policy, today = _policy(report), clock.today()
	report.approver = approver_of(person)
	report.verify_by = report_times.due_after(person, policy, today, policy.verify_within_days)
	report.escalated_on = report.escalated_to = None


def _policy(report) -> Policy:
	return policy_on(report.company, getdate(report.mkd_date))


def may_verify(report, user: str, person: Person | None = None) -> bool:
	"""The superior or who acts for him; HR where there is none. After the escalation also the next above, and HR."""
	person = person or read_person(report.employee)
	if user in (person.user, report.written_by):
		return False
	approver = approver_of(person)
	if approver in (None, report.written_by):
		return is_hr(user)
	if user == approver or delegations.acts_for(user, approver, person, clock.today()):
		return True
	return bool(report.escalated_on) and (user == report.escalated_to or is_hr(user))


def has_opened(report, user: str) -> bool:
	"""Whether a user has opened the form since the report was last handed in; the platform keeps the log of views."""
	seen = {"reference_doctype": DAILY_REPORT, "reference_name": report.name, "viewed_by": user}
	return bool(frappe.db.exists("View Log", {**seen, "creation": (">=", report.submitted_on)}))


def decide(report) -> None:
	"""Verify, return or reject; and note who did."""
	person, before = read_person(report.employee), report.get_doc_before_save()
	refuse_stranger(report, person)
	if not has_opened(report, frappe.session.user):
		frappe.throw(
			_(
				"Open report {0} and read it before you decide about it; several at once are not decided."
			).format(report.name),
			NotOpened,
		)
	states.refuse_change(report)
	if before.status == RETURNED:
		_refuse_during_revision(before)
	if report.status != VERIFIED:
		_require_note(report)
	report.verifier, report.verified_on = frappe.session.user, clock.now()
	if report.status == RETURNED:
		_return(report, person)


def refuse_stranger(report, person: Person) -> None:
	if not may_verify(report, frappe.session.user, person):
		frappe.throw(
			_(
				"{0}'s superior or who acts for him verifies this report; nobody what he wrote or did himself."
			).format(person.employee_name),
			frappe.PermissionError,
		)


def _require_note(report) -> None:
	if not (report.verifier_note or "").strip():
		frappe.throw(
			_("Say why in Note of the Verifier, and save: the employee reads it."), frappe.MandatoryError
		)


def _refuse_during_revision(before) -> None:
	until = revision_until(before)
	if not report_times.is_over(until):
		frappe.throw(
			_(
				"The employee may revise this report until {0}. Decide after that, or when it is handed in again."
			).format(report_times.shown(until)),
			MoveNotAllowed,
		)


def _return(report, person: Person) -> None:
	"""One revision, and no second one; then the verification has its time again."""
	policy = _policy(report)
	if report.returned_on:
		frappe.throw(
			_(
				"Report {0} was returned once already, and one revision is allowed ({1}). Verify or reject it."
			).format(report.name, policy.clause("revise_within_days")),
			MoveNotAllowed,
		)
	report.return_note, report.verifier_note = report.verifier_note, None
	report.returned_on = clock.now()
	grant_revision(report, person, policy)


def grant_revision(report, person: Person, policy: Policy) -> None:
	today = clock.today()
	report.revise_by = report_times.due_after(person, policy, today, policy.revise_within_days)
	since = report.revise_by.date() if report.revise_by else today
	report.verify_by = report_times.due_after(person, policy, since, policy.verify_within_days)
	report.escalated_on = report.escalated_to = None


def revision_until(report) -> datetime | None:
	"""Until when a returned report may be revised, after the outages into which that falls."""
	return extended_for(report.employee, get_datetime(report.revise_by)) if report.revise_by else None


def keep_note(report) -> None:
	"""Before he decides, whoever verifies may write down why. Nothing else changes without a move."""
	before = report.get_doc_before_save()
	states.refuse_change(report)
	if (report.verifier_note or "") != (before.verifier_note or ""):
		refuse_stranger(report, read_person(report.employee))
		if before.status in (VERIFIED, REJECTED):
			frappe.throw(_("Report {0} is decided; its note stays.").format(report.name), MoveNotAllowed)


def reopen(report, reason: str, status: str = RETURNED) -> None:
	"""After an upheld objection a rejected report may be revised (Returned), or it counts (Verified).

	Whoever upholds the objection has been checked by then; the reason stands on the report.
	"""
	if report.status != REJECTED or status not in (RETURNED, VERIFIED):
		frappe.throw(_("Only a rejected report is opened again, as returned or as verified."), MoveNotAllowed)
	if not (reason or "").strip():
		frappe.throw(_("Say why: the employee reads the reason."), frappe.MandatoryError)
	values = {"status": status, "verifier": frappe.session.user, "verified_on": clock.now()}
	if status == RETURNED:
		report.returned_on, report.return_note = report.returned_on or clock.now(), reason
		grant_revision(report, read_person(report.employee), _policy(report))
		names = "returned_on return_note revise_by verify_by escalated_on escalated_to".split()
		values |= {name: report.get(name) for name in names}
	moves.move(report, values)
	report.add_comment("Info", _("Opened again after an objection: {0}").format(reason))
