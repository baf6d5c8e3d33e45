"""Who may act on a request (rules W3, W4, Q9): said once, for the save that refuses and for the form that does not offer."""

from __future__ import annotations

from frappe import _
from frappe.model.document import Document
from frappe.utils.user import get_users_with_role

from mkd_hrms.constants import (
	APPLY,
	APPROVE,
	DRAFT,
	EVALUATE_AGAIN,
	HR_ROLES,
	PENDING_APPROVAL,
	PENDING_HR_REVIEW,
	REJECT,
	REQUEST,
	WITHDRAW,
)
from mkd_hrms.facts.people import Person
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.people.approvers import may_decide, who_act_for, who_act_for_each
from mkd_hrms.services.people.escalated import decides_too
from mkd_hrms.services.people.hr import acts_for_hr, is_left
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.requests.states import ACTION_OF
from mkd_hrms.services.workflow.states import is_moving, old_status

WRITES, DECIDES = frozenset((APPLY, WITHDRAW)), frozenset((APPROVE, REJECT, EVALUATE_AGAIN))
# What a link in a mail offers; the form asks for nothing more.
BY_MAIL = DECIDES
# In which somebody's decision is waited for.
WAITING = (PENDING_APPROVAL, PENDING_HR_REVIEW)


def is_own(request: Document, user: str) -> bool:
	"""Whether the request is for days of this user."""
	return user == request.case.person.user


def may_write(request: Document, user: str) -> bool:
	"""One applies, withdraws and gives back days for oneself; HR does for anybody."""
	return is_own(request, user) or acts_for_hr(user, request.case.person.employee, REQUEST)


def refusal(request: Document, action: str, user: str, status: str | None = None) -> str | None:
	"""Why a user may not do an action of the Workflow, whatever he does about it; None where he may.

	`status` is that in which the action is done, the request's own unless said. What else an action needs (time, quota,
	rules that are met) is judged by the server when it is done.
	"""
	status, person = status or request.status, request.case.person
	if action in WRITES and not may_write(request, user):
		return _("You can apply for yourself only.")
	if action not in DECIDES:
		return None
	nobody_twice = (person.user, request.superior_approved_by)
	if status == PENDING_HR_REVIEW and (
		user in nobody_twice or not acts_for_hr(user, person.employee, REQUEST)
	):
		return _("HR decides here: nobody about himself, and nobody twice.")
	if status == PENDING_APPROVAL and not decides(request, person, user):
		return _("Only {0}'s superior decides this request, and nobody about himself.").format(
			person.employee_name
		)
	return None


def decides(request: Document, person: Person, user: str) -> bool:
	"""The superior or who acts for him, and after his time whoever was asked as well."""
	return may_decide(person, user, request.applied_by) or decides_too(request, person, user)


def asked(request: Document) -> list[str]:
	"""Whom a request asks to decide: those above the applicant and who acts for them, or HR where it decides."""
	if request.status not in WAITING:
		return []
	above = [user for user in (request.approver, request.escalated_to) if user and user != request.applied_by]
	if request.status == PENDING_HR_REVIEW or request.escalated_to_hr or not above:
		of_hr = [user for role in HR_ROLES for user in get_users_with_role(role)]
		above += [user for user in of_hr if is_left(user, request.employee, REQUEST)]
	else:
		person, today = request.case.person, clock.today()
		above += [user for approver in above for user in who_act_for(approver, person, today)]
	return sorted({*above} - {"Administrator"})


def acting(request: Document) -> list[str]:
	"""Who acts today for the superiors who are asked about a request that waits for one of them."""
	if request.status != PENDING_APPROVAL:
		return []
	above = [user for user in (request.approver, request.escalated_to) if user and user != request.applied_by]
	person, today = request.case.person, clock.today()
	found = who_act_for_each({request.name: (person, above)}, today)[request.name] if above else []
	return [user for user in found if user != request.applied_by]


def delegates(request: Document) -> list[str]:
	"""Who acts today for the approver of a request, and may decide it: never the applicant, nor whoever typed it."""
	who_act = who_act_for(request.approver, read_person(request.employee), clock.today())
	return [user for user in who_act if user != request.applied_by]


def refusal_of_days(request: Document, user: str) -> str | None:
	"""Why a user may not give back single days of an approved request."""
	return None if may_write(request, user) else _("Only the employee or HR can withdraw days.")


def refusal_of_save(request: Document, user: str) -> str | None:
	"""Why a user may not save a request as it stands; to write a draft is already a part of applying for it."""
	before = old_status(request)
	if before == DRAFT:
		return refusal(request, APPLY, user, before)
	return refusal(request, ACTION_OF[before, request.status], user, before) if is_moving(request) else None
