"""How much room the units of a company have on each of some dates, for a report: nobody is named."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from mkd_hrms.facts.attendance.calendars import read_calendars_of, read_default_list
from mkd_hrms.facts.coverage_rules import UnitPlace, read_tree
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.unit_days import Colleague, read_colleagues
from mkd_hrms.judging.coverage import SERVICE_POINT, Group, Look, groups_of, groups_of_points, looks_at
from mkd_hrms.policy.dates import days_between
from mkd_hrms.policy.model import Policy
from mkd_hrms.services.policies.in_force import policy_by_day
from mkd_hrms.services.units import registers


@dataclass(frozen=True, slots=True)
class Question:
	"""A company, a unit with those below it or all, a period, and the units that the reader sees; None is all."""

	company: str
	department: str | None
	since: date
	until: date
	seen: Collection[str] | None = None


def looks_of(question: Question) -> Iterator[Look]:
	"""Each group of people on each date that the company does not have off, in a fixed number of queries."""
	database = SiteDatabase()
	tree = read_tree(database)
	units = set(_units(question, tree))
	policy = policy_by_day(question.company)
	days = [(day, found) for day in _dates(question) if (found := policy(day))]
	if not (units and days):
		return
	# Of all: a group may hold units that the reader does not see by themselves.
	scope = Scope(company=question.company)
	long_leave = days[0][1].long_leave_days
	people = read_colleagues(database, scope, question.since, question.until, long_leave)
	by_unit: dict[str, list[Colleague]] = {}
	for person in people:
		by_unit.setdefault(person.record.department, []).append(person)
	chains = {unit: _chain(tree, unit) for unit in tree if unit in units and unit in by_unit}
	for day, in_force in days:
		for group in _groups(units, chains, day, in_force):
			yield from _look(group, day, people, by_unit, tree)


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


def _chain(tree: dict[str, UnitPlace], unit: str) -> tuple[str, ...]:
	"""A unit and those above it, nearest first."""
	place = tree[unit]
	above = [entry for entry in tree.values() if entry.holds(place)]
	return tuple(entry.name for entry in sorted(above, key=lambda entry: entry.rgt - entry.lft))


def _groups(
	units: Collection[str], chains: dict[str, tuple[str, ...]], day: date, policy: Policy
) -> dict[Group, None]:
	"""Each group once, in the order of the tree, whoever is counted in it; then the counters of these units."""
	rules = registers.coverage_rules()
	found = {group: None for chain in chains.values() for group in groups_of(chain, day, rules, policy)}
	points = [point for point in registers.service_points() if point.department in units]
	return found | dict.fromkeys(groups_of_points(points, day, policy))


def _look(
	group: Group,
	day: date,
	people: Collection[Colleague],
	by_unit: dict[str, list[Colleague]],
	tree: dict[str, UnitPlace],
) -> tuple[Look, ...]:
	if group.kind == SERVICE_POINT:
		return looks_at(group, people, [day], ())
	if not group.together:
		return (Look(group, day, tuple(by_unit.get(group.name, ()))),)
	top = tree[group.name]
	members = [
		entry for unit, found in by_unit.items() if unit in tree and top.holds(tree[unit]) for entry in found
	]
	return (Look(group, day, tuple(members)),)
