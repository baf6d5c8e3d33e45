"""The daily report of an MKD day (rule D4): whose it is, for which day, until when; handed in, revised, withdrawn."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import format_date, get_link_to_form, getdate

from mkd_hrms.constants import AT_WORK_STATES, DAILY_REPORT, DAY, RETURNED, SUBMITTED
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.day.daily_report import Timing
from mkd_hrms.services import clock, ledger, report_content, report_times, verification
from mkd_hrms.services.approvers import is_hr
from mkd_hrms.services.daily_reports import states
from mkd_hrms.services.policies import policy_on
from mkd_hrms.services.report_content import ReportIncomplete
from mkd_hrms.services.situation import read_person
from mkd_hrms.services.verification import reopen
from mkd_hrms.services.workflow.states import MoveNotAllowed

__all__ = ["ReportIncomplete", "ReportNotPossible", "reopen"]


class ReportNotPossible(frappe.ValidationError):
	"""There is no MKD day to report on, or the time for its report is over."""


def check(report) -> None:
	"""Everything that a report must be before it is handed in, draft or not."""
	states.check_move(report)
	person = check_writer(report)
	report.mkd_day = find_day(report)
	report.is_late = int(check_time(report, person))
	report_content.check(report, person)


def check_writer(report) -> Person:
	"""One reports oneself; HR may for somebody else, and then the report says so."""
	user, before = frappe.session.user, report.get_doc_before_save()
	person = read_person(report.employee)
	others = {person.user, read_person(before.employee).user if before else person.user} - {user}
	if others and not is_hr(user):
		frappe.throw(_("You can report on your own work only."), frappe.PermissionError)
	report.on_behalf, report.written_by = int(bool(others)), user
	return person


def find_day(report) -> str:
	"""The approved or worked MKD day of the report's date. Raises where there is none, or where it has its report."""
	day, today = getdate(report.mkd_date), clock.today()
	if day > today:
		frappe.throw(
			_("{0} has not come yet; report on the day itself.").format(format_date(day)), ReportNotPossible
		)
	status = ("in", AT_WORK_STATES)
	name = frappe.db.get_value(DAY, {"employee": report.employee, "mkd_date": day, "status": status})
	if not name:
		frappe.throw(
			_(
				"{0} has no approved MKD day on {1}, so there is nothing to report on. Choose the date of an approved MKD day."
			).format(report.employee_name or report.employee, format_date(day)),
			ReportNotPossible,
		)
	other = {"mkd_day": name, "docstatus": ("<", 2), "name": ("!=", report.name or "")}
	if found := frappe.db.get_value(DAILY_REPORT, other):
		refuse_second(day, found)
	return name


def refuse_second(day, found: str) -> None:
	frappe.throw(
		_("{0} has its report already: {1}. Open that one.").format(
			format_date(day), get_link_to_form(DAILY_REPORT, found)
		),
		ReportNotPossible,
	)


def check_time(report, person: Person) -> bool:
	"""Whether the report is late. Once it is missing, only HR writes it."""
	day = getdate(report.mkd_date)
	stands = report_times.stands(person, day)
	if stands is Timing.MISSING and not report.on_behalf:
		frappe.throw(
			_("The report on {0} could be handed in until {1}. Ask HR to write it for you ({2}).").format(
				format_date(day),
				report_times.shown(report_times.grace(person, day)),
				policy_on(person.company, day).clause("report_grace_time"),
			),
			ReportNotPossible,
		)
	return stands is not Timing.IN_TIME


def hand_in(report) -> None:
	"""The time that counts is the site's, at the moment of handing in (rule T1)."""
	report.submitted_on, report.missing_since = clock.now(), None
	verification.await_verification(report, read_person(report.employee))


def attach(report) -> None:
	"""Name the report on its day; of two at the same moment the second is refused."""
	ledger.lock_person(report.employee)
	if not ledger.attach_report(report.mkd_day, report.name):
		refuse_second(report.mkd_date, frappe.db.get_value(DAY, report.mkd_day, "daily_report"))


def after_handing_in(report) -> None:
	"""What may still happen then: a decision, a revision, a note. Everything else is refused."""
	states.check_move(report)
	if states.is_moving(report) and report.status in states.DECIDED:
		verification.decide(report)
	elif states.old_status(report) == RETURNED and _rewrites(report):
		revise(report)
	else:
		verification.keep_note(report)


def _rewrites(report) -> bool:
	return report.status == SUBMITTED or frappe.session.user == read_person(report.employee).user


def revise(report) -> None:
	"""The one revision of a returned report, within its time (rule D5)."""
	until = verification.revision_until(report)
	if report_times.is_over(until):
		frappe.throw(
			_("This report could be revised until {0}. It is judged as it stands ({1}).").format(
				report_times.shown(until),
				policy_on(report.company, getdate(report.mkd_date)).clause("revise_within_days"),
			),
			MoveNotAllowed,
		)
	report.verifier_note = report.get_doc_before_save().verifier_note
	person = check_writer(report)
	report_content.check(report, person)
	if report.status == SUBMITTED:
		hand_in(report)


def check_withdrawal(report) -> None:
	"""A report that was handed in is cancelled by HR only, and by nobody for himself."""
	person, user = read_person(report.employee), frappe.session.user
	if user == person.user or not is_hr(user):
		frappe.throw(_("HR cancels a report, and nobody his own."), frappe.PermissionError)


def detach(report) -> None:
	"""The day has no report any more; when its time is over, it is missing."""
	missing = report_times.stands(read_person(report.employee), getdate(report.mkd_date)) is Timing.MISSING
	ledger.remark(report.mkd_day, daily_report=None, report_missing=int(missing))
