"""What the form of an objection shows of the decision that it contests: the document, its date, and what its reader may know (P3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate

from mkd_hrms.constants import DAILY_REPORT, DAY, REQUEST, SUSPENDED, SUSPENSION, WARNING
from mkd_hrms.policy.model import Finding, Verdict
from mkd_hrms.services.decisions.reasons import is_own_or_hr, may_know_gates, told
from mkd_hrms.services.decisions.records import found_on, last_findings
from mkd_hrms.services.objections.subjects import READERS, Contested, look
from mkd_hrms.services.platform.opened import opened

Found = list[tuple[list[str], list[Finding]]]


def shown(doctype: str, name: str) -> dict[str, Any]:
	"""In the reader's language; empty for whom the decision does not concern. Raises PermissionError."""
	if doctype not in READERS:
		return {}
	document, contested = opened(doctype, name), look(doctype, name)
	reads = is_own_or_hr(document.employee)
	if not reads and not (contested and frappe.session.user in contested.deciders):
		return {}
	answer = {"document": _(doctype), "name": name, "about": ABOUT[doctype](document, reads)}
	return answer | (_standing(document, contested, reads) if contested else {"undone": True})


def _standing(document: Document, contested: Contested, reads: bool) -> dict[str, Any]:
	"""A decision that stands: its date, until when one may object, and the conditions that were not met."""
	found = _found(document)
	failed = [each.gate for _days, findings in found for each in findings if each.verdict is Verdict.FAIL]
	answer = {
		"decided_on": format_date(contested.decided_on),
		"until": format_date(contested.until),
		"clause": _(contested.clause),
	}
	if may_know_gates(document):
		answer["gates"] = [_(gate, context="MKD Policy Gate") for gate in dict.fromkeys(failed)]
	if reads:
		answer["findings"] = told(found, (Verdict.FAIL,))
	return answer


def _found(document: Document) -> Found:
	"""What the rules found; only a denial and a suspended day follow from it."""
	if document.doctype == REQUEST:
		return last_findings(REQUEST, document.name)
	if document.doctype == DAY and document.status == SUSPENDED and document.recheck:
		return found_on(document.recheck, getdate(document.mkd_date))
	return []


def _request(request: Document, reads: bool) -> str:
	days = sorted(getdate(row.mkd_date) for row in request.dates)
	status = _(request.status, context=REQUEST)
	return _("{0}: {1}").format(status, _days(days)) if days else status


def _days(days: list[date]) -> str:
	if len(days) <= 5:
		return ", ".join(map(format_date, days))
	return _("{0} days from {1} to {2}").format(len(days), format_date(days[0]), format_date(days[-1]))


def _measure(measure: Document, reads: bool) -> str:
	period = _("{0} to {1}").format(format_date(measure.from_date), format_date(measure.to_date))
	return _("{0}: {1}").format(period, measure.ground) if reads and measure.ground else period


def _day(day: Document, reads: bool) -> str:
	says = _("False Place Confirmed", context=DAY) if day.false_place else _(day.status, context=DAY)
	return _("{0}: {1}").format(format_date(day.mkd_date), says)


def _report(report: Document, reads: bool) -> str:
	return _("{0}: {1}").format(format_date(report.mkd_date), _(report.status, context=DAILY_REPORT))


ABOUT: dict[str, Callable[[Document, bool], str]] = {
	REQUEST: _request,
	SUSPENSION: _measure,
	WARNING: _measure,
	DAY: _day,
	DAILY_REPORT: _report,
}
