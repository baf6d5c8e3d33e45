"""The MKD schedule for other systems: who works away on which date, in which unit, page by page. No reason, no place.

A day that was given back or taken back is left out, so whoever reads a period again knows the days that are there no more.
Whether a day that is over was worked is told to nobody here.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import frappe
from frappe import _

from mkd_hrms.constants import APPROVED, DAY, NO_SHOW, WORKED
from mkd_hrms.facts.agency import read_units_below
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.schedule import read_nips, read_scheduled
from mkd_hrms.facts.limits import read_within
from mkd_hrms.services.people.hr import limits_of
from mkd_hrms.services.platform.statuses import Malformed, TooLarge

TOLD = (APPROVED, WORKED, NO_SHOW)
# As K-Mob calls work from anywhere, and as the profile kmob reads it back.
MODE = "WFA"
# Of one call: days of the period, and rows of a page.
MOST_DAYS, MOST_ROWS = 31, 1000


class Asked(NamedTuple):
	"""Which part of the schedule is asked for: of a company or one of its units, from a date to a date, both included."""

	company: str
	unit: str | None
	since: date
	until: date


class Place(NamedTuple):
	"""Where a page ended: the date and the employee of its last row."""

	day: date
	employee: str


def asked(company: str, unit: str | None, from_date: str, to_date: str) -> Asked:
	"""What a caller wrote. Raises Malformed, and TooLarge for more days than one call may hold."""
	since, until = _as_date("from_date", from_date), _as_date("to_date", to_date)
	if until < since:
		frappe.throw(_("to_date lies before from_date."), Malformed)
	if (until - since).days >= MOST_DAYS:
		frappe.throw(
			_("Ask for at most {0} days, and for the others afterwards.").format(MOST_DAYS), TooLarge
		)
	return Asked(company, unit or None, since, until)


def page(asked: Asked, after: str | None, limit: str | int, user: str) -> dict[str, Any]:
	"""So many rows behind a place, by date and employee, and the place of the last one where more follow. Raises Malformed."""
	limit = _as_number_of_rows(limit)
	found = []
	for row in _rows(asked, as_place(after) if after else None, user):
		found.append(row)
		if len(found) > limit:
			break
	shown = found[:limit]
	nips = read_nips(SiteDatabase(), {employee for _day, employee, _unit in shown})
	told = [
		{"nip": nips.get(employee), "date": str(day), "mode": MODE, "unit": unit}
		for day, employee, unit in shown
	]
	return {"rows": told, "next": as_text(Place(*shown[-1][:2])) if len(found) > limit else None}


def _rows(asked: Asked, after: Place | None, user: str) -> Iterator[tuple[date, str, str | None]]:
	"""Date, employee and unit, of the employees whom User Permissions leave the user; a date is read when it is its turn."""
	units = read_units_below(SiteDatabase(), asked.unit) if asked.unit else None
	# The company was asked about before.
	limits = {column: names for column, names in limits_of(user, DAY).items() if column != "company"}
	left = read_within(limits, asked.company) if limits else None
	day = max(asked.since, after.day) if after else asked.since
	while day <= asked.until:
		found = read_scheduled(SiteDatabase(), asked.company, units, day, TOLD)
		for employee, unit in sorted(found, key=lambda row: row[0]):
			is_told = after and (day, employee) <= after
			if not is_told and (left is None or employee in left):
				yield day, employee, unit
		day += timedelta(days=1)


def _as_number_of_rows(written: str | int) -> int:
	limit = int(written) if str(written).isdecimal() else 0
	if not 0 < limit <= MOST_ROWS:
		frappe.throw(_("A page has 1 to {0} rows.").format(MOST_ROWS), Malformed)
	return limit


def _as_date(name: str, written: str) -> date:
	try:
		return date.fromisoformat(written)
	except (TypeError, ValueError):
		frappe.throw(_("{0} is a date like 2026-01-31.").format(name), Malformed)


def as_text(place: Place) -> str:
	"""A place as a caller gives it back: one piece, which nobody is tempted to make himself."""
	return base64.urlsafe_b64encode(f"{place.day} {place.employee}".encode()).decode()


def as_place(written: str) -> Place:
	"""The place that a caller gives back. Raises Malformed."""
	try:
		day, _space, employee = base64.urlsafe_b64decode(written).decode().partition(" ")
		return Place(date.fromisoformat(day), employee)
	except ValueError:
		frappe.throw(_("after is what the page before gave as next."), Malformed)
