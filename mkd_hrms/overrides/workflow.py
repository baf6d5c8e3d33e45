"""Many documents at once: not where each has to be read before it is decided."""

import frappe
from frappe import _
from frappe.model import workflow

from mkd_hrms.constants import DAILY_REPORT, HAND_IN


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
