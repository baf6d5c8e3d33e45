"""Remembers which shared records we made ourselves, so that uninstalling takes away those and no others.

A name like "Withdrawn" or "PNS" may be the site's own; the database does not say who came first.
"""

import json

import frappe

from mkd_hrms.constants import SETTINGS

FIELD = "created_records"


def create_missing(doctype, name, **values):
	"""Insert a record unless there is one of that name. Returns whether it was made."""
	if frappe.db.exists(doctype, name):
		return False
	document = frappe.get_doc({"doctype": doctype, **values})
	document.insert(ignore_permissions=True)
	remember(doctype, document.name)
	return True


def remember(doctype, name):
	created = load()
	names = created.setdefault(doctype, [])
	if name not in names:
		names.append(name)
		frappe.db.set_single_value(SETTINGS, FIELD, json.dumps(created), update_modified=False)


def created_by_us(doctype):
	return load().get(doctype, [])


def load():
	return json.loads(frappe.db.get_single_value(SETTINGS, FIELD, cache=False) or "{}")
