"""Our two roles, and the superiors who get one of them."""

import frappe

from mkd_hrms.constants import APPROVER, OUR_ROLES

# Everything that a role's name can hang on.
HOLDERS = ("Has Role", "Custom DocPerm", "DocPerm")


def sync():
	for role in OUR_ROLES:
		if not frappe.db.exists("Role", role):
			frappe.get_doc({"doctype": "Role", "role_name": role, "desk_access": 1}).insert(
				ignore_permissions=True
			)
	grant_to_superiors()


def grant_to_superiors():
	"""Whoever has people reports to him may decide their requests. Nobody's role is ever taken away here."""
	users = superiors_without_role()
	if not users:
		return
	now, session_user = frappe.utils.now(), frappe.session.user
	fields = ("name", "creation", "modified", "owner", "modified_by")
	fields += ("parent", "parenttype", "parentfield", "role")
	rows = [
		(
			frappe.generate_hash(length=10),
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


def superiors_without_role():
	"""Enabled users whose own active Employee has at least one active report."""
	superior, report = frappe.qb.DocType("Employee"), frappe.qb.DocType("Employee").as_("report")
	user, held = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	rows = (
		frappe.qb.from_(superior)
		.join(report)
		.on((report.reports_to == superior.name) & (report.status == "Active"))
		.join(user)
		.on((user.name == superior.user_id) & (user.enabled == 1))
		.left_join(held)
		.on((held.parent == user.name) & (held.parenttype == "User") & (held.role == APPROVER))
		.where((superior.status == "Active") & held.name.isnull())
		.select(user.name)
		.distinct()
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
