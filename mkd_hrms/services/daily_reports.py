"""The daily report of an MKD day (rule D4): whose it is, for which day, until when, and what it must hold."""

from __future__ import annotations

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import format_date, format_datetime, get_link_to_form, get_time, getdate

from mkd_hrms.constants import AT_WORK_STATES, DAILY_REPORT, DAY, DRAFT, MISSING, SUBMITTED
from mkd_hrms.facts.calendars import calendar_key, read_calendars
from mkd_hrms.facts.people import Person
from mkd_hrms.facts.site import SiteDatabase
from mkd_hrms.policy.reports import Activity, Timing, grace_until, minutes_between, overlapping, timing
from mkd_hrms.services import clock, ledger
from mkd_hrms.services.approvers import is_hr
from mkd_hrms.services.policies import policy_on
from mkd_hrms.services.situation import read_person

# What the services write. Nobody else's value counts.
COMPUTED = (
	"mkd_day status total_minutes submitted_on is_late on_behalf written_by verifier verifier_note".split()
)
# Holidays in a row that may lie between a day and the next working day.
LOOK_AHEAD = timedelta(days=31)


class ReportNotPossible(frappe.ValidationError):
	"""There is no MKD day to report on, or the time for its report is over."""


class ReportIncomplete(frappe.ValidationError):
	"""The activities of a report cannot be right as they stand."""


def restore_computed(report) -> None:
	"""Put back what only the services write, whatever the caller sent."""
	before = report.get_doc_before_save()
	for name in COMPUTED:
		report.set(name, before.get(name) if before else None)
	report.status = report.status or DRAFT


def check(report) -> None:
	"""Everything that a report must be, draft or not."""
	person = check_writer(report)
	report.mkd_day = find_day(report)
	report.is_late = int(check_time(report, person))
	check_activities(report, person)


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
			_("{0} has no approved MKD day on {1}, so there is nothing to report on.").format(
				report.employee_name or report.employee, format_date(day)
			),
			ReportNotPossible,
		)
	other = {"mkd_day": name, "docstatus": ("<", 2), "name": ("!=", report.name or "")}
	if found := frappe.db.get_value(DAILY_REPORT, other):
		refuse_second(day, found)
	return name


def refuse_second(day, found: str) -> None:
	frappe.throw(
		_("{0} has its report already: {1}.").format(format_date(day), get_link_to_form(DAILY_REPORT, found)),
		ReportNotPossible,
	)


def check_time(report, person: Person) -> bool:
	"""Whether the report is late. Once it is missing, only HR writes it."""
	day, now = getdate(report.mkd_date), clock.now()
	policy, calendar = policy_on(person.company, day), _calendar(person, day)
	stands = timing(policy, calendar, day, now)
	if stands is Timing.MISSING and not report.on_behalf:
		until = grace_until(policy, calendar, day, now.date())
		frappe.throw(
			_("The report on {0} could be handed in until {1}. Ask HR to write it for you.").format(
				format_date(day), format_datetime(until, "dd-MM-yyyy HH:mm")
			),
			ReportNotPossible,
		)
	return stands is not Timing.IN_TIME


def _calendar(person: Person, day):
	calendars = read_calendars(SiteDatabase(), [person], day, max(clock.today(), day) + LOOK_AHEAD)
	return calendars[calendar_key(person)]


def check_activities(report, person: Person) -> None:
	"""At least one activity; each takes time; no two at once; not more than a day can hold; goals of his own."""
	if not report.activities:
		frappe.throw(_("Name at least one activity."), ReportIncomplete)
	activities = [_activity(row) for row in report.activities]
	if pair := overlapping(activities):
		frappe.throw(
			_("Rows {0} and {1} overlap: nobody does two things at once.").format(
				*(place + 1 for place in pair)
			),
			ReportIncomplete,
		)
	report.total_minutes = sum(activity.minutes for activity in activities)
	most = policy_on(person.company, getdate(report.mkd_date)).report_max_minutes
	if report.total_minutes > most:
		frappe.throw(
			_("{0} minutes in one day; at most {1} can be reported.").format(report.total_minutes, most),
			ReportIncomplete,
		)
	_check_goals(report)


def _activity(row) -> Activity:
	if not (row.activity or "").strip() or not (row.output or "").strip():
		frappe.throw(_("Row {0}: say what was done and what came of it.").format(row.idx), ReportIncomplete)
	start, end = (get_time(value) if value else None for value in (row.from_time, row.to_time))
	if (start is None) != (end is None):
		frappe.throw(_("Row {0}: give both times, or only the minutes.").format(row.idx), ReportIncomplete)
	if start is not None:
		row.minutes = minutes_between(start, end)
	if (row.minutes or 0) <= 0:
		frappe.throw(
			_("Row {0}: an activity takes at least one minute, and ends after it begins.").format(row.idx),
			ReportIncomplete,
		)
	return Activity(row.minutes, start, end)


def _check_goals(report) -> None:
	wanted = {row.goal for row in report.activities if row.goal}
	if not wanted:
		return
	own = frappe.get_all("Goal", {"name": ("in", wanted), "employee": report.employee}, pluck="name")
	if strange := sorted(wanted - set(own)):
		frappe.throw(_("{0} is not a goal of this employee.").format(", ".join(strange)), ReportIncomplete)


def hand_in(report) -> None:
	"""The time that counts is the site's, at the moment of handing in (rule T1)."""
	report.status, report.submitted_on = SUBMITTED, clock.now()


def attach(report) -> None:
	"""Name the report on its day; of two at the same moment the second is refused."""
	ledger.lock_person(report.employee)
	if not ledger.attach_report(report.mkd_day, report.name):
		refuse_second(report.mkd_date, frappe.db.get_value(DAY, report.mkd_day, "daily_report"))


def check_withdrawal(report) -> None:
	"""A report that was handed in is cancelled by HR only, and by nobody for himself."""
	person, user = read_person(report.employee), frappe.session.user
	if user == person.user or not is_hr(user):
		frappe.throw(_("HR cancels a report, and nobody his own."), frappe.PermissionError)


def detach(report) -> None:
	"""The day has no report any more; when its time is over, it is missing."""
	person, day = read_person(report.employee), getdate(report.mkd_date)
	stands = timing(policy_on(person.company, day), _calendar(person, day), day, clock.now())
	ledger.remark(report.mkd_day, daily_report=None, report_missing=int(stands is Timing.MISSING))


def mark_missing(day: str) -> None:
	"""A draft that was never handed in says so."""
	for name in frappe.get_all(DAILY_REPORT, {"mkd_day": day, "docstatus": 0}, pluck="name"):
		frappe.db.set_value(DAILY_REPORT, name, "status", MISSING)
