"""What was written about a day stands beside it, and Attendance names the day as text: no list reads it in disguise (rule P3)."""

import frappe

from mkd_hrms.constants import DAY, DAY_REASON
from mkd_hrms.services.ledger.written_reasons import WRITTEN


def execute():
	for column in WRITTEN:
		if frappe.db.sql(f"show columns from `tab{DAY}` like %s", column):
			carry(column)
			frappe.db.sql_ddl(f"alter table `tab{DAY}` drop column `{column}`")
			frappe.cache.hdel("table_columns", f"tab{DAY}")
	link = {"dt": "Attendance", "fieldname": "mkd_day"}
	frappe.db.set_value("Custom Field", link, {"fieldtype": "Data", "options": None})
	frappe.clear_cache(doctype="Attendance")


def carry(column):
	"""One statement: the rows are few, for most days are neither taken back nor contested."""
	frappe.db.sql(
		f"""
		insert into `tab{DAY_REASON}` (name, creation, modified, owner, modified_by, employee, `{column}`)
		select name, modified, modified, modified_by, modified_by, employee, `{column}` from `tab{DAY}`
		where coalesce(`{column}`, '') != ''
		on duplicate key update `{column}` = values(`{column}`)
		"""  # noqa: S608 -- DocTypes and columns of ours
	)
	frappe.db.commit()
