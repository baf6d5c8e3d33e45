"""The register of letters: one is entered with its number, found again, revoked. Nothing in it is ever deleted."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from mkd_hrms.constants import LETTER, REVOKED
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.letters import numbering, signed_file
from mkd_hrms.services.letters.kinds import Kind
from mkd_hrms.services.people.person import read_person

VALID = "Valid"
# 128 bits: nobody finds one by trying, and its picture stays small.
TOKEN_BYTES = 16
# Of these there is one for the same days, and not one for the same document.
OF_DAYS = (Kind.REVOCATION.value, Kind.VERIFICATION_SHEET.value, Kind.RECAP.value)
# What may be written by hand, once.
BY_HAND = ("number", "signed_file")


class AlreadyIssued(frappe.ValidationError):
	"""This letter stands in the register."""


def enter(
	kind: Kind,
	about: Document | frappe._dict,
	days: Iterable[date] = (),
	typed: str | None = None,
	on: date | None = None,
	figures: str | None = None,
	instead_of: str | None = None,
) -> Document:
	"""Enter a letter about a document, of today unless another date is said; `instead_of` names one that was just revoked.

	Raises AlreadyIssued, NumberTaken, ValidationError.
	"""
	letter = drafted(kind, about, days, on)
	letter.figures = figures
	with numbering.alone(letter) as entries:
		if entries.has("standing_key", letter.standing_key, but=instead_of):
			frappe.throw(_("This letter has been issued already. Print it."), AlreadyIssued)
		numbering.assign(letter, entries, typed)
	_write(letter)
	return letter


def drafted(
	kind: Kind, about: Document | frappe._dict, days: Iterable[date] = (), on: date | None = None
) -> Document:
	"""An entry that has no number and is not stored."""
	letter = frappe.new_doc(LETTER)
	person = read_person(about.employee) if about.get("employee") else None
	letter.update(
		{
			"kind": kind.value,
			"status": VALID,
			"letter_date": on or clock.today(),
			"employee": person and person.employee,
			"employee_name": person and person.employee_name,
			"company": about.company,
			"department": about.get("department") or (person and person.department),
			"reference_doctype": about.doctype,
			"reference_name": about.name,
			"days": _listed(days),
			"issued_by": frappe.session.user,
			"issued_on": clock.now(),
			"token": secrets.token_urlsafe(TOKEN_BYTES),
		}
	)
	letter.standing_key = _key_of(letter)
	return letter


def found(doctype: str, name: str, kind: Kind, days: Iterable[date] = ()) -> Document | None:
	"""The newest letter of a kind about a document, and if they are said about these days."""
	about = {"reference_doctype": doctype, "reference_name": name, "kind": kind.value}
	if days:
		about["days"] = _listed(days)
	names = frappe.get_all(LETTER, about, pluck="name", order_by="creation desc, name desc", limit=1)
	return frappe.get_doc(LETTER, names[0]) if names else None


def all_of(doctype: str, name: str) -> list[frappe._dict]:
	"""What was issued about a document, the newest first."""
	return frappe.get_all(
		LETTER,
		{"reference_doctype": doctype, "reference_name": name},
		["name", "kind", "number", "letter_date", "status", "days"],
		order_by="creation desc, name desc",
	)


def _listed(days: Iterable[date]) -> str:
	return ", ".join(str(day) for day in sorted(days))


def days_in(letter: Document | frappe._dict) -> list[date]:
	"""The days that a letter was about when it was issued."""
	return [getdate(day) for day in (letter.days or "").split(", ") if day]


def revoke_of(doctype: str, name: str, reason: str, kinds: Iterable[Kind] = tuple(Kind)) -> None:
	"""Letters about a document hold no longer."""
	about = {"reference_doctype": doctype, "reference_name": name, "status": VALID}
	_revoke({**about, "kind": ("in", [kind.value for kind in kinds])}, reason)


def on_days(employee: str, kinds: Iterable[Kind], since: date, until: date) -> list[frappe._dict]:
	"""Letters of somebody that are about one of these days."""
	about = {"employee": employee, "kind": ("in", [kind.value for kind in kinds])}
	rows = frappe.get_all(
		LETTER, about, ["name", "number", "letter_date", "status", "days"], order_by="letter_date, name"
	)
	return [row for row in rows if any(since <= day <= until for day in days_in(row))]


def revoke(names: Iterable[str], reason: str) -> None:
	"""These letters hold no longer."""
	if names := list(names):
		_revoke({"name": ("in", names), "status": VALID}, reason)


def _revoke(filters: dict, reason: str) -> None:
	for name in frappe.get_all(LETTER, filters, pluck="name", order_by="name"):
		letter = frappe.get_doc(LETTER, name)
		letter.update({"status": REVOKED, "revoked_on": clock.now(), "revoke_reason": reason})
		# Another one about the same may follow.
		letter.standing_key = None
		_write(letter)


def write_by_hand(letter: Document) -> None:
	"""Let somebody type in a number that is missing, and attach the signed letter, once; all else stays as it is.

	Raises PermissionError, NumberTaken, ValidationError.
	"""
	before = letter.get_doc_before_save()
	if not before:
		frappe.throw(
			_("Letters are issued by the button of the document that they are about."),
			frappe.PermissionError,
			title=_("Not Editable"),
		)
	written = {field: letter.get(field) or None for field in BY_HAND}
	columns = set(letter.meta.get_valid_columns()) - {"modified", "modified_by"}
	letter.update({column: before.get(column) for column in columns})
	for field, value in written.items():
		if before.get(field) and value != before.get(field):
			label = _(letter.meta.get_label(field), context=LETTER)
			frappe.throw(_("{0} stands in the register and stays.").format(label), title=_("Not Editable"))
	if written["number"] and not before.number:
		with numbering.alone(letter) as entries:
			numbering.assign(letter, entries, written["number"])
	if written["signed_file"] and not before.signed_file:
		letter.update({"signed_file": written["signed_file"], **signed_file.read(written["signed_file"])})


def _write(letter: Document) -> None:
	letter.flags.from_service = True
	letter.flags.ignore_links = True
	letter.save(ignore_permissions=True)


def _key_of(letter: Document) -> str:
	"""Under which the database holds one letter in force; of other days or another period another one may be."""
	parts = [letter.reference_doctype, letter.reference_name, letter.kind]
	if letter.kind in OF_DAYS:
		parts.append(letter.days)
	return hashlib.sha256("\n".join(parts).encode()).hexdigest()
