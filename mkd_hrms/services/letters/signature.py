"""Who signs a letter, in which words, and how: by hand, or in the office system that fills in what is left for it."""

from __future__ import annotations

from dataclasses import dataclass, field

import frappe
from frappe.model.document import Document

from mkd_hrms.constants import SETTINGS
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import read_nip
from mkd_hrms.facts.people import Person
from mkd_hrms.facts.superiors import read_active_record
from mkd_hrms.services.people.person import read_person

OFFICE_SYSTEM = "Office System"
# What SRIKANDI and the gateways of its kind look for in a letter, and fill in.
NUMBER, DATE, MARK = "${nomor_naskah}", "${tanggal_naskah}", "${ttd_pengirim}"
NAME, NIP, OFFICE = "${nama_pengirim}", "${nip_pengirim}", "${jabatan_pengirim}"
# Left for a pen.
EMPTY = "." * 24


@dataclass
class Signature:
	"""The block at the end: above it the office, then room for a hand or a mark, below it the name."""

	lines: list[str] = field(default_factory=list)
	mark: str = ""
	name: str = ""
	nip: str = ""


def is_left_to_office_system() -> bool:
	"""Whether number, date and signature are filled in elsewhere."""
	return frappe.db.get_single_value(SETTINGS, "letter_signing", cache=True) == OFFICE_SYSTEM


def number(entry: Document | None = None) -> str:
	"""The number of a letter: that of its entry in our register; otherwise the register of the office gives it."""
	if entry and entry.number:
		return entry.number
	return NUMBER if is_left_to_office_system() else EMPTY


def signature_of(user: str | None, kind: str | None = None, of: str | None = None) -> Signature:
	"""The block of a user; `kind` is Plh., Plt., a.n. or u.b., and `of` whose office he acts in."""
	if is_left_to_office_system():
		return Signature([f"{OFFICE},"], MARK, NAME, NIP)
	signer = _person_of(user)
	if not signer:
		return Signature([f"{EMPTY},"], name=EMPTY, nip=EMPTY)
	lines = office_lines(signer.designation or EMPTY, kind, _office_of(of))
	nip = read_nip(SiteDatabase(), signer.employee)
	return Signature(lines, name=signer.employee_name, nip=nip or EMPTY)


def office_lines(own: str, kind: str | None, other: str | None) -> list[str]:
	"""The office above a signature: whoever stands in for an office names it, who signs for another one both."""
	if not (kind and other):
		return [f"{own},"]
	if kind == "u.b.":
		return [f"a.n. {other}", "u.b.", f"{own},"]
	if kind == "a.n.":
		return [f"a.n. {other}", f"{own},"]
	return [f"{kind} {other},"]


def _person_of(user: str | None) -> Person | None:
	record = read_active_record(SiteDatabase(), user) if user else None
	return read_person(record) if record else None


def _office_of(user: str | None) -> str | None:
	person = _person_of(user)
	return person.designation if person else None
