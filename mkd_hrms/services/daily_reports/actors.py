"""Who may act on a daily report (rules D4, D5): said once, for the save that refuses and for the form that does not offer.

Nobody verifies what he wrote, nobody his own work (invariant 4).
"""

from __future__ import annotations

from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date

from mkd_hrms.constants import (
	CANCEL,
	DAILY_REPORT,
	HAND_IN,
	MISSING,
	REJECT,
	RETURN,
	RETURNED,
	SUBMITTED,
	VERIFY,
)
from mkd_hrms.services.daily_reports import due_times
from mkd_hrms.services.daily_reports.states import ACTION_OF
from mkd_hrms.services.people import approvers
from mkd_hrms.services.people.approvers import approver_of
from mkd_hrms.services.people.hr import acts_for_hr, deciders_of_hr
from mkd_hrms.services.people.person import read_person

DECIDES = frozenset((VERIFY, RETURN, REJECT))
# A report is opened and read before it is decided, so no link in a mail decides one.
BY_MAIL = frozenset()
WRITTEN = frozenset(state for (state, _next), action in ACTION_OF.items() if action == HAND_IN)


def refusal(report: Document, action: str, user: str) -> str | None:
	"""Why a user may not do an action of the Workflow, whatever he does about it; None where he may.

	What else an action needs (having opened the report, a note, what a report holds) is judged by the server when it
	is done; that asks the questions below one by one.
	"""
	missing, returned = report.status == MISSING, report.status == RETURNED
	if action == HAND_IN:
		late = too_late(report, user) if missing else revision_over(report) if returned else None
		return no_writer(report, user) or late
	if action in DECIDES:
		return no_verifier(report, user) or (being_revised(report) if returned else None)
	return no_canceller(report, user) if action == CANCEL else None


def asked(report: Document) -> list[str]:
	"""Whom a report asks to verify it: the superior and who acts for him, the next above after his time, else HR."""
	if report.status != SUBMITTED:
		return []
	person = report.case.person
	approver = approver_of(person)
	if approver in (None, report.written_by):
		return deciders_of_hr(person.employee, DAILY_REPORT, but=[person.user, report.written_by])
	users = [approver, *approvers.who_act_for(approver, person, report.case.today), report.escalated_to]
	return sorted({user for user in users if user})


def is_own(report: Document, user: str) -> bool:
	"""Whether the report is about the work of this user."""
	return user == report.case.person.user


def writes_for_others(report: Document, user: str) -> bool:
	"""Whether a report is somebody else's, or was until this save."""
	before = report.get_doc_before_save()
	was_anothers = before and before.employee != report.employee and user != read_person(before.employee).user
	return bool(was_anothers) or not is_own(report, user)


def no_writer(report: Document, user: str) -> str | None:
	"""One reports oneself; HR may for somebody else."""
	if writes_for_others(report, user) and not acts_for_hr(user, report.employee, DAILY_REPORT):
		return _("You can report on your own work only.")
	return None


def may_write(report: Document, user: str) -> bool:
	"""Whether a report can still be handed in, and by this user."""
	return report.status in WRITTEN and refusal(report, HAND_IN, user) is None


def too_late(report: Document, user: str) -> str | None:
	"""Once a report is missing, only HR writes it, and nobody his own."""
	if not is_own(report, user):
		return None
	case = report.case
	return _("The report on {0} could be handed in until {1}. Ask HR to write it for you ({2}).").format(
		format_date(case.day), due_times.shown(case.grace), case.policy.clause("report_grace_time")
	)


def revision_over(report: Document) -> str | None:
	"""A returned report is revised within its time, by whomever."""
	case = report.case
	if not due_times.is_over(case.revision_until):
		return None
	return _("This report could be revised until {0}. It is judged as it stands ({1}).").format(
		due_times.shown(case.revision_until), case.policy.clause("revise_within_days")
	)


def may_verify(report: Document, user: str) -> bool:
	"""The superior or who acts for him; HR where there is none. After the escalation also the next above, and HR."""
	person = report.case.person
	if user in (person.user, report.written_by):
		return False
	approver = approver_of(person)
	if approver in (None, report.written_by):
		return acts_for_hr(user, person.employee, DAILY_REPORT)
	if user == approver or approvers.acts_for(user, approver, person, report.case.today):
		return True
	if not report.escalated_on:
		return False
	return user == report.escalated_to or acts_for_hr(user, person.employee, DAILY_REPORT)


def no_verifier(report: Document, user: str) -> str | None:
	"""The superior or who acts for him verifies; nobody what he wrote or did himself."""
	if may_verify(report, user):
		return None
	return _(
		"{0}'s superior or who acts for him verifies this report; nobody what he wrote or did himself."
	).format(report.case.person.employee_name)


def being_revised(report: Document) -> str | None:
	"""Nobody decides about a returned report while its author may still revise it."""
	until = report.case.revision_until
	if due_times.is_over(until):
		return None
	return _(
		"The employee may revise this report until {0}. Decide after that, or when it is handed in again."
	).format(due_times.shown(until))


def no_canceller(report: Document, user: str) -> str | None:
	"""A report that was handed in is cancelled by HR only, and by nobody for himself."""
	may = not is_own(report, user) and acts_for_hr(user, report.employee, DAILY_REPORT)
	return None if may else _("HR cancels a report, and nobody his own.")
