"""What MKD saved, by month or quarter: by bills, and apart from these estimated by factors."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from mkd_hrms.constants import COLLECTIVE_DAY, WORKED
from mkd_hrms.facts.database.queries import Database
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.reports.day_counts import DayCount, read_days
from mkd_hrms.facts.reports.narrowed import Narrowed
from mkd_hrms.facts.reports.savings import (
	Bill,
	FactorRow,
	read_bills,
	read_factors,
	read_presence,
	read_serving,
)
from mkd_hrms.policy.savings import (
	LINES,
	DayGroup,
	Factor,
	Line,
	Purse,
	Range,
	UnitDate,
	estimate,
	factors_used,
	is_empty,
	to_bill_of_year_before,
)

# From a date to what it is counted in.
Period = Callable[[date], str]
USED_IN = {"Electricity": "kWh", "Water": "m3"}
MONEY = "Rp"


@dataclass
class Estimated:
	"""A line of a period; `days` are those that it counts, `factors` what it rests on."""

	period: str
	line: Line
	value: Range
	days: int
	factors: tuple[FactorRow, ...]

	@property
	def unit(self) -> str:
		return LINES[self.line].unit

	@property
	def purse(self) -> Purse | None:
		return LINES[self.line].purse


@dataclass
class Measured:
	"""How much less bills of one kind are in a period than a year before; of so many that have one to compare with."""

	period: str
	kind: str
	unit: str
	value: float = 0
	bills: int = 0

	@property
	def purse(self) -> Purse | None:
		return Purse.BUDGET if self.unit == MONEY else None


def quarter_of(day: date) -> str:
	"""The quarter of a date, as text that sorts."""
	return f"{day.year}-Q{(day.month + 2) // 3}"


def estimated(narrowed: Narrowed, since: date, until: date, period: Period) -> list[Estimated]:
	"""By period and line, of the people whom the reader is shown. A fixed number of queries, whatever the agency's size."""
	database = SiteDatabase()
	worked = list(read_days(database, narrowed, since, until, (WORKED,)))
	if not worked:
		return []
	empty = _empty(database, narrowed, since, until, worked)
	rows = read_factors(database, narrowed.company)
	# Between two of these days the same factors hold.
	turns = sorted({row.valid_from for row in rows})
	groups = defaultdict(list)
	for entry in worked:
		group = DayGroup(entry.mkd_date, entry.department, entry.status, entry.days)
		groups[period(group.on), bisect_right(turns, group.on)].append(group)
	found: dict[tuple[str, Line], Estimated] = {}
	for (name, turn), days in sorted(groups.items()):
		known = _in_force(rows, turns[turn - 1]) if turn else {}
		_add(found, name, days, empty, known)
	return [
		found[name, line]
		for name in sorted({key[0] for key in found})
		for line in Line
		if (name, line) in found
	]


def _in_force(rows: Iterable[FactorRow], day: date) -> dict[Factor, FactorRow]:
	"""The last one that began; in the order of `read_factors` one of the company comes after those of all."""
	return {Factor(row.factor): row for row in rows if row.valid_from <= day}


def _add(
	found: dict[tuple[str, Line], Estimated],
	period: str,
	days: list[DayGroup],
	empty: set[tuple[str | None, date]],
	known: dict[Factor, FactorRow],
) -> None:
	"""Count what some days saved under one set of factors."""
	ranges = {factor: Range(row.low, row.middle, row.high) for factor, row in known.items()}
	every = sum(group.days for group in days)
	at_empty = sum(group.days for group in days if (group.unit, group.on) in empty)
	for line, value in estimate(days, empty, ranges).items():
		counted = at_empty if LINES[line].of_empty_building else every
		used = tuple(known[factor] for factor in factors_used(line))
		before = found.get((period, line)) or Estimated(period, line, Range.none(), 0, ())
		factors = tuple(dict.fromkeys((*before.factors, *used)))
		found[period, line] = Estimated(period, line, before.value + value, before.days + counted, factors)


def _empty(
	database: Database, narrowed: Narrowed, since: date, until: date, worked: list[DayCount]
) -> set[tuple[str | None, date]]:
	"""The units and dates on which nobody was in the office, whoever of them the reader is shown."""
	everybody = narrowed._replace(people=None)
	if narrowed.people is not None:
		worked = list(read_days(database, everybody, since, until, (WORKED,)))
	by_circular = Counter()
	for entry in worked:
		if entry.source_doctype == COLLECTIVE_DAY and entry.department:
			by_circular[entry.department, entry.mkd_date] += entry.days
	if not by_circular:
		return set()
	presence = read_presence(database, by_circular)
	serving = read_serving(database, narrowed.company, since, until)
	found = set()
	for (unit, day), days in by_circular.items():
		there, away = presence.get((unit, day), (0, 0))
		people = sum(some.on(day) for some in serving.get(unit, ()))
		if is_empty(UnitDate(people=people, by_circular=days, away=away, present=there)):
			found.add((unit, day))
	return found


def measured(narrowed: Narrowed, since: date, until: date, period: Period) -> list[Measured]:
	"""By period and kind, what is less than a year before; of whole months, and of bills that are there for both years."""
	kinds = defaultdict(dict)
	for bill in read_bills(SiteDatabase(), narrowed, since, until):
		place = f"{bill.department or ''}\n{bill.building or ''}"
		for unit, value in _values(bill):
			kinds[bill.kind, unit][place, bill.month] = value
	found: dict[tuple, Measured] = {}
	for (kind, unit), bills in sorted(kinds.items()):
		for month in sorted({at for _place, at in bills if since <= at <= until}):
			less = to_bill_of_year_before(bills, month)
			if less:
				key = period(month), kind, unit
				entry = found.setdefault(key, Measured(*key))
				entry.value += sum(less.values())
				entry.bills += len(less)
	return [found[key] for key in sorted(found)]


def _values(bill: Bill) -> Iterable[tuple[str, float | None]]:
	yield MONEY, bill.amount
	if bill.kind in USED_IN:
		yield USED_IN[bill.kind], bill.consumption
