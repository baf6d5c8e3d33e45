"""Which state of a daily report follows which (rule D5). Holds on every path; the Workflow shows the buttons."""

from __future__ import annotations

from datetime import time, timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import flt, get_time

from mkd_hrms.constants import (
	APPROVER,
	CANCEL,
	CANCELLED,
	DAILY_REPORT,
	DRAFT,
	EMPLOYEE,
	HAND_IN,
	HR_MANAGER,
	HR_USER,
	MISSING,
	OFFICER,
	REJECT,
	REJECTED,
	RETURN,
	RETURNED,
	SELF_SERVICE,
	SUBMITTED,
	VERIFIED,
	VERIFY,
)
from mkd_hrms.services.workflow import states as machine
from mkd_hrms.services.workflow.states import MoveNotAllowed, following, old_status, state_of

DECIDED = frozenset((VERIFIED, RETURNED, REJECTED))
WAITING = frozenset((SUBMITTED, RETURNED))
NEXT = {
	DRAFT: frozenset((DRAFT, SUBMITTED)),
	MISSING: frozenset((MISSING, SUBMITTED)),
	SUBMITTED: frozenset((SUBMITTED, VERIFIED, RETURNED, REJECTED)),
	# Not revised in time, it is judged as it stands.
	RETURNED: frozenset((RETURNED, SUBMITTED, VERIFIED, REJECTED)),
}
# What the services write. Nobody else's value counts.
COMPUTED = (
	"mkd_day total_minutes target_minutes submitted_on is_late on_behalf written_by approver verify_by escalated_on"
	" escalated_to verifier verified_on returned_on return_note revise_by missing_since"
).split()
ROW = "activity output goal planned_activity minutes evidence volume_unit".split()
TIMES = ("from_time", "to_time")

# As in the workflow of a request: a plain submit() lands on the first submitted state, which is to be handed in.
STATES = (
	(DRAFT, "0", "All", ""),
	(MISSING, "0", HR_USER, "Danger"),
	(SUBMITTED, "1", APPROVER, "Warning"),
	(RETURNED, "1", "All", "Warning"),
	(VERIFIED, "1", OFFICER, "Success"),
	(REJECTED, "1", OFFICER, "Danger"),
	(CANCELLED, "2", OFFICER, "Inverse"),
)
HR = (HR_USER, HR_MANAGER, OFFICER)
WRITERS = (EMPLOYEE, SELF_SERVICE, *HR)
VERIFIERS = (APPROVER, *HR)
NOT_RETURNED_YET = "not doc.returned_on"

TRANSITIONS = (
	(DRAFT, HAND_IN, SUBMITTED, WRITERS, None, 1),
	(MISSING, HAND_IN, SUBMITTED, HR, None, 1),
	(SUBMITTED, VERIFY, VERIFIED, VERIFIERS, None, 0),
	(SUBMITTED, RETURN, RETURNED, VERIFIERS, NOT_RETURNED_YET, 0),
	(SUBMITTED, REJECT, REJECTED, VERIFIERS, None, 0),
	(RETURNED, HAND_IN, SUBMITTED, WRITERS, None, 1),
	(RETURNED, VERIFY, VERIFIED, VERIFIERS, None, 0),
	(RETURNED, REJECT, REJECTED, VERIFIERS, None, 0),
	*((state, CANCEL, CANCELLED, HR, None, 1) for state in (SUBMITTED, RETURNED, VERIFIED, REJECTED)),
)
ACTION_OF, DOCSTATUS = machine.actions_by_move(TRANSITIONS), machine.docstatus_by_state(STATES)


def restore_computed(report: Document) -> None:
	"""Put back what only the services write, whatever the caller sent."""
	before = report.get_doc_before_save()
	for name in COMPUTED:
		report.set(name, before.get(name) if before else None)
	if not before:
		report.status, report.workflow_state, report.verifier_note = DRAFT, None, None


def enter(report: Document, status: str) -> None:
	"""Let a save carry the status with its workflow state; Frappe finds that of a new document by itself."""
	report.status = status
	if report.get_doc_before_save():
		report.workflow_state = state_of(status, DAILY_REPORT)


def check_move(report: Document) -> None:
	"""Refuse a state that does not follow from the stored one, or that fits neither docstatus nor Workflow.

	Raises MoveNotAllowed.
	"""
	machine.check_move(
		report,
		following(NEXT, old_status(report)),
		DOCSTATUS.get(report.status, 0),
		_("A report that is {0} cannot become {1}. Use the actions of the form."),
		_("A report that is {0} cannot be saved in this way. Use the actions of the form."),
	)


def refuse_change(report: Document) -> None:
	"""What was handed in stands, whoever decides about it. Raises MoveNotAllowed."""
	before = report.get_doc_before_save()
	if _rows(report) != _rows(before):
		frappe.throw(
			_(
				"The activities of report {0} were handed in and cannot be changed. Return it for a revision."
			).format(report.name),
			MoveNotAllowed,
		)


def _rows(report: Document) -> list[tuple]:
	return [
		(
			*(str(row.get(column) or "") for column in ROW),
			*(_minute(row.get(column)) for column in TIMES),
			flt(row.get("volume")),
		)
		for row in report.activities
	]


def _minute(value: time | timedelta | str | None) -> str:
	"""A time comes as a duration from the database and as text from a browser."""
	return f"{get_time(value):%H:%M}" if value is not None and value != "" else ""
