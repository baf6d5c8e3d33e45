"""What the state machines of requests, daily reports and objections share: a move that is refused, a status and the
state that the Workflow gives to it."""

from __future__ import annotations

import frappe
from frappe.model.workflow import get_workflow_name


class MoveNotAllowed(frappe.ValidationError):
	"""The state asked for does not follow from the present one, or not in this way."""


def holds(check) -> bool:
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


def status_of_state(doc) -> str | None:
	"""The status that the active Workflow gives to a document's workflow state; None without a Workflow."""
	if not get_workflow_name(doc.doctype) or not doc.workflow_state:
		return None
	for row in _workflow(doc.doctype).states:
		if row.state == doc.workflow_state:
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
