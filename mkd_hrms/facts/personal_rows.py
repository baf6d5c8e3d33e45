"""What HR tables hold about a person, as whole rows for the file that he is given (rule P4). Inside a site only."""

from __future__ import annotations

from collections.abc import Collection

import frappe

ABOUT_HIM = ("name", "employee_name", "company", "department", "user_id", "mkd_nip", "mkd_echelon")


def employee_rows(employees: Collection[str]) -> list[dict]:
	"""The Employee records, with what MKD knows of them."""
	return _rows("Employee", {"name": ("in", employees)}, ABOUT_HIM)


def checkin_rows(names: Collection[str]) -> list[dict]:
	"""Some check-ins, whole."""
	return _rows("Employee Checkin", {"name": ("in", names)}) if names else []


def attendance_rows(employees: Collection[str]) -> list[dict]:
	"""The attendance of MKD days, whole."""
	return _rows("Attendance", {"employee": ("in", employees), "mkd_day": ("is", "set")})


def _rows(doctype: str, filters: dict, fields: Collection[str] = ("*",)) -> list[dict]:
	return frappe.get_all(doctype, filters=filters, fields=list(fields), order_by="creation", limit=0)
