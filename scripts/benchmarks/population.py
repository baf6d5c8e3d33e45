"""The sample agency on the site, as many employees as wanted, in place of the one before it."""

import tempfile
from datetime import timedelta
from pathlib import Path

import frappe

from benchmarks import attendance, earned_leave
from mkd_hrms.services.calendar import clock
from mkd_hrms.simulate.loader import load
from mkd_hrms.simulate.sample import make_agency
from mkd_hrms.simulate.sample.files import write_tables
from mkd_hrms.simulate.sample.units import COMPANY as SAMPLE_COMPANY
from mkd_hrms.simulate.schema import TABLES
from mkd_hrms.tests.facts.test_differential import PREFIX, copy_to_site, set_apart

SEED = 1
COMPANY = PREFIX + SAMPLE_COMPANY


def replace_agency(employees):
	"""Load the agency with attendance up to yesterday. Returns how much of it the rules will look at."""
	empty()
	sample = make_agency(employees, SEED, clock.today() - timedelta(days=1))
	# The server makes the attendance itself: a year of it is by far the largest table.
	others = [table for table in TABLES if table.name != "Attendance"]
	with tempfile.TemporaryDirectory() as folder:
		write_tables(sample, Path(folder), "parquet", others)
		loaded = load(Path(folder)).connection
	set_apart(loaded)
	copy_to_site(loaded)
	frappe.db.commit()
	attendance.fill(sample, PREFIX)
	earned_leave.fill(COMPANY, PREFIX)
	for table in loaded_tables():
		frappe.db.sql_ddl(f"analyze table `tab{table}`")
	frappe.clear_cache()
	return {
		"active": frappe.db.count("Employee", {"company": COMPANY, "status": "Active"}),
		"attendance_rows": frappe.db.count("Attendance"),
	}


def empty():
	"""Only what an earlier load has left; the people of the single requests lose their attendance, too."""
	for table in (*loaded_tables(), *earned_leave.TABLES):
		if table != "Attendance":
			frappe.db.delete(table, {"name": ("like", f"{PREFIX}%")})
	frappe.db.commit()
	for table in ("Attendance", "MKD Eligibility"):
		frappe.db.truncate(table)


def loaded_tables():
	return [table.name for table in TABLES if table.name != "Singles" and frappe.db.table_exists(table.name)]
