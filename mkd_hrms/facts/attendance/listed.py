"""The attendance rows that a reader may list, by the platform's permissions. Inside a site only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import frappe

COLUMNS = (
	*("name", "employee", "employee_name", "attendance_date", "status", "working_hours"),
	*("late_entry", "early_exit", "department", "company"),
)


def count_rows(since: date | str, until: date | str, asked: Mapping[str, str], most: int) -> int:
	"""How many submitted rows of a period the reader may list, counted up to `most`; `asked` are values by column."""
	query = frappe.get_list(
		"Attendance",
		filters=[*_submitted(since, until), *([name, "=", value] for name, value in asked.items())],
		fields=["name"],
		order_by="attendance_date",
		limit_page_length=most,
		run=False,
	)
	return frappe.db.sql(f"select count(*) from ({query}) counted")[0][0]  # noqa: S608 -- the platform wrote and escaped it


def list_days_without_shift(
	since: date | str, until: date | str, asked: Mapping[str, str]
) -> list[frappe._dict]:
	"""The submitted rows of MKD days that belong to no shift; `asked` are values by column."""
	return frappe.get_list(
		"Attendance",
		filters=[
			*_submitted(since, until),
			["mkd_day", "is", "set"],
			["shift", "is", "not set"],
			*([name, "=", value] for name, value in asked.items()),
		],
		fields=COLUMNS,
		order_by="attendance_date, employee",
		limit_page_length=0,
	)


def _submitted(since: date | str, until: date | str) -> list[list]:
	return [["docstatus", "=", 1], ["attendance_date", "between", [since, until]]]
