"""Whom the screen of apps offers MKD, and whose home it opens: an employee's own, or that of HR."""

import frappe

from mkd_hrms.constants import EMPLOYEE, REQUEST, SELF_SERVICE
from mkd_hrms.permissions.who import own_active_record, sees_all


def may_open_own():
	"""Whether the user is an employee who finds his own MKD in the Desk; hooks.py names it for the screen of apps."""
	user = frappe.session.user
	is_employee = not {EMPLOYEE, SELF_SERVICE}.isdisjoint(frappe.get_roles(user))
	return is_employee and _reaches_the_desk(user) and bool(own_active_record(user))


def may_open_for_others():
	"""Whether the user keeps the MKD of others and has none of his own."""
	user = frappe.session.user
	return sees_all(user) and _reaches_the_desk(user) and not may_open_own()


def _reaches_the_desk(user):
	is_guest = frappe.get_cached_value("User", user, "user_type") == "Website User"
	return not is_guest and frappe.has_permission(REQUEST, "read", user=user)
