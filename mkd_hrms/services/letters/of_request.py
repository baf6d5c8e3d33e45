"""What an application came to, as a letter: a refusal with its reasons, a permit, an assignment, a revocation, or the
application as it stands."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.translate import print_language
from frappe.utils import getdate

from mkd_hrms.constants import DENIED, DRAFT, LETTER, REJECTED, REQUEST, REVOKED
from mkd_hrms.policy.model import Verdict
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.decisions import reasons, records
from mkd_hrms.services.letters import days, register, signature
from mkd_hrms.services.letters.kinds import Kind
from mkd_hrms.services.letters.letter import (
	LANGUAGE,
	Letter,
	about,
	basis_of,
	days_in_words,
	head,
	honourable,
	long_date,
	numbered,
	place_and_date,
	registered,
)
from mkd_hrms.services.letters.retold import retold
from mkd_hrms.services.people.person import read_person


def letter_of(name: str | None, kind: Kind | None = None, entry: Document | None = None) -> Letter:
	"""The letter about a request, from what is stored: a browser may send a document that says something else.

	Without a kind it is what the request came to; with an entry of the register, that letter. Raises
	DoesNotExistError for a request that was never saved, and PermissionError.
	"""
	request = frappe.get_doc(REQUEST, name)
	request.check_permission("print")
	with print_language(LANGUAGE):
		return _made(request, kind, entry)


def _made(request: Document, kind: Kind | None, entry: Document | None) -> Letter:
	kind = kind or (Kind.REFUSAL if request.status in (DENIED, REJECTED) else Kind.PERMIT)
	if kind is Kind.REVOCATION:
		entry = entry or (
			None if days.newly_revoked(request) else register.found(REQUEST, request.name, kind)
		)
		told = register.days_in(entry) if entry else days.newly_revoked(request)
	else:
		entry = entry or register.found(REQUEST, request.name, kind)
		# A letter that was revoked says what it said.
		is_revoked = entry and entry.status == REVOKED
		told = register.days_in(entry) if is_revoked else days.permitted(request)
	if kind is Kind.REFUSAL and request.status in (DENIED, REJECTED):
		return registered(_refusal(request, entry), entry)
	if kind is Kind.REFUSAL or not told:
		return registered(_application(request), entry if entry and entry.status == REVOKED else None)
	return registered(MAKERS[kind](request, told, entry), entry)


def _refusal(request: Document, entry: Document | None) -> Letter:
	"""Every reason with what was found, its limit and its clause, and until when one may object."""
	person = read_person(request.employee)
	opening = [
		_(
			"Regarding your application {0} for MKD for {1}, we inform you that it could not be granted."
		).format(request.name, days_in_words(row.mkd_date for row in request.dates))
	]
	rows = _reasons(request)
	if rows:
		opening.append(_("The conditions below were not met."))
	elif request.status == DENIED:
		opening.append(_("The reasons are told to the employee alone, in the letter that he prints himself."))
	if request.decision_note:
		opening.append(_("Reason of the official who decided: {0}").format(request.decision_note))
	return Letter(
		place_and_date=place_and_date(_decided_on(request), entry),
		head=head(entry, _("Refusal of an MKD Application")),
		addressee=honourable(person),
		opening=[basis_of(request.policy), *opening],
		person=about(person),
		rows_head=[_("Condition", context=LETTER), _("Reason"), _("What You Can Do")] if rows else [],
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


def _permit(request: Document, told: list[date], entry: Document | None) -> Letter:
	person = read_person(request.employee)
	return Letter(
		title=_("MKD Permit"),
		number=numbered(entry),
		place_and_date=place_and_date(_decided_on(request), entry),
		opening=[basis_of(request.policy), _("Permission to work away from the office is given to:")],
		person=[
			*about(person),
			(_("Days"), days_in_words(told)),
			(_("Place"), _(request.place) if request.place else "-"),
		],
		closing=[
			_("On these days whoever is permitted this:"),
			*_duties(),
			_(
				"This permit can be revoked where the conditions are no longer met or the service asks for it."
			),
		],
		signature=signature.signature_of(request.decided_by, *_in_whose_place(request)),
	)


def _assignment(request: Document, told: list[date], entry: Document | None) -> Letter:
	"""Who is sent to work where on which days, and what he is to do there."""
	person = read_person(request.employee)
	rows = [[row.activity or "-", row.output or "-", row.target or "-"] for row in request.work_plan]
	return Letter(
		title=_("Letter of Assignment"),
		number=numbered(entry),
		place_and_date=place_and_date(_decided_on(request), entry),
		opening=[basis_of(request.policy), _("The following employee is assigned:")],
		person=[
			*about(person),
			(_("Purpose of the Assignment"), _("to carry out his duties away from the office")),
			(_("Days"), days_in_words(told)),
			(_("Place"), _(request.place) if request.place else "-"),
		],
		rows_head=[_("Task"), _("Result of the Task"), _("Target of the Task")] if rows else [],
		rows=rows,
		closing=[
			_("In carrying out this assignment he:"),
			*_duties(),
			_("This assignment is to be carried out with full responsibility."),
		],
		signature=signature.signature_of(request.decided_by, *_in_whose_place(request)),
	)


def _duties() -> list[str]:
	return [
		_("a. records his presence when he begins and when he ends work, and keeps the working hours;"),
		_("b. can be reached, and comes to the office when he is called;"),
		_("c. carries out his work plan and hands in the daily report in time."),
	]


def _revocation(request: Document, told: list[date], entry: Document | None) -> Letter:
	"""Which days are taken back, why, and of which permit they were."""
	person = read_person(request.employee)
	permit = register.found(REQUEST, request.name, Kind.PERMIT)
	if permit and permit.number:
		of = _("the permit number {0} of {1}").format(permit.number, long_date(permit.letter_date))
	else:
		of = _("the approval of the application {0}").format(request.name)
	why = days.reasons_of_revocation(request, told)
	return Letter(
		place_and_date=place_and_date(clock.today(), entry),
		head=head(entry, _("Revocation of Permission for MKD")),
		addressee=honourable(person),
		opening=[
			basis_of(request.policy),
			_("We inform you that {0} is revoked for the days below.").format(of),
		],
		person=[
			*about(person),
			(_("Days"), days_in_words(told)),
			*((_("Reason of Revocation"), retold(reason)) for reason in why),
		],
		closing=[
			_("On the days that are still ahead you work at the office."),
			_("Thank you for your attention."),
		],
		signature=signature.signature_of(request.decided_by, *_in_whose_place(request)),
	)


def _application(request: Document) -> Letter:
	"""What is neither granted nor refused is no letter; a print of it says how it stands."""
	person = read_person(request.employee)
	return Letter(
		title=_("Application for MKD"),
		number=_("NUMBER {0}").format(request.name),
		place_and_date=place_and_date(getdate(request.creation)),
		opening=[
			_("This is an application and permits nothing. It stands as: {0}.").format(
				_(request.status, context=REQUEST)
			)
		],
		person=[*about(person), (_("Days"), days_in_words(row.mkd_date for row in request.dates))],
		mark=_("DRAFT OF A LETTER") if request.status == DRAFT else "",
	)


def _decided_on(request: Document) -> date:
	"""The day of the decision; of a denial, which nobody takes, that on which the conditions were judged."""
	if request.decided_on:
		return getdate(request.decided_on)
	kept = records.kept(REQUEST, request.name)
	return getdate(kept[-1]["evaluated_at"] if kept else request.modified)


def _in_whose_place(request: Document) -> tuple[str | None, str | None]:
	return (request.decided_as, request.approver) if request.decided_by else (None, None)


MAKERS = {Kind.PERMIT: _permit, Kind.ASSIGNMENT: _assignment, Kind.REVOCATION: _revocation}
