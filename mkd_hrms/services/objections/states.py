"""Which state of an objection follows which (rule W13), and what nobody may touch. Holds on every path."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import (
	DISMISS,
	DISMISSED,
	DRAFT,
	EMPLOYEE,
	FILE_OBJECTION,
	HR_MANAGER,
	HR_USER,
	OFFICER,
	PENDING_DECISION,
	SELF_SERVICE,
	UPHELD,
	UPHOLD,
	WITHDRAW,
	WITHDRAWN,
)
from mkd_hrms.facts.users import user_of
from mkd_hrms.services.objections.actors import may_decide
from mkd_hrms.services.workflow import states as machine
from mkd_hrms.services.workflow.states import old_status

# What was decided or withdrawn stands: nothing follows, and no save.
NEXT = {
	DRAFT: frozenset((DRAFT, PENDING_DECISION)),
	PENDING_DECISION: frozenset((PENDING_DECISION, UPHELD, DISMISSED, WITHDRAWN)),
}
DECIDED = (UPHELD, DISMISSED)
CONTENT = ("employee", "against_doctype", "against_name", "grounds", "evidence", "amended_from")
# What this file writes. Nobody else's value counts.
COMPUTED = (
	"objection_until filed_on filed_by decide_by escalated_on decided_by decided_on outcome open_key".split()
)

# State, docstatus, who may edit the form in it, style. Dismissed is the first submitted one on purpose: a plain
# submit() that bypasses the transitions lands on the first state of its docstatus, where it lacks its reason.
STATES = (
	(DRAFT, "0", "All", ""),
	(PENDING_DECISION, "0", HR_MANAGER, "Warning"),
	(WITHDRAWN, "0", OFFICER, "Inverse"),
	(DISMISSED, "1", OFFICER, "Danger"),
	(UPHELD, "1", OFFICER, "Success"),
)
FILERS = (EMPLOYEE, SELF_SERVICE, HR_USER, HR_MANAGER, OFFICER)
DECIDERS = (HR_MANAGER, OFFICER)
# From, action, to, roles, condition, whether the one who created the objection may do it.
TRANSITIONS = (
	(DRAFT, FILE_OBJECTION, PENDING_DECISION, FILERS, None, 1),
	(PENDING_DECISION, UPHOLD, UPHELD, DECIDERS, None, 0),
	(PENDING_DECISION, DISMISS, DISMISSED, DECIDERS, None, 0),
	(PENDING_DECISION, WITHDRAW, WITHDRAWN, FILERS, None, 1),
)
ACTION_OF, DOCSTATUS = machine.actions_by_move(TRANSITIONS), machine.docstatus_by_state(STATES)


def restore_computed(objection: Document) -> None:
	"""Put back what only the service writes, and the decision's words unless a decider writes them."""
	before = objection.get_doc_before_save()
	names = COMPUTED
	if not before or before.status != PENDING_DECISION or not may_decide(objection, frappe.session.user):
		names = [*COMPUTED, "decision_reason", "valid_until"]
	for name in names:
		objection.set(name, before.get(name) if before else None)
	objection.employee_user = user_of(objection.employee)


def check_move(objection: Document) -> None:
	"""Refuse a state that does not follow from the stored one, or that fits neither docstatus nor Workflow.

	Raises MoveNotAllowed.
	"""
	machine.check_move(
		objection,
		NEXT.get(old_status(objection), ()) if objection.get_doc_before_save() else (DRAFT,),
		DOCSTATUS.get(objection.status, 0),
		_("An objection that is {0} cannot become {1}. Use the actions of the form."),
	)
