"""Nobody keeps the records by which he himself is judged (invariant 4), whatever his roles."""

from __future__ import annotations

import frappe
from frappe import _

from mkd_hrms.constants import PERSON, SUITABILITY


def refuse(doc, method=None) -> None:
	"""Refuse a record that is or was about one of the user's own Employee records."""
	if any(_is_own(version) for version in (doc, doc.get_doc_before_save()) if version):
		frappe.throw(
			_("Nobody decides about himself: ask a colleague in HR to keep this record."),
			frappe.PermissionError,
		)


def _is_own(doc) -> bool:
	"""A decision about a whole role or unit is nobody's own case."""
	if doc.doctype == SUITABILITY and doc.reference_doctype != PERSON:
		return False
	employee = doc.reference_name if doc.doctype == SUITABILITY else doc.employee
	return frappe.db.get_value("Employee", employee, "user_id") == frappe.session.user
