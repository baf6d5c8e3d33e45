"""A closed action of a Workflow asks nobody: the roles that it once asked were a dozen rows for every document for good."""

import frappe

from mkd_hrms.constants import DAILY_REPORT, OBJECTION, REQUEST
from mkd_hrms.services.workflow.open_actions import ACTION, DONE, ROLE_ROW

AT_ONCE = 5000


def execute():
	last = ""
	about = {"reference_doctype": ("in", (REQUEST, DAILY_REPORT, OBJECTION)), "status": DONE}
	while names := frappe.get_all(
		ACTION, {**about, "name": (">", last)}, pluck="name", order_by="name", limit=AT_ONCE
	):
		last = names[-1]
		frappe.db.delete(ROLE_ROW, {"parent": ("in", names)})
		frappe.db.commit()
