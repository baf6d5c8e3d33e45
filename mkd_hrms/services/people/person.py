"""Who somebody is, and that nobody acts on his own case."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import PERSON, SUITABILITY
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import read_same_person
from mkd_hrms.facts.people import Person, read_people, read_records_with
from mkd_hrms.facts.users import user_of


def read_person(employee: str) -> Person:
	"""The Employee record; after a transfer his user stands on another one of the same NIP.

	Raises DoesNotExistError with a sentence when there is none.
	"""
	found = read_people(SiteDatabase(), Scope(employees=(employee,)))
	if not found:
		frappe.throw(_("Employee {0} does not exist.").format(employee), frappe.DoesNotExistError)
	# MariaDB finds the record however its name was typed.
	return _with_user(next(iter(found.values())))


def read_persons(employees: Collection[str]) -> dict[str, Person]:
	"""As `read_person` for many who are there: one query, and one more for each who was transferred."""
	if not employees:
		return {}
	found = read_people(SiteDatabase(), Scope(employees=tuple(sorted(set(employees)))))
	return {employee: _with_user(person) for employee, person in found.items()}


def _with_user(person: Person) -> Person:
	if person.user or person.person == person.employee:
		return person
	users = (record.user for record in read_records_with(SiteDatabase(), [person.person]).values())
	return replace(person, user=next(filter(None, users), None))


def refuse(doc: Document, method: str | None = None) -> None:
	"""Refuse a record that is or was about one of the user's own Employee records. Raises PermissionError."""
	if any(_is_own(version) for version in (doc, doc.get_doc_before_save()) if version):
		frappe.throw(
			_("Nobody decides about himself: ask a colleague in HR to keep this record."),
			frappe.PermissionError,
		)


def _is_own(doc: Document) -> bool:
	"""A decision about a whole role or unit is nobody's own case."""
	if doc.doctype == SUITABILITY and doc.reference_doctype != PERSON:
		return False
	return is_own_record(doc.reference_name if doc.doctype == SUITABILITY else doc.employee)


def is_own_record(employee: str | None) -> bool:
	"""Whether an Employee record is one of the user's: his user stands on it, or on another one of the same NIP."""
	return is_himself(frappe.session.user, employee)


def is_himself(user: str, employee: str | None) -> bool:
	"""Whether an Employee record, or another one of the same NIP, is the user's."""
	if not employee or user_of(employee) == user:
		return bool(employee)
	return any(user_of(name) == user for name in read_same_person(SiteDatabase(), employee))
