"""How a number may be written: what could be read in two ways is refused before the platform reads it in one.

Frappe takes "105,5" for 1055, "7.000" for 7 and a word for 0, and tells nobody.
"""

from __future__ import annotations

import re
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.model.meta import Meta
from frappe.utils import cast

from mkd_hrms.constants import MODULE

KINDS = ("Int", "Float", "Percent", "Currency")
DIGITS = re.compile(r"[+-]?\d+(\.\d+)?")
# Three digits after a point: seven, or seven thousand?
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")
# Nothing in which there are thousands.
COORDINATES = ("latitude", "longitude")
# So begin the names of our fields in DocTypes of the platform.
OURS = "mkd_"


class UnclearNumber(frappe.ValidationError):
	"""A number is written so that it could be another one."""


def read(doc: Document) -> None:
	"""Take the numbers that were sent as text, in a document or in its rows, for what they say.

	Raises UnclearNumber where one could be another one.
	"""
	sent = [
		(row, df, row.get(df.fieldname))
		for row in (doc, *doc.get_all_children())
		for df in fields_of(row.meta)
		if isinstance(row.get(df.fieldname), str)
	]
	refuse([fault for row, df, value in sent if (fault := fault_of(value, df, _place(row)))])
	for row, df, value in sent:
		row.set(df.fieldname, cast(df.fieldtype, value.strip()))


def _place(row: Document) -> str:
	return _("Row {0}").format(row.idx) if row.get("parentfield") else ""


def fields_of(meta: Meta) -> list[Document]:
	"""The fields of ours in which somebody enters a number."""
	return [df for df in meta.fields if is_ours(df) and not df.read_only]


def is_ours(df: Document) -> bool:
	"""Whether a field takes numbers, and we answer for it: in a DocType of ours also what an agency added, in one of
	the platform only what we did."""
	if df.fieldtype not in KINDS:
		return False
	return df.fieldname.startswith(OURS) or frappe.get_meta(df.parent).module == MODULE


def fault_of(value: Any, df: Document, place: str = "") -> str | None:
	"""What is unclear about a value that was sent as text, in a sentence; None for a plain number and for none."""
	if not isinstance(value, str) or not value.strip():
		return None
	text = value.strip()
	where = ", ".join(filter(None, (place, _(df.label, context=df.parent))))
	if THOUSANDS.fullmatch(text) and not df.fieldname.endswith(COORDINATES):
		fewer, more = text.split(".")[0], text.replace(".", "")
		return _("{0}: {1} could mean {2} or {3}.").format(where, frappe.bold(text), fewer, more)
	if not DIGITS.fullmatch(text):
		return _("{0}: {1} is no plain number.").format(where, frappe.bold(text))
	if df.fieldtype == "Int" and float(text) % 1:
		return _("{0}: {1} is no whole number.").format(where, frappe.bold(text))
	return None


def refuse(faults: list[str]) -> None:
	"""Name what is unclear, and how to write it. Raises UnclearNumber unless the list is empty."""
	if faults:
		advice = _("Write digits, and a point only before decimals: 105.5, 7000. Nothing was saved.")
		frappe.throw("<br>".join([*faults, advice]), UnclearNumber, title=_("Number Not Clear"))
