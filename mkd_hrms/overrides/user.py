"""Whoever has people reporting to him, or heads a unit, decides about requests."""

import frappe

from mkd_hrms.constants import APPROVER, DAILY_REPORT, PENDING_APPROVAL, REQUEST, RETURNED, SUBMITTED
from mkd_hrms.services.people.approver_role import decides
from mkd_hrms.services.people.approvers import reassign
from mkd_hrms.services.renames import users
from mkd_hrms.services.renames.refusals import told_to_writers
from mkd_hrms.services.requests import escalation


def validate(doc, method=None):
	# After the class's own validate, which sets the roles of a Role Profile anew: what is appended here stays.
	if decides(doc.name):
		doc.append_roles(APPROVER)


def before_rename(doc, method, old, new, merge=False):
	if merge:
		with told_to_writers(doc.doctype, old, new):
			users.before_merge(old, new)


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
	if not doc.enabled:
		escalation.skip(doc.name)
