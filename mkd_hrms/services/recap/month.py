"""What became of the MKD days of a month, by unit or person: where they came from, and how they ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import TypeVar

from mkd_hrms.constants import (
	APPROVED,
	COLLECTIVE_DAY,
	NO_SHOW,
	PENDING,
	RELEASED,
	REVOKED,
	SUSPENDED,
	WORKED,
)
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.reports.day_counts import month_of, read_days, read_days_of_people, read_names
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
class OfMonth:
	"""What is summed up of a unit, or of one person of it, in a month ("2026-11")."""

	month: str
	department: str | None
	employee: str | None
	employee_name: str | None = None

	@property
	def place(self) -> tuple[str, str, str, str]:
		"""By month, unit and name."""
		return self.month, self.department or "", self.employee_name or "", self.employee or ""


Whose = TypeVar("Whose", bound=OfMonth)


@dataclass
class MonthRecap(OfMonth):
	"""The days of a unit, or of one person of it, in a month. In `counts`, `by_request` and `by_circular` are those that
	hold a place; `ahead` are approved ones that have not ended."""

	counts: Counter[str] = field(default_factory=Counter)

	@property
	def days(self) -> int:
		return self.counts["by_request"] + self.counts["by_circular"]


def of_months(narrowed: Narrowed, since: date, until: date, by_person: bool) -> list[MonthRecap]:
	"""By month and unit, `by_person` by name in it. One query, and one for the names, whatever the agency's size."""
	found: dict[tuple, MonthRecap] = {}
	for *whose, status, source, days in days_by_month(narrowed, since, until, tuple(KINDS), by_person):
		recap = found.get(key := tuple(whose)) or found.setdefault(key, MonthRecap(*whose))
		recap.counts[KINDS[status]] += days
		if status != RELEASED:
			recap.counts["by_circular" if source == COLLECTIVE_DAY else "by_request"] += days
	return in_order(found.values())


def days_by_month(
	narrowed: Narrowed, since: date, until: date, states: Collection[str], by_person: bool
) -> Iterator[tuple]:
	"""Month, unit, employee (None where nobody is named), state, kind of document, and how many days."""
	if by_person:
		yield from read_days_of_people(SiteDatabase(), narrowed, since, until, states)
		return
	for day, department, *kind, days in read_days(SiteDatabase(), narrowed, since, until, states):
		yield month_of(day), department, None, *kind, days


def in_order(found: Collection[Whose]) -> list[Whose]:
	"""By their place, with the names of the people."""
	names = read_names(SiteDatabase(), {entry.employee for entry in found if entry.employee})
	for entry in found:
		entry.employee_name = names.get(entry.employee)
	return sorted(found, key=attrgetter("place"))
