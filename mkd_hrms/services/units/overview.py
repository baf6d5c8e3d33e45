"""How much room the units of a company have on each of some dates, for a report: nobody is named."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mkd_hrms.facts.attendance.calendars import read_calendars_of, read_default_list
from mkd_hrms.facts.coverage_rules import UnitPlace, read_tree
from mkd_hrms.facts.database.queries import Database
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.unit_days import Colleague, read_colleagues
from mkd_hrms.judging.coverage import Counted, Group, groups_of, groups_of_points, headcounts, looks_at
from mkd_hrms.policy.coverage import Headcount, together
from mkd_hrms.policy.dates import days_between
from mkd_hrms.policy.model import Policy
from mkd_hrms.services.policies.in_force import policy_by_day
from mkd_hrms.services.units import registers

_Groups = dict[str, tuple[Group, ...]]


@dataclass(frozen=True, slots=True)
class Question:
	"""A company, a unit with those below it or all, a period, and the units that the reader sees; None is all."""

	company: str
	department: str | None
	since: date
	until: date
	seen: Collection[str] | None = None


def counts_of(question: Question) -> Iterator[Counted]:
	"""Each group on each date that the company does not have off, in a fixed number of queries."""
	database = SiteDatabase()
	tree, policy = read_tree(database), policy_by_day(question.company)
	units = _units(question, tree)
	days = {day: found for day in _dates(question) if (found := policy(day))}
	if not (units and days):
		return
	chains = {unit: _chain(tree, unit) for unit in units}
	by_day = {day: _groups(chains, day, in_force) for day, in_force in days.items()}
	long_leave = next(iter(days.values())).long_leave_days
	people = _Reading(database, question, long_leave)
	counts = _by_unit(people.of(_scope(question, by_day, tree)), list(days))
	for day, groups in by_day.items():
		# Of a unit without people nothing is told.
		for group in dict.fromkeys(group for unit in units if unit in counts for group in groups[unit]):
			members = [unit for unit in _members(group, tree) if unit in counts]
			yield Counted(group, day, together(counts[unit][day] for unit in members))
	points = _points(units, days)
	roster = people.of(Scope(employees=tuple({name for point in points for name in point.employees})))
	for point, dates in points.items():
		yield from (Counted(point, look.day, look.there) for look in looks_at(point, roster, dates, ()))


class _Reading(NamedTuple):
	"""The people of a scope in the period that is asked about."""

	database: Database
	question: Question
	long_leave_days: int

	def of(self, scope: Scope) -> tuple[Colleague, ...]:
		if not (scope.company or scope.units or scope.employees):
			return ()
		period = self.question.since, self.question.until
		return read_colleagues(self.database, scope, *period, self.long_leave_days)


def _scope(question: Question, by_day: Mapping[date, _Groups], tree: Mapping[str, UnitPlace]) -> Scope:
	"""Whom to ask about: of a group also whoever is in units that the reader does not see by themselves."""
	if question.department is None and question.seen is None:
		return Scope(company=question.company)
	groups = {group for of_day in by_day.values() for found in of_day.values() for group in found}
	units = {unit for group in groups for unit in _members(group, tree)}
	return Scope(units=tuple(sorted(units)))


def _by_unit(people: Iterable[Colleague], dates: Sequence[date]) -> dict[str, dict[date, Headcount]]:
	found: dict[str, list[Colleague]] = {}
	for person in people:
		found.setdefault(person.record.department, []).append(person)
	return {unit: headcounts(members, dates) for unit, members in found.items()}


def _members(group: Group, tree: Mapping[str, UnitPlace]) -> Sequence[str]:
	"""The units whose people a group counts."""
	if not group.together:
		return (group.name,)
	top = tree[group.name]
	return [name for name, place in tree.items() if top.holds(place)]


def _units(question: Question, tree: dict[str, UnitPlace]) -> list[str]:
	top = tree.get(question.department) if question.department else None
	if question.department and not top:
		return []
	return [
		name
		for name, place in tree.items()
		if (top is None or top.holds(place)) and (question.seen is None or name in question.seen)
	]


def _dates(question: Question) -> list[date]:
	"""Without the days off of the company's own calendar. What no list covers is shown."""
	database, period = SiteDatabase(), (question.since, question.until)
	key = (question.company, read_default_list(database, question.company), ())
	calendar = read_calendars_of(database, [key], *period)[key]
	return [day for day in days_between(*period) if calendar.is_working(day) is not False]


def _chain(tree: Mapping[str, UnitPlace], unit: str) -> tuple[str, ...]:
	"""A unit and those above it, nearest first."""
	place = tree[unit]
	above = [entry for entry in tree.values() if entry.holds(place)]
	return tuple(entry.name for entry in sorted(above, key=lambda entry: entry.rgt - entry.lft))


def _groups(chains: Mapping[str, tuple[str, ...]], day: date, policy: Policy) -> _Groups:
	"""By unit the groups in which its people are counted on a date."""
	rules = registers.coverage_rules()
	return {unit: groups_of(chain, day, rules, policy) for unit, chain in chains.items()}


def _points(units: Collection[str], days: Mapping[date, Policy]) -> dict[Group, list[date]]:
	"""The counters of some units, and when each of them is open."""
	points = [point for point in registers.service_points() if point.department in units]
	found: dict[Group, list[date]] = {}
	for day, policy in days.items():
		for group in groups_of_points(points, day, policy):
			found.setdefault(group, []).append(day)
	return found
