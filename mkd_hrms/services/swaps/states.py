"""Which state of a swap follows which (rule W14), and what nobody may touch. Holds on every path."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import (
	APPROVE,
	APPROVED,
	APPROVER,
	ASK,
	CONSENT,
	DECLINE,
	DECLINED,
	DRAFT,
	EMPLOYEE,
	EXPIRED,
	HR_MANAGER,
	OFFICER,
	PENDING_APPROVAL,
	PENDING_CONSENT,
	REJECT,
	REJECTED,
	SELF_SERVICE,
	WITHDRAW,
	WITHDRAWN,
)
from mkd_hrms.facts.users import user_of
from mkd_hrms.services.workflow import states as machine
from mkd_hrms.services.workflow.states import MoveNotAllowed, old_status

# What was decided, declined, withdrawn or has expired stands: nothing follows, and no save.
NEXT = {
	DRAFT: frozenset((DRAFT, PENDING_CONSENT)),
	PENDING_CONSENT: frozenset((PENDING_CONSENT, PENDING_APPROVAL, DECLINED, WITHDRAWN)),
	PENDING_APPROVAL: frozenset((PENDING_APPROVAL, APPROVED, REJECTED, WITHDRAWN)),
}
OPEN = (PENDING_CONSENT, PENDING_APPROVAL)
# What who asks writes; once he has asked, it stands.
CONTENT = ("employee", "kind", "mkd_date", "colleague", "colleague_date", "reason", "amended_from")
# What the colleague answers who takes a day over.
ANSWERS = ("place", "place_details", "has_computer", "has_internet")
# What the services write. Nobody else's value counts.
COMPUTED = (
	"approver approver_name own_day colleague_day own_request colleague_request consented_on decided_by decided_on open_key"
).split()

# State, docstatus, who may edit the form in it, style. Rejected is the first submitted one on purpose: a plain
# submit() that bypasses the transitions lands on the first state of its docstatus.
STATES = (
	(DRAFT, "0", "All", ""),
	(PENDING_CONSENT, "0", EMPLOYEE, "Warning"),
	(PENDING_APPROVAL, "0", APPROVER, "Warning"),
	(DECLINED, "0", OFFICER, "Danger"),
	(WITHDRAWN, "0", OFFICER, "Inverse"),
	(EXPIRED, "0", OFFICER, "Inverse"),
	(REJECTED, "1", OFFICER, "Danger"),
	(APPROVED, "1", OFFICER, "Success"),
)
PEOPLE = (EMPLOYEE, SELF_SERVICE)
HR = (HR_MANAGER, OFFICER)
HAS_APPROVER, HAS_NONE = "doc.approver", "not doc.approver"
# From, action, to, roles, condition, whether the one who created the swap may do it.
TRANSITIONS = (
	(DRAFT, ASK, PENDING_CONSENT, PEOPLE, None, 1),
	(PENDING_CONSENT, CONSENT, PENDING_APPROVAL, PEOPLE, None, 0),
	(PENDING_CONSENT, DECLINE, DECLINED, PEOPLE, None, 0),
	(PENDING_CONSENT, WITHDRAW, WITHDRAWN, PEOPLE, None, 1),
	(PENDING_APPROVAL, APPROVE, APPROVED, (APPROVER,), HAS_APPROVER, 0),
	(PENDING_APPROVAL, APPROVE, APPROVED, HR, HAS_NONE, 0),
	(PENDING_APPROVAL, REJECT, REJECTED, (APPROVER,), HAS_APPROVER, 0),
	(PENDING_APPROVAL, REJECT, REJECTED, HR, HAS_NONE, 0),
	(PENDING_APPROVAL, WITHDRAW, WITHDRAWN, PEOPLE, None, 1),
)
ACTION_OF, DOCSTATUS = machine.actions_by_move(TRANSITIONS), machine.docstatus_by_state(STATES)


class ChangedMeanwhile(frappe.ValidationError):
	"""Somebody else acted on the swap since it was read."""


def refuse_stale(swap: Document) -> None:
	"""Say that somebody else was faster. Raises ChangedMeanwhile."""
	frappe.throw(
		_("Swap {0} was just changed by somebody else. Reload it to see what is left to do.").format(
			swap.name
		),
		ChangedMeanwhile,
	)


def check_move(swap: Document) -> None:
	"""Refuse a state that does not follow from the stored one, or that fits neither docstatus nor Workflow.

	Raises MoveNotAllowed.
	"""
	machine.check_move(
		swap,
		NEXT.get(old_status(swap), ()) if swap.get_doc_before_save() else (DRAFT,),
		DOCSTATUS.get(swap.status, 0),
		_("A swap that is {0} cannot become {1}. Use the actions of the form."),
	)


def check_content(swap: Document) -> None:
	"""Refuse a change of what the colleague was asked. Raises MoveNotAllowed."""
	before = swap.get_doc_before_save()
	if not before or before.status == DRAFT:
		return
	if changed := [name for name in CONTENT if swap.has_value_changed(name)]:
		labels = ", ".join(_(swap.meta.get_label(name)) for name in changed)
		frappe.throw(
			_("{0} cannot be changed after asking. Withdraw the swap and ask again.").format(labels),
			MoveNotAllowed,
		)


def restore_computed(swap: Document) -> None:
	"""Put back what only the services write; what the colleague answers is his to write, and the decision's note theirs."""
	before = swap.get_doc_before_save()
	asked = before if before and before.status != DRAFT else None
	swap.employee_user, swap.colleague_user = user_of(swap.employee), user_of(swap.colleague)
	user, names = frappe.session.user, list(COMPUTED)
	if not asked or asked.status != PENDING_CONSENT or user != swap.colleague_user:
		names += ANSWERS
	if not asked or asked.status != PENDING_APPROVAL or user in (swap.employee_user, swap.colleague_user):
		names.append("decision_note")
	for name in names:
		swap.set(name, asked.get(name) if asked else None)
