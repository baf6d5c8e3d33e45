"""Who sees what is kept about an employee: days and hints he, those above him and HR; what was found about him, no superior."""

import frappe
from frappe import _

from mkd_hrms.facts.superiors import below
from mkd_hrms.permissions.who import employees_of, is_own, is_superior, leads, sees_all
from mkd_hrms.services.privacy import access_log

COORDINATES = ("latitude", "longitude", "geolocation")


def visible_rows(user, doctype):
	"""Condition for the list of a DocType whose rows carry an employee."""
	if not sees_all(user):
		refuse_disguised("release_reason")
	return "" if sees_all(user) else f"({employee_condition(user, doctype)})"


def visible_standings(user, doctype):
	"""His own only: what was found about somebody stands in the same table, and a superior is not to read it."""
	return "" if sees_all(user) else f"({own_condition(user, doctype)})"


def visible_hints(user, doctype):
	"""As the ledger; who asks for the position of a linked check-in has listed check-ins."""
	access_log.note_list("Employee Checkin", COORDINATES)
	return visible_rows(user, doctype)


def may_see(doc, ptype, user):
	"""False refuses; None leaves the decision to the roles."""
	if sees_all(user) or is_own(doc, user) or is_superior(doc, user):
		return None
	return False


def may_see_standing(doc, ptype, user):
	"""As may_see, and no superior does."""
	return None if sees_all(user) or is_own(doc, user) else False


def own_condition(user, doctype):
	"""His own Employee records, in SQL; nothing for a user without one."""
	names = ", ".join(frappe.db.escape(record.name) for record in employees_of(user))
	return f"`tab{doctype}`.`employee` in ({names})" if names else "1 = 0"


def employee_condition(user, doctype):
	"""His own records, and those of the people below him when he is an approver by role."""
	column, conditions = f"`tab{doctype}`.`employee`", [own_condition(user, doctype)]
	if leads(user):
		conditions += [below(column, record) for record in employees_of(user) if record.status == "Active"]
	return " or ".join(conditions)


def refuse_disguised(column):
	"""Frappe keeps a column of a higher level from whoever may not read it, but not one inside an SQL function.

	Raises PermissionError.
	"""
	asked = frappe.as_json(list((frappe.local.form_dict or {}).values()))
	unescaped = asked.encode().decode("unicode_escape", "ignore")
	if column in (asked + unescaped).lower():
		frappe.throw(_("{0} cannot be asked for in a list.").format(column), frappe.PermissionError)
