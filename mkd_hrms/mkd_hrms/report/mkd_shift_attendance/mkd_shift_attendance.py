"""Shift Attendance with MKD: what Frappe HR's report of that name shows, but working away is presence.

Frappe HR counts every row that is neither Present nor Half Day as absent, so a month of MKD would read as a month of
absences. Its rows are taken as they are, with its filters and permissions; rows of MKD days without a shift, which it
leaves out, are added. What became of an MKD day and of its report is shown to whoever sees that day in the ledger.

It costs what its rows cost: they are counted first, and more than a page can hold are not read at all.
"""

from collections import Counter

import frappe
from frappe import _

from hrms.hr.report.shift_attendance import shift_attendance as original

from mkd_hrms.constants import DAILY_REPORT, DAY, MISSING
from mkd_hrms.facts.attendance.listed import count_rows, list_days_without_shift, whose_rows
from mkd_hrms.mkd_hrms.report.asked import REPORTS

PRESENT, AWAY, DUE = "Present", "Work From Home", "Due"
CHECKS = (
	"late_entry",
	"early_exit",
	"consider_grace_period",
	"include_attendance_without_checkins",
	"mkd_only",
)
PERIOD = ("from_date", "to_date")
FIELDS = ("employee", "shift", "department", "company")
# Only rows with check-ins of a shift answer these.
OF_A_SHIFT = ("shift", "late_entry", "early_exit")
# A month of three hundred people, or a year of thirty: more takes longer than two seconds, and nobody reads it.
SHOWN = 7_500
# Of more people than these it is quicker to look at all days of the period.
NAMED = 500
# Of so many people each is asked about by name.
FEW = 200


def execute(filters=None):
	filters = known(frappe._dict(filters or {}))
	if not (filters.from_date and filters.to_date):
		frappe.throw(_("Choose from which date to which date."))
	people = () if filters.employee else whose_rows()
	refuse_too_many(filters, people)
	rows = with_mkd(filters, with_shift(filters, people) + without_shift(filters, people))
	rows.sort(key=lambda row: (row.attendance_date, row.employee))
	if filters.mkd_only:
		rows = [row for row in rows if row.mkd_day]
	message = _(
		"Work From Home counts as presence here. Frappe HR's own Shift Attendance counts it as absence."
	)
	return columns(), rows, message, chart(rows), summary(rows)


def known(filters):
	"""A box that nobody has ticked is no filter."""
	return frappe._dict(
		{name: value for name, value in filters.items() if value and name in (*PERIOD, *FIELDS, *CHECKS)}
	)


def with_shift(filters, people):
	"""Frappe HR's rows. Of few people each is asked about by name: by the dates alone it would read everybody's."""
	asked = without_ours(filters)
	if not people or len(people) > FEW:
		return original.get_data(asked)
	return [row for name in people for row in original.get_data(frappe._dict(asked, employee=name))]


def without_ours(filters):
	"""Frappe HR's report takes every filter that it does not know for a field of Attendance."""
	return frappe._dict({name: value for name, value in filters.items() if name != "mkd_only"})


def refuse_too_many(filters, people):
	"""More rows than a page can hold are not read. Raises ValidationError."""
	asked = {name: filters[name] for name in (*FIELDS, "late_entry", "early_exit") if filters.get(name)}
	asked |= {"employee": people} if people else {}
	if count_rows(filters.from_date, filters.to_date, asked, SHOWN + 1) > SHOWN:
		frappe.throw(
			_(
				"More than {0} attendance records belong to this period, more than a page can show. Choose a department, a shift, an employee, or a shorter period."
			).format(frappe.format(SHOWN, {"fieldtype": "Int"})),
			title=_("Too Many at Once"),
		)


def without_shift(filters, people):
	"""Rows of MKD days that were worked by the report alone, as the reader may list them."""
	if not filters.include_attendance_without_checkins or any(filters.get(name) for name in OF_A_SHIFT):
		return []
	asked = {name: filters[name] for name in FIELDS if filters.get(name)}
	asked |= {"employee": people} if people else {}
	rows = list_days_without_shift(filters.from_date, filters.to_date, asked)
	return [row.update({"working_hours": original.format_float_precision(row.working_hours)}) for row in rows]


def with_mkd(filters, rows):
	"""Two queries however many people: the days that the reader sees in the ledger, and their reports."""
	days = days_seen(filters, {row.employee for row in rows}) if rows else {}
	reports = reports_seen({day.daily_report for day in days.values()} - {None, ""})
	for row in rows:
		if day := days.get(row.name):
			row.mkd_day, row.mkd_status = day.name, _(day.status, context=DAY)
			row.report, row.report_state = day.daily_report, report_state(day, reports)
			row.report_shown = _(row.report_state, context=DAILY_REPORT)
	return rows


def days_seen(filters, people):
	"""By attendance row, the MKD days of these people in the period."""
	if not frappe.has_permission(DAY):
		return {}
	days = frappe.get_list(
		DAY,
		filters={**in_period(filters, people), "attendance": ("is", "set")},
		fields=["name", "attendance", "status", "daily_report", "report_missing"],
		limit_page_length=0,
	)
	return {day.attendance: day for day in days}


def reports_seen(names):
	"""The states of these daily reports, by name."""
	if not (names and frappe.has_permission(DAILY_REPORT)):
		return {}
	reports = frappe.get_list(
		DAILY_REPORT, {"name": ("in", sorted(names))}, ["name", "status"], limit_page_length=0
	)
	return {report.name: report.status for report in reports}


def in_period(filters, people):
	chosen = {"mkd_date": ("between", [filters.from_date, filters.to_date])}
	if len(people) <= NAMED:
		return chosen | {"employee": ("in", sorted(people))}
	return chosen | ({"company": filters.company} if filters.company else {})


def report_state(day, reports):
	"""Until its grace time is over a report is due, and nobody calls it missing."""
	return reports.get(day.daily_report) or (MISSING if day.report_missing else DUE)


def summary(rows):
	if not rows:
		return None
	statuses = Counter(row.status for row in rows)
	missing = sum(row.report_state == MISSING for row in rows)
	return [
		figure(_("Present Records", context=REPORTS), statuses[PRESENT] + statuses[AWAY], "Green"),
		figure(_("Of These Work From Home"), statuses[AWAY], "Green"),
		figure(_("Half Day Records", context=REPORTS), statuses["Half Day"], "Blue"),
		figure(_("Leave Records"), statuses["On Leave"], "Blue"),
		figure(_("Absent Records", context=REPORTS), statuses["Absent"], "Red"),
		figure(_("Late Entries", context=REPORTS), sum(bool(row.late_entry) for row in rows), "Red"),
		figure(_("Early Exits", context=REPORTS), sum(bool(row.early_exit) for row in rows), "Red"),
		figure(_("MKD Days"), sum(bool(row.mkd_day) for row in rows), "Green"),
		figure(_("Reports Missing"), missing, "Red" if missing else "Green"),
	]


def figure(label, value, indicator):
	return {"label": label, "value": value, "indicator": indicator, "datatype": "Int"}


def chart(rows):
	"""How the records spread over the shifts, as in Frappe HR's report."""
	return original.get_chart_data([row for row in rows if row.shift])


def columns():
	"""Frappe HR's columns, and behind the status what became of the MKD day and of its report."""
	found = [column | renamed(column) for column in original.get_columns()]
	place = next(number for number, column in enumerate(found, 1) if column["fieldname"] == "status")
	ours = [
		{"label": _("MKD Day"), "fieldname": "mkd_status", "fieldtype": "Data", "width": 110},
		{"label": _("Daily Report"), "fieldname": "report_shown", "fieldtype": "Data", "width": 110},
	]
	links = [
		{"label": _("MKD Day"), "fieldname": "mkd_day", "fieldtype": "Link", "options": DAY, "width": 120},
		{
			"label": _("Daily Report"),
			"fieldname": "report",
			"fieldtype": "Link",
			"options": DAILY_REPORT,
			"width": 150,
		},
	]
	return [*found[:place], *ours, *found[place:], *links]


def renamed(column):
	"""Two of Frappe HR's headings mean something else where it has them translated without saying what they are about."""
	said = {"employee": _("Employee", context=REPORTS), "shift": _("Shift", context=REPORTS)}
	return {"label": said[column["fieldname"]]} if column["fieldname"] in said else {}
