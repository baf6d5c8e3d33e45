"""Which actions of the Workflow lead somewhere for a user who looks at an application (rule W3)."""

from __future__ import annotations

from mkd_hrms.constants import (
	APPLY,
	APPROVE,
	EVALUATE_AGAIN,
	PENDING_APPROVAL,
	PENDING_HR_REVIEW,
	REJECT,
	WITHDRAW,
)
from mkd_hrms.services.approvers import is_hr, may_decide
from mkd_hrms.services.situation import read_person


def leads_nowhere(request, user: str) -> set[str]:
	"""The actions that would be refused to a user whatever he does about it; the server judges every action anew."""
	person = read_person(request.employee)
	own, hr = user == person.user, is_hr(user)
	refused = set()
	if request.status == PENDING_APPROVAL and not may_decide(person, user, request.applied_by):
		refused |= {APPROVE, REJECT}
	if request.status == PENDING_HR_REVIEW and (own or not hr or user == request.superior_approved_by):
		refused |= {APPROVE, REJECT, EVALUATE_AGAIN}
	if not (own or hr):
		refused |= {APPLY, WITHDRAW}
	return refused
