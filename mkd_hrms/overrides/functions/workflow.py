"""The actions of a Workflow: done by nobody who only fetches an address; many documents at once not where each has to be
read before it is decided; and on the form and in a list only what the server would not refuse."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model import workflow

from mkd_hrms.constants import DAILY_REPORT, DAY_SWAP, HAND_IN, OBJECTION, REQUEST
from mkd_hrms.services.daily_reports import actors as daily_reports
from mkd_hrms.services.objections import actors as objections
from mkd_hrms.services.platform import many_at_once
from mkd_hrms.services.requests import actors as requests
from mkd_hrms.services.swaps import actors as swaps

# Of more documents ticked in a list than these each is not asked about; the server refuses what is not for somebody.
ASKED_ABOUT = 50
# By DocType, why an action is not for a user; what the controller throws, too.
REFUSALS = {
	REQUEST: requests.refusal,
	DAILY_REPORT: daily_reports.refusal,
	OBJECTION: objections.refusal,
	DAY_SWAP: swaps.refusal,
}


@frappe.whitelist(methods=["POST"])
def apply_workflow(doc: str | dict, action: str):
	"""As the platform does it, but not for whoever fetches an address: what was denied at approval is stored by itself."""
	return workflow.apply_workflow(doc, action)


@frappe.whitelist(methods=["POST"])
def bulk_workflow_approval(docnames, doctype, action):
	"""As the platform does it, except that nobody decides about reports that he has not opened (rule D5).

	And not for whoever fetches an address: each decision is stored by itself.
	"""
	if doctype == DAILY_REPORT and action != HAND_IN:
		frappe.throw(
			_(
				"Daily reports are decided one by one: open each of them, read it, and choose {0} there."
			).format(_(action, context=doctype)),
			title=_("Not in Bulk"),
		)
	names = frappe.parse_json(docnames)
	if doctype not in REFUSALS or not many_at_once.are_for_a_worker(names):
		return workflow.bulk_workflow_approval(docnames, doctype, action)
	frappe.msgprint(
		_("{0} documents are being decided in the background. You are told what became of each.").format(
			len(names)
		),
		alert=True,
	)
	return many_at_once.leave_to_a_worker(doctype, names, action)


@frappe.whitelist()
def get_transitions(doc: str | dict, raise_exception: bool = False) -> list[dict]:
	"""What the form offers: as the platform does it, without what would be refused to this user."""
	doc = frappe.get_doc(frappe.parse_json(doc))
	doc.load_from_db()
	transitions = workflow.get_transitions(doc, raise_exception=raise_exception)
	refusal = REFUSALS.get(doc.doctype)
	if not (refusal and transitions):
		return transitions
	user = frappe.session.user
	refused = {action for action in {row.action for row in transitions} if refusal(doc, action, user)}
	return [row for row in transitions if row.action not in refused]


@frappe.whitelist()
def get_common_transition_actions(docs: str | list, doctype: str) -> list[str]:
	"""What a list offers for the documents that are ticked: as the platform does it, without what would be refused for one."""
	docs = frappe.parse_json(docs)
	actions = workflow.get_common_transition_actions(docs, doctype)
	refusal = REFUSALS.get(doctype)
	if not (refusal and actions):
		return actions
	if doctype == DAILY_REPORT:
		actions = [action for action in actions if action == HAND_IN]
	user = frappe.session.user
	for doc in docs[:ASKED_ABOUT] if actions else ():
		found = frappe.get_doc(doctype, doc.get("name"))
		found.check_permission("read")
		actions = [action for action in actions if not refusal(found, action, user)]
	return actions
