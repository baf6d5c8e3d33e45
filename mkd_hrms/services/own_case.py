"""Nobody keeps the records by which he himself is judged (invariant 4), whatever his roles."""

from __future__ import annotations

import frappe
from frappe import _

from mkd_hrms.constants import PERSON, SUITABILITY


def refuse(doc, method=None) -> None:
	"""Refuse a record about one of the user's own Employee records. A decision about a whole role is no own case."""
	if doc.doctype == SUITABILITY and doc.reference_doctype != PERSON:
		return
	employee = doc.reference_name if doc.doctype == SUITABILITY else doc.employee
	if frappe.db.get_value("Employee", employee, "user_id") == frappe.session.user:
		frappe.throw(
			_("Nobody decides about himself: ask a colleague in HR to keep this record."),
			frappe.PermissionError,
		)
