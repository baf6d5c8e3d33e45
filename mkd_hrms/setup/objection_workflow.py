"""The workflow of an objection. It is the agency's own once created: never overwritten."""

import frappe

from mkd_hrms.constants import (
	DISMISS,
	DISMISSED,
	DRAFT,
	EMPLOYEE,
	FILE,
	HR_MANAGER,
	HR_USER,
	OBJECTION,
	OBJECTION_WORKFLOW,
	OFFICER,
	PENDING_DECISION,
	SELF_SERVICE,
	UPHELD,
	UPHOLD,
	WITHDRAW,
	WITHDRAWN,
)
from mkd_hrms.setup.created_records import create_missing
from mkd_hrms.setup.workflow import state_row, transition_rows

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
	(DRAFT, FILE, PENDING_DECISION, FILERS, None, 1),
	(PENDING_DECISION, UPHOLD, UPHELD, DECIDERS, None, 0),
	(PENDING_DECISION, DISMISS, DISMISSED, DECIDERS, None, 0),
	(PENDING_DECISION, WITHDRAW, WITHDRAWN, FILERS, None, 1),
)


def sync():
	for state, _docstatus, _role, style in STATES:
		create_missing("Workflow State", state, workflow_state_name=state, style=style)
	for action in dict.fromkeys(transition[1] for transition in TRANSITIONS):
		create_missing("Workflow Action Master", action, workflow_action_name=action)
	if not frappe.db.exists("Workflow", OBJECTION_WORKFLOW):
		frappe.get_doc(definition()).insert(ignore_permissions=True)


def definition():
	return {
		"doctype": "Workflow",
		"workflow_name": OBJECTION_WORKFLOW,
		"document_type": OBJECTION,
		"workflow_state_field": "workflow_state",
		"is_active": 1,
		"send_email_alert": 0,
		"states": [state_row(*state) for state in STATES],
		"transitions": [row for transition in TRANSITIONS for row in transition_rows(*transition)],
	}


def remove():
	"""Before the other workflow goes, which takes away the states that nobody uses any more."""
	frappe.delete_doc("Workflow", OBJECTION_WORKFLOW, ignore_permissions=True, force=True)
