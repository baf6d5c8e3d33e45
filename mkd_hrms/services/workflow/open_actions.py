"""Whom the Workflow asks to act next on a document: its open actions, as Frappe would write them.

Frappe settles them after every save of any document: it asks the database for every transition, for every next state
and for every role. It leaves alone what it finds settled, so this goes first, and reads the Workflow from the cache.

Frappe leaves an action open wherever something can still be done, and so one for every document that was ever decided.
Here only those are open for which somebody waits: whoever opens his list has all of it to do. What is closed asks
nobody, and names no roles: of those there would be a dozen for every document for good.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import frappe
from frappe.desk.notifications import clear_doctype_notifications
from frappe.model.document import Document
from frappe.model.workflow import get_workflow_name, is_transition_condition_satisfied
from frappe.utils import now

from mkd_hrms.constants import MISSING
from mkd_hrms.services.platform.listeners import INSERTED, is_heard
from mkd_hrms.services.platform.names import row_name
from mkd_hrms.services.platform.timeline import COMMON

ACTION, ROLE_ROW = "Workflow Action", "Workflow Action Permitted Role"
OPEN, DONE = "Open", "Completed"
# HR may still write such a report; nobody asks for it.
ASKS_NOBODY = frozenset((MISSING,))


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
	known = [action for action in actions if action.workflow_state == state]
	left = [action for action in actions if action.status == OPEN and action.workflow_state != state]
	if known and not left and (known[0].status == OPEN or state in states_without_question(request.doctype)):
		return
	_close_left(left, {row.allowed for row in workflow.transitions if row.next_state == state})
	clear_doctype_notifications(ACTION)
	if known:
		ask_again(request)
	elif roles := _roles_asked(request, workflow, state):
		_ask(request, state, roles)
		request.on_action_opened()
	elif any(row.state == state for row in workflow.transitions):
		# Without a trace of this state Frappe would open an action for it.
		_ask(request, state, (), DONE)


def complete_all(doctype: str, names: Collection[str]) -> None:
	"""Nobody is asked any more about some documents that nobody moved: the same number of statements for any number."""
	asked = {"reference_doctype": doctype, "reference_name": ("in", [*names]), "status": OPEN}
	actions = frappe.get_all(ACTION, asked, pluck="name")
	if not actions:
		return
	table = frappe.qb.DocType(ACTION)
	query = frappe.qb.update(table).set(table.status, DONE).set(table.modified, now())
	query.where(table.name.isin(sorted(actions))).run()
	about = {"parenttype": ACTION, "parent": ("in", actions)}
	_delete_role_rows(frappe.get_all(ROLE_ROW, about, pluck="name"))
	clear_doctype_notifications(ACTION)


def ask_again(request: Document) -> None:
	"""A request that came back into a state in which it was before: what was asked for then is open again."""
	workflow = get_workflow_name(request.doctype)
	workflow = workflow and frappe.get_cached_doc("Workflow", workflow)
	roles = _roles_asked(request, workflow, request.workflow_state) if workflow else []
	if not roles:
		return
	action = {"reference_doctype": request.doctype, "reference_name": request.name}
	action |= {"workflow_state": request.workflow_state, "status": DONE}
	for name in frappe.get_all(ACTION, action, pluck="name"):
		values = {"status": OPEN, "completed_by": None, "completed_by_role": None}
		frappe.db.set_value(ACTION, name, values, update_modified=False)
		_name_roles(name, roles)


def close(request: Document) -> None:
	"""Nobody is asked any more for what can no longer be done."""
	actions = [action for action in _actions_of(request) if action.status == OPEN]
	_write_closed({action.name: {} for action in actions}, actions)


def states_without_question(doctype: str) -> frozenset[str]:
	"""The states of a DocType's Workflow in which nobody waits for anybody: all that is left is to cancel."""
	workflow = get_workflow_name(doctype)
	workflow = workflow and frappe.get_cached_doc("Workflow", workflow)
	if not workflow:
		return frozenset()
	return frozenset(row.state for row in workflow.states) - states_with_question(doctype) | ASKS_NOBODY


def states_with_question(doctype: str) -> frozenset[str]:
	"""The others: something waits for somebody. Empty where the DocType has no Workflow."""
	workflow = get_workflow_name(doctype)
	workflow = workflow and frappe.get_cached_doc("Workflow", workflow)
	if not workflow:
		return frozenset()
	return (
		frozenset(row.state for row in workflow.transitions if not _is_cancelling(row, workflow))
		- ASKS_NOBODY
	)


def _actions_of(request: Document) -> list:
	"""Every action of the request so far, once for each role that it asks."""
	action, asked = frappe.qb.DocType(ACTION), frappe.qb.DocType(ROLE_ROW)
	return (
		frappe.qb.from_(action)
		.left_join(asked)
		.on(asked.parent == action.name)
		.select(action.name, action.workflow_state, action.status, asked.role, asked.name.as_("role_row"))
		.where((action.reference_name == request.name) & (action.reference_doctype == request.doctype))
		.orderby(asked.role)
		.run(as_dict=True)
	)


def _close_left(actions: Iterable, roles: set[str]) -> None:
	"""Note who did what was asked for, and in which role: the first of those that lead to the present state.

	Whatever else was asked for in a state that is left behind is asked of nobody any more.
	"""
	roles &= set(frappe.get_roles())
	closed = {action.name: {} for action in actions}
	if done := next((action for action in actions if action.role in roles), None):
		closed[done.name] = {"completed_by": frappe.session.user, "completed_by_role": done.role}
	_write_closed(closed, actions)


def _write_closed(closed: Mapping[str, dict], actions: Iterable) -> None:
	"""By name: a range would lock others' gaps. When it was closed is what its time is counted from."""
	for name, by in closed.items():
		frappe.db.set_value(ACTION, name, {"status": DONE, **by})
	_delete_role_rows([action.role_row for action in actions if action.role_row])


def _delete_role_rows(names: Collection[str]) -> None:
	if names:
		frappe.db.delete(ROLE_ROW, {"name": ("in", sorted(names))})


def _roles_asked(request: Document, workflow: Document, state: str) -> list[str]:
	"""The roles that may act in a state, where the condition of their transition holds."""
	if state in states_without_question(request.doctype):
		return []
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


def _is_cancelling(transition: Document, workflow: Document) -> bool:
	return any(row.state == transition.next_state and row.doc_status == "2" for row in workflow.states)


def _ask(request: Document, state: str, roles: Iterable[str], status: str = OPEN) -> None:
	"""An action for these roles. They stand in the Workflow, so none of the links needs a look."""
	values = {
		"reference_doctype": request.doctype,
		"reference_name": request.name,
		"workflow_state": state,
		"status": status,
	}
	if not is_heard(ACTION, INSERTED):
		_write(values, roles)
		return
	action = frappe.get_doc({"doctype": ACTION, **values})
	action.update({"permitted_roles": [{"role": role} for role in roles]})
	action.flags.ignore_version = True
	action.insert(ignore_permissions=True, ignore_links=True)


def _write(values: Mapping[str, str], roles: Iterable[str]) -> None:
	"""The rows of an action; who has the list of them open sees it there."""
	user, stamp, name = frappe.session.user, now(), row_name()
	frappe.db.bulk_insert(ACTION, [*COMMON, *values], [(name, stamp, stamp, user, user, *values.values())])
	_name_roles(name, roles)
	told = {"doctype": ACTION, "name": name, "user": user}
	frappe.publish_realtime("list_update", told, after_commit=True)


def _name_roles(action: str, roles: Iterable[str]) -> None:
	user, stamp = frappe.session.user, now()
	rows = [
		(row_name(), stamp, stamp, user, user, number, action, ACTION, "permitted_roles", role)
		for number, role in enumerate(roles, 1)
	]
	if rows:
		columns = [*COMMON, "idx", "parent", "parenttype", "parentfield", "role"]
		frappe.db.bulk_insert(ROLE_ROW, columns, rows)
