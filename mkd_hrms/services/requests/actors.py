"""Who may act on a request (rules W3, W4, Q9): said once, for the save that refuses and for the form that does not offer."""

from __future__ import annotations

from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import (
	APPLY,
	APPROVE,
	DRAFT,
	EVALUATE_AGAIN,
	PENDING_APPROVAL,
	PENDING_HR_REVIEW,
	REJECT,
	REQUEST,
	WITHDRAW,
)
from mkd_hrms.services.people.approvers import may_decide
from mkd_hrms.services.people.hr import acts_for_hr
from mkd_hrms.services.requests.states import ACTION_OF
from mkd_hrms.services.workflow.states import is_moving, old_status

WRITES, DECIDES = frozenset((APPLY, WITHDRAW)), frozenset((APPROVE, REJECT, EVALUATE_AGAIN))
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
	if status == PENDING_APPROVAL and not may_decide(person, user, request.applied_by):
		return _("Only {0}'s superior decides this request, and nobody about himself.").format(
			person.employee_name
		)
	return None


def refusal_of_days(request: Document, user: str) -> str | None:
	"""Why a user may not give back single days of an approved request."""
	return None if may_write(request, user) else _("Only the employee or HR can withdraw days.")


def refusal_of_save(request: Document, user: str) -> str | None:
	"""Why a user may not save a request as it stands; to write a draft is already a part of applying for it."""
	before = old_status(request)
	if before == DRAFT:
		return refusal(request, APPLY, user, before)
	return refusal(request, ACTION_OF[before, request.status], user, before) if is_moving(request) else None
