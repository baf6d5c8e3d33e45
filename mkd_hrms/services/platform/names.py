"""Names of rows that are written past the platform's own naming."""

from __future__ import annotations

import frappe

# Hexadecimal digits. Ten of them meet twice among a million rows; of twenty nobody will see that.
DIGITS = 20


def row_name() -> str:
	"""A name that no other row of a table has, however long the table grows."""
	return frappe.generate_hash(length=DIGITS)
