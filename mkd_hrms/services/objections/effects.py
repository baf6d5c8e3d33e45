"""What an upheld objection brings about: exactly what was objected to is undone, by whoever writes it (rule W13)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from mkd_hrms.constants import (
	DAILY_REPORT,
	DAY,
	DENIED,
	GATE_DECISION,
	NO_SHOW,
	OBJECTION,
	REQUEST,
	SUSPENDED,
	SUSPENSION,
	WARNING,
)
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.daily_reports import handing_in
from mkd_hrms.services.day import no_shows, places
from mkd_hrms.services.decisions.records import split
from mkd_hrms.services.discipline import ladder, measures
from mkd_hrms.services.requests import transitions


def uphold(objection: Document) -> str:
	"""Undo what was objected to, in the transaction of the decision. Returns what became of it, in a sentence."""
	return EFFECTS[objection.against_doctype](objection)


def _accept(objection: Document) -> str:
	"""The gates that failed count as accepted for a time, and the request goes on where it was."""
	request = frappe.get_doc(REQUEST, objection.against_name, for_update=True)
	days = sorted(getdate(row.mkd_date) for row in request.dates)
	_accept_gates(objection, request.employee, split(request.open_gates().failed), days)
	status = transitions.go_on(request)
	if status == DENIED:
		return _(
			"The conditions were accepted. The request stays denied: no day of it is left, or another condition fails."
		)
	return _("The conditions were accepted. The request is now {0}.").format(_(status, context=REQUEST))


def _accept_gates(objection: Document, employee: str, gates: Iterable[str], days: list[date]) -> None:
	for gate in gates:
		record = frappe.new_doc(GATE_DECISION)
		record.update(
			{
				"employee": employee,
				"gate": gate,
				"about": "Fail",
				"decision": "Accepted",
				"reason": objection.decision_reason,
				"valid_from": min(clock.today(), days[0]),
				"valid_until": getdate(objection.valid_until) if objection.valid_until else days[-1],
				"reference_doctype": OBJECTION,
				"reference_name": objection.name,
			}
		)
		# Only what was objected to is carried on.
		record.flags.carry_on_later = True
		record.insert()
		record.submit()


def _annul(objection: Document) -> str:
	measure = frappe.get_doc(objection.against_doctype, objection.against_name, for_update=True)
	measures.annul(measure, _("Objection {0} was upheld.").format(objection.name))
	return _("{0} was annulled.").format(measure.name)


def _take_back(objection: Document) -> str:
	"""What was confirmed about a day is taken back, and with it what followed from it."""
	name, upheld = objection.against_name, _("Objection {0} was upheld.").format(objection.name)
	status = frappe.db.get_value(DAY, name, "status")
	if status == SUSPENDED:
		return _accept_suspended(objection)
	if status == NO_SHOW:
		no_shows.take_back(name)
		said = _("The absence was taken back; the day counts as worked.")
	else:
		places.take_back(name)
		places.explain_all(name, upheld)
		said = _("The finding about the place was taken back.")
	day = frappe.get_doc(DAY, name)
	day.add_comment("Info", upheld)
	ladder.settle(day.employee)
	return said


def _accept_suspended(objection: Document) -> str:
	"""The gates that suspended a day count as accepted; the evaluation that follows approves it again (rule W12)."""
	day = frappe.get_doc(DAY, objection.against_name)
	_accept_gates(objection, day.employee, day.closing_gates(), [getdate(day.mkd_date)])
	if getdate(day.mkd_date) <= clock.today():
		return _("The conditions were accepted. The day has come by now and stays a day in the office.")
	return _("The conditions were accepted; the day is approved again if nothing else stands against it.")


def _reopen(objection: Document) -> str:
	report = frappe.get_doc(DAILY_REPORT, objection.against_name, for_update=True)
	# The superior reads the report, and learns the result of an objection, never its reasons (rule P3).
	handing_in.reopen(report, _("An objection was upheld: revise the report and hand it in again."))
	return _("The report was returned to be looked at again.")


EFFECTS: dict[str, Callable] = {
	REQUEST: _accept,
	SUSPENSION: _annul,
	WARNING: _annul,
	DAY: _take_back,
	DAILY_REPORT: _reopen,
}
