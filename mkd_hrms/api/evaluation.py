"""An evaluation that somebody starts."""

from __future__ import annotations

import frappe
from frappe import _

from mkd_hrms.constants import BY_HAND, EVALUATION_RUN, STARTS_EVALUATION
from mkd_hrms.services.evaluation import runs
from mkd_hrms.services.standing import refresh


@frappe.whitelist(methods=["POST"])
def evaluate_now(company: str) -> dict:
	"""Evaluate everybody in a company again, by a worker: an HR manager or an MKD officer."""
	if STARTS_EVALUATION.isdisjoint(frappe.get_roles()):
		frappe.throw(
			_("Only an HR Manager or an MKD Officer can start an evaluation."), frappe.PermissionError
		)
	# User Permissions may leave somebody only some of the companies.
	frappe.get_doc({"doctype": EVALUATION_RUN, "company": company}).check_permission("read")
	if company not in refresh.companies():
		frappe.throw(_("No MKD Policy is in force for {0} tomorrow.").format(company))
	return {"company": company, "queued": runs.start(company, BY_HAND)}
