"""Names of rows that are written past the platform's own naming, and of which series they may be."""

from __future__ import annotations

import frappe
from frappe.model.meta import Meta

# The parts of a naming series that say the same for each row of a moment.
FIXED_PARTS = frozenset("YY MM DD YYYY WW".split())
# Hexadecimal digits. Ten of them meet twice among a million rows; of twenty nobody will see that.
DIGITS = 20


def row_name() -> str:
	"""A name that no other row of a table has, however long the table grows."""
	return frappe.generate_hash(length=DIGITS)


def is_fixed_series(series: str, meta: Meta) -> bool:
	"""Whether a naming series is numbered at its end, and says nothing of a row but its moment."""
	*parts, hashes = [part for part in series.split(".") if part] or [""]
	return (
		bool(hashes)
		and set(hashes) == {"#"}
		and all(
			part in FIXED_PARTS or not (part.startswith("{") or meta.has_field(part) or "#" in part)
			for part in parts
		)
	)
