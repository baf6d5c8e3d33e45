"""A warning, or a suspension that takes permissions back, as a letter to the employee."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.translate import print_language
from frappe.utils import getdate

from mkd_hrms.constants import ANNULLED, SUSPENSION
from mkd_hrms.services.letters import register, signature
from mkd_hrms.services.letters.kinds import OF, PERMITTING
from mkd_hrms.services.letters.letter import (
	LANGUAGE,
	Letter,
	about,
	basis_of,
	head,
	honourable,
	long_date,
	place_and_date,
	registered,
)
from mkd_hrms.services.letters.retold import retold
from mkd_hrms.services.people.approvers import approver_of
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.policies.in_force import in_force, submitted_policies


def letter_of(doctype: str, name: str | None, entry: Document | None = None) -> Letter:
	"""The letter about a measure, from what is stored. Raises DoesNotExistError, PermissionError."""
	measure = frappe.get_doc(doctype, name)
	measure.check_permission("print")
	(kind,) = OF[doctype]
	with print_language(LANGUAGE):
		entry = entry or register.found(doctype, measure.name, kind)
		letter = _made(measure, entry)
		if measure.docstatus.is_draft():
			letter.mark = _("DRAFT OF A LETTER")
		elif measure.status == ANNULLED:
			letter.mark = _("REVOKED LETTER")
		return registered(letter, entry)


def _made(measure: Document, entry: Document | None) -> Letter:
	person = read_person(measure.employee)
	is_suspension = measure.doctype == SUSPENSION
	subject = _("Revocation of Permission for MKD") if is_suspension else _("Warning in MKD Discipline")
	return Letter(
		place_and_date=place_and_date(getdate(measure.creation), entry),
		head=head(entry, subject),
		addressee=honourable(person),
		opening=[_basis(measure), _said(measure)],
		person=[
			*about(person),
			(_("Reason of the Measure"), _ground(measure)),
			*([(_("Clause of the Measure"), _(measure.clause))] if measure.clause else []),
			*(_permits(measure) if is_suspension else []),
		],
		closing=[_what_follows(measure), *_objection(measure), _("Thank you for your attention.")],
		signature=signature.signature_of(approver_of(person)),
	)


def _basis(measure: Document) -> str:
	"""What HR gives by hand names no policy: it rests on the one that was in force."""
	policy = in_force(submitted_policies(), measure.company, getdate(measure.creation))
	if measure.policy or not policy:
		return basis_of(measure.policy)
	return basis_of(policy.name)


def _ground(measure: Document) -> str:
	"""The ladder says it in the language of the employee; what HR writes is as HR wrote it."""
	return (retold(measure.ground) if measure.step else measure.ground) or "-"


def _said(measure: Document) -> str:
	since, until = long_date(measure.from_date), long_date(measure.to_date)
	if measure.doctype == SUSPENSION:
		return _("We inform you that permission for MKD is taken from you from {0} to {1}.").format(
			since, until
		)
	return _("You are given a warning that stands from {0} to {1}.").format(since, until)


def _what_follows(measure: Document) -> str:
	if measure.doctype == SUSPENSION:
		return _("In this period you work at the office, and no application for MKD is granted.")
	return _("If it happens again, your permission for MKD can be suspended or revoked.")


def _permits(measure: Document) -> list[tuple[str, str]]:
	"""The letters that hold no longer from now on."""
	since, until = getdate(measure.from_date), getdate(measure.to_date)
	found = register.on_days(measure.employee, PERMITTING, since, until)
	told = [
		_("number {0} of {1}").format(row.number, long_date(row.letter_date)) for row in found if row.number
	]
	return [(_("Letters That Are Revoked"), "; ".join(told))] if told else []


def _objection(measure: Document) -> list[str]:
	if not measure.objection_until:
		return []
	return [
		_(
			"You may object until {0}: open {1} and choose Object, or hand the objection in at the office that keeps personnel."
		).format(long_date(measure.objection_until), measure.name)
	]
