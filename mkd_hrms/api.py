"""What the form and other systems may call. Each function checks its permission, asks a service, returns a dict."""

from __future__ import annotations

import frappe
from frappe import _

from mkd_hrms.constants import REQUEST
from mkd_hrms.services import reading


@frappe.whitelist()
def explain(request: str) -> dict:
	"""Why a request was decided as it was: every gate in a sentence, for the employee himself and HR."""
	doc = frappe.get_doc(REQUEST, request)
	doc.check_permission("read")
	if not reading.may_read_findings(doc):
		frappe.throw(_("The reasons are for the employee and HR."), frappe.PermissionError)
	return {
		"request": doc.name,
		"status": doc.status,
		"outcome": doc.outcome,
		"objection_until": doc.objection_until,
		"findings": reading.sentences(doc),
	}
