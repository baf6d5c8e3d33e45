"""Everybody's standing, HRMS's Monthly Attendance Sheet, and the bare scan that neither can do without."""

import statistics
from datetime import timedelta

import frappe

from hrms.hr.report.monthly_attendance_sheet import monthly_attendance_sheet

from benchmarks.measuring import peak_megabytes
from benchmarks.population import COMPANY
from mkd_hrms.constants import ELIGIBILITY
from mkd_hrms.policy.dates import absence_window
from mkd_hrms.services import clock, standing
from mkd_hrms.services.decisions import attendance_from
from mkd_hrms.services.policies import policy_on
from mkd_hrms.tests.whole_way import measured

SCAN = """
	select employee, count(*) from `tabAttendance` {hint}
	where docstatus = 1 and attendance_date between %s and %s
	group by employee
"""
# MariaDB chooses the index that spares it the sorting, and then fetches each row by itself. A limit must be the
# quickest way there is, so it is asked without that index, too.
HINTS = ("", "ignore index (employee)")
SCANS = 3
# The report refuses more than 90 days; whole weeks.
SHEET_DAYS = 84


def scan():
	"""The same year of attendance, read once and only counted, in the quicker of two ways."""
	today = clock.today()
	tomorrow = today + timedelta(days=1)
	months = policy_on(COMPANY, tomorrow).absence_window_months
	window = absence_window(tomorrow, today, months, attendance_from())
	seconds = {hint: [] for hint in HINTS}
	for hint in HINTS * SCANS:
		with measured() as measure:
			found = frappe.db.sql(SCAN.format(hint=hint), window)
		seconds[hint].append(measure.seconds)
	frappe.db.rollback()
	medians = {hint or "as MariaDB likes": statistics.median(taken) for hint, taken in seconds.items()}
	return {"seconds": min(medians.values()), "plans": medians, "employees": len(found)}


def first_run():
	"""Nobody has a standing yet."""
	frappe.db.truncate(ELIGIBILITY)
	frappe.db.commit()
	return _run()


def unchanged_run():
	"""Everybody has one, and nothing happened since."""
	return _run()


def _run():
	before = _stamps()
	memory = peak_megabytes()
	with measured() as measure:
		counts = standing.refresh(COMPANY)
	peak = peak_megabytes()
	after = _stamps()
	return {
		"seconds": measure.seconds,
		"statements": measure.statements,
		"peak_mb": peak,
		"peak_mb_before": memory,
		"evaluated": counts["evaluated"],
		# Read from the table, not from what the service says of itself.
		"rows_written": len(after - before),
	}


def _stamps():
	return set(frappe.db.sql(f"select name, modified from `tab{ELIGIBILITY}`"))


def sheet():
	"""The report of HRMS that also sums up attendance by employee; it has a quarter of the year to look at."""
	end = clock.today() - timedelta(days=1)
	filters = {
		"filter_based_on": "Date Range",
		"start_date": str(end - timedelta(days=SHEET_DAYS - 1)),
		"end_date": str(end),
		"company": COMPANY,
		"summarized_view": 1,
	}
	with measured() as measure:
		rows = monthly_attendance_sheet.execute(filters)[1]
	return {"seconds": measure.seconds, "statements": measure.statements, "employees": len(rows)}
