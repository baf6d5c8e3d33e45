"""The one door past the Workflow, for moves that no person makes: what the rules or the clock decide."""

from __future__ import annotations

from collections.abc import Collection

import frappe
from frappe.model.document import Document
from frappe.workflow.doctype.workflow_action.workflow_action import process_workflow_actions

from mkd_hrms.constants import DENIED, EXPIRED, PENDING_HR_REVIEW, REVOKED
from mkd_hrms.services.workflow import open_actions
from mkd_hrms.services.workflow.states import state_of

# No transition leads to these from where the request was, so Frappe would leave its open actions open.
PAST_THE_WORKFLOW = frozenset((DENIED, PENDING_HR_REVIEW, EXPIRED, REVOKED))


def write(request: Document, values: dict) -> None:
	"""Write fields of a request in the middle of its save; the save itself then gives notice."""
	if "status" in values:
		values = {**values, "workflow_state": state_of(values["status"], request.doctype)}
	frappe.db.set_value(request.doctype, request.name, values, update_modified=False)
	request.update(values)
	if request.status in PAST_THE_WORKFLOW:
		open_actions.close(request)


def move(request: Document, values: dict) -> None:
	"""Move a request outside any save: as a save would, open what can be done next and give notice."""
	request.load_doc_before_save()
	write(request, {**values, "modified": frappe.utils.now()})
	open_actions.settle(request)
	process_workflow_actions(request, "on_update")
	request.run_method("on_change")


def move_many(doctype: str, names: Collection[str], values: dict) -> None:
	"""Move documents to a state that no action leads to and in which nobody is asked: one statement, whatever is asked.

	The caller gives notice, and asks before whether anybody else listens.
	"""
	values = {**values, "workflow_state": state_of(values["status"], doctype), "modified": frappe.utils.now()}
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.update(table).where(table.name.isin(sorted(names)))
	for column, value in values.items():
		query = query.set(table[column], value)
	query.run()
	for name in names:
		frappe.clear_document_cache(doctype, name)
	open_actions.complete_all(doctype, names)
