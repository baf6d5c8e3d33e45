"""Who somebody is to an employee: he himself, a superior of his, HR, or nobody whom it concerns."""

import frappe

from mkd_hrms.constants import APPROVER, HR_MANAGER, HR_USER, OFFICER, PERSON, REQUEST, SYSTEM_MANAGER
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.superiors import read_place, read_places
from mkd_hrms.services.people import hr
from mkd_hrms.services.people.approvers import approver_of, may_decide
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.standing.employee_overview import Sight

SEES_ALL = frozenset((HR_USER, HR_MANAGER, OFFICER, SYSTEM_MANAGER))
# A superior who is not the approver looks, but does not touch.
TOUCHES = frozenset(("write", "submit", "cancel", "amend", "delete", "share"))


def sight_of(person, user=None):
	"""How much of a person's MKD the user may know (rule P3); None is nothing.

	His superiors see the days, as in the ledger; who decides about him sees the names of the gates; HR and he all.
	"""
	user = user or frappe.session.user
	if user == person.user or hr.acts_for_hr(user, person.employee):
		return Sight.ALL
	if oversees(person, user):
		return Sight.GATES
	if not is_superior(person, user):
		return None
	return Sight.GATES if may_decide(person, user) else Sight.DAYS


def may_apply_for(person, user=None):
	"""One applies for oneself, HR for anybody who is active."""
	user = user or frappe.session.user
	may = user == person.user or hr.acts_for_hr(user, person.employee, REQUEST)
	return bool(may and person.status == "Active" and frappe.has_permission(REQUEST, "create", user=user))


def sees_all(user):
	"""Whether a user sees what is kept about everybody: HR, and who administers the site. User Permissions limit him."""
	return user == "Administrator" or not SEES_ALL.isdisjoint(frappe.get_roles(user))


def oversees(doc, user):
	"""Whether a user sees all, and User Permissions leave him whom a document is about."""
	return sees_all(user) and hr.is_left(user, doc.employee, getattr(doc, "doctype", PERSON))


def leads(user):
	"""Whether a user is an approver by role."""
	return APPROVER in frappe.get_roles(user)


def is_own(doc, user):
	"""Whether a record is about the user himself."""
	return any(record.name == doc.employee for record in employees_of(user))


def is_superior(doc, user):
	"""Whether the user stands above the employee of a record, however many levels, or decides as the head of his unit."""
	if not (doc.employee and leads(user)):
		return False
	his = read_place(SiteDatabase(), doc.employee)
	if not his:
		return False
	above = (
		record.status == "Active" and record.lft < his.lft and his.rgt < record.rgt
		for record in employees_of(user)
	)
	return any(above) or approver_of(read_person(doc.employee)) == user


def employees_of(user):
	"""Every Employee record of the user, with its place in the tree of superiors. Read once a request."""
	known = frappe.local.mkd_employees_of = getattr(frappe.local, "mkd_employees_of", {})
	if frappe.flags.in_test or user not in known:
		known[user] = read_places(SiteDatabase(), user)
	return known[user]


def own_active_record(user):
	"""The Employee record as which a user applies; None where he has none, or none that is active."""
	return next((record.name for record in employees_of(user) if record.status == "Active"), None)
