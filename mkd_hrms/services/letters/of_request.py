"""What an application came to, as a letter: a refusal with its reasons, a permit, or the application as it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.translate import print_language
from frappe.utils import getdate

from mkd_hrms.constants import (
	APPROVED,
	COMPLETED,
	DAY,
	DENIED,
	DRAFT,
	NO_SHOW,
	POLICY,
	REJECTED,
	REQUEST,
	SETTINGS,
	WORKED,
)
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import read_nip
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.model import Verdict
from mkd_hrms.services.decisions import reasons, records
from mkd_hrms.services.letters import signature
from mkd_hrms.services.letters.letter import LANGUAGE, Letter, long_date
from mkd_hrms.services.people.person import read_person

# What the permit is for: days that were given back, suspended or recalled are in none.
PERMITTED = (APPROVED, WORKED, NO_SHOW)


def letter_of(name: str | None) -> Letter:
	"""The letter about a request, from what is stored: a browser may send a document that says something else.

	Raises DoesNotExistError for a request that was never saved, and PermissionError.
	"""
	request = frappe.get_doc(REQUEST, name)
	request.check_permission("print")
	with print_language(LANGUAGE):
		return _made(request)


def _made(request: Document) -> Letter:
	if request.status in (DENIED, REJECTED):
		return _refusal(request)
	days = _permitted_days(request) if request.status in (APPROVED, COMPLETED) else []
	return _permit(request, days) if days else _application(request)


def _refusal(request: Document) -> Letter:
	"""Every reason with what was found, its limit and its clause, and until when one may object."""
	person = read_person(request.employee)
	opening = [
		_(
			"Regarding your application {0} for MKD for {1}, we inform you that it could not be granted."
		).format(request.name, _days_in_words(row.mkd_date for row in request.dates))
	]
	rows = _reasons(request)
	if rows:
		opening.append(_("The conditions below were not met."))
	elif request.status == DENIED:
		opening.append(_("The reasons are told to the employee alone, in the letter that he prints himself."))
	if request.decision_note:
		opening.append(_("Reason of the official who decided: {0}").format(request.decision_note))
	return Letter(
		place_and_date=_place_and_date(_decided_on(request)),
		head=[
			(_("Letter Number"), signature.number()),
			(_("Nature of the Letter"), _("Ordinary Letter")),
			(_("Enclosure"), "-"),
			(_("Subject of the Letter"), _("Refusal of an MKD Application")),
		],
		addressee=_("To the Honourable {0}").format(person.employee_name),
		opening=[_basis(request), *opening],
		person=_about(person),
		rows_head=[_("Condition"), _("Reason"), _("What You Can Do")] if rows else [],
		rows=rows,
		closing=_objection(request),
		signature=signature.signature_of(request.decided_by or request.approver, *_in_whose_place(request)),
	)


def _reasons(request: Document) -> list[list[str]]:
	"""The failing conditions as rows, for the employee himself and HR (rule P3)."""
	if request.status != DENIED or not reasons.may_read_findings(request):
		return []
	told = reasons.sentences(request, only=(Verdict.FAIL,))
	rows = ((each["gate"], each["sentence"], each["next_step"] or "-") for each in told)
	# What is said of several dates in the same words is said once.
	return [list(row) for row in dict.fromkeys(rows)]


def _objection(request: Document) -> list[str]:
	if not request.objection_until:
		return [_("Thank you for your attention.")]
	return [
		_(
			"You may object to this decision until {0}: open the request {1} and choose Object, or hand the objection in at the office that keeps personnel. It is decided by somebody who did not take part in this decision."
		).format(long_date(request.objection_until), request.name),
		_("Thank you for your attention."),
	]


def _permit(request: Document, days: list[date]) -> Letter:
	person = read_person(request.employee)
	return Letter(
		title=_("MKD Permit"),
		number=_("NUMBER {0}").format(signature.number()),
		place_and_date=_place_and_date(_decided_on(request)),
		opening=[_basis(request), _("Permission to work away from the office is given to:")],
		person=[
			*_about(person),
			(_("Days"), _days_in_words(days)),
			(_("Place"), _(request.place) if request.place else "-"),
		],
		closing=[
			_("On these days whoever is permitted this:"),
			_("a. records his presence when he begins and when he ends work, and keeps the working hours;"),
			_("b. can be reached, and comes to the office when he is called;"),
			_("c. carries out his work plan and hands in the daily report in time."),
			_(
				"This permit can be revoked where the conditions are no longer met or the service asks for it."
			),
		],
		signature=signature.signature_of(request.decided_by, *_in_whose_place(request)),
	)


def _application(request: Document) -> Letter:
	"""What is neither granted nor refused is no letter; a print of it says how it stands."""
	person = read_person(request.employee)
	return Letter(
		title=_("Application for MKD"),
		number=_("NUMBER {0}").format(request.name),
		place_and_date=_place_and_date(getdate(request.creation)),
		opening=[
			_("This is an application and permits nothing. It stands as: {0}.").format(_(request.status))
		],
		person=[*_about(person), (_("Days"), _days_in_words(row.mkd_date for row in request.dates))],
		mark=_("DRAFT OF A LETTER") if request.status == DRAFT else "",
	)


def _permitted_days(request: Document) -> list[date]:
	about = {"source_doctype": REQUEST, "source_name": request.name, "status": ("in", PERMITTED)}
	return frappe.get_all(DAY, about, pluck="mkd_date", order_by="mkd_date")


def _about(person: Person) -> list[tuple[str, str]]:
	nip = read_nip(SiteDatabase(), person.employee)
	return [
		(_("Name of the Employee"), person.employee_name),
		("NIP", nip or "-"),
		(_("Position of the Employee"), person.designation or "-"),
		(_("Unit of the Employee"), person.department or "-"),
	]


def _basis(request: Document) -> str:
	basis = frappe.db.get_value(POLICY, request.policy, "legal_basis") if request.policy else None
	return _("Basis: {0}").format(basis or request.policy or "-")


def _decided_on(request: Document) -> date:
	"""The day of the decision; of a denial, which nobody takes, that on which the conditions were judged."""
	if request.decided_on:
		return getdate(request.decided_on)
	kept = records.kept(REQUEST, request.name)
	return getdate(kept[-1]["evaluated_at"] if kept else request.modified)


def _in_whose_place(request: Document) -> tuple[str | None, str | None]:
	return (request.decided_as, request.approver) if request.decided_by else (None, None)


def _days_in_words(days: Iterable[date]) -> str:
	return ", ".join(long_date(day) for day in sorted(days))


def _place_and_date(day: date) -> str:
	place = frappe.db.get_single_value(SETTINGS, "letter_place", cache=True)
	on = signature.DATE if signature.is_left_to_office_system() else long_date(day)
	return f"{place}, {on}" if place else on
