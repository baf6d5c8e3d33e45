"""Whoever has people reporting to him decides their requests."""

import frappe

from mkd_hrms.constants import APPROVER


def validate(doc, method=None):
	# After the class's own validate, which sets the roles of a Role Profile anew: what is appended here stays.
	if has_reports(doc.name):
		doc.append_roles(APPROVER)


def has_reports(user):
	"""Whether the user's active Employee is the superior of an active one."""
	superior, report = frappe.qb.DocType("Employee"), frappe.qb.DocType("Employee").as_("report")
	found = (
		frappe.qb.from_(superior)
		.join(report)
		.on((report.reports_to == superior.name) & (report.status == "Active"))
		.where((superior.user_id == user) & (superior.status == "Active"))
		.select(report.name)
		.limit(1)
		.run()
	)
	return bool(found)
