"""The verification of a daily report (rule D5): by who may, once he has opened it; no time that passes accepts anything."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import DAILY_REPORT, REJECTED, RETURNED, VERIFIED
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.daily_reports import actors, states
from mkd_hrms.services.people.approvers import approver_of
from mkd_hrms.services.platform import attached_files
from mkd_hrms.services.workflow import system_moves
from mkd_hrms.services.workflow.states import MoveNotAllowed, old_status, refuse


class NotOpened(frappe.ValidationError):
	"""Whoever would decide about a report has not looked at it since it was handed in."""


def await_verification(report: Document) -> None:
	"""Say who verifies a report that is just being handed in, and until when."""
	case = report.case
	report.approver = approver_of(case.person)
	# Where no holiday list reaches, a report is escalated a day early rather than never.
	report.verify_by = case.due_after(case.today, case.policy.verify_within_days, assumes_weekdays=True)
	report.escalated_on = report.escalated_to = None


def has_opened(report: Document, user: str) -> bool:
	"""Whether a user has opened the form since the report was last handed in; the platform keeps the log of views.

	There `viewed_by` is text, and keeps the name that a user had then; the owner of the row is renamed with him.
	"""
	seen = {"reference_doctype": DAILY_REPORT, "reference_name": report.name}
	seen["creation"] = (">=", report.submitted_on)
	his = {"viewed_by": user, "owner": user}
	return bool(frappe.get_all("View Log", seen, or_filters=his, pluck="name", limit=1))


def decide(report: Document) -> None:
	"""Verify, return or reject; and note who did.

	Raises PermissionError, NotOpened, MoveNotAllowed, or MandatoryError without a note.
	"""
	refuse(actors.no_verifier(report, frappe.session.user))
	if not has_opened(report, frappe.session.user):
		frappe.throw(
			_(
				"Open report {0} and read it before you decide about it; several at once are not decided."
			).format(report.name),
			NotOpened,
		)
	states.refuse_change(report)
	if old_status(report) == RETURNED:
		refuse(actors.being_revised(report), MoveNotAllowed)
	if report.status != VERIFIED:
		_require_note(report)
	report.verifier, report.verified_on = frappe.session.user, report.case.now
	if told := attached_files.tell_changed(report):
		report.add_comment("Info", told)
	if report.status == RETURNED:
		_return(report)


def _require_note(report: Document) -> None:
	if not (report.verifier_note or "").strip():
		frappe.throw(
			_("Say why in Note of the Verifier, and save: the employee reads it."), frappe.MandatoryError
		)


def _return(report: Document) -> None:
	"""One revision, and no second one; then the verification has its time again."""
	if report.returned_on:
		frappe.throw(
			_(
				"Report {0} was returned once already, and one revision is allowed ({1}). Verify or reject it."
			).format(report.name, report.case.policy.clause("revise_within_days")),
			MoveNotAllowed,
		)
	report.return_note, report.verifier_note = report.verifier_note, None
	report.returned_on = report.case.now
	grant_revision(report)


def grant_revision(report: Document) -> None:
	"""Until when the report may be revised, and until when it is to be verified after that."""
	case = report.case
	report.revise_by = case.due_after(case.today, case.policy.revise_within_days)
	since = report.revise_by.date() if report.revise_by else case.today
	# Nobody may decide before the revision is over, and what nobody knows is not.
	knows = bool(report.revise_by)
	report.verify_by = case.due_after(since, case.policy.verify_within_days, assumes_weekdays=knows)
	report.escalated_on = report.escalated_to = None


def keep_note(report: Document) -> None:
	"""Before he decides, whoever verifies may write down why. Nothing else changes without a move.

	Raises MoveNotAllowed, PermissionError.
	"""
	before = report.get_doc_before_save()
	states.refuse_change(report)
	if (report.verifier_note or "") != (before.verifier_note or ""):
		refuse(actors.no_verifier(report, frappe.session.user))
		if before.status in (VERIFIED, REJECTED):
			frappe.throw(_("Report {0} is decided; its note stays.").format(report.name), MoveNotAllowed)


def reopen(report: Document, reason: str, status: str = RETURNED) -> None:
	"""After an upheld objection a rejected report may be revised (Returned), or it counts (Verified).

	Whoever upholds the objection has been checked by then; the reason stands on the report. Raises MoveNotAllowed,
	or MandatoryError without a reason.
	"""
	if report.status != REJECTED or status not in (RETURNED, VERIFIED):
		frappe.throw(_("Only a rejected report is opened again, as returned or as verified."), MoveNotAllowed)
	if not (reason or "").strip():
		frappe.throw(_("Say why: the employee reads the reason."), frappe.MandatoryError)
	values = {"status": status, "verifier": frappe.session.user, "verified_on": clock.now()}
	if status == RETURNED:
		report.returned_on, report.return_note = report.returned_on or clock.now(), reason
		grant_revision(report)
		names = "returned_on return_note revise_by verify_by escalated_on escalated_to".split()
		values |= {name: report.get(name) for name in names}
	system_moves.move(report, values)
	said = _("Opened again after an objection: {0}").format(frappe.utils.escape_html(reason))
	report.add_comment("Info", said)
