"""Who sees measures and objections: the employee himself and HR. Not his superior, not a colleague (rule P3)."""

import frappe

from mkd_hrms.constants import DRAFT, OBJECTION
from mkd_hrms.permissions import platform_lists
from mkd_hrms.permissions.employee_records import may_see_standing, visible_standings
from mkd_hrms.permissions.who import is_own, sees_all


def visible(user=None, doctype=None):
	return visible_standings(user, doctype)


def may_see(doc, ptype=None, user=None, **_ignored):
	"""False refuses; None leaves the decision to the roles."""
	return may_see_standing(doc, ptype, user)


def may_use_objection(doc, ptype=None, user=None, **_ignored):
	"""His own, and HR's; what was filed is not deleted."""
	user = user or frappe.session.user
	# Who may object for whom is a rule of its own, with its own message.
	if ptype == "create" or sees_all(user):
		return None
	if not is_own(doc, user):
		return False
	return False if ptype == "delete" and doc.status != DRAFT else None


def visible_actions(user=None, doctype=None):
	"""Open actions of requests and objections that the user may see; the platform asks nobody about their list."""
	others = platform_lists.visible_actions(user, doctype)
	condition = visible(user, OBJECTION)
	if not condition:
		return others
	action = "`tabWorkflow Action`"
	seen = f"(select `name` from `tab{OBJECTION}` where {condition})"
	ours = f"(not ({action}.`reference_doctype` <=> '{OBJECTION}') or {action}.`reference_name` in {seen})"
	return f"({others} and {ours})" if others else ours
