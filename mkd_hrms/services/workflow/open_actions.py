"""Whom the Workflow asks to act next on a document: its open actions, as Frappe would write them.

Frappe settles them after every save of any document: it asks the database for every transition, for every next state
and for every role. It leaves alone what it finds settled, so this goes first, and reads the Workflow from the cache.
"""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe.desk.notifications import clear_doctype_notifications
from frappe.model.document import Document
from frappe.model.workflow import get_workflow_name, is_transition_condition_satisfied

ACTION, ROLE_ROW = "Workflow Action", "Workflow Action Permitted Role"
OPEN = "Open"


def settle(request: Document) -> None:
	"""Complete the action by which the request came into its state, and ask for what can be done in it.

	The document is told when somebody is asked anew: it says whom the mail of the Workflow goes to.
	"""
	request.flags.asked_by_mail = False
	workflow = get_workflow_name(request.doctype)
	workflow = workflow and frappe.get_cached_doc("Workflow", workflow)
	if not workflow:
		return
	state = request.get(workflow.workflow_state_field)
	actions = [] if request.flags.in_insert else _actions_of(request)
	if any(action.workflow_state == state for action in actions):
		return
	_complete(actions, {row.allowed for row in workflow.transitions if row.next_state == state})
	clear_doctype_notifications(ACTION)
	roles = _roles_asked(request, workflow, state)
	if roles:
		_ask(request, state, roles)
		request.on_action_opened()


def ask_again(request: Document) -> None:
	"""A request that came back into a state in which it was before: what was asked for then is open again."""
	action = {"reference_doctype": request.doctype, "reference_name": request.name}
	action |= {"workflow_state": request.workflow_state, "status": "Completed"}
	for name in frappe.get_all(ACTION, action, pluck="name"):
		values = {"status": OPEN, "completed_by": None, "completed_by_role": None}
		frappe.db.set_value(ACTION, name, values, update_modified=False)


def _actions_of(request: Document) -> list:
	"""Every action of the request so far, once for each role that it asked."""
	action, asked = frappe.qb.DocType(ACTION), frappe.qb.DocType(ROLE_ROW)
	return (
		frappe.qb.from_(action)
		.left_join(asked)
		.on(asked.parent == action.name)
		.select(action.name, action.workflow_state, action.status, asked.role)
		.where((action.reference_name == request.name) & (action.reference_doctype == request.doctype))
		.orderby(asked.role)
		.run(as_dict=True)
	)


def _complete(actions: Iterable, roles: set[str]) -> None:
	"""Note who did what was asked for, and in which role: the first of those that lead to the present state."""
	roles &= set(frappe.get_roles())
	done = next((action for action in actions if action.status == OPEN and action.role in roles), None)
	if done:
		values = {"status": "Completed", "completed_by": frappe.session.user, "completed_by_role": done.role}
		frappe.db.set_value(ACTION, done.name, values, update_modified=False)


def _roles_asked(request: Document, workflow: Document, state: str) -> list[str]:
	"""The roles that may act in a state, where the condition of their transition holds."""
	optional = {row.state for row in workflow.states if row.is_optional_state}
	holds: dict[str | None, bool] = {}
	roles = []
	for row in workflow.transitions:
		if row.state != state or row.next_state in optional or row.allowed in roles:
			continue
		if row.condition not in holds:
			holds[row.condition] = bool(is_transition_condition_satisfied(row, request))
		if holds[row.condition]:
			roles.append(row.allowed)
	return roles


def _ask(request: Document, state: str, roles: list[str]) -> None:
	"""An open action for these roles. They stand in the Workflow, so none of the links needs a look."""
	action = frappe.get_doc(
		{
			"doctype": ACTION,
			"reference_doctype": request.doctype,
			"reference_name": request.name,
			"workflow_state": state,
			"status": OPEN,
			"permitted_roles": [{"role": role} for role in roles],
		}
	)
	action.flags.ignore_version = True
	action.insert(ignore_permissions=True, ignore_links=True)
