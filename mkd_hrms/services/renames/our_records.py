"""Which records of ours name a record of the platform. The DocTypes themselves say where they link to it."""

from __future__ import annotations

from typing import NamedTuple

import frappe
from frappe import _
from frappe.utils import get_link_to_form

from mkd_hrms.constants import EARLY_WARNING, ELIGIBILITY, EVALUATION_RUN, MODULE

# What the evaluation writes and writes anew: no person ever decided it.
BY_THE_EVALUATION = (ELIGIBILITY, EARLY_WARNING, EVALUATION_RUN)


class Named(NamedTuple):
	"""A DocType of ours, and its field that links to a DocType of the platform."""

	doctype: str
	field: str


def fields_naming(doctype: str) -> list[Named]:
	"""Every link of ours to a DocType of the platform, but for those in rows of a table."""
	ours = frappe.get_all("DocType", filters={"module": MODULE, "istable": 0, "issingle": 0}, pluck="name")
	links = frappe.get_all(
		"DocField",
		filters={"parent": ("in", ours), "fieldtype": "Link", "options": doctype},
		fields=["parent", "fieldname"],
		order_by="parent, idx",
	)
	return [Named(row.parent, row.fieldname) for row in links]


def forget_evaluations(doctype: str, name: str) -> None:
	"""Take away what the evaluation found about a record that goes."""
	for found in fields_naming(doctype):
		if found.doctype in BY_THE_EVALUATION:
			frappe.db.delete(found.doctype, {found.field: name})


def first_naming(doctype: str, name: str) -> str | None:
	"""A link to some record of ours that names this one, and would be left without it."""
	for found in fields_naming(doctype):
		if record := frappe.db.get_value(found.doctype, {found.field: name}):
			return f"{_(found.doctype)} {get_link_to_form(found.doctype, record)}"
	return None
