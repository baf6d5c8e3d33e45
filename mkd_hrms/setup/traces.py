"""What Frappe keeps about our DocTypes in tables of its own and leaves behind when they go."""

import frappe

from mkd_hrms.constants import APP, MODULE
from mkd_hrms.services.platform.numbers import sequence_of

# Table, and the column that holds the name of the DocType.
TRACES = (
	("Custom DocPerm", "parent"),
	("Property Setter", "doc_type"),
	("Custom Field", "dt"),
	("Workflow Action", "reference_doctype"),
	("Version", "ref_doctype"),
	("Comment", "reference_doctype"),
	("ToDo", "reference_type"),
	("DocShare", "share_doctype"),
	("Notification Log", "document_type"),
	("User Permission", "allow"),
	("List Filter", "reference_doctype"),
	("Document Follow", "ref_doctype"),
	("Tag Link", "document_type"),
	("View Log", "reference_doctype"),
	("Access Log", "export_from"),
	("Logs To Clear", "ref_doctype"),
)
# What a workspace of ours shows and no module holds; it comes as a fixture.
BLOCKS = ("MKD Standing",)


def remove():
	ours = frappe.get_all("DocType", filters={"module": MODULE}, pluck="name")
	if not ours:
		return
	actions = frappe.get_all("Workflow Action", filters={"reference_doctype": ("in", ours)}, pluck="name")
	if actions:
		frappe.db.delete("Workflow Action Permitted Role", {"parent": ("in", actions)})
	for table, column in TRACES:
		frappe.db.delete(table, {column: ("in", ours)})
	# Of the platform's DocTypes, too, nothing is cleared without us.
	cleared = frappe.get_hooks("default_log_clearing_doctypes", app_name=APP)
	frappe.db.delete("Logs To Clear", {"ref_doctype": ("in", list(cleared))})
	frappe.db.delete("List View Settings", {"name": ("in", ours)})
	frappe.db.delete("__UserSettings", {"doctype": ("in", ours)})
	for doctype in ours:
		frappe.db.sql_ddl(f"DROP SEQUENCE IF EXISTS `{sequence_of(doctype)}`")
	jobs = frappe.get_all("Scheduled Job Type", filters={"method": ("like", f"{APP}.%")}, pluck="name")
	frappe.db.delete("Scheduled Job Log", {"scheduled_job_type": ("in", jobs)})
	frappe.db.delete("Scheduled Job Type", {"name": ("in", jobs)})
	frappe.db.delete("Custom HTML Block", {"name": ("in", BLOCKS)})
	# "MKD-" stands before every number that our series give.
	frappe.db.delete("Series", {"name": ("like", "MKD-%")})
