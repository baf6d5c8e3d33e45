"""Who sees an export: whoever asked for it. Its file holds what he may see, and that is not what a colleague may."""

import frappe

from mkd_hrms.constants import EXPORT


def visible_exports(user, doctype):
	"""His own."""
	return f"`tab{EXPORT}`.`owner` = {frappe.db.escape(user, percent=False)}"


def may_use_export(doc, ptype, user):
	"""As visible_exports, for one of them; one that is not stored yet is anybody's own."""
	return bool(doc.is_new()) or doc.owner == user
