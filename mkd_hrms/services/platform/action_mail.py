"""The mail of a Workflow that an administrator lets send mail: to whom a document asks to decide, and to nobody else.

The platform writes to everybody who has the role of a transition, whomever the document is about.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.workflow import get_workflow_name, has_approval_access, is_transition_condition_satisfied
from frappe.utils import escape_html, get_link_to_form
from frappe.workflow.doctype.workflow_action.workflow_action import (
	get_email_template_from_workflow,
	get_workflow_action_url,
)

from mkd_hrms.services.platform.notify import in_language_of, sends_mail


def queue(document: Document) -> None:
	"""Let a worker write to whoever is asked, where the Workflow sends mail in this state; own notices then step aside."""
	workflow = frappe.get_cached_doc("Workflow", get_workflow_name(document.doctype))
	state = document.get(workflow.workflow_state_field)
	document.flags.asked_by_mail = _is_wanted(workflow, state) and bool(document.ACTORS.asked(document))
	if document.flags.asked_by_mail:
		frappe.enqueue(
			"mkd_hrms.tasks.ask_by_mail",
			queue="short",
			enqueue_after_commit=True,
			now=frappe.flags.in_test,
			doctype=document.doctype,
			name=document.name,
			state=state,
		)


def _is_wanted(workflow: Document, state: str) -> bool:
	wanted = workflow.send_email_alert and any(
		row.state == state and row.send_email for row in workflow.states
	)
	return bool(wanted) and sends_mail()


def send(document: Document, state: str) -> None:
	"""One mail to each who may decide, with the actions that he may take. What was decided meanwhile asks nobody."""
	workflow = frappe.get_cached_doc("Workflow", get_workflow_name(document.doctype))
	if document.get(workflow.workflow_state_field) != state:
		return
	for user in document.ACTORS.asked(document):
		if actions := _actions_of(document, workflow, state, user):
			try:
				_write(document, user, actions)
			except frappe.OutgoingEmailError:
				frappe.log_error(title="MKD: a mail of the Workflow could not be sent")
				return


def _actions_of(document: Document, workflow: Document, state: str, user: str) -> list[str]:
	"""What the Workflow offers a user who can log in and see the document, and what the rules do not keep from him."""
	if not frappe.db.get_value("User", user, "enabled"):
		return []
	if not frappe.has_permission(document.doctype, "read", doc=document, user=user):
		return []
	roles, actors = frappe.get_roles(user), document.ACTORS
	offered = dict.fromkeys(
		row.action
		for row in workflow.transitions
		if row.state == state
		and row.allowed in roles
		and row.action in actors.DECIDES
		and has_approval_access(user, document, row)
		and is_transition_condition_satisfied(row, document)
	)
	return [action for action in offered if not actors.refusal(document, action, user)]


def _write(document: Document, user: str, actions: list[str]) -> None:
	with in_language_of(user):
		subject = _("{0} of {1} waits for your decision").format(document.name, document.employee_name)
		template = get_email_template_from_workflow(document) or {}
		link = get_link_to_form(document.doctype, document.name)
		message = template.get("message") or f"{escape_html(subject)}<br>{link}"
		links = [
			{"action_name": action, "action_link": get_workflow_action_url(action, document, user)}
			for action in actions
			if action in document.ACTORS.BY_MAIL
		]
		frappe.sendmail(
			recipients=[frappe.db.get_value("User", user, "email")],
			subject=template.get("subject") or subject,
			template="workflow_action",
			args={"actions": links, "message": message},
			reference_doctype=document.doctype,
			reference_name=document.name,
			add_unsubscribe_link=0,
		)
