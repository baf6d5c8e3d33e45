"""What became of the MKD days of a month, by unit or person: where they came from, and how they ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mkd_hrms.constants import (
	APPROVED,
	COLLECTIVE_DAY,
	NO_SHOW,
	PENDING,
	RELEASED,
	REVOKED,
	SUSPENDED,
	USED_DAY_STATES,
	WORKED,
)
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.reports.day_counts import read_days_of_months
from mkd_hrms.facts.reports.narrowed import Narrowed

# How a day stands, by what it is counted as.
KINDS = {
	PENDING: "pending",
	APPROVED: "ahead",
	WORKED: "worked",
	NO_SHOW: "absent",
	SUSPENDED: "suspended",
	REVOKED: "revoked",
	RELEASED: "released",
}


@dataclass
class MonthRecap:
	"""The days of a unit, or of one person of it, in a month. `by_request` and `by_circular` are those that hold a place;
	`ahead` are approved ones that have not ended."""

	department: str | None
	employee: str | None
	employee_name: str | None
	month: str
	by_request: int = 0
	by_circular: int = 0
	pending: int = 0
	ahead: int = 0
	worked: int = 0
	absent: int = 0
	suspended: int = 0
	revoked: int = 0
	released: int = 0

	@property
	def days(self) -> int:
		return self.by_request + self.by_circular


def of_months(narrowed: Narrowed, since: date, until: date, by_person: bool) -> list[MonthRecap]:
	"""By month and unit, `by_person` by name in it. One query, whatever the agency's size."""
	found: dict[tuple, MonthRecap] = {}
	states = (*USED_DAY_STATES, RELEASED)
	for days in read_days_of_months(SiteDatabase(), narrowed, since, until, states, by_person):
		key = days.month, days.department or "", days.employee_name or "", days.employee or ""
		recap = found.setdefault(key, MonthRecap(*days[:4]))
		_add(recap, KINDS[days.status], days.days)
		if days.status != RELEASED:
			_add(recap, "by_circular" if days.source_doctype == COLLECTIVE_DAY else "by_request", days.days)
	return [found[key] for key in sorted(found)]


def _add(recap: MonthRecap, name: str, days: int) -> None:
	setattr(recap, name, getattr(recap, name) + days)
