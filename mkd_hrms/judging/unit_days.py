"""All units on many dates counted at once: where their people are, and on how many dates too many work away (W5)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from mkd_hrms.facts.coverage_rules import CoverageRule, ServicePoint, UnitPlace
from mkd_hrms.facts.ledger.unit_days import Colleague
from mkd_hrms.judging.coverage import SERVICE_POINT, UNIT, Group, groups_of, groups_of_points
from mkd_hrms.policy.coverage import Headcount, Where, room_on
from mkd_hrms.policy.model import Policy

# A unit or a counter, by its kind and its name.
Counted = tuple[str, str]


class Excess(NamedTuple):
	"""On how many dates people of a group work away, and on how many of them more than its cap or its minimum allows."""

	days: int
	over_cap: int
	below_minimum: int
	# Dates that break either.
	broken: int


class UnitDays:
	"""How many people of each unit and counter are where on some dates. People are added one by one and not kept."""

	def __init__(self, dates: Iterable[date], points: Iterable[ServicePoint] = ()) -> None:
		self.dates = sorted(set(dates))
		self._serving: dict[Counted, list[int]] = defaultdict(lambda: [0] * (len(self.dates) + 1))
		self._elsewhere: dict[Counted, dict[date, Counter]] = defaultdict(dict)
		self._rosters: dict[str, list[str]] = defaultdict(list)
		for point in points:
			for employee in point.employees:
				self._rosters[employee].append(point.name)

	def add(self, colleague: Colleague) -> None:
		"""Count somebody in his unit and in the counters whose roster names him."""
		record = colleague.record
		first = bisect_left(self.dates, record.joined_on) if record.joined_on else 0
		last = bisect_right(self.dates, record.last_day) if record.last_day else len(self.dates)
		where = {
			day: place for day in self._marked(colleague) if (place := colleague.on(day)) != Where.OFFICE
		}
		for counted in self._counted(colleague):
			changes = self._serving[counted]
			if first < last:
				changes[first] += 1
				changes[last] -= 1
			for day, place in where.items():
				if colleague.serves(day):
					self._elsewhere[counted].setdefault(day, Counter())[place] += 1

	def _counted(self, colleague: Colleague) -> list[Counted]:
		record = colleague.record
		units = [(UNIT, record.department)] if record.department else []
		return [*units, *((SERVICE_POINT, point) for point in self._rosters.get(record.employee, ()))]

	def _marked(self, colleague: Colleague) -> set[date]:
		"""The dates of which anything is recorded that may take somebody out of the office."""
		marked = {*colleague.days, *colleague.long_leave}.intersection(self.dates)
		for period in colleague.away:
			marked.update(
				self.dates[bisect_left(self.dates, period.since) : bisect_right(self.dates, period.until)]
			)
		return marked

	def dates_away(self) -> dict[Counted, list[date]]:
		"""By unit and counter the dates on which somebody works away."""
		return {
			counted: sorted(day for day, places in by_date.items() if places[Where.MKD])
			for counted, by_date in self._elsewhere.items()
		}

	def there(self, among: Iterable[Counted]) -> dict[date, Headcount]:
		"""By date the people of some units together, or of a counter."""
		changes, elsewhere = [0] * (len(self.dates) + 1), defaultdict(Counter)
		for counted in among:
			if counted in self._serving:
				changes = [sum(pair) for pair in zip(changes, self._serving[counted], strict=True)]
			for day, places in self._elsewhere.get(counted, {}).items():
				elsewhere[day].update(places)
		kinds = (Where.LEAVE, Where.TRIP, Where.MKD, Where.PENDING)
		return {
			day: Headcount(serving - elsewhere[day][Where.OUT], *(elsewhere[day][kind] for kind in kinds))
			for day, serving in zip(self.dates, accumulate(changes), strict=False)
		}


def excess_of(
	counted: UnitDays,
	chains: Mapping[str, Sequence[str]],
	rules: Collection[CoverageRule],
	points: Collection[ServicePoint],
	policy: Policy,
) -> dict[Group, Excess]:
	"""What a policy, and the rules of units beside it, say of the dates on which people work away.

	`chains` may leave out a unit above which no rule can hold: then it stands alone. A group that held other numbers
	meanwhile is told apart by them.
	"""
	found: dict[Group, set[date]] = defaultdict(set)
	for (kind, name), dates in counted.dates_away().items():
		for day in dates:
			if kind == UNIT:
				groups = groups_of(chains.get(name, (name,)), day, rules, policy)
			else:
				groups = groups_of_points((point for point in points if point.name == name), day, policy)
			for group in groups:
				found[group].add(day)
	below = _units_below(chains, {group.name for group in found if group.together})
	return {group: _excess(counted, group, days, below) for group, days in found.items()}


def _units_below(chains: Mapping[str, Sequence[str]], tops: Collection[str]) -> dict[str, list[str]]:
	found: dict[str, list[str]] = {top: [] for top in tops}
	for unit, chain in chains.items() if tops else ():
		for above in tops & set(chain):
			found[above].append(unit)
	return found


def _excess(counted: UnitDays, group: Group, dates: Iterable[date], below: Mapping[str, list[str]]) -> Excess:
	names = below[group.name] if group.together else [group.name]
	there = counted.there((group.kind, name) for name in names)
	days = over_cap = below_minimum = broken = 0
	for day in dates:
		room = room_on(group.limits, there[day])
		too_many, too_few = there[day].mkd > room.cap, there[day].on_site < room.minimum
		days, over_cap, below_minimum = days + 1, over_cap + too_many, below_minimum + too_few
		broken += too_many or too_few
	return Excess(days, over_cap, below_minimum, broken)


def chains_of(tree: Iterable[UnitPlace]) -> dict[str, tuple[str, ...]]:
	"""For each unit itself, then every unit above it, nearest first; the tree comes by lft."""
	above: list[UnitPlace] = []
	found = {}
	for unit in tree:
		while above and not above[-1].holds(unit):
			above.pop()
		above.append(unit)
		found[unit.name] = tuple(each.name for each in reversed(above))
	return found
