"""What every letter consists of. Letters are always Indonesian, whoever prints them: that is said here once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate

from mkd_hrms.constants import POLICY, REVOKED, SETTINGS
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import read_nip
from mkd_hrms.facts.people import Person
from mkd_hrms.services.letters import check, signature
from mkd_hrms.services.letters.signature import Signature

# For `frappe.translate.print_language`.
LANGUAGE = "id"


@dataclass
class Table:
	"""A table of a letter with the line above it."""

	caption: str
	head: list[str]
	rows: list[list[str]]


@dataclass(kw_only=True)
class Letter:
	"""The values of one letter. One to an addressee begins with `head`; any other with its title and number."""

	place_and_date: str
	title: str = ""
	number: str = ""
	# The lines below the number that say what a decision or a circular is about.
	about: list[str] = field(default_factory=list)
	head: list[tuple[str, str]] = field(default_factory=list)
	addressee: str = ""
	opening: list[str] = field(default_factory=list)
	person: list[tuple[str, str]] = field(default_factory=list)
	rows_head: list[str] = field(default_factory=list)
	rows: list[list[str]] = field(default_factory=list)
	tables: list[Table] = field(default_factory=list)
	# What a decision decides: the word above it, and its points.
	decides: str = ""
	points: list[tuple[str, str]] = field(default_factory=list)
	closing: list[str] = field(default_factory=list)
	signature: Signature | None = None
	# Words across the top of what is no letter yet, or no longer one.
	mark: str = ""
	# Of a registered letter: a picture that leads to the page which says whether it holds, and the lines below all.
	check: str = ""
	footer: list[str] = field(default_factory=list)


def registered(letter: Letter, entry: Document | None) -> Letter:
	"""A letter with what its entry in the register says of it; without one it stays as it is."""
	if not entry:
		return letter
	if entry.status == REVOKED:
		letter.mark = _("REVOKED LETTER")
	letter.check = check.picture(entry.token)
	if entry.is_signed_electronically:
		letter.footer = [
			_(
				"1. Law 11 of 2008, Article 5 (1): electronic information, electronic documents and their prints are lawful evidence."
			),
			_(
				"2. This document was signed electronically with a certificate of the Balai Besar Sertifikasi Elektronik (BSrE), BSSN."
			),
			_("3. Whether it is genuine can be checked with the signed file on the site of BSrE."),
		]
	return letter


def place_and_date(day: date, entry: Document | None = None) -> str:
	"""The line of the town and the date: a registered letter bears the date of the register."""
	place = frappe.db.get_single_value(SETTINGS, "letter_place", cache=True)
	is_open = signature.is_left_to_office_system() and not (entry and entry.number)
	on = signature.DATE if is_open else long_date(getdate(entry.letter_date) if entry else day)
	return f"{place}, {on}" if place else on


def head(entry: Document | None, subject: str) -> list[tuple[str, str]]:
	"""What stands at the top of a letter to somebody."""
	return [
		(_("Letter Number"), signature.number(entry)),
		(_("Nature of the Letter"), _("Ordinary Letter")),
		(_("Enclosure"), "-"),
		(_("Subject of the Letter"), subject),
	]


def numbered(entry: Document | None) -> str:
	"""The line below a title."""
	return _("NUMBER {0}").format(signature.number(entry))


def about(person: Person) -> list[tuple[str, str]]:
	"""Whom a letter is about."""
	nip = read_nip(SiteDatabase(), person.employee)
	return [
		(_("Name of the Employee"), person.employee_name),
		("NIP", nip or "-"),
		(_("Position of the Employee"), person.designation or "-"),
		(_("Unit of the Employee"), person.department or "-"),
	]


def law_of(policy: str | None) -> str:
	"""The legal basis of a policy, without one its name."""
	basis = frappe.db.get_value(POLICY, policy, "legal_basis") if policy else None
	# What the app brings stands in the catalogue; an agency writes its own in the language of its letters.
	return _(basis or policy or "-")


def basis_of(policy: str | None) -> str:
	"""The line that says what a letter rests on."""
	return _("Basis: {0}").format(law_of(policy))


def honourable(person: Person) -> str:
	"""To whom a letter is written."""
	return _("To the Honourable {0}").format(person.employee_name)


def days_in_words(days: Iterable[date]) -> str:
	"""Dates as a letter lists them."""
	return ", ".join(long_date(day) for day in sorted(days))


def long_date(day: date | str) -> str:
	"""A date as letters write it: 4 Juni 2026."""
	return format_date(day, "d MMMM yyyy")
