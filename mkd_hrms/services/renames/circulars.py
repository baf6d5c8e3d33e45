"""Units and companies that become one: nobody is sent away, or kept in, by a circular that was not written for him."""

from __future__ import annotations

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.utils import get_link_to_form

from mkd_hrms.constants import COLLECTIVE_DAY
from mkd_hrms.services.collective_days import circular as circulars
from mkd_hrms.services.collective_days.circular import Circular
from mkd_hrms.services.collective_days.processing import ENDED


def refuse_units(old: str, new: str) -> None:
	"""Refuse to join two units of which a circular with dates ahead sends one and not the other. Raises ValidationError."""
	for circular in _in_force():
		if _sends(circular, old) != _sends(circular, new):
			_refuse(circular, old, new)


def refuse_companies(old: str, new: str) -> None:
	"""Refuse to join companies while a circular of either has dates ahead. Raises ValidationError."""
	for circular in _in_force():
		if circular.company in (old, new):
			_refuse(circular, old, new)


def _in_force() -> Iterator[Circular]:
	names = frappe.get_all(COLLECTIVE_DAY, {"docstatus": 1, "processing": ("!=", ENDED)}, pluck="name")
	return (circulars.read(frappe.get_doc(COLLECTIVE_DAY, name)) for name in names)


def _sends(circular: Circular, department: str) -> bool:
	within = circular.units is None or department in circular.units
	return within and department not in circular.exempt_units


def _refuse(circular: Circular, old: str, new: str) -> None:
	frappe.throw(
		_(
			"Circular {0} does not say the same about {1} and {2}, and has days ahead (rule W11). Merging them would change who works away. Cancel it, or write it anew for both, first."
		).format(get_link_to_form(COLLECTIVE_DAY, circular.name), frappe.bold(old), frappe.bold(new)),
		title=_("Circular in Force"),
	)
