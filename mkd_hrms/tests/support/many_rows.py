"""Tables of ours with thousands of rows, for plans only: temporary ones, which hide the real ones from this connection."""

import frappe

from mkd_hrms.tests.support.statements import statements_of

ROWS, FEW = 4000, 400
# Who stands in the rows: so many employees, each with ten.
EMPLOYEES = 400
MANY = "mkd_many_rows"


def hide(doctype, waiting, own, **columns):
	"""A table of many rows instead of a DocType's own; `waiting` is the state of one row in fifty, the other one of the rest.

	`own` are real employees, who each have ten rows like everybody. Commits.
	"""
	state, other = waiting
	names = [*own, *(f"Nobody {number}" for number in range(EMPLOYEES - len(own)))]
	(table,) = frappe.db.sql(f"show create table `tab{doctype}`")
	# MariaDB compresses no temporary table.
	columns_of_it = table[1].split("(", 1)[1].replace("ROW_FORMAT=COMPRESSED", "ROW_FORMAT=DYNAMIC")
	frappe.db.sql_ddl(f"create temporary table `{MANY}` ({columns_of_it}")
	frappe.db.sql_ddl(f"alter table `{MANY}` rename `tab{doctype}`")
	fields = ["name", "creation", "modified", "docstatus", "employee", *columns]
	if frappe.get_meta(doctype).has_field("status"):
		fields.append("status")
	rows = (
		[
			f"row {number}",
			moment := frappe.utils.add_to_date("2026-01-01 08:00:00", minutes=number),
			moment,
			1,
			names[number % EMPLOYEES],
			*(value(number) for value in columns.values()),
			state if number % 50 == 0 else other,
		][: len(fields)]
		for number in range(ROWS)
	)
	frappe.db.bulk_insert(doctype, fields, list(rows))


def show_again(doctype):
	"""The real table of a DocType. Commits."""
	frappe.db.sql_ddl(f"drop temporary table if exists `tab{doctype}`")


def scans(work, tables):
	"""The statements of a piece of work for which the database would read most of one of the tables."""
	return [
		(query, plan)
		for query, values in statements_of(work)
		if query.lstrip().lower().startswith("select") and any(f"`{table}`" in query for table in tables)
		if (plan := [row for row in plans(query, values) if reads_most(row, tables)])
	]


def plans(query, values):
	return frappe.db.sql(f"explain {query}", *values, as_dict=True)


def reads_most(plan, tables):
	"""Whether a line of a plan reads most of one of the tables."""
	rows = int(str(plan["rows"] or 0).partition(" ")[0])
	return plan["table"] in tables and rows > FEW
