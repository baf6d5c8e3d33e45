"""The recap of months, by person and by unit: the numbers of the reports MKD Monthly Recap and MKD Report Compliance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from frappe import _

from mkd_hrms.constants import (
	APPROVED,
	DAY,
	NO_SHOW,
	PENDING,
	RELEASED,
	REVOKED,
	SUSPENDED,
	WORKED,
)
from mkd_hrms.exchange.stored import Told
from mkd_hrms.exchange.tables import write_tables
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.exported import read_numbers_of
from mkd_hrms.services.exports.asked import Asked
from mkd_hrms.services.recap import compliance, month
from mkd_hrms.services.recap.month import KINDS, OfMonth

# The context of the words of the reports.
REPORTS = "MKD Reports"
STATES = (WORKED, NO_SHOW, APPROVED, PENDING, SUSPENDED, REVOKED, RELEASED)
OF_REPORTS = ("due", "on_time", "late", "missing", "returned", "rejected", "verified")


def write(asked: Asked, path: Path, told: Told) -> None:
	"""A sheet of people and one of units. Raises OSError."""
	tables = {_("By Person"): _table(asked, True, told), _("By Unit"): _table(asked, False, told)}
	write_tables(path, asked.form.lower(), tables)


def _table(asked: Asked, by_person: bool, told: Told) -> Iterator[Sequence[Any]]:
	"""A row for each month and person or unit of whom anything is known."""
	found: dict[tuple, list[OfMonth | None]] = {}
	recaps = (month.of_months, compliance.of_months)
	for place, of_months in enumerate(recaps):
		for entry in of_months(asked.narrowed, *asked.period, by_person):
			found.setdefault(entry.place, [None, None])[place] = entry
	people = {entry.employee for pair in found.values() for entry in pair if entry and entry.employee}
	numbers = read_numbers_of(SiteDatabase(), people) if by_person else {}
	yield _headings(by_person)
	for place in sorted(found):
		told.rows += 1
		yield _row(*found[place], numbers, by_person)


def _headings(by_person: bool) -> list[str]:
	of_person = [_("NIP"), _("Employee", context=REPORTS), _("Employee Name", context=REPORTS)]
	return [
		_("Month", context=REPORTS),
		_("Unit", context=REPORTS),
		*(of_person if by_person else ()),
		*(_("MKD Days"), _("By Request"), _("By Circular")),
		*(_(state, context=DAY) for state in STATES),
		*(_("Reports Due"), _("Handed In in Time"), _("Handed In Late"), _("Reports Missing")),
		*(_("Returned Once"), _("Reports Rejected"), _("Reports Verified"), _("Hours Reported")),
	]


def _row(days, reports, numbers: dict[str, str], by_person: bool) -> list[Any]:
	whose = days or reports
	person = [numbers.get(whose.employee), whose.employee, whose.employee_name] if by_person else []
	counts = days.counts if days else {}
	return [
		*(whose.month, whose.department, *person),
		*(days.days if days else 0, counts.get("by_request", 0), counts.get("by_circular", 0)),
		*(counts.get(name, 0) for name in map(KINDS.get, STATES)),
		*(getattr(reports, name) if reports else 0 for name in OF_REPORTS),
		round(reports.hours, 2) if reports else 0,
	]
