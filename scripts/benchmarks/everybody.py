"""Everybody's standing, HRMS's Monthly Attendance Sheet, and the bare scan that neither can do without.

Each function is called in a process of its own, and does once in small what it is about to measure: what is compared
is the work, not the loading of modules and meta data.
"""

import statistics
from datetime import timedelta

import frappe

from hrms.hr.report.monthly_attendance_sheet import monthly_attendance_sheet

from benchmarks.measuring import peak_megabytes
from benchmarks.population import COMPANY
from mkd_hrms.constants import ELIGIBILITY
from mkd_hrms.policy.dates import absence_window
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.decisions.evaluate import attendance_from
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.whole_way import measured

SCAN = """
	select employee, count(*) from `tabAttendance` {hint}
	where docstatus = 1 and attendance_date between %s and %s
	group by employee
"""
# All that the scan asks for: an index that holds it spares reading the table.
SCANNED = {"docstatus", "attendance_date", "employee"}
SCANS = 3
A_FEW = 20
# The report refuses more than 90 days; whole weeks.
SHEET_DAYS = 84


def scan():
	"""The same year of attendance, read once and only counted, in the quickest of several ways."""
	today = clock.today()
	tomorrow = today + timedelta(days=1)
	months = policy_on(COMPANY, tomorrow).absence_window_months
	window = absence_window(tomorrow, today, months, attendance_from())
	seconds = {hint: [] for hint in hints()}
	frappe.db.sql(SCAN.format(hint=""), window)
	for hint in [*seconds] * SCANS:
		with measured() as measure:
			found = frappe.db.sql(SCAN.format(hint=hint), window)
		seconds[hint].append(measure.seconds)
	frappe.db.rollback()
	medians = {hint or "as MariaDB likes": statistics.median(taken) for hint, taken in seconds.items()}
	return {"seconds": min(medians.values()), "plans": medians, "employees": len(found), "statements": 1}


def hints():
	"""A limit must be the quickest way there is: MariaDB's own choice, the whole table, each index that covers it."""
	columns = {}
	for row in frappe.db.sql("show index from `tabAttendance`", as_dict=True):
		columns.setdefault(row.Key_name, set()).add(row.Column_name)
	covering = [name for name, held in columns.items() if held >= SCANNED]
	return ("", "ignore index (employee)", *(f"force index (`{name}`)" for name in covering))


def first_run():
	"""Nobody has a standing yet."""
	_warm_up()
	frappe.db.truncate(ELIGIBILITY)
	frappe.db.commit()
	return _run()


def unchanged_run():
	"""Everybody has one, and nothing happened since."""
	_warm_up()
	return _run()


def _warm_up():
	refresh.refresh(COMPANY, some_employees())


def some_employees():
	active = {"company": COMPANY, "status": "Active"}
	return frappe.get_all("Employee", filters=active, pluck="name", order_by="name", limit=A_FEW)


def _run():
	before = _stamps()
	memory = peak_megabytes()
	with measured() as measure:
		counts = refresh.refresh(COMPANY)
	peak = peak_megabytes()
	after = _stamps()
	return {
		"seconds": measure.seconds,
		"statements": measure.statements,
		"peak_mb": peak,
		"peak_mb_before": memory,
		"employees": counts["evaluated"],
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
	monthly_attendance_sheet.execute(filters | {"employee": some_employees()[0]})
	with measured() as measure:
		rows = monthly_attendance_sheet.execute(filters)[1]
	return {
		"seconds": measure.seconds,
		"statements": measure.statements,
		"peak_mb": peak_megabytes(),
		"employees": len(rows),
	}
