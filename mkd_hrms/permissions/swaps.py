"""Who sees a swap of days: the two of them, who decides it, those above who asks, and HR. Nobody else."""

from mkd_hrms.constants import DRAFT
from mkd_hrms.permissions import seen
from mkd_hrms.permissions.employee_records import decided_by, has_decided, may_create
from mkd_hrms.permissions.requests import OF_A_DELEGATE, acts_for_approver, delegated
from mkd_hrms.permissions.seen import Asked
from mkd_hrms.permissions.who import TOUCHES, is_own, is_superior, oversees
from mkd_hrms.services.people.person import is_himself
from mkd_hrms.services.workflow import open_actions


def visible_swaps(user, doctype):
	"""His own, those that ask him, those of the people below him, and those that he decides or decided."""

	def asked():
		return [*asks_about(user, doctype), *decided_by(user, doctype)]

	return seen.condition(user, doctype, above=True, asked=asked)


def waiting_swaps(user, doctype):
	"""Those that may wait for him: his own, those that ask him, and those that he decides, also for somebody else."""
	states = open_actions.states_with_question(doctype)
	return seen.condition_of_waiting(user, doctype, lambda: asks_about(user, doctype), states)


def asks_about(user, doctype):
	"""Whose days he is asked to take, and what he is asked to decide himself or for somebody else."""
	colleague = Asked("colleague_user", user, f"`tab{doctype}`.`status` != '{DRAFT}'")
	return [colleague, Asked("approver", user), *delegated(user, doctype)]


def may_use_swap(doc, ptype, user):
	"""As visible_swaps, for one: a draft is its author's to delete, and only the two and who decides touch it."""
	if oversees(doc, user):
		return True
	if ptype == "create":
		return may_create(doc, user)
	if ptype == "delete":
		return is_own(doc, user) and doc.status == DRAFT
	if is_own(doc, user) or user == doc.approver:
		return True
	if doc.colleague and doc.status != DRAFT and is_himself(user, doc.colleague):
		return True
	if ptype not in TOUCHES and (is_superior(doc, user) or has_decided(doc, user)):
		return True
	return ptype in OF_A_DELEGATE and acts_for_approver(doc, user)
