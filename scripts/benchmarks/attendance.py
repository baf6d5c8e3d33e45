"""A year of attendance for everybody, made by MariaDB from who attends, the working days, and what differs.

A hundred thousand people have 26 million rows: sent one by one they would take an hour.
"""

import frappe

TABLES = {
	"staff": "number int primary key, employee varchar(140), rule varchar(40), first date, last date",
	"days": "rule varchar(40), day date, primary key (rule, day)",
	"entries": (
		"number int, employee varchar(140), day date, status varchar(40), half_day_status varchar(40),"
		" late_entry int, early_exit int, primary key (number, day)"
	),
}
INSERT = """
	insert into `tabAttendance` (
		name, creation, modified, modified_by, owner, docstatus, naming_series, employee, employee_name, company,
		department, attendance_date, status, half_day_status, late_entry, early_exit
	)
	select straight_join
		concat(%(prefix)s, 'HR-ATT-', lpad(staff.number, 6, '0'), '-', date_format({day}, '%%Y%%m%%d')),
		timestamp({day}, '18:00'), timestamp({day}, '18:00'), 'Administrator', 'Administrator', 1,
		'HR-ATT-.YYYY.-', employee.name, employee.employee_name, employee.company, employee.department, {day},
		coalesce(entries.status, 'Present'), entries.half_day_status, coalesce(entries.late_entry, 0),
		coalesce(entries.early_exit, 0)
	from benchmark_staff staff
	join `tabEmployee` employee on employee.name = concat(%(prefix)s, staff.employee)
"""
# Every working day, unless an entry says that nothing was recorded.
WORKING_DAYS = (
	INSERT.format(day="days.day")
	+ """
	join benchmark_days days on days.rule = staff.rule and days.day between staff.first and staff.last
	left join benchmark_entries entries on entries.number = staff.number and entries.day = days.day
	where entries.number is null or entries.status is not null
"""
)
# What was recorded on days off.
DAYS_OFF = (
	INSERT.format(day="entries.day")
	+ """
	join benchmark_entries entries on entries.number = staff.number and entries.status is not null
	left join benchmark_days days on days.rule = staff.rule and days.day = entries.day
	where days.day is null
"""
)
CHUNK = 20_000


def fill(sample, prefix):
	"""From the sample's three small tables into the empty table of the site; every name gets the prefix."""
	for table, columns in TABLES.items():
		frappe.db.sql_ddl(f"create temporary table benchmark_{table} ({columns})")
		_copy(sample, table)
	# Into an empty table MariaDB sorts rows and indexes first and writes them once, if nobody wants them checked.
	frappe.db.sql("set unique_checks = 0, foreign_key_checks = 0")
	frappe.db.sql(WORKING_DAYS, {"prefix": prefix})
	frappe.db.commit()
	frappe.db.sql("set unique_checks = 1, foreign_key_checks = 1")
	frappe.db.sql(DAYS_OFF, {"prefix": prefix})
	frappe.db.commit()
	for table in TABLES:
		frappe.db.sql_ddl(f"drop temporary table benchmark_{table}")


def _copy(sample, table):
	"""Many rows a statement, put together by the driver."""
	cursor = sample.execute(f"SELECT * FROM {table}")
	places = ", ".join(["%s"] * len(cursor.description))
	while rows := cursor.fetchmany(CHUNK):
		frappe.db._cursor.executemany(f"insert into benchmark_{table} values ({places})", rows)
	frappe.db.commit()
