"""Whoever has people reporting to him, or heads a unit, decides about requests."""

import frappe

from mkd_hrms.constants import APPROVER, DAILY_REPORT, PENDING_APPROVAL, REQUEST, RETURNED, SUBMITTED
from mkd_hrms.services.approvers import reassign
from mkd_hrms.setup.roles import superiors, unit_heads


def validate(doc, method=None):
	# After the class's own validate, which sets the roles of a Role Profile anew: what is appended here stays.
	if decides(doc.name):
		doc.append_roles(APPROVER)


def decides(user):
	"""Whether a user decides by his place in the organisation."""
	superior, head = frappe.qb.DocType("Employee"), frappe.qb.DocType("Department Approver")
	queries = superiors().where(superior.user_id == user), unit_heads().where(head.approver == user)
	return any(query.limit(1).run() for query in queries)


def grant_approver(name):
	"""The role is given, never taken: HR may have had its own reasons to give it."""
	if APPROVER in frappe.get_roles(name):
		return
	user = frappe.get_doc("User", name)
	if user.enabled:
		user.flags.ignore_permissions = True
		user.add_roles(APPROVER)


def on_update(doc, method=None):
	"""Whoever can no longer log in decides nothing: his undecided requests and reports go to somebody who can."""
	if not doc.has_value_changed("enabled"):
		return
	waiting = ((REQUEST, (PENDING_APPROVAL,)), (DAILY_REPORT, (SUBMITTED, RETURNED)))
	employees = {
		employee
		for doctype, states in waiting
		for employee in frappe.get_all(
			doctype, filters={"approver": doc.name, "status": ("in", states)}, pluck="employee"
		)
	}
	for employee in sorted(employees):
		reassign(employee)
