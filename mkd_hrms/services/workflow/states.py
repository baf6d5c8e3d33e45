"""What the state machines of requests, daily reports and objections share. Holds on every path.

The Workflow shows the buttons; the tables of a machine decide. A REST call, an import or a script meets the same answers.
A machine is two tables in the `states.py` of its room: NEXT, which states may follow a state, and TRANSITIONS, by which
action of the shipped Workflow they do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import (
	WorkflowPermissionError,
	get_workflow_name,
	is_transition_condition_satisfied,
)

from mkd_hrms.constants import DRAFT


class MoveNotAllowed(frappe.ValidationError):
	"""The state asked for does not follow from the present one, or not in this way."""


def old_status(document: Document) -> str:
	"""The status from which a save starts."""
	before = document.get_doc_before_save()
	return before.status if before else DRAFT


def is_moving(document: Document) -> bool:
	"""Whether a save changes the status."""
	return document.status != old_status(document)


def actions_by_move(transitions: Iterable[tuple]) -> dict[tuple[str, str], str]:
	"""By the states before and after, the action of a machine that leads from one to the other."""
	return {(state, following): action for state, action, following, *_who in transitions}


def docstatus_by_state(states: Iterable[tuple]) -> dict[str, int]:
	"""By state of a machine, the docstatus of a document in it."""
	return {state: int(docstatus) for state, docstatus, *_shown in states}


def following(table: Mapping[str, frozenset[str]], status: str) -> frozenset[str]:
	"""The states that may follow; what the table does not name stays as it is."""
	return table.get(status, frozenset((status,)))


def check_move(
	document: Document,
	allowed: Collection[str],
	docstatus: int,
	cannot_become: str,
	cannot_be_saved: str | None = None,
) -> None:
	"""Refuse a status that does not follow from the stored one, or that fits neither docstatus nor Workflow.

	`allowed` may follow the stored status; `docstatus` belongs to the new one. The sentences name the old and the new
	status in {0} and {1}, the second one only the new status. Raises MoveNotAllowed.
	"""
	new = document.status
	old_shown, shown = (_(status, context=document.doctype) for status in (old_status(document), new))
	if new not in allowed:
		frappe.throw(cannot_become.format(old_shown, shown), MoveNotAllowed)
	if docstatus != document.docstatus or status_of_state(document) not in (None, new):
		sentence = (
			cannot_be_saved.format(shown) if cannot_be_saved else cannot_become.format(old_shown, shown)
		)
		frappe.throw(sentence, MoveNotAllowed)


def refuse(reason: str | None, error: type[Exception] = frappe.PermissionError) -> None:
	"""Throw the reason that the actors of a room give against a save, where they give one.

	Raises `error`, which is PermissionError unless said.
	"""
	if reason:
		frappe.throw(reason, error)


def check_first_move(document: Document) -> None:
	"""A document may be made in a state that an action of the first one leads to, by whoever may do that action.

	Frappe asks the same of a document that is stored, and takes no other state than the first from one that is not.
	Raises WorkflowPermissionError.
	"""
	workflow = _workflow(document.doctype)
	first = workflow.states[0].state
	state = document.workflow_state = document.workflow_state or first
	ways = (row for row in workflow.transitions if (row.state, row.next_state) == (first, state))
	roles = frappe.get_roles()
	if state == first or any(
		row.allowed in roles and is_transition_condition_satisfied(row, document) for row in ways
	):
		return
	frappe.throw(
		_("Your role does not lead from {0} to {1}.").format(_(first), _(state)), WorkflowPermissionError
	)


def holds(check: Callable[[], object]) -> bool:
	"""Whether a locking read finds what was read before; a strict MariaDB answers a change with an error."""
	try:
		check()
	except frappe.TimestampMismatchError:
		frappe.clear_last_message()
	except frappe.QueryDeadlockError:
		pass
	else:
		return True
	return False


def status_of_state(document: Document) -> str | None:
	"""The status that the active Workflow gives to a document's workflow state; None without a Workflow."""
	if not get_workflow_name(document.doctype) or not document.workflow_state:
		return None
	for row in _workflow(document.doctype).states:
		if row.state == document.workflow_state:
			return row.update_value if row.update_field == "status" else row.state
	return None


def state_of(status: str, doctype: str) -> str:
	"""The first workflow state that stands for a status; the status itself without a Workflow."""
	if get_workflow_name(doctype):
		for row in _workflow(doctype).states:
			if row.update_field == "status" and row.update_value == status:
				return row.state
	return status


def _workflow(doctype: str):
	return frappe.get_cached_doc("Workflow", get_workflow_name(doctype))
