"""The daily report of an MKD day (rule D4): whose it is, for which day, until when; handed in, revised, withdrawn."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, get_link_to_form

from mkd_hrms.constants import DAILY_REPORT, DAY, RETURNED, SUBMITTED
from mkd_hrms.policy.day.daily_report import Timing
from mkd_hrms.services.daily_reports import actors, content, states, verification
from mkd_hrms.services.daily_reports.content import ReportIncomplete
from mkd_hrms.services.daily_reports.verification import reopen
from mkd_hrms.services.ledger import booking, transitions
from mkd_hrms.services.workflow.states import MoveNotAllowed, is_moving, old_status, refuse

__all__ = ["ReportIncomplete", "ReportNotPossible", "reopen"]


class ReportNotPossible(frappe.ValidationError):
	"""There is no MKD day to report on, or the time for its report is over."""


def check(report: Document) -> None:
	"""Everything that a report must be before it is handed in, draft or not."""
	states.check_move(report)
	check_writer(report)
	report.mkd_day = find_day(report)
	report.is_late = int(check_time(report))
	content.check(report, report.case)


def check_writer(report: Document) -> None:
	"""One reports oneself; HR may for somebody else, and then the report says so. Raises PermissionError."""
	user = frappe.session.user
	refuse(actors.no_writer(report, user))
	report.on_behalf, report.written_by = int(actors.writes_for_others(report, user)), user


def find_day(report: Document) -> str:
	"""The approved or worked MKD day of the report's date.

	A day to come has none yet, and one that has its report gets no second one. Raises ReportNotPossible.
	"""
	day = report.case.day
	if day > report.case.today:
		frappe.throw(
			_("{0} has not come yet; report on the day itself.").format(format_date(day)), ReportNotPossible
		)
	if not report.case.mkd_day:
		frappe.throw(
			_(
				"{0} has no approved MKD day on {1}, so there is nothing to report on. Choose the date of an approved MKD day."
			).format(report.employee_name or report.employee, format_date(day)),
			ReportNotPossible,
		)
	name = report.case.mkd_day.name
	other = {"mkd_day": name, "docstatus": ("<", 2), "name": ("!=", report.name or "")}
	if found := frappe.db.get_value(DAILY_REPORT, other):
		refuse_second(day, found)
	return name


def refuse_second(day: date, found: str) -> None:
	"""Say which report the day has already. Raises ReportNotPossible."""
	frappe.throw(
		_("{0} has its report already: {1}. Open that one.").format(
			format_date(day), get_link_to_form(DAILY_REPORT, found)
		),
		ReportNotPossible,
	)


def check_time(report: Document) -> bool:
	"""Whether the report is late; once it is missing, HR writes it for somebody else. Raises ReportNotPossible."""
	stands = report.case.timing
	if stands is Timing.MISSING:
		refuse(actors.too_late(report, frappe.session.user), ReportNotPossible)
	return stands is not Timing.IN_TIME


def hand_in(report: Document) -> None:
	"""The time that counts is the site's, at the moment of handing in (rule T1)."""
	report.submitted_on, report.missing_since = report.case.now, None
	verification.await_verification(report)


def attach(report: Document) -> None:
	"""Name the report on its day; of two at the same moment the second is refused."""
	booking.lock_person(report.employee)
	if not transitions.attach_report(report.mkd_day, report.name):
		refuse_second(report.mkd_date, frappe.db.get_value(DAY, report.mkd_day, "daily_report"))


def after_handing_in(report: Document) -> None:
	"""What may still happen then: a decision, a revision, a note. Everything else is refused."""
	states.check_move(report)
	if is_moving(report) and report.status in states.DECIDED:
		verification.decide(report)
	elif old_status(report) == RETURNED and _rewrites(report):
		revise(report)
	else:
		verification.keep_note(report)


def _rewrites(report: Document) -> bool:
	return report.status == SUBMITTED or actors.is_own(report, frappe.session.user)


def revise(report: Document) -> None:
	"""The one revision of a returned report, within its time (rule D5). Raises MoveNotAllowed."""
	check_writer(report)
	refuse(actors.revision_over(report), MoveNotAllowed)
	report.verifier_note = report.get_doc_before_save().verifier_note
	content.check(report, report.case)
	if report.status == SUBMITTED:
		hand_in(report)


def check_withdrawal(report: Document) -> None:
	"""HR cancels a report, and nobody his own. Raises PermissionError."""
	refuse(actors.no_canceller(report, frappe.session.user))


def detach(report: Document) -> None:
	"""The day has no report any more; when its time is over, it is missing."""
	missing = report.case.timing is Timing.MISSING
	transitions.remark(report.mkd_day, daily_report=None, report_missing=int(missing))
