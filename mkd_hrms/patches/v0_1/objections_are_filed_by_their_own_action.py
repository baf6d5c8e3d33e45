"""The action that files an objection was named as the File of the platform, whose name its translation took: it gets its own."""

import frappe

from mkd_hrms.constants import FILE, FILE_OBJECTION, OBJECTION
from mkd_hrms.setup.created_records import create_missing, created_by_us
from mkd_hrms.setup.workflows import is_used

ACTION = "Workflow Action Master"


def execute():
	create_missing(ACTION, FILE_OBJECTION, workflow_action_name=FILE_OBJECTION)
	workflows = frappe.get_all("Workflow", {"document_type": OBJECTION}, pluck="name")
	ours = {"parent": ("in", workflows or [""]), "action": FILE}
	frappe.db.set_value("Workflow Transition", ours, "action", FILE_OBJECTION)
	# Another workflow, or the agency, may know an action of that name.
	if FILE in created_by_us(ACTION) and not is_used(ACTION, FILE):
		frappe.delete_doc(ACTION, FILE, ignore_permissions=True, force=True)
	for name in workflows:
		frappe.clear_document_cache("Workflow", name)
