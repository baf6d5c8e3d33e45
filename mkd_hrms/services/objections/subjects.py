"""What an employee may object to: a denial, a measure, a suspended day, a confirmed absence, a rejected report (rule W13)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate

from mkd_hrms.constants import (
	ANNULLED,
	DAILY_REPORT,
	DAY,
	DENIED,
	GATE_DECISION,
	NO_SHOW,
	REJECTED,
	REQUEST,
	SUSPENDED,
	SUSPENSION,
	WARNING,
)
from mkd_hrms.services.calendar.outages import extended_day
from mkd_hrms.services.policies.deadlines import objection_until
from mkd_hrms.services.policies.in_force import policy_on


class NothingToObject(frappe.ValidationError):
	"""There is no decision here that can be objected to."""


@dataclass(frozen=True, slots=True)
class Contested:
	"""A decision about an employee: since when it stands, until when he may object (after outages), who took part in it.

	`shown` is a document that those who took part may see.
	"""

	employee: str
	company: str
	decided_at: datetime
	until: date
	deciders: frozenset[str]
	shown: tuple[str, str]

	@property
	def decided_on(self) -> date:
		return self.decided_at.date()

	@property
	def clause(self) -> str:
		return policy_on(self.company, self.decided_on).clause("objection_days")


def find(doctype: str, name: str, employee: str) -> Contested:
	"""The decision about an employee in a document.

	Whose it is comes first: a stranger is not told whether there is a decision in it. Raises PermissionError,
	NothingToObject.
	"""
	if doctype not in READERS:
		frappe.throw(_("Nobody objects to {0}.").format(_(doctype)), NothingToObject)
	if frappe.db.get_value(doctype, name, "employee") != employee:
		frappe.throw(_("The decision is not about this employee."), frappe.PermissionError)
	if not (contested := look(doctype, name)):
		frappe.throw(_("{0} holds no decision that can be objected to.").format(name), NothingToObject)
	return contested


def look(doctype: str, name: str) -> Contested | None:
	"""As find; None where the decision was undone meanwhile."""
	reader = READERS.get(doctype)
	return reader(frappe.get_doc(doctype, name)) if reader else None


def documents_of(objection: Document) -> list[Document]:
	"""The objection and the documents with files that its decision may rest on: the request and the report of the day."""
	doctype, name = objection.against_doctype, objection.against_name
	if doctype in (WARNING, SUSPENSION):
		doctype, name = frappe.db.get_value(doctype, name, ["reference_doctype", "reference_name"]) or (
			"",
			"",
		)
	named = {(doctype, name)}
	if doctype == DAY:
		day = frappe.db.get_value(DAY, name, ["source_doctype", "source_name", "daily_report"], as_dict=True)
		named = {(day.source_doctype, day.source_name), (DAILY_REPORT, day.daily_report)} if day else set()
	known = sorted((kind, key) for kind, key in named if kind in (REQUEST, DAILY_REPORT) and key)
	return [objection, *(frappe.get_doc(*each) for each in known if frappe.db.exists(*each))]


def _denial(request: Document) -> Contested | None:
	if request.status != DENIED:
		return None
	reviews = {"reference_doctype": REQUEST, "reference_name": request.name, "docstatus": 1}
	deciders = {request.superior_approved_by, *frappe.get_all(GATE_DECISION, reviews, pluck="decided_by")}
	return _contested(request, request.decided_on, deciders, until=request.objection_until)


def _measure(measure: Document) -> Contested | None:
	if measure.docstatus != 1 or measure.status == ANNULLED:
		return None
	# What HR gives by hand is HR's decision; a step of the ladder follows from what somebody confirmed.
	deciders = {_confirmer(measure)} if measure.step else {measure.owner, measure.modified_by}
	day = measure.reference_name if measure.reference_doctype == DAY else None
	shown = (DAY, day) if day else None
	return _contested(measure, measure.creation, deciders, until=measure.objection_until, shown=shown)


def _confirmer(measure: Document) -> str | None:
	return (
		frappe.db.get_value(DAY, measure.reference_name, "confirmed_by") if measure.reference_name else None
	)


def _about_day(day: Document) -> Contested | None:
	"""A suspension by the rules is nobody's decision; an absence or a false place is that of whoever confirmed it."""
	if day.status == SUSPENDED:
		return _contested(day, day.suspended_on, (), until=day.suspension_objection_until)
	if day.status != NO_SHOW and not day.false_place:
		return None
	return _contested(day, day.confirmed_on, {day.confirmed_by}, until=day.objection_until)


def _rejection(report: Document) -> Contested | None:
	if report.status != REJECTED:
		return None
	return _contested(report, report.verified_on, {report.verifier})


def _contested(
	document: Document,
	decided_at: str | datetime,
	deciders: Iterable[str | None],
	until: date | str | None = None,
	shown: tuple[str, str] | None = None,
) -> Contested:
	decided_at = get_datetime(decided_at)
	last = getdate(until) if until else objection_until(document, decided_at.date())
	return Contested(
		employee=document.employee,
		company=document.company,
		decided_at=decided_at,
		until=extended_day(document.employee, last),
		deciders=frozenset(user for user in deciders if user),
		shown=shown or (document.doctype, document.name),
	)


READERS: dict[str, Callable] = {
	REQUEST: _denial,
	SUSPENSION: _measure,
	WARNING: _measure,
	DAY: _about_day,
	DAILY_REPORT: _rejection,
}
