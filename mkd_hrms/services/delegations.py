"""Who acts for a superior for a time (Plh, Plt): in his name, never in his own case (rule W3, invariant 4)."""

from __future__ import annotations

from datetime import date

import frappe

from mkd_hrms.constants import DELEGATION
from mkd_hrms.facts.people import Person

UNIT = "Department"


def acts_for(user: str, approver: str | None, person: Person, on: date) -> bool:
	"""Whether a user acts for an approver towards a person on a date; nobody chooses who does so towards himself."""
	return any(
		entry.approver == approver
		and (not entry.department or is_below(person.department, entry.department))
		and person.user not in (entry.owner, entry.modified_by)
		for entry in delegated_to(user, on)
	)


def delegated_to(user: str, on: date) -> list[frappe._dict]:
	"""Whom a user stands in for on a date: approver, and the unit if only for a part of his people."""
	return frappe.get_all(
		DELEGATION,
		filters={"delegate": user, "from_date": ("<=", on), "to_date": (">=", on)},
		fields=["approver", "department", "owner", "modified_by"],
		order_by="name",
	)


def is_below(department: str | None, above: str) -> bool:
	"""Whether a unit is another one or stands below it."""
	return bool(department) and department in units_below(above)


def units_below(department: str) -> list[str]:
	"""A unit and everything below it."""
	bounds = frappe.db.get_value(UNIT, department, ["lft", "rgt"])
	if not bounds:
		return []
	return frappe.get_all(UNIT, {"lft": (">=", bounds[0]), "rgt": ("<=", bounds[1])}, pluck="name")
