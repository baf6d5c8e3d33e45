"""The attendance rows that a reader may list, by the platform's permissions. Inside a site only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import frappe
from frappe.core.doctype.user_permission.user_permission import get_user_permissions
from frappe.permissions import get_allowed_docs_for_doctype

COLUMNS = (
	*("name", "employee", "employee_name", "attendance_date", "status", "working_hours"),
	*("late_entry", "early_exit", "department", "company"),
)


def whose_rows() -> tuple[str, ...]:
	"""The employees whom User Permissions leave the reader; nobody where nothing limits him by name.

	The platform's own condition lets rows of nobody through as well, so no index finds what it leaves.
	"""
	permissions = get_user_permissions(frappe.session.user).get("Employee", [])
	return tuple(sorted(get_allowed_docs_for_doctype(permissions, "Attendance")))


def count_rows(since: date | str, until: date | str, asked: Mapping[str, Any], most: int) -> int:
	"""How many submitted rows of a period the reader may list, counted up to `most`; `asked` are values by column."""
	query = frappe.get_list(
		"Attendance",
		filters=[*_submitted(since, until), *_equal(asked)],
		fields=["name"],
		order_by="attendance_date",
		limit_page_length=most,
		run=False,
	)
	return frappe.db.sql(f"select count(*) from ({query}) counted")[0][0]  # noqa: S608 -- the platform wrote and escaped it


def list_days_without_shift(
	since: date | str, until: date | str, asked: Mapping[str, Any]
) -> list[frappe._dict]:
	"""The submitted rows of MKD days that belong to no shift; `asked` are values by column."""
	return frappe.get_list(
		"Attendance",
		filters=[
			*_submitted(since, until),
			["mkd_day", "is", "set"],
			["shift", "is", "not set"],
			*_equal(asked),
		],
		fields=COLUMNS,
		order_by="attendance_date, employee",
		limit_page_length=0,
	)


def _submitted(since: date | str, until: date | str) -> list[list]:
	return [["docstatus", "=", 1], ["attendance_date", "between", [since, until]]]


def _equal(asked: Mapping[str, Any]) -> list[list]:
	"""As filters: equal to a value, or to one of several."""
	return [[name, "in" if isinstance(value, tuple) else "=", value] for name, value in asked.items()]
