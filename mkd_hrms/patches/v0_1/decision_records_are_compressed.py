"""What decisions rested on is most of what the app keeps, and says the same in the same words each time."""

import frappe

from mkd_hrms.constants import DECISION_RECORD

TABLE = f"tab{DECISION_RECORD}"


def execute():
	if row_format() != "Compressed":
		frappe.db.sql_ddl(f"alter table `{TABLE}` row_format = compressed")


def row_format():
	"""How the database stores the rows of the table."""
	return frappe.db.sql(
		"select row_format from information_schema.tables where table_schema = database() and table_name = %s",
		TABLE,
	)[0][0]
