"""A letter is issued: who may, which letters a document gives, and what a letter does to those before it."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from mkd_hrms.constants import (
	COLLECTIVE_DAY,
	DAILY_REPORT,
	DENIED,
	DISMISSED,
	OBJECTION,
	REJECTED,
	REQUEST,
	SUSPENSION,
	UPHELD,
	WARNING,
)
from mkd_hrms.services.letters import days, numbering, of_report, register
from mkd_hrms.services.letters.kinds import OF, PERMITTING, Kind
from mkd_hrms.services.people.hr import acts_for_hr
from mkd_hrms.services.people.person import is_himself


class NoLetter(frappe.ValidationError):
	"""A document does not give this letter as it stands."""


def issue(about: Document, kind: str, typed: str | None = None) -> Document:
	"""Enter a letter about a document in the register: whoever decided, or HR.

	Raises PermissionError, NoLetter, AlreadyIssued, NumberTaken.
	"""
	if not may_issue(about, frappe.session.user):
		frappe.throw(
			_("Letters are issued by whoever decided or by HR, and nobody issues his own."),
			frappe.PermissionError,
		)
	if kind not in [each.value for each in OF.get(about.doctype, ())]:
		frappe.throw(_("No letter of this kind comes of {0}.").format(_(about.doctype)), NoLetter)
	found = Kind(kind)
	# Nobody cancels it meanwhile.
	about = frappe.get_doc(about.doctype, about.name, for_update=True)
	if found not in kinds_now(about):
		frappe.throw(_("{0} gives no such letter as it stands.").format(about.name), NoLetter)
	on = None
	if found is Kind.CIRCULAR:
		# It was written before it came here, with its own number and date.
		typed, on = typed or about.circular_no, about.circular_date and getdate(about.circular_date)
	letter = register.enter(found, about, days_of(about, found), typed, on)
	if found is Kind.REVOCATION:
		_revoke_permits(about, letter)
	return letter


def may_issue(about: Document, user: str) -> bool:
	"""Whoever decided about a request, or HR; nobody about himself. A circular is about nobody: who may submit it."""
	if about.doctype == COLLECTIVE_DAY:
		return bool(frappe.has_permission(COLLECTIVE_DAY, "submit", doc=about, user=user))
	if is_himself(user, about.employee):
		return False
	return user in _deciders(about) or acts_for_hr(user, about.employee, about.doctype)


def _deciders(about: Document) -> tuple[str | None, ...]:
	"""Who decided what a letter tells; of a measure that is HR's business."""
	if about.doctype == REQUEST:
		return about.decided_by, about.superior_approved_by
	return (about.verifier,) if about.doctype == DAILY_REPORT else ()


def kinds_now(about: Document) -> list[Kind]:
	"""Which letters a document gives as it stands."""
	if about.doctype == REQUEST:
		return _kinds_of_request(about)
	if about.doctype in (WARNING, SUSPENSION, COLLECTIVE_DAY):
		return list(OF[about.doctype]) if about.docstatus.is_submitted() else []
	if about.doctype == OBJECTION:
		return list(OF[OBJECTION]) if about.status in (UPHELD, DISMISSED) else []
	if about.doctype == DAILY_REPORT:
		return list(OF[DAILY_REPORT]) if about.status in of_report.DECIDED else []
	return []


def open_kinds(about: Document) -> list[Kind]:
	"""Which of them were not issued yet, or are in force no longer."""
	issued = {row.kind for row in register.all_of(about.doctype, about.name) if row.status == register.VALID}
	return [kind for kind in kinds_now(about) if kind is Kind.REVOCATION or kind.value not in issued]


def _kinds_of_request(request: Document) -> list[Kind]:
	if request.status in (DENIED, REJECTED):
		return [Kind.REFUSAL]
	found = list(PERMITTING) if days.permitted(request) else []
	return [*found, Kind.REVOCATION] if days.newly_revoked(request) else found


def is_numbered(about: Document, kind: Kind) -> bool:
	"""Whether a letter gets its number by itself; for any other it is asked for."""
	return kind is Kind.CIRCULAR or numbering.rule_of(register.drafted(kind, about)) is not None


def days_of(about: Document, kind: Kind) -> list[date]:
	"""The days that a letter is about."""
	if about.doctype == DAILY_REPORT:
		return [getdate(about.mkd_date)]
	if about.doctype != REQUEST or kind is Kind.REFUSAL:
		return []
	return days.newly_revoked(about) if kind is Kind.REVOCATION else days.permitted(about)


def _revoke_permits(about: Document, letter: Document) -> None:
	"""What a revocation takes back holds no longer as a letter; of days that are left another one can be issued."""
	reason = _("Revoked by the letter {0}").format(letter.number or letter.name)
	if about.doctype == REQUEST:
		register.revoke_of(REQUEST, about.name, reason, PERMITTING)
	else:
		since, until = getdate(about.from_date), getdate(about.to_date)
		found = register.on_days(about.employee, PERMITTING, since, until)
		register.revoke([row.name for row in found], reason)
