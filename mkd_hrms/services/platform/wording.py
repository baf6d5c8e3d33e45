"""Sentences about days and weeks that more than one service says: what, which number, what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import frappe
from frappe.utils import format_date, get_number_format_info


def as_text(typed: str) -> str:
	"""What somebody typed, for a column that is written past the platform, whose forms show a long text as HTML."""
	return typed.strip().replace("<", "&lt;")


def number(value: float) -> str:
	"""With the decimals that it has, after the decimal sign of the site; thousands are not parted."""
	sign, _thousands, _decimals = get_number_format_info(frappe.db.get_default("number_format") or "#,###.##")
	return f"{value:g}".replace(".", sign or ".")


def day_list(days: Iterable[date]) -> str:
	"""Dates in the reader's format, in order."""
	return ", ".join(format_date(day) for day in sorted(days))
