"""Whoever has people reporting to him, or heads a unit, decides about requests, and gets the role for it."""

from __future__ import annotations

from pypika.queries import QueryBuilder

import frappe

from mkd_hrms.constants import APPROVER


def decides(user: str) -> bool:
	"""Whether a user decides by his place in the organisation."""
	superior, head = frappe.qb.DocType("Employee"), frappe.qb.DocType("Department Approver")
	queries = superiors().where(superior.user_id == user), unit_heads().where(head.approver == user)
	return any(query.limit(1).run() for query in queries)


def grant_approver(name: str) -> None:
	"""The role is given, never taken: HR may have had its own reasons to give it."""
	if APPROVER in frappe.get_roles(name):
		return
	user = frappe.get_doc("User", name)
	if user.enabled:
		user.flags.ignore_permissions = True
		user.add_roles(APPROVER)


def superiors() -> QueryBuilder:
	"""The users whose own active Employee has at least one active report."""
	superior, report = frappe.qb.DocType("Employee"), frappe.qb.DocType("Employee").as_("report")
	return (
		frappe.qb.from_(superior)
		.join(report)
		.on((report.reports_to == superior.name) & (report.status == "Active"))
		.where(superior.status == "Active")
		.select(superior.user_id)
	)


def unit_heads() -> QueryBuilder:
	"""The leave approvers of a unit, who decide where an employee has no superior (rule W3)."""
	head = frappe.qb.DocType("Department Approver")
	return frappe.qb.from_(head).where(head.parentfield == "leave_approvers").select(head.approver)
