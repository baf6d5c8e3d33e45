"""What a daily report holds (rule D4), and how it measures against the day's working hours (rule D7)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_time

from mkd_hrms.constants import DAY, REQUEST
from mkd_hrms.facts.attendance.shifts import read_shift_minutes
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.goals import read_own_goals
from mkd_hrms.policy.day.daily_report import Activity, minutes_between, overlapping
from mkd_hrms.policy.day.working_hours import target_minutes
from mkd_hrms.policy.model import Policy
from mkd_hrms.services.daily_reports import evidence_files
from mkd_hrms.services.daily_reports.case import ReportCase


class ReportIncomplete(frappe.ValidationError):
	"""The activities of a report cannot be right as they stand."""


def check(report: Document, case: ReportCase) -> None:
	"""At least one activity; each takes time; no two at once; not more than a day can hold; goals, plan and files of his own.

	Raises ReportIncomplete or EvidenceRefused.
	"""
	if not report.activities:
		frappe.throw(_("Name at least one activity."), ReportIncomplete)
	_check_minutes(report, case.policy)
	_check_goals(report)
	_check_plan(report)
	evidence_files.check(report, case.policy, {frappe.session.user, case.person.user} - {None})
	report.target_minutes = target_of(case)


def target_of(case: ReportCase) -> int | None:
	"""The minutes that the day asks for; they are shown, and refuse nothing."""
	employee = case.person.employee
	shifts = read_shift_minutes(SiteDatabase(), Scope(employees=(employee,)), case.day)
	return target_minutes(case.policy, case.day, shifts.get(employee))


def _check_minutes(report: Document, policy: Policy) -> None:
	clause = policy.clause("report_max_minutes")
	activities = [_activity(row) for row in report.activities]
	if pair := overlapping(activities):
		frappe.throw(
			_("Rows {0} and {1} overlap: nobody does two things at once ({2}). Correct their times.").format(
				*(place + 1 for place in pair), clause
			),
			ReportIncomplete,
		)
	report.total_minutes = sum(activity.minutes for activity in activities)
	if report.total_minutes > policy.report_max_minutes:
		frappe.throw(
			_(
				"{0} minutes in one day; at most {1} can be reported ({2}). Shorten what took less time."
			).format(report.total_minutes, policy.report_max_minutes, clause),
			ReportIncomplete,
		)


def _activity(row: Document) -> Activity:
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


def _check_goals(report: Document) -> None:
	wanted = {row.goal for row in report.activities if row.goal}
	if strange := sorted(wanted - read_own_goals(SiteDatabase(), report.employee, wanted)):
		frappe.throw(
			_("{0} is not a goal of this employee. Choose one of his own.").format(", ".join(strange)),
			ReportIncomplete,
		)


def _check_plan(report: Document) -> None:
	wanted = {row.planned_activity for row in report.activities if row.planned_activity}
	if strange := sorted(wanted - set(plan_of(report.mkd_day))) if wanted else None:
		frappe.throw(
			_("{0} is not in the work plan of the request. Choose a line of it, or leave it empty.").format(
				", ".join(strange)
			),
			ReportIncomplete,
		)


def plan_of(mkd_day: str | None) -> list[str]:
	"""The activities planned in the request from which a day comes."""
	source = mkd_day and frappe.db.get_value(DAY, mkd_day, ["source_doctype", "source_name"])
	if not source or source[0] != REQUEST:
		return []
	rows = frappe.get_all(
		"MKD Work Plan Item", {"parent": source[1], "parenttype": REQUEST}, ["activity"], order_by="idx"
	)
	return [row.activity for row in rows if row.activity]
