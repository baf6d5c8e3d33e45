"""Our roles, and those who get one of them by their place in the organisation."""

import frappe

from mkd_hrms.constants import APPROVER, FOR_PROGRAMS, OUR_ROLES
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.superiors import read_deciders
from mkd_hrms.services.platform.names import row_name

# Everything that a role's name can hang on.
HOLDERS = ("Has Role", "Custom DocPerm", "DocPerm")


def sync():
	for role in OUR_ROLES:
		if not frappe.db.exists("Role", role):
			values = {"role_name": role, "desk_access": int(role not in FOR_PROGRAMS)}
			frappe.get_doc({"doctype": "Role", **values}).insert(ignore_permissions=True)
	grant_to_deciders()


def grant_to_deciders():
	"""Superiors and unit heads may decide requests. Nobody's role is ever taken away here."""
	users = deciders_without_role()
	if not users:
		return
	now, session_user = frappe.utils.now(), frappe.session.user
	fields = ("name", "creation", "modified", "owner", "modified_by")
	fields += ("parent", "parenttype", "parentfield", "role")
	rows = [
		(
			row_name(),
			now,
			now,
			session_user,
			session_user,
			user,
			"User",
			"roles",
			APPROVER,
		)
		for user in users
	]
	frappe.db.bulk_insert("Has Role", fields, rows)
	frappe.cache.delete_value("roles")
	for user in users:
		frappe.clear_document_cache("User", user)


def deciders_without_role():
	"""Enabled users who decide by their place in the organisation and do not hold the role yet."""
	deciders = read_deciders(SiteDatabase())
	if not deciders:
		return []
	user, held = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	rows = (
		frappe.qb.from_(user)
		.left_join(held)
		.on((held.parent == user.name) & (held.parenttype == "User") & (held.role == APPROVER))
		.where((user.enabled == 1) & held.name.isnull() & user.name.isin(sorted(deciders)))
		.select(user.name)
		.run()
	)
	return sorted(name for (name,) in rows)


def remove():
	for holder in HOLDERS:
		frappe.db.delete(holder, {"role": ("in", OUR_ROLES)})
	for role in OUR_ROLES:
		# By now only records of DocTypes that are about to go can still point to it.
		frappe.delete_doc("Role", role, ignore_permissions=True, force=True)
	frappe.clear_cache()
