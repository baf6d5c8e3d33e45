"""Whose user is whose, and how somebody is employed: what a save asks of one Employee. Inside a site only.

The platform keeps the records that are asked for again and again, and forgets one that is saved.
"""

from __future__ import annotations

import frappe

EMPLOYEE = "Employee"


def user_of(employee: str | None) -> str | None:
	"""The user who is this employee; None where he has none, or where there is no such employee.

	After a transfer his user stands on another Employee record of the same NIP.
	"""
	found = frappe.get_cached_value(EMPLOYEE, employee, ["user_id", "mkd_nip"]) if employee else None
	user, nip = found or (None, None)
	if user or not nip:
		return user
	return frappe.db.get_value(EMPLOYEE, {"mkd_nip": nip, "user_id": ("is", "set")}, "user_id")


def employment_of(employee: str) -> tuple[str, str | None]:
	"""His company, and the Employment Type as which he is employed there."""
	company, employed_as = frappe.get_cached_value(EMPLOYEE, employee, ["company", "employment_type"])
	return company, employed_as
