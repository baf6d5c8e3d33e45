"""Who sees a request: the employee, who was asked about it and who acts for him, his superiors and HR. Nobody else."""

import frappe

from mkd_hrms.constants import DRAFT, REQUEST
from mkd_hrms.facts.agency import read_units_below
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.permissions import seen
from mkd_hrms.permissions.employee_records import decided_by, has_decided, may_create
from mkd_hrms.permissions.seen import Asked
from mkd_hrms.permissions.who import TOUCHES, is_own, is_superior, leads, oversees, sees_all
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.people import approvers, escalated
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.privacy import access_log
from mkd_hrms.services.workflow import open_actions

PLACE = ("place_latitude", "place_longitude")
# Who was asked about a request: the approver, and whom it was last passed on to.
ASKED = ("approver", "escalated_to")
# What who decides in somebody's name needs for that.
OF_A_DELEGATE = ("read", "write", "submit", "print", "email", None)


def visible_requests(user, doctype):
	"""As condition_of_requests; that declared places were listed is logged (rule P4)."""
	if sees_all(user) or leads(user):
		access_log.note_list(doctype, PLACE)
	return condition_of_requests(user, doctype)


def condition_of_requests(user, doctype):
	"""His own, those of the people below him, and those about which he decides or decided, also for somebody else."""

	def asked():
		return [*asks_about(user, doctype), *decided_by(user, doctype)]

	return seen.condition(user, doctype, above=True, asked=asked)


def waiting_requests(user, doctype):
	"""Those that may wait for him: his own, and those about which he is asked, also for somebody else."""
	states = open_actions.states_with_question(doctype)
	return seen.condition_of_waiting(user, doctype, lambda: asks_about(user, doctype), states)


def asks_about(user, doctype):
	"""What he is asked about himself, and what for somebody else."""
	return [*(Asked(field, user) for field in ASKED), *delegated(user, doctype, ASKED)]


def delegated(user, doctype, asked=("approver",)):
	"""What waits for, or was decided by, whom the user acts for today; not towards somebody who chose him for that."""
	table = f"`tab{doctype}`"
	for entry in approvers.delegated_to(user, clock.today()):
		chosen_by = ", ".join(map(_escaped, {entry.owner, entry.modified_by}))
		also = f"coalesce({table}.`employee_user`, '') not in ({chosen_by})"
		if entry.department:
			below = read_units_below(SiteDatabase(), entry.department)
			units = ", ".join(map(_escaped, below)) or "''"
			also += f" and {table}.`department` in ({units})"
		yield from (Asked(field, entry.approver, also) for field in asked)


def _escaped(value):
	return frappe.db.escape(value, percent=False)


def visible_request_rows(user, doctype):
	"""The rows of the requests that he sees."""
	condition = condition_of_requests(user, REQUEST)
	if not condition:
		return ""
	return f"`tab{doctype}`.`parent` in (select `name` from `tab{REQUEST}` where {condition})"


def may_use_request(doc, ptype, user):
	"""As may_see, and: only a draft can be deleted, and only the approver decides."""
	if oversees(doc, user):
		return True
	if ptype == "create":
		return may_create(doc, user)
	if ptype == "delete":
		return is_own(doc, user) and doc.status == DRAFT
	if user in asked_about(doc) or is_own(doc, user):
		return True
	above = is_superior(doc, user)
	if ptype not in TOUCHES and (above or has_decided(doc, user)):
		return True
	if above and was_asked_between(doc, user):
		return True
	return ptype in OF_A_DELEGATE and acts_for_approver(doc, user, ASKED)


def asked_about(doc):
	"""Who was asked first about a request, and who last."""
	return [doc.get(field) for field in ASKED if doc.get(field)]


def was_asked_between(doc, user):
	"""Whether a superior was asked after the first and before the last one: he may still decide."""
	return bool(doc.escalated_on) and user in escalated.asked(doc, read_person(doc.employee))


def acts_for_approver(doc, user, asked=("approver",)):
	"""Whether the user stands in today for who decides about this document; `asked` are the fields that name them."""
	today = clock.today()
	names = [doc.get(field) for field in asked if doc.get(field)]
	return any(approvers.acts_for(user, name, read_person(doc.employee), today) for name in names)
