"""The workflows of a request, a daily report, an objection and a swap of days. They are the agency's own once created: never overwritten."""

import frappe

from mkd_hrms.constants import (
	DAILY_REPORT,
	DAY_SWAP,
	EVALUATE_AGAIN,
	OBJECTION,
	OBJECTION_WORKFLOW,
	PENDING_HR_REVIEW,
	REPORT_WORKFLOW,
	REQUEST,
	SELF_SERVICE,
	SWAP_WORKFLOW,
	WORKFLOW,
)
from mkd_hrms.services.daily_reports import states as daily_reports
from mkd_hrms.services.objections import states as objections
from mkd_hrms.services.requests import states as requests
from mkd_hrms.services.swaps import states as swaps
from mkd_hrms.setup.created_records import create_missing, created_by_us

# Where a state or an action is used by somebody's workflow.
USES = {
	"Workflow State": (
		("Workflow Document State", "state"),
		("Workflow Transition", "state"),
		("Workflow Transition", "next_state"),
	),
	"Workflow Action Master": (("Workflow Transition", "action"),),
}
FIXTURES = {"Workflow State": (PENDING_HR_REVIEW,), "Workflow Action Master": (EVALUATE_AGAIN,)}


# Workflow, DocType, states, transitions.
SHIPPED = tuple(
	(name, doctype, machine.STATES, machine.TRANSITIONS)
	for name, doctype, machine in (
		(WORKFLOW, REQUEST, requests),
		(REPORT_WORKFLOW, DAILY_REPORT, daily_reports),
		(OBJECTION_WORKFLOW, OBJECTION, objections),
		(SWAP_WORKFLOW, DAY_SWAP, swaps),
	)
)


def sync():
	for name, doctype, states, transitions in SHIPPED:
		for state, _docstatus, _role, style in states:
			create_missing("Workflow State", state, workflow_state_name=state, style=style)
		for action in dict.fromkeys(transition[1] for transition in transitions):
			create_missing("Workflow Action Master", action, workflow_action_name=action)
		if not frappe.db.exists("Workflow", name):
			document = definition(name, doctype, states, transitions)
			frappe.get_doc(document).insert(ignore_permissions=True)


def definition(name, doctype, states, transitions):
	return {
		"doctype": "Workflow",
		"workflow_name": name,
		"document_type": doctype,
		"workflow_state_field": "workflow_state",
		"is_active": 1,
		"send_email_alert": 0,
		"states": [state_row(*state) for state in states],
		"transitions": [row for transition in transitions for row in transition_rows(*transition)],
	}


def state_row(state, docstatus, role, _style):
	return {
		"state": state,
		"doc_status": docstatus,
		"update_field": "status",
		"update_value": state,
		"allow_edit": role,
		"send_email": 0,
	}


def transition_rows(state, action, next_state, roles, condition, by_creator):
	for role in roles:
		# A site may do without the role that Frappe HR makes for self service.
		if role != SELF_SERVICE or frappe.db.exists("Role", role):
			yield {
				"state": state,
				"action": action,
				"next_state": next_state,
				"allowed": role,
				"allow_self_approval": by_creator,
				"condition": condition,
			}


def remove():
	for name, *_definition in SHIPPED:
		frappe.delete_doc("Workflow", name, ignore_permissions=True, force=True)
	for doctype, shipped in FIXTURES.items():
		for name in {*shipped, *created_by_us(doctype)}:
			if not is_used(doctype, name):
				frappe.delete_doc(doctype, name, ignore_permissions=True, force=True)


def rename_action(doctype, old, new):
	"""In the Workflows of one of our DocTypes, an agency's own too; another's may know an action of the old name."""
	master = "Workflow Action Master"
	create_missing(master, new, workflow_action_name=new)
	workflows = frappe.get_all("Workflow", {"document_type": doctype}, pluck="name")
	ours = {"parent": ("in", workflows or [""]), "action": old}
	frappe.db.set_value("Workflow Transition", ours, "action", new)
	if old in created_by_us(master) and not is_used(master, old):
		frappe.delete_doc(master, old, ignore_permissions=True, force=True)
	for name in workflows:
		frappe.clear_document_cache("Workflow", name)


def is_used(doctype, name):
	return any(frappe.db.exists(table, {field: name}) for table, field in USES[doctype])
