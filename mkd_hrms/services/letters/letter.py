"""What every letter consists of. Letters are always Indonesian, whoever prints them: that is said here once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from frappe.utils import format_date

from mkd_hrms.services.letters.signature import Signature

# For `frappe.translate.print_language`.
LANGUAGE = "id"


@dataclass(kw_only=True)
class Letter:
	"""The values of one letter. One to an addressee begins with `head`; any other with its title and number."""

	place_and_date: str
	title: str = ""
	number: str = ""
	head: list[tuple[str, str]] = field(default_factory=list)
	addressee: str = ""
	opening: list[str] = field(default_factory=list)
	person: list[tuple[str, str]] = field(default_factory=list)
	rows_head: list[str] = field(default_factory=list)
	rows: list[list[str]] = field(default_factory=list)
	closing: list[str] = field(default_factory=list)
	signature: Signature | None = None
	# Words across the top of what is no letter yet, or no longer one.
	mark: str = ""


def long_date(day: date) -> str:
	"""A date as letters write it: 4 Juni 2026."""
	return format_date(day, "d MMMM yyyy")
