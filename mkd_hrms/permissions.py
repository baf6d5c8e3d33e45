"""Who sees a request, a day, a standing: the employee, his approver, his superiors and HR. Nobody else.

Frappe's User Permissions may narrow this further; without any, this alone holds.
"""

import frappe

from mkd_hrms.constants import APPROVER, DRAFT, HR_MANAGER, HR_USER, OFFICER, SYSTEM_MANAGER

SEES_ALL = frozenset((HR_USER, HR_MANAGER, OFFICER, SYSTEM_MANAGER))
# A superior who is not the approver looks, but does not touch.
TOUCHES = frozenset(("write", "submit", "cancel", "amend", "delete", "share"))


def visible_rows(user=None, doctype=None):
	"""Condition for the list of a DocType whose rows carry an employee."""
	user = user or frappe.session.user
	return "" if sees_all(user) else f"({employee_condition(user, doctype)})"


def visible_requests(user=None, doctype=None):
	user = user or frappe.session.user
	if sees_all(user):
		return ""
	is_approver = f"`tab{doctype}`.`approver` = {frappe.db.escape(user)}"
	return f"({employee_condition(user, doctype)} or {is_approver})"


def employee_condition(user, doctype):
	"""His own records, and those of the people below him when he is an approver by role."""
	column = f"`tab{doctype}`.`employee`"
	records = employees_of(user)
	names = ", ".join(frappe.db.escape(record.name) for record in records)
	conditions = [f"{column} in ({names})"] if names else []
	if leads(user):
		conditions += [
			f"{column} in (select `name` from `tabEmployee` where `lft` > {record.lft:d} and `rgt` < {record.rgt:d})"
			for record in records
			if record.status == "Active"
		]
	return " or ".join(conditions) or "1 = 0"


def may_see(doc, ptype=None, user=None, **_ignored):
	"""False refuses; None leaves the decision to the roles."""
	user = user or frappe.session.user
	if sees_all(user) or is_own(doc, user) or is_superior(doc, user):
		return None
	return False


def may_use_request(doc, ptype=None, user=None, **_ignored):
	"""As may_see, and: only a draft can be deleted, and only the approver decides."""
	user = user or frappe.session.user
	# Who may apply for whom is a rule of its own, with its own message.
	if ptype == "create" or sees_all(user):
		return None
	if ptype == "delete":
		return None if is_own(doc, user) and doc.status == DRAFT else False
	if is_own(doc, user) or doc.approver == user:
		return None
	return None if ptype not in TOUCHES and is_superior(doc, user) else False


def sees_all(user):
	return user == "Administrator" or not SEES_ALL.isdisjoint(frappe.get_roles(user))


def leads(user):
	return APPROVER in frappe.get_roles(user)


def is_own(doc, user):
	return any(record.name == doc.employee for record in employees_of(user))


def is_superior(doc, user):
	if not (doc.employee and leads(user)):
		return False
	lft, rgt = frappe.db.get_value("Employee", doc.employee, ["lft", "rgt"]) or (0, 0)
	return any(
		record.status == "Active" and record.lft < lft and rgt < record.rgt for record in employees_of(user)
	)


def employees_of(user):
	"""Every Employee record of the user, with its place in the tree of superiors."""
	return frappe.get_all("Employee", filters={"user_id": user}, fields=["name", "status", "lft", "rgt"])
