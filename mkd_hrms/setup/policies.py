"""The first policy of a site. Afterwards the documents are the authority, and the pack is not looked at again."""

import frappe
from frappe.model.rename_doc import get_link_fields

from mkd_hrms.constants import POLICY
from mkd_hrms.policy import packs
from mkd_hrms.services.policies.documents import document_from
from mkd_hrms.services.policies.in_force import clear_cache
from mkd_hrms.setup.created_records import create_missing, created_by_us

PACK = "jabar-2023"
EMPLOYMENT_TYPE = "Employment Type"


def sync():
	pack = packs.load(PACK)
	for name in dict.fromkeys((*pack.employment_types, *pack.known_employment_types)):
		create_missing(EMPLOYMENT_TYPE, name, employee_type_name=name)
	if not frappe.db.count(POLICY):
		document = document_from(pack, PACK)
		document.flags.ignore_permissions = True
		document.insert()
		document.submit()
	complete()


def complete():
	"""Give a policy in force the clauses and rows of numbers that a newer version of the app has brought."""
	for policy in frappe.get_all(POLICY, filters={"docstatus": 1}, fields=["name", "pack"]):
		pack = packs.load(policy.pack if policy.pack in packs.names() else PACK)
		document, shipped = frappe.get_doc(POLICY, policy.name), document_from(pack)
		known = {row.parameter for row in document.sources}
		missing = [row for row in shipped.sources if row.parameter not in known]
		for row in missing:
			add_row(document, "sources", row)
		for table in document.meta.get_table_fields():
			if table.fieldname in {row.parameter for row in missing} and not document.get(table.fieldname):
				for row in shipped.get(table.fieldname):
					add_row(document, table.fieldname, row)
		if missing:
			clear_cache()


def add_row(document, table, row):
	"""A row of a document that is submitted, and perhaps used already: nothing that has decided something changes."""
	document.append(table, {**row.get_valid_dict(), "name": None}).db_insert()


def remove():
	for name in created_by_us(EMPLOYMENT_TYPE):
		if not is_used(name):
			frappe.delete_doc(EMPLOYMENT_TYPE, name, ignore_permissions=True, force=True)


def is_used(name):
	"""Whether anything names an employment type, apart from our policies, which go as well."""
	return any(
		frappe.db.exists(link.parent, {link.fieldname: name})
		for link in get_link_fields(EMPLOYMENT_TYPE)
		if not link.issingle and link.parent != "MKD Policy Employment Type"
	)
