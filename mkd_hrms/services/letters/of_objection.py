"""What was decided about an objection, in the form of a decision: considering, in view of, decides."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.translate import print_language
from frappe.utils import getdate

from mkd_hrms.constants import DISMISSED, OBJECTION, UPHELD
from mkd_hrms.facts.people import Person
from mkd_hrms.services.letters import register, signature
from mkd_hrms.services.letters.kinds import Kind
from mkd_hrms.services.letters.letter import (
	LANGUAGE,
	Letter,
	about,
	law_of,
	long_date,
	numbered,
	place_and_date,
	registered,
)
from mkd_hrms.services.letters.retold import retold
from mkd_hrms.services.people.person import read_person


def letter_of(name: str | None, entry: Document | None = None) -> Letter:
	"""The decision about an objection, from what is stored. Raises DoesNotExistError, PermissionError."""
	objection = frappe.get_doc(OBJECTION, name)
	objection.check_permission("print")
	with print_language(LANGUAGE):
		if objection.status not in (UPHELD, DISMISSED):
			return _undecided(objection)
		entry = entry or register.found(OBJECTION, objection.name, Kind.OBJECTION_DECISION)
		return registered(_decision(objection, entry), entry)


def _decision(objection: Document, entry: Document | None) -> Letter:
	person = read_person(objection.employee)
	return Letter(
		title=_("Decision"),
		number=numbered(entry),
		about=[_("ABOUT"), _("The Objection of {0}").format(person.employee_name)],
		place_and_date=place_and_date(getdate(objection.decided_on or objection.modified), entry),
		person=[
			(_("Considering"), _considering(objection)),
			(_("In View of"), law_of(_policy_of(objection))),
			(_("Taking Note of"), objection.grounds or "-"),
		],
		decides=_("DECIDES"),
		points=_points(objection, person),
		signature=signature.signature_of(objection.decided_by),
	)


def _considering(objection: Document) -> str:
	against = f"{_(objection.against_doctype)} {objection.against_name}"
	if not objection.filed_on:
		return _("that an objection was filed against {0}").format(against)
	return _("that on {0} an objection was filed against {1}").format(
		long_date(getdate(objection.filed_on)), against
	)


def _points(objection: Document, person: Person) -> list[tuple[str, str]]:
	if objection.status == UPHELD:
		decided = _("The objection {0} is upheld.").format(objection.name)
	else:
		decided = _("The objection {0} is dismissed.").format(objection.name)
	whose = ", ".join(f"{label}: {value}" for label, value in about(person))
	lines = [
		decided,
		_("It is the objection of: {0}.").format(whose),
		_("The decision rests on these reasons: {0}").format(objection.decision_reason or "-"),
		*([_("What follows from it: {0}").format(retold(objection.outcome))] if objection.outcome else []),
		_("Whoever does not accept this decision may go on as the law provides."),
		_("This decision is in force from the date on which it is made."),
	]
	names = (_("FIRST"), _("SECOND"), _("THIRD"), _("FOURTH"), _("FIFTH"), _("SIXTH"))
	return list(zip(names, lines, strict=False))


def _policy_of(objection: Document) -> str | None:
	doctype = objection.against_doctype
	if not (doctype and frappe.get_meta(doctype).has_field("policy")):
		return None
	return frappe.db.get_value(doctype, objection.against_name, "policy")


def _undecided(objection: Document) -> Letter:
	"""What is not decided is no decision; a print of it says how it stands."""
	person = read_person(objection.employee)
	return Letter(
		title=_(OBJECTION),
		number=_("NUMBER {0}").format(objection.name),
		place_and_date=place_and_date(getdate(objection.creation)),
		opening=[
			_("This is an objection and decides nothing. It stands as: {0}.").format(
				_(objection.status, context=OBJECTION)
			)
		],
		person=[*about(person), (_("Grounds of the Objection"), objection.grounds or "-")],
	)
