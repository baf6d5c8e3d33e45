"""People as the reader may see them, by the platform's own permissions; inside a site only."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import frappe


def names_of(whose: dict[str, Any], limit: int) -> list[str]:
	"""The names of some active employees, of those whom the user may read."""
	filters = {"status": "Active", **whose}
	return frappe.get_list("Employee", filters=filters, pluck="employee_name", limit=limit, order_by="name")


def records_of(employees: Collection[str], fields: list[str]) -> list[dict[str, Any]]:
	"""What stands in the records of some employees, by name, of those whom the user may read."""
	return frappe.get_list("Employee", {"name": ("in", list(employees))}, fields, order_by="name", limit=0)
