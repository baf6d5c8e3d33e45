"""The days of a request that a letter is about: those that are permitted, and those that were revoked."""

from __future__ import annotations

from datetime import date

import frappe
from frappe.model.document import Document

from mkd_hrms.constants import APPROVED, COMPLETED, DAY, NO_SHOW, REQUEST, REVOKED, WORKED
from mkd_hrms.services.decisions import reasons
from mkd_hrms.services.ledger import written_reasons
from mkd_hrms.services.letters import register
from mkd_hrms.services.letters.kinds import Kind

# What the permit is for: days that were given back, suspended or recalled are in none.
PERMITTED = (APPROVED, WORKED, NO_SHOW)


def permitted(request: Document) -> list[date]:
	"""The days that a request permits at this moment."""
	return _in_states(request, PERMITTED) if request.status in (APPROVED, COMPLETED) else []


def newly_revoked(request: Document) -> list[date]:
	"""The days whose approval was withdrawn, and which no letter in force has told yet."""
	told = {
		day
		for row in register.all_of(REQUEST, request.name)
		if row.kind == Kind.REVOCATION.value and row.status == register.VALID
		for day in register.days_in(row)
	}
	return [day for day in _in_states(request, (REVOKED,)) if day not in told]


def reasons_of_revocation(request: Document, days: list[date]) -> list[str]:
	"""Why some days were revoked, each reason once: for the employee himself and HR (rule P3)."""
	if not (days and reasons.may_read_findings(request)):
		return []
	about = {"source_doctype": REQUEST, "source_name": request.name, "status": REVOKED}
	names = frappe.get_all(DAY, {**about, "mkd_date": ("in", days)}, pluck="name", order_by="mkd_date")
	told = (written_reasons.read(name, "release_reason") for name in names)
	return list(dict.fromkeys(filter(None, told)))


def _in_states(request: Document, states: tuple[str, ...]) -> list[date]:
	about = {"source_doctype": REQUEST, "source_name": request.name, "status": ("in", states)}
	return frappe.get_all(DAY, about, pluck="mkd_date", order_by="mkd_date")
