"""Who sees an import: HR of its company; whom User Permissions leave some of its people, those that he made himself."""

import frappe

from mkd_hrms.constants import IMPORT
from mkd_hrms.services.people import hr

COMPANY = "company"


def visible_imports(user, doctype):
	"""Of the companies that are left to him; a preview shows people, so whom less is left sees his own imports."""
	limits = hr.limits_of(user, doctype)
	conditions = []
	if companies := limits.get(COMPANY):
		listed = ", ".join(frappe.db.escape(name, percent=False) for name in sorted(companies))
		conditions.append(f"`tab{IMPORT}`.`company` in ({listed})")
	if limits.keys() - {COMPANY}:
		conditions.append(f"`tab{IMPORT}`.`owner` = {frappe.db.escape(user, percent=False)}")
	return " and ".join(conditions)


def may_use_import(doc, ptype, user):
	"""As visible_imports, for one of them; one that names no company yet is a blank form."""
	limits = hr.limits_of(user, doc.doctype)
	companies = limits.get(COMPANY)
	if companies and doc.company and doc.company not in companies:
		return False
	return not limits.keys() - {COMPANY} or doc.is_new() or doc.owner == user
