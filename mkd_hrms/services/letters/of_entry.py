"""A letter from its entry in the register: also one that was followed by another, or that holds no longer."""

from __future__ import annotations

import frappe

from mkd_hrms.constants import COLLECTIVE_DAY, DAILY_REPORT, LETTER, OBJECTION, PERSON, REQUEST
from mkd_hrms.services.letters import of_circular, of_measure, of_objection, of_recap, of_report, of_request
from mkd_hrms.services.letters.kinds import Kind
from mkd_hrms.services.letters.letter import Letter


def letter_of(name: str | None) -> Letter:
	"""The letter of an entry, for who may print both it and what it is about. Raises DoesNotExistError, PermissionError."""
	entry = frappe.get_doc(LETTER, name)
	entry.check_permission("print")
	if entry.reference_doctype == REQUEST:
		return of_request.letter_of(entry.reference_name, Kind(entry.kind), entry)
	if entry.reference_doctype == OBJECTION:
		return of_objection.letter_of(entry.reference_name, entry)
	if entry.reference_doctype == COLLECTIVE_DAY:
		return of_circular.letter_of(entry.reference_name, entry)
	if entry.reference_doctype == DAILY_REPORT:
		return of_report.letter_of(entry.reference_name, entry)
	if entry.reference_doctype == PERSON:
		return of_report.sheet_of(entry)
	if entry.kind == Kind.RECAP.value:
		return of_recap.letter_of(entry)
	return of_measure.letter_of(entry.reference_doctype, entry.reference_name, entry)
