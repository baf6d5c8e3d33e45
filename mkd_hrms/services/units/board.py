"""The coverage board: who of some units is where on which date, and how much room each unit has left (rules W5, P3).

A letter for each person and date, so that half a thousand people and a month are a page. Whom it shows to whom, and how much
of each, is decided elsewhere and handed in. A fixed number of queries, however many people and days.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

import frappe
from frappe import _

from mkd_hrms.facts.attendance.calendars import read_calendars
from mkd_hrms.facts.attendance.workdays import Workdays
from mkd_hrms.facts.coverage_rules import UnitPlace, read_tree
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.unit_days import Colleague, read_colleagues
from mkd_hrms.facts.shown import Shown
from mkd_hrms.judging.board import letter
from mkd_hrms.judging.coverage import SERVICE_POINT, Group, groups_of, groups_of_points, looks_at
from mkd_hrms.policy.dates import days_between
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.policies.in_force import policy_by_day
from mkd_hrms.services.units import registers

WEEKS = (1, 2, 4)
# By date in which groups the people of a unit are counted.
GroupsByDay = Mapping[date, tuple[Group, ...]]
# How many more of a group may be away on a date, and how many are.
Room = tuple[int, int]


def window(start: str | date | None, weeks: int) -> tuple[date, date]:
	"""Monday of the first week, which is this one unless said, and Sunday of the last. Raises ValidationError."""
	if weeks not in WEEKS:
		frappe.throw(_("The board shows 1, 2 or 4 weeks. Choose one of them."))
	day = frappe.utils.getdate(start) if start else clock.today()
	monday = day - timedelta(days=day.weekday())
	return monday, monday + timedelta(days=7 * weeks - 1)


def of(people: Sequence[Shown], since: date, until: date) -> dict:
	"""The board of some people, in their order: units with their rooms, and of each person a letter for each date."""
	tree = read_tree(SiteDatabase())
	units: dict[str | None, list[Shown]] = {}
	for each in people:
		units.setdefault(each.department, []).append(each)
	groups = {unit: _groups(unit, tree, since, until) for unit in units if unit in tree}
	there = _read(people, groups, tree, since, until)
	rooms = _rooms(groups, there, tree)
	letters = _letters(people, there, since, until)
	days = list(days_between(since, until))
	return {
		"since": since,
		"days": len(days),
		"today": clock.today(),
		"units": [
			{
				"name": unit or "",
				"rooms": [_of_unit(groups, rooms, unit, day) for day in days] if unit in groups else [],
				"points": _of_points(groups.get(unit, {}), rooms, days),
				"people": [
					[each.employee, each.employee_name, int(each.in_full), letters.get(each.employee, "")]
					for each in members
				],
			}
			for unit, members in units.items()
		],
	}


def _groups(unit: str, tree: Mapping[str, UnitPlace], since: date, until: date) -> GroupsByDay:
	"""The groups in which a unit's people are counted, and its counters; those without a limit are left out."""
	policy_on = policy_by_day(tree[unit].company)
	chain = _chain(unit, tree)
	points = [point for point in registers.service_points() if point.department == unit]
	found = {}
	for day in days_between(since, until):
		if not (policy := policy_on(day)):
			continue
		groups = groups_of(chain, day, registers.coverage_rules(), policy)
		groups += groups_of_points(points, day, policy)
		found[day] = tuple(group for group in groups if not group.limits.refuses_nobody)
	return found


def _chain(unit: str, tree: Mapping[str, UnitPlace]) -> tuple[str, ...]:
	"""The unit and what stands above it, nearest first; only where a unit has a rule what is above matters."""
	if not registers.coverage_rules():
		return (unit,)
	above = [place for place in tree.values() if place.holds(tree[unit])]
	return tuple(place.name for place in sorted(above, key=lambda place: place.lft, reverse=True))


def _counted_in(group: Group, tree: Mapping[str, UnitPlace]) -> Collection[str]:
	"""The units whose people are counted in a group."""
	if group.kind == SERVICE_POINT:
		return ()
	if not group.together:
		return (group.name,)
	top = tree[group.name]
	return [place.name for place in tree.values() if top.holds(place)]


def _read(
	people: Iterable[Shown],
	groups: Mapping[str, GroupsByDay],
	tree: Mapping[str, UnitPlace],
	since: date,
	until: date,
) -> dict[str, Colleague]:
	"""Everybody shown, and everybody who is counted with them, by employee."""
	counted = {group for by_day in groups.values() for of_day in by_day.values() for group in of_day}
	units = {unit for group in counted for unit in _counted_in(group, tree)}
	others = {employee for group in counted for employee in group.employees}
	others |= {each.employee for each in people if each.department not in units}
	long_leave = max((group.long_leave_days for group in counted), default=0)
	found = {}
	for scope in (Scope(units=tuple(sorted(units))), Scope(employees=tuple(sorted(others)))):
		if scope.units or scope.employees:
			for colleague in read_colleagues(SiteDatabase(), scope, since, until, long_leave):
				found[colleague.record.employee] = colleague
	return found


def _rooms(
	groups: Mapping[str, GroupsByDay], there: Mapping[str, Colleague], tree: Mapping[str, UnitPlace]
) -> dict[tuple[Group, date], Room]:
	dates: dict[Group, set[date]] = {}
	for by_day in groups.values():
		for day, of_day in by_day.items():
			for group in of_day:
				dates.setdefault(group, set()).add(day)
	by_unit: dict[str | None, list[Colleague]] = {}
	for colleague in there.values():
		by_unit.setdefault(colleague.record.department, []).append(colleague)
	found = {}
	for group, days in dates.items():
		units = _counted_in(group, tree)
		own = [there[name] for name in group.employees if name in there]
		own += [colleague for unit in units for colleague in by_unit.get(unit, ())]
		for look in looks_at(group, own, days, units):
			found[group, look.day] = (look.room.room, look.there.mkd)
	return found


def _of_unit(
	groups: Mapping[str, GroupsByDay], rooms: Mapping[tuple[Group, date], Room], unit: str, day: date
) -> Room | None:
	"""Of the groups in which a unit is counted the one with the least room; None where nothing limits it."""
	of_day = groups[unit].get(day, ())
	found = (rooms[group, day] for group in of_day if group.kind != SERVICE_POINT)
	return min(found, default=None)


def _of_points(
	by_day: GroupsByDay, rooms: Mapping[tuple[Group, date], Room], days: Sequence[date]
) -> list[list]:
	"""The counters of a unit, each with its room by date."""
	titles = {
		group.name: group.title
		for of_day in by_day.values()
		for group in of_day
		if group.kind == SERVICE_POINT
	}
	found = []
	for name, title in titles.items():
		on = {day: group for day, of_day in by_day.items() for group in of_day if group.name == name}
		found.append([title, [rooms[on[day], day] if day in on else None for day in days]])
	return found


def _letters(
	people: Sequence[Shown], there: Mapping[str, Colleague], since: date, until: date
) -> dict[str, str]:
	"""Of somebody with several records, any of them may be the one shown."""
	by_person = {colleague.record.person: colleague for colleague in there.values()}
	records = [colleague.record for colleague in there.values()]
	workdays = Workdays(read_calendars(SiteDatabase(), records, since, until), since, until)
	found = {}
	for each in people:
		colleague = there.get(each.employee) or by_person.get(each.employee)
		if colleague:
			working = workdays.working(colleague.record)
			found[each.employee] = "".join(
				letter(colleague, day, works, each.in_full) for day, works in working.items()
			)
	return found
