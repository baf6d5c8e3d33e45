"""The number of a letter: by the template of its kind, or as the office's register gives it. Never twice.

It is counted in the transaction that stores the letter, behind a lock: a save that is refused uses up no number. Whoever
waited for the lock began his transaction before the other one ended, so what is stored is read on another connection.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _
from frappe.database.mariadb.database import MariaDBDatabase
from frappe.model.document import Document
from frappe.utils import getdate

from mkd_hrms.constants import LETTER, SETTINGS
from mkd_hrms.facts.agency import read_units_below
from mkd_hrms.facts.database.site import SiteDatabase, another_connection
from mkd_hrms.policy import letter_numbers
from mkd_hrms.services.platform.locks import hold_until_end

# Seconds that a letter waits for those before it.
PATIENCE = 20


class NumberTaken(frappe.ValidationError):
	"""Another letter has this number."""


class Entries:
	"""The register as it stands: what others have stored, and what this transaction has."""

	def __init__(self, *connections: MariaDBDatabase):
		self.connections = connections

	def has(self, field: str, key: str, but: str | None = None) -> bool:
		"""Whether a letter has this key; `but` names one that this transaction takes it from."""
		query = f"select 1 from `tab{LETTER}` where `{field}` = %s and `name` != %s"  # noqa: S608 -- a column of ours
		return any(each.sql(query, (key, but or "")) for each in self.connections)

	def last_of(self, series: str) -> int:
		"""The highest number that was counted."""
		query = f"select max(`counter`) from `tab{LETTER}` where `series` = %s"  # noqa: S608 -- a table of ours
		return max(each.sql(query, series)[0][0] or 0 for each in self.connections)


@contextmanager
def alone(letter: Document) -> Iterator[Entries]:
	"""The register of a company, which nobody else writes before this transaction ends. Raises ValidationError."""
	if not hold_until_end([f"letters of {letter.company}"], PATIENCE):
		frappe.throw(_("Many letters are being issued at this moment. Wait a minute, and issue it again."))
	with another_connection() as connection:
		yield Entries(connection, frappe.db)


def assign(letter: Document, entries: Entries, typed: str | None = None) -> None:
	"""Give a letter the number that was typed in, or the next one; without a template it waits for one to be typed in.

	Raises NumberTaken.
	"""
	if typed := (typed or "").strip():
		key = _key(letter, typed)
		if entries.has("number_key", key):
			frappe.throw(
				_("Number {0} is that of another letter of {1} in this year.").format(
					frappe.bold(frappe.utils.escape_html(typed)), letter.company
				),
				NumberTaken,
			)
		letter.update({"number": typed, "number_key": key})
	elif rule := rule_of(letter):
		_count(letter, rule, entries)


def rule_of(letter: Document) -> Document | None:
	"""The row of the settings that numbers a letter: of its unit before its company before all."""
	rows = frappe.get_cached_doc(SETTINGS).get("letter_numbers") or []
	fitting = []
	for row in rows:
		below = read_units_below(SiteDatabase(), row.department) if row.department else ()
		is_fit = row.for_company in (None, "", letter.company) and (
			not row.department or letter.department in below
		)
		if row.kind == letter.kind and is_fit:
			# The narrower of two units is the one with fewer below it.
			fitting.append(((not row.department, len(below), not row.for_company), row))
	return min(fitting, key=lambda each: each[0])[1] if fitting else None


def _count(letter: Document, rule: Document, entries: Entries) -> None:
	"""The next number of its kind, unit and year that no letter has."""
	on = getdate(letter.letter_date)
	series = _hashed(letter.company, rule.department or "", letter.kind, str(on.year))
	counter = entries.last_of(series)
	while True:
		counter += 1
		number = letter_numbers.fill(rule.template, counter, rule.code or "", rule.unit_code or "", on)
		key = _key(letter, number)
		if not entries.has("number_key", key):
			break
	letter.update({"number": number, "number_key": key, "series": series, "counter": counter})


def check_rules(rows: list[Document]) -> None:
	"""Refuse a template that makes no number, or the same one again and again. Raises ValidationError."""
	for row in rows:
		where = _("Numbers of Letters, row {0}").format(row.idx)
		if unknown := letter_numbers.unknown_tokens(row.template):
			told = frappe.utils.escape_html(", ".join(unknown))
			frappe.throw(_("{0}: {1} is no token.").format(where, frappe.bold(told)))
		if not letter_numbers.counts(row.template):
			frappe.throw(_("{0}: the template needs the running number, {1}.").format(where, "{nomor}"))
		for token, field in ((letter_numbers.CODE, "code"), (letter_numbers.UNIT, "unit_code")):
			if letter_numbers.needs(row.template, token) and not row.get(field):
				label = _(row.meta.get_label(field), context=row.doctype)
				frappe.throw(_("{0}: the template names the {1}, so say it.").format(where, label))


def _key(letter: Document, number: str) -> str:
	"""Under which the database holds a number once: some agencies begin anew each year without naming it."""
	return _hashed(letter.company, str(getdate(letter.letter_date).year), letter_numbers.same_as(number))


def _hashed(*parts: str) -> str:
	return hashlib.sha256("\n".join(parts).encode()).hexdigest()
