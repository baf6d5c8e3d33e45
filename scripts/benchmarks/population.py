"""The sample agency on the site, as many employees as wanted, in place of the one before it."""

import tempfile
from datetime import timedelta
from pathlib import Path

import frappe

from mkd_hrms.services import clock
from mkd_hrms.simulate.loader import load
from mkd_hrms.simulate.sample import make_agency
from mkd_hrms.simulate.sample.files import write_tables
from mkd_hrms.simulate.sample.units import COMPANY as SAMPLE_COMPANY
from mkd_hrms.simulate.schema import TABLES
from mkd_hrms.tests.test_differential import PREFIX, copy_to_site, set_apart

SEED = 1
COMPANY = PREFIX + SAMPLE_COMPANY
CHUNK = 20_000
COLUMNS = "name employee attendance_date status half_day_status late_entry early_exit docstatus".split()
INSERT = f"""
	insert into `tabAttendance` ({", ".join(COLUMNS)}, company)
	values ({", ".join(["%s"] * (len(COLUMNS) + 1))})
"""


def replace_agency(employees):
	"""Load the agency with attendance up to yesterday. Returns how much of it the rules will look at."""
	empty()
	with tempfile.TemporaryDirectory() as folder:
		sample = make_agency(employees, SEED, clock.today() - timedelta(days=1))
		set_apart(sample)
		write_tables(sample, Path(folder), "parquet")
		connection = load(Path(folder)).connection
	connection.execute('CREATE TABLE attendance AS SELECT * FROM "tabAttendance"')
	connection.execute('DELETE FROM "tabAttendance"')
	copy_to_site(connection)
	copy_attendance(connection)
	frappe.db.commit()
	for table in loaded_tables():
		frappe.db.sql_ddl(f"analyze table `tab{table}`")
	frappe.clear_cache()
	return {
		"active": frappe.db.count("Employee", {"company": COMPANY, "status": "Active"}),
		"attendance_rows": frappe.db.count("Attendance"),
	}


def copy_attendance(connection):
	"""Row by row in the driver: Frappe's bulk insert would hold a statement of millions of values."""
	cursor = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM attendance ORDER BY name")
	while rows := cursor.fetchmany(CHUNK):
		frappe.db._cursor.executemany(INSERT, [(*row, COMPANY) for row in rows])
		frappe.db.commit()


def empty():
	"""Only what an earlier load has left; the people of the single requests lose their attendance, too."""
	for table in loaded_tables():
		if table != "Attendance":
			frappe.db.delete(table, {"name": ("like", f"{PREFIX}%")})
	frappe.db.commit()
	for table in ("Attendance", "MKD Eligibility"):
		frappe.db.truncate(table)


def loaded_tables():
	return [table.name for table in TABLES if table.name != "Singles" and frappe.db.table_exists(table.name)]
