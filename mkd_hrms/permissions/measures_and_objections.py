"""Who sees measures and objections: the employee himself and HR. Not his superior, not a colleague (rule P3)."""

from mkd_hrms.constants import DRAFT
from mkd_hrms.permissions.employee_records import may_create, may_see_standing, visible_standings
from mkd_hrms.permissions.who import is_own, oversees


def visible(user, doctype):
	"""His own only, as the standings."""
	return visible_standings(user, doctype)


def may_see(doc, ptype, user):
	"""As visible, for one record."""
	return may_see_standing(doc, ptype, user)


def may_use_objection(doc, ptype, user):
	"""His own, and HR's; what was filed is not deleted."""
	if oversees(doc, user):
		return True
	if ptype == "create":
		return may_create(doc, user)
	if not is_own(doc, user):
		return False
	return ptype != "delete" or doc.status == DRAFT
