"""The workflows of a request, a daily report and an objection. They are the agency's own once created: never overwritten."""

import frappe

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
	REQUEST,
	REVOKED,
	SELF_SERVICE,
	WITHDRAW,
	WITHDRAWN,
	WORKFLOW,
)
from mkd_hrms.setup import objection_workflow, report_workflow
from mkd_hrms.setup.created_records import create_missing, created_by_us

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
SHIPPED = (
	(WORKFLOW, REQUEST, STATES, TRANSITIONS),
	(report_workflow.NAME, report_workflow.DOCTYPE, report_workflow.STATES, report_workflow.TRANSITIONS),
	(
		objection_workflow.NAME,
		objection_workflow.DOCTYPE,
		objection_workflow.STATES,
		objection_workflow.TRANSITIONS,
	),
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


def is_used(doctype, name):
	return any(frappe.db.exists(table, {field: name}) for table, field in USES[doctype])
