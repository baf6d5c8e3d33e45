"""What the form and other systems may call. Each function checks its permission, asks a service, returns a dict."""

from __future__ import annotations

import frappe
from frappe import _

from mkd_hrms.constants import REQUEST
from mkd_hrms.services import endings, reading


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


@frappe.whitelist(methods=["POST"])
def withdraw_days(request: str, dates: str | list[str]) -> dict:
	"""Take back days of an approved request before they begin: the employee himself, or HR for him."""
	doc = frappe.get_doc(REQUEST, request)
	doc.check_permission("read")
	if not reading.is_own_or_hr(doc.employee):
		frappe.throw(_("Only the employee or HR can withdraw days."), frappe.PermissionError)
	endings.withdraw_days(doc, [frappe.utils.getdate(day) for day in frappe.parse_json(dates)])
	return {"request": doc.name, "status": doc.status}
