"""Coverage of a unit judged: in which groups somebody is counted on a date, and what room each of them has (W5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from mkd_hrms.facts.coverage_rules import CoverageRule, ServicePoint
from mkd_hrms.facts.ledger.unit_days import Colleague
from mkd_hrms.policy.coverage import Headcount, Limits, Room, Where, count, limits_of_policy, room_on
from mkd_hrms.policy.model import Policy

UNIT, SERVICE_POINT = "Department", "MKD Service Point"


@dataclass(frozen=True, slots=True)
class Group:
	"""Whoever is counted as one: a unit, a unit with everything below it (`together`), or the roster of a counter."""

	kind: str
	name: str
	title: str
	together: bool
	limits: Limits
	long_leave_days: int
	employees: tuple[str, ...] = ()


@dataclass(frozen=True)
class Look:
	"""One group on one date: who belongs to it, where they are, and what room is left."""

	group: Group
	day: date
	people: tuple[Colleague, ...]

	@cached_property
	def there(self) -> Headcount:
		return count(colleague.on(self.day) for colleague in self.people)

	@cached_property
	def room(self) -> Room:
		return room_on(self.group.limits, self.there)

	def away(self, *kinds: Where) -> tuple[tuple[Colleague, Where], ...]:
		"""Who is away, and how, by name; or only those of some kinds."""
		wanted = kinds or (Where.MKD, Where.LEAVE, Where.TRIP)
		found = ((colleague, colleague.on(self.day)) for colleague in self.people)
		return tuple(
			sorted(
				((colleague, where) for colleague, where in found if where in wanted),
				key=lambda entry: (entry[0].record.employee_name or "", entry[0].record.employee),
			)
		)

	def without(self, document: str) -> Look:
		"""The same without the days that a document holds itself."""
		return Look(self.group, self.day, tuple(colleague.without(document) for colleague in self.people))


@dataclass(frozen=True)
class Counted:
	"""One group on one date in numbers alone, and what room is left."""

	group: Group
	day: date
	there: Headcount

	@cached_property
	def room(self) -> Room:
		return room_on(self.group.limits, self.there)


def headcounts(people: Iterable[Colleague], dates: Sequence[date]) -> dict[date, Headcount]:
	"""Of some people, by date in their order, how many are where.

	Most of them serve on all the dates and nothing takes them away but MKD days: of these only the dates of such days are
	looked at, on all others they are in the office.
	"""
	places: dict[date, list[Where]] = {day: [] for day in dates}
	plain, elsewhere = 0, Counter()
	for person in people:
		is_plain = not person.away and person.serves(dates[0]) and person.serves(dates[-1])
		looked_at = [day for day in person.days if day in places] if is_plain else dates
		for day in looked_at:
			places[day].append(person.on(day))
		if is_plain:
			plain += 1
			elsewhere.update(looked_at)
	counted = {day: count(found) for day, found in places.items()}
	return {
		day: there._replace(headcount=there.headcount + plain - elsewhere[day])
		for day, there in counted.items()
	}


def groups_of(
	chain: Sequence[str], day: date, rules: Iterable[CoverageRule], policy: Policy
) -> tuple[Group, ...]:
	"""In which groups somebody is counted whose unit is the first of a chain; each one above it follows.

	The nearest unit upwards that has a rule says what holds, else the policy does. His unit is counted on its own, unless
	that rule counts everything below it together; every rule further up that does so holds besides.
	"""
	if not chain:
		return ()
	by_unit: dict[str, CoverageRule] = {}
	for rule in rules:
		if rule.holds_on(day):
			by_unit.setdefault(rule.department, rule)
	above = [by_unit[unit] for unit in chain if unit in by_unit]
	nearest = above[0] if above else None
	groups = [_of_rule(rule, policy) for rule in above if rule.counts_together]
	if not (nearest and nearest.counts_together):
		limits = limits_of_rule(nearest, policy) if nearest else limits_of_policy(policy)
		groups.insert(0, Group(UNIT, chain[0], chain[0], False, limits, policy.long_leave_days))
	return tuple(groups)


def groups_of_points(points: Iterable[ServicePoint], day: date, policy: Policy) -> tuple[Group, ...]:
	"""The counters that are open on a date, with what each of them needs."""
	return tuple(
		Group(
			*(SERVICE_POINT, point.name, point.title, False, limits_of_point(point)),
			*(policy.long_leave_days, point.employees),
		)
		for point in points
		if point.holds_on(day)
	)


def limits_of_rule(rule: CoverageRule, policy: Policy) -> Limits:
	"""What a unit's own rule says; whether a single person may be away remains the policy's answer."""
	numbers = rule.cap_percent, rule.min_on_site, rule.min_on_site_percent
	return Limits(*numbers, policy.single_person_units, rule.name, rule.legal_basis, rule.legal_basis)


def limits_of_point(point: ServicePoint) -> Limits:
	"""A counter has no cap: it needs so many of its roster."""
	return Limits(100, point.min_on_site, 0, None, point.name, point.title, point.title)


def _of_rule(rule: CoverageRule, policy: Policy) -> Group:
	limits = limits_of_rule(rule, policy)
	return Group(UNIT, rule.department, rule.department, True, limits, policy.long_leave_days)


def looks_at(
	group: Group, people: Iterable[Colleague], dates: Collection[date], units: Collection[str]
) -> tuple[Look, ...]:
	"""A group on some dates. `units` are those whose people are counted in it; a counter has its roster."""
	if group.kind == SERVICE_POINT:
		own = tuple(entry for entry in people if entry.record.employee in group.employees)
	else:
		own = tuple(entry for entry in people if entry.record.department in units)
	return tuple(Look(group, day, own) for day in dates)
