"""Room in the unit (rule W5): a hint for who applies where there is none, and a refusal of one approval too many.

An application is never refused for it: somebody may give his day back. What is approved is counted behind a lock of the
unit, so that of many approvals at once only as many stand as there is room for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date

import frappe
from frappe import _

from mkd_hrms.facts.agency import read_units_below
from mkd_hrms.facts.database.queries import Database
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import Beside, SiteDatabase, another_connection
from mkd_hrms.facts.ledger.unit_days import read_colleagues
from mkd_hrms.facts.people import Person, read_chain
from mkd_hrms.judging.coverage import SERVICE_POINT, Group, Look, groups_of, groups_of_points, looks_at
from mkd_hrms.policy.coverage import limits_of_policy
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.platform.locks import hold_until_end
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.services.units import registers
from mkd_hrms.services.units.messages import (
	hint_text,
	no_unit_text,
	refusal_text,
	swap_text,
	tell_superior_text,
)

# Seconds; each approval takes a fraction of one.
PATIENCE = 30


class NoRoom(frappe.ValidationError):
	"""As many of a unit work away on a date as may; nothing is approved."""


class UnitBusy(frappe.ValidationError):
	"""Somebody else approves days of the same unit, and it takes too long."""


def hint(person: Person, dates: Collection[date], request: str) -> None:
	"""Tell an applicant where his unit has no room now; his application goes its way all the same."""
	if not person.department and _limited(person, dates):
		frappe.msgprint(no_unit_text(person), title=_("Room Unknown"), indicator="orange")
	found = looks(person, _ahead(dates))
	full = [look for look in (look.without(request) for look in found) if look.room.room < 1]
	if full:
		frappe.msgprint(hint_text(full, person), title=_("No Room in the Unit"), indicator="orange")


def _limited(person: Person, dates: Iterable[date]) -> bool:
	"""Whether the policy limits how many of a unit are away on one of some dates, whichever unit that is."""
	policies = (policy_on(person.company, day) for day in _ahead(dates))
	return any(not limits_of_policy(policy).refuses_nobody for policy in policies)


def tell_superior(person: Person, dates: Collection[date], request: str) -> None:
	"""Tell a superior whose consent goes on to HR where there is no room now; HR is refused if there is none then."""
	found = looks(person, _ahead(dates))
	full = [look for look in (look.without(request) for look in found) if look.room.room < 1]
	if full:
		frappe.msgprint(tell_superior_text(full, person), title=_("No Room in the Unit"), indicator="orange")


def refuse_without_room(person: Person, dates: Iterable[date], request: str) -> None:
	"""Refuse an approval for which a unit has no room; a date that is over is only written down.

	Whoever approves in the same unit waits until this transaction ends. Raises NoRoom, UnitBusy.
	"""
	groups = _groups(person, _ahead(dates))
	lock_groups(group for day_groups in groups.values() for group in day_groups)
	if full := _full(groups, request):
		frappe.throw(refusal_text(full, person), NoRoom, title=_("No Room in the Unit"))


def groups_that_lose(taker: Person, giver: Person, dates: Iterable[date]) -> dict[date, tuple[Group, ...]]:
	"""By date the groups that have one fewer in the office when one takes the day of the other: those of the taker alone."""
	ahead = _ahead(dates)
	held = _groups(giver, ahead)
	lose = {
		day: tuple(group for group in groups if group not in held.get(day, ()))
		for day, groups in _groups(taker, ahead).items()
	}
	return {day: groups for day, groups in lose.items() if groups}


def refuse_swap_without_room(taker: Person, groups: dict[date, tuple[Group, ...]], swap: str) -> None:
	"""Refuse a swap that takes somebody from where he is needed; the caller holds the groups. Raises NoRoom."""
	if full := _full(groups, swap):
		frappe.throw(swap_text(full, taker), NoRoom, title=_("No Room in the Unit"))


def groups_of_person(person: Person, dates: Iterable[date]) -> set[Group]:
	"""Whom a job that books days has to queue behind, before it does, by `lock_groups`."""
	return {group for day_groups in _groups(person, _ahead(dates)).values() for group in day_groups}


def days_without_room(person: Person, dates: Iterable[date], request: str) -> set[date]:
	"""The dates on which a unit of somebody has no room for one more; the caller holds its groups."""
	return {look.day for look in _full(_groups(person, _ahead(dates)), request)}


def _full(groups: dict[date, tuple[Group, ...]], request: str) -> list[Look]:
	"""The groups without room for a request, counted with what was committed until now."""
	if not groups:
		return []
	with another_connection() as connection:
		found = list(_looks(groups, Beside(connection)))
	return [look for look in (look.without(request) for look in found) if look.room.room < 1]


@contextmanager
def seen_afresh(person: Person, dates: Collection[date]) -> Iterator[Database | None]:
	"""A connection that sees what was committed until now, where a group of somebody is limited on one of some dates."""
	if not _groups(person, dates):
		yield None
		return
	with another_connection() as connection:
		yield Beside(connection)


def _ahead(dates: Iterable[date]) -> list[date]:
	"""What is over is only written down, by HR."""
	today = clock.today()
	return [day for day in dates if day >= today]


def lock_groups(groups: Iterable[Group]) -> None:
	"""Queue behind whoever counts one of these groups, until the transaction ends; always in the same order.

	After the lock of a request and before that of a person. Raises UnitBusy.
	"""
	works = {f"coverage {group.kind} {group.name}" for group in groups}
	if not hold_until_end(works, PATIENCE):
		frappe.throw(_("Other days of this unit are being decided at this moment. Try again."), UnitBusy)


def looks(person: Person, dates: Collection[date], fresh: Database | None = None) -> list[Look]:
	"""The groups in which somebody is counted, on each of some dates, as this transaction sees them.

	Groups that refuse nobody are left out. `fresh` is another connection, which sees what was committed meanwhile.
	"""
	return list(_looks(_groups(person, dates), fresh))


def _groups(person: Person, dates: Collection[date]) -> dict[date, tuple[Group, ...]]:
	"""By date the groups that limit anything."""
	rules, chain = registers.coverage_rules(), None
	points = [point for point in registers.service_points() if person.employee in point.employees]
	found = {}
	for day in sorted(dates):
		policy = policy_on(person.company, day)
		if chain is None:
			chain = _chain(person.department, bool(rules))
		groups = (*groups_of(chain, day, rules, policy), *groups_of_points(points, day, policy))
		if groups := tuple(group for group in groups if not group.limits.refuses_nobody):
			found[day] = groups
	return found


def _chain(department: str | None, with_above: bool) -> tuple[str, ...]:
	"""A unit and those above it, where a rule of these could hold; nobody is counted without a unit."""
	if not department:
		return ()
	if not with_above:
		return (department,)
	return tuple(unit.name for unit in read_chain(SiteDatabase(), department))


def _looks(groups: dict[date, tuple[Group, ...]], fresh: Database | None = None) -> Iterator[Look]:
	by_group: dict[Group, list[date]] = {}
	for day, of_day in groups.items():
		for group in of_day:
			by_group.setdefault(group, []).append(day)
	for group, dates in by_group.items():
		yield from look_at(group, dates, fresh)


def look_at(group: Group, dates: Collection[date], fresh: Database | None = None) -> tuple[Look, ...]:
	"""One group on some dates. `fresh` is another connection, which sees what was committed meanwhile."""
	database = SiteDatabase()
	if group.kind == SERVICE_POINT:
		scope, units = Scope(employees=group.employees), ()
	else:
		units = read_units_below(database, group.name) if group.together else [group.name]
		scope = Scope(units=tuple(units))
	people = read_colleagues(database, scope, min(dates), max(dates), group.long_leave_days, fresh)
	return looks_at(group, people, dates, units)
