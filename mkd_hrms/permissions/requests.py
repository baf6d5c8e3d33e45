"""Who sees a request: the employee, his approver and who acts for him, his superiors and HR. Nobody else."""

import frappe

from mkd_hrms.constants import DRAFT, REQUEST
from mkd_hrms.facts.agency import read_units_below
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.permissions.employee_records import (
	decided_conditions,
	employee_condition,
	has_decided,
	may_create,
)
from mkd_hrms.permissions.who import TOUCHES, is_own, is_superior, leads, narrowed, oversees, sees_all
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.people import approvers
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.privacy import access_log

PLACE = ("place_latitude", "place_longitude")
# What who decides in somebody's name needs for that.
OF_A_DELEGATE = ("read", "write", "submit", "print", "email", None)


def visible_requests(user, doctype):
	"""As condition_of_requests; that declared places were listed is logged (rule P4)."""
	if sees_all(user) or leads(user):
		access_log.note_list(doctype, PLACE)
	return condition_of_requests(user, doctype)


def condition_of_requests(user, doctype):
	"""His own, those of the people below him, and those about which he decides or decided, also for somebody else."""

	def own():
		approves = f"`tab{doctype}`.`approver` = {frappe.db.escape(user)}"
		decided = decided_conditions(user, doctype)
		return [employee_condition(user, doctype), approves, *decided, *delegated_conditions(user, doctype)]

	return narrowed(user, doctype, own)


def delegated_conditions(user, doctype):
	"""What waits for, or was decided by, whom the user acts for today; not towards somebody who chose him for that."""
	table, escape = f"`tab{doctype}`", frappe.db.escape
	for entry in approvers.delegated_to(user, clock.today()):
		condition = f"{table}.`approver` = {escape(entry.approver)}"
		if entry.department:
			below = read_units_below(SiteDatabase(), entry.department)
			units = ", ".join(escape(name) for name in below) or "''"
			condition += f" and {table}.`department` in ({units})"
		chosen_by = ", ".join(escape(name) for name in {entry.owner, entry.modified_by})
		yield f"({condition} and coalesce({table}.`employee_user`, '') not in ({chosen_by}))"


def visible_request_rows(user, doctype):
	"""The rows of the requests that he sees."""
	condition = condition_of_requests(user, REQUEST)
	if not condition:
		return ""
	return f"`tab{doctype}`.`parent` in (select `name` from `tab{REQUEST}` where {condition})"


def may_use_request(doc, ptype, user):
	"""As may_see, and: only a draft can be deleted, and only the approver decides."""
	if oversees(doc, user):
		return None
	if ptype == "create":
		return may_create(doc, user)
	if ptype == "delete":
		return None if is_own(doc, user) and doc.status == DRAFT else False
	if doc.approver == user or is_own(doc, user):
		return None
	if ptype not in TOUCHES and (is_superior(doc, user) or has_decided(doc, user)):
		return None
	return None if acts_for_approver(doc, user) and ptype in OF_A_DELEGATE else False


def acts_for_approver(doc, user):
	"""Whether the user stands in today for who decides about this request."""
	return bool(doc.approver) and approvers.acts_for(
		user, doc.approver, read_person(doc.employee), clock.today()
	)
