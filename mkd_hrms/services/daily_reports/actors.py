"""Which actions of the Workflow lead somewhere for a user: a button that could only lead to a refusal is no help (rule D5)."""

from __future__ import annotations

from mkd_hrms.constants import CANCEL, HAND_IN, MISSING, REJECT, RETURN, RETURNED, VERIFY
from mkd_hrms.services import report_times, verification
from mkd_hrms.services.approvers import is_hr
from mkd_hrms.services.situation import read_person


def leads_nowhere(report, user: str) -> set[str]:
	"""The actions that would be refused to a user whatever he does about it; the server judges every action anew."""
	person = read_person(report.employee)
	own, hr = user == person.user, is_hr(user)
	refused = set()
	if not verification.may_verify(report, user, person) or _is_being_revised(report):
		refused |= {VERIFY, RETURN, REJECT}
	if not (own or hr) or (report.status == MISSING and (own or not hr)):
		refused.add(HAND_IN)
	if own or not hr:
		refused.add(CANCEL)
	return refused


def _is_being_revised(report) -> bool:
	return report.status == RETURNED and not report_times.is_over(verification.revision_until(report))
