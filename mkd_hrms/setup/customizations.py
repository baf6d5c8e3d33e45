"""Our fields on the platform's DocTypes."""

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields

from mkd_hrms.custom_fields import CUSTOM_FIELDS


def sync():
	# Without `update` a label or a position that somebody changed stays as it is.
	create_custom_fields(CUSTOM_FIELDS, ignore_validate=True, update=False)


def remove():
	for doctype, fields in CUSTOM_FIELDS.items():
		names = [field["fieldname"] for field in fields]
		frappe.db.delete("Custom Field", {"dt": doctype, "fieldname": ("in", names)})
		frappe.db.delete("Property Setter", {"doc_type": doctype, "field_name": ("in", names)})
		frappe.clear_cache(doctype=doctype)
		drop_columns(doctype, names)


def drop_columns(doctype, names):
	"""Frappe leaves the column of a deleted field; its index goes with it."""
	for name in names:
		if frappe.db.has_column(doctype, name):
			frappe.db.sql_ddl(f"ALTER TABLE `tab{doctype}` DROP COLUMN `{name}`")
			frappe.cache.hdel("table_columns", f"tab{doctype}")
