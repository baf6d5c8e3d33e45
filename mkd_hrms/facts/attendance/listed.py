"""The attendance rows that a reader may list, by the platform's permissions. Inside a site only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import frappe

COLUMNS = (
	*("name", "employee", "employee_name", "attendance_date", "status", "working_hours"),
	*("late_entry", "early_exit", "department", "company"),
)


def list_days_without_shift(
	since: date | str, until: date | str, asked: Mapping[str, str]
) -> list[frappe._dict]:
	"""The submitted rows of MKD days that belong to no shift; `asked` are values by column."""
	return frappe.get_list(
		"Attendance",
		filters=[
			["docstatus", "=", 1],
			["mkd_day", "is", "set"],
			["shift", "is", "not set"],
			["attendance_date", "between", [since, until]],
			*([name, "=", value] for name, value in asked.items()),
		],
		fields=COLUMNS,
		order_by="attendance_date, employee",
		limit_page_length=0,
	)
