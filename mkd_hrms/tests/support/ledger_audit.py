"""What must hold in the ledger after any number of writers, asked of the database itself."""

import frappe

USED = ("Pending", "Approved", "Suspended", "Worked", "No Show", "Revoked")

# Other tests leave rows that no service wrote, so each question is put to the records of some employees only.
RECORDS = """
	with day as (select * from `tabMKD Day` where employee in %(employees)s),
	request as (select * from `tabMKD Request` where employee in %(employees)s)
"""
FAULTS = {
	"more days than the limit": """
		select person, iso_week, count(*) used, min(limit_at_booking) weekly_limit from day
		where status in %(used)s group by person, iso_week having used > weekly_limit""",
	"one date twice": """
		select person, mkd_date, count(*) used from day
		where status in %(used)s group by person, mkd_date having used > 1""",
	"a used day of nobody, or a released one of somebody": """
		select name, status, person from day where (status in %(used)s) = (coalesce(person, '') = '')""",
	"a day without its request": """
		select day.name, source_name from day left join request on request.name = source_name
		where source_doctype = 'MKD Request' and request.name is null""",
	# Single days of an approved request may have been given back.
	"a day that contradicts its request": """
		select day.name, day.status, request.name, request.status, request.docstatus
		from day join request on request.name = source_name
		where (day.status, request.status, request.docstatus) not in (
			('Pending', 'Pending Approval', 0), ('Pending', 'Pending HR Review', 0), ('Approved', 'Approved', 1),
			('Released', 'Denied', 0), ('Released', 'Withdrawn', 0), ('Released', 'Expired', 0),
			('Released', 'Rejected', 1), ('Released', 'Approved', 1), ('Released', 'Revoked', 1), ('Released', 'Cancelled', 2))""",
	"a request that stands without a used day": """
		select request.name, request.status from request
		left join day on source_name = request.name and day.status in %(used)s
		where request.status in ('Pending Approval', 'Pending HR Review', 'Approved') and day.name is null""",
	"an asked date that the ledger lacks": """
		select request.name, request.status, asked.mkd_date
		from request join `tabMKD Request Date` asked on asked.parent = request.name
		left join day on source_name = request.name and day.mkd_date = asked.mkd_date
		where request.status in ('Pending Approval', 'Pending HR Review', 'Approved') and day.name is null""",
}


def faults(employees):
	"""Every contradiction among the days and requests of some employees; empty when all is well."""
	frappe.db.rollback()  # A new snapshot, to see what others have committed.
	values = {"used": USED, "employees": [employee.name for employee in employees]}
	found = {fault: frappe.db.sql(RECORDS + query, values) for fault, query in FAULTS.items()}
	return {fault: rows for fault, rows in found.items() if rows}


def used_dates(employee, week):
	"""The used dates of a person in a week that is given by its days, in order."""
	frappe.db.rollback()
	filters = {"employee": employee.name, "mkd_date": ("in", week), "status": ("in", USED)}
	return frappe.get_all("MKD Day", filters=filters, pluck="mkd_date", order_by="mkd_date")
