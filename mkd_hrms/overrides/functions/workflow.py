"""The actions of a Workflow: many documents at once not where each has to be read before it is decided, and on the form
only what the server would not refuse."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model import workflow

from mkd_hrms.constants import DAILY_REPORT, HAND_IN, REQUEST
from mkd_hrms.services.daily_reports import actors as report_actors
from mkd_hrms.services.requests import actors as request_actors

LEADS_NOWHERE = {DAILY_REPORT: report_actors.leads_nowhere, REQUEST: request_actors.leads_nowhere}


@frappe.whitelist()
def bulk_workflow_approval(docnames, doctype, action):
	"""As the platform does it, except that nobody decides about reports that he has not opened (rule D5)."""
	if doctype == DAILY_REPORT and action != HAND_IN:
		frappe.throw(
			_(
				"Daily reports are decided one by one: open each of them, read it, and choose {0} there."
			).format(_(action)),
			title=_("Not in Bulk"),
		)
	return workflow.bulk_workflow_approval(docnames, doctype, action)


@frappe.whitelist()
def get_transitions(doc: str | dict, raise_exception: bool = False) -> list[dict]:
	"""What the form offers: as the platform does it, without what would be refused to this user."""
	doc = frappe.get_doc(frappe.parse_json(doc))
	doc.load_from_db()
	transitions = workflow.get_transitions(doc, raise_exception=raise_exception)
	leads_nowhere = LEADS_NOWHERE.get(doc.doctype)
	if not (leads_nowhere and transitions):
		return transitions
	refused = leads_nowhere(doc, frappe.session.user)
	return [transition for transition in transitions if transition.action not in refused]
