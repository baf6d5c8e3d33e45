"""Which state of a request follows which, and what nobody may touch. Holds on every path.

The Workflow shows the buttons; this decides. A REST call, an import or a script meets the same answers.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import (
	APPLY,
	APPROVE,
	APPROVED,
	APPROVER,
	CANCEL,
	CANCELLED,
	COMPLETED,
	DENIED,
	DRAFT,
	EMPLOYEE,
	EVALUATE_AGAIN,
	EXPIRED,
	HR_MANAGER,
	HR_USER,
	OFFICER,
	PENDING_APPROVAL,
	PENDING_HR_REVIEW,
	REJECT,
	REJECTED,
	REVOKED,
	SELF_SERVICE,
	WITHDRAW,
	WITHDRAWN,
)
from mkd_hrms.facts.users import user_of
from mkd_hrms.services.workflow import states as machine
from mkd_hrms.services.workflow.states import MoveNotAllowed, following, holds, old_status

CLOSED = frozenset((DENIED, WITHDRAWN, EXPIRED))
NEXT = {
	DRAFT: frozenset((DRAFT, PENDING_APPROVAL)),
	PENDING_APPROVAL: frozenset((PENDING_APPROVAL, APPROVED, REJECTED, WITHDRAWN)),
	PENDING_HR_REVIEW: frozenset((PENDING_HR_REVIEW, PENDING_APPROVAL, REJECTED, WITHDRAWN)),
	APPROVED: frozenset((APPROVED,)),
}
# A request may be applied for as it is made: then nobody waits for a draft to be stored first.
BEGINS = (DRAFT, PENDING_APPROVAL)
# What the applicant writes. Once he has applied, it stands.
CONTENT = (
	"employee request_type from_date to_date monday tuesday wednesday thursday friday saturday sunday place"
	" place_details place_latitude place_longitude reason has_computer has_internet special_circumstances evidence"
).split()
CONTENT_TABLES = {"dates": ("mkd_date", "note"), "work_plan": ("activity", "output", "target")}
# What the services write. Nobody else's value counts.
COMPUTED = (
	"approver approver_name applied_by on_behalf urgent outcome policy"
	" objection_until decided_by decided_on decided_as skipped_dates superior_approved_by superior_approved_on"
	" waits_since decide_by escalated_on escalated_to escalated_to_name escalated_to_hr"
	" pattern_state pattern_stops_on made_until paused_since"
).split()

# State, docstatus, who may edit the form in it, style. Rejected is the first submitted one on purpose: a plain
# submit() that bypasses the transitions lands on the first state of its docstatus.
STATES = (
	(DRAFT, "0", "All", ""),
	(PENDING_APPROVAL, "0", APPROVER, "Warning"),
	(PENDING_HR_REVIEW, "0", HR_MANAGER, "Warning"),
	(DENIED, "0", OFFICER, "Danger"),
	(WITHDRAWN, "0", OFFICER, "Inverse"),
	(EXPIRED, "0", OFFICER, "Inverse"),
	(REJECTED, "1", OFFICER, "Danger"),
	(APPROVED, "1", OFFICER, "Success"),
	(COMPLETED, "1", OFFICER, "Primary"),
	(REVOKED, "1", OFFICER, "Danger"),
	(CANCELLED, "2", OFFICER, "Inverse"),
)

APPLICANTS = (EMPLOYEE, SELF_SERVICE, HR_USER, HR_MANAGER, OFFICER)
OWNERS = (EMPLOYEE, SELF_SERVICE, HR_MANAGER, OFFICER)
HR = (HR_MANAGER, OFFICER)
# A condition sees the fields of the document and little else. It is also asked when the employee applies, to find
# the roles for which an action is open, so it must not depend on the session. The controller knows who may act.
HAS_APPROVER = "doc.approver"
# Special circumstances are approved twice: by the superior, then by HR.
ORDINARY, SPECIAL = "not doc.special_circumstances", "doc.special_circumstances"
APPROVED_ONCE = "doc.superior_approved_on"
NOT_YET_APPROVED = "not doc.superior_approved_on"

# From, action, to, roles, condition, whether the one who created the request may do it.
TRANSITIONS = (
	(DRAFT, APPLY, PENDING_APPROVAL, APPLICANTS, None, 1),
	(PENDING_APPROVAL, APPROVE, APPROVED, (APPROVER,), f"{ORDINARY} and {HAS_APPROVER}", 0),
	(PENDING_APPROVAL, APPROVE, APPROVED, HR, ORDINARY, 0),
	(PENDING_APPROVAL, APPROVE, PENDING_HR_REVIEW, (APPROVER,), f"{SPECIAL} and {HAS_APPROVER}", 0),
	(PENDING_APPROVAL, APPROVE, PENDING_HR_REVIEW, HR, SPECIAL, 0),
	(PENDING_HR_REVIEW, APPROVE, APPROVED, HR, APPROVED_ONCE, 0),
	(PENDING_APPROVAL, REJECT, REJECTED, (APPROVER,), HAS_APPROVER, 0),
	(PENDING_APPROVAL, REJECT, REJECTED, HR, None, 0),
	(PENDING_APPROVAL, WITHDRAW, WITHDRAWN, OWNERS, None, 1),
	(PENDING_HR_REVIEW, WITHDRAW, WITHDRAWN, OWNERS, None, 1),
	(PENDING_HR_REVIEW, EVALUATE_AGAIN, PENDING_APPROVAL, (HR_USER, *HR), NOT_YET_APPROVED, 1),
	(PENDING_HR_REVIEW, REJECT, REJECTED, HR, None, 0),
	(APPROVED, CANCEL, CANCELLED, HR, None, 1),
)
ACTION_OF, DOCSTATUS = machine.actions_by_move(TRANSITIONS), machine.docstatus_by_state(STATES)


class RequestClosed(frappe.ValidationError):
	"""The request has been decided; it can be read, not changed."""


class ChangedMeanwhile(frappe.ValidationError):
	"""Somebody else acted on the request since it was read."""


def lock(request: Document) -> None:
	"""Queue behind whoever acts on the request now. Raises ChangedMeanwhile where it was read before he did."""
	read = str(request.modified)
	if not holds(request.load_doc_before_save) or str(request.get_doc_before_save().modified) != read:
		refuse_stale(request)


def refuse_stale(request: Document) -> None:
	"""Say that somebody else was faster. Raises ChangedMeanwhile."""
	frappe.throw(
		_("Request {0} was just changed by somebody else. Reload it to see what is left to do.").format(
			request.name
		),
		ChangedMeanwhile,
	)


def check_move(request: Document) -> None:
	"""Refuse a state that does not follow from the stored one, or that fits neither docstatus nor Workflow.

	Raises RequestClosed, MoveNotAllowed.
	"""
	before = request.get_doc_before_save()
	old, new = old_status(request), request.status
	if old in CLOSED:
		frappe.throw(
			_("Request {0} is {1} and closed. To have it looked at again, raise an objection.").format(
				request.name, _(old, context="MKD Request")
			),
			RequestClosed,
		)
	machine.check_move(
		request,
		_next(request, old) if before else BEGINS,
		DOCSTATUS.get(new, 0),
		_("A request that is {0} cannot become {1}. Use the actions of the form."),
		_("A request that is {0} cannot be saved in this way. Use the actions of the form."),
	)


def _next(request: Document, old: str) -> frozenset[str]:
	"""The states that may follow. Special circumstances are approved by the superior first and by HR second (Q9)."""
	after = following(NEXT, old)
	if not request.special_circumstances:
		return after
	if old == PENDING_APPROVAL:
		return after - {APPROVED} | {PENDING_HR_REVIEW}
	return after | {APPROVED} if old == PENDING_HR_REVIEW and request.superior_approved_on else after


def check_content(request: Document) -> None:
	"""Refuse a change of what was applied for, once it was applied for. Raises MoveNotAllowed."""
	before = request.get_doc_before_save()
	if not before or before.status == DRAFT:
		return
	changed = [name for name in CONTENT if request.has_value_changed(name)]
	changed += [
		table
		for table, columns in CONTENT_TABLES.items()
		if _rows(request, table, columns) != _rows(before, table, columns)
	]
	if changed:
		labels = ", ".join(_(request.meta.get_label(name)) for name in changed)
		frappe.throw(
			_("{0} cannot be changed after applying. Withdraw the request and apply again.").format(labels),
			MoveNotAllowed,
		)


def draft_values(request: Document) -> dict[str, object]:
	"""What applying moves, as it stands in a draft."""
	return dict.fromkeys(COMPUTED) | {
		"status": DRAFT,
		"workflow_state": machine.state_of(DRAFT, request.doctype),
	}


def _rows(request: Document, table: str, columns: tuple[str, ...]) -> list[tuple]:
	return [tuple(str(row.get(column) or "") for column in columns) for row in request.get(table)]


def restore_computed(request: Document) -> None:
	"""Put back what only the services write, whatever the caller sent."""
	before = request.get_doc_before_save()
	keep = before if before and before.status != DRAFT else None
	for name in COMPUTED:
		request.set(name, keep.get(name) if keep else None)
	if before:
		request.amended_from = before.amended_from
	# Whoever decides may say why; the applicant says nothing in his name.
	if not keep or frappe.session.user == user_of(request.employee):
		request.decision_note = keep.decision_note if keep else None


def refuse_row_alone() -> None:
	"""A row written around its request would make it name other dates than those that were decided.

	Raises PermissionError.
	"""
	frappe.throw(_("A row is changed in its request, not by itself."), frappe.PermissionError)
