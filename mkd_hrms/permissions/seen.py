"""What a list shows somebody, as a condition that an index can follow: whose rows they are, each employee by name.

The platform asks for this condition in every list, count and search, over tables that grow with every week. So it is
asked first who his people are and who else a row names him for; then the rows of these employees are all that is
looked at, however many there are of others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

import frappe

from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.headed import headed
from mkd_hrms.facts.limits import Limits, condition_of, led_by, names_one_of, read_names
from mkd_hrms.facts.own_cases import read_who_is_named_for
from mkd_hrms.facts.superiors import below
from mkd_hrms.permissions.who import employees_of, leads, sees_all
from mkd_hrms.services.people import hr

# Of more people than these a list of names is no shorter way than their place in the tree.
LISTED = 500
# More than any agency has.
MOST = 10_000_000


class Asked(NamedTuple):
	"""A column that names a user who is asked about the row, or has decided it, and what else must be true of the row."""

	field: str
	user: str
	also: str = ""


class People(NamedTuple):
	"""Some employees: by name, or where these are too many by the condition that finds them."""

	names: frozenset[str]
	query: str = ""


def condition(user: str, doctype: str, above: bool, asked: Callable[[], Iterable[Asked]] = lambda: ()) -> str:
	"""The condition of a list: nothing for who sees all, unless User Permissions limit him; else whose rows he sees.

	These are his own, what User Permissions leave him, with `above` those of the people below him, and the rows that
	name him as `asked` says.
	"""
	return _written(user, doctype, _conditions(user, doctype, above), asked)


def condition_of_waiting(
	user: str, doctype: str, asked: Callable[[], Iterable[Asked]], states: Collection[str]
) -> str:
	"""The same for what may wait for him in some states: of the people below him only those about whom he decides himself."""
	conditions = _left(user, doctype)
	if conditions is not None and leads(user):
		conditions += decided_about(user)
	return _written(user, doctype, conditions, asked, states)


def decided_about(user: str) -> list[str]:
	"""By which conditions on his record a superior decides about somebody himself."""
	own = [record.name for record in employees_of(user) if record.status == "Active"]
	return [*filter(None, (led_by(own), headed(user)))]


def names(user: str, doctype: str) -> frozenset[str] | None:
	"""Whose rows a user sees besides his own, by name, for what is only counted; None for everybody's."""
	conditions = _conditions(user, doctype, above=True)
	if conditions is None:
		return None
	return frozenset().union(*(read_names(condition, MOST) for condition in conditions))


def all_names(
	user: str, doctype: str, asked: Callable[[], Iterable[Asked]] = lambda: ()
) -> frozenset[str] | None:
	"""The employees in the rows that `condition` with `above` shows, by name; None for everybody's."""
	found = names(user, doctype)
	if found is None:
		return None
	others = read_who_is_named_for(SiteDatabase(), doctype, [each[:2] for each in asked()])
	return found | others | {record.name for record in employees_of(user)}


def _conditions(user: str, doctype: str, above: bool) -> list[str] | None:
	"""By which conditions on his record somebody is one of a user's people; None where everybody is."""
	conditions = _left(user, doctype)
	if conditions is not None and above and leads(user):
		conditions += [below(record) for record in employees_of(user) if record.status == "Active"]
		conditions += filter(None, [headed(user)])
	return conditions


def _left(user: str, doctype: str) -> list[str] | None:
	"""What User Permissions leave who sees all, as conditions; None where that is everybody."""
	limits = hr.limits_of(user, doctype) if sees_all(user) else None
	if sees_all(user) and not limits:
		return None
	return [condition_of(limits)] if limits else []


def _written(
	user: str,
	doctype: str,
	conditions: list[str] | None,
	asked: Callable[[], Iterable[Asked]],
	states: Collection[str] = (),
) -> str:
	if conditions is None:
		return ""
	people = _people(frozenset(record.name for record in employees_of(user)), conditions)
	return f"({_about(doctype, people, list(asked()), states)})"


def left(doctype: str, limits: Limits) -> str:
	"""The condition of a list of what HR alone keeps: the rows of whom User Permissions leave, and those that name nobody.

	Of more people than a list names nearly every row is left, so each row is asked instead as it comes: were it a
	condition by itself, the database could begin with the people and read all rows of theirs.
	"""
	column, people = f"`tab{doctype}`.`employee`", _people(frozenset(), [condition_of(limits)])
	if people.query:
		return f"({column} is null or {column} = '' or {names_one_of(column, people.query)})"
	return f"({column} is null or {column} in ({_listed(people.names | {''})}))"


def _people(own: frozenset[str], conditions: Collection[str]) -> People:
	found = own
	for condition in conditions:
		found |= read_names(condition, LISTED + 1)
		if len(found) > LISTED:
			first = [f"`name` in ({_listed(own)})"] if own else []
			return People(frozenset(), " or ".join(f"({each})" for each in (*first, *conditions)))
	return People(found)


def _about(doctype: str, people: People, asked: Collection[Asked], states: Collection[str]) -> str:
	table = f"`tab{doctype}`"
	column, names = f"{table}.`employee`", people.names
	found = [f"{column} in ({_listed(names)})"] if names else []
	if people.query:
		found = [names_one_of(column, people.query)]
	pairs = [each[:2] for each in asked]
	# Whoever leads many decided mostly about his own; without a second condition the database may begin with them.
	others = read_who_is_named_for(SiteDatabase(), doctype, pairs, states, but=people.query) - names
	if not others:
		return " or ".join(found) or "1 = 0"
	named = " or ".join(_names(table, each) for each in asked)
	if len(others) > LISTED:
		return " or ".join((*found, named))
	if people.query:
		return " or ".join((*found, f"({column} in ({_listed(others)}) and ({named}))"))
	return f"{column} in ({_listed(names | others)}) and ({' or '.join((*found, named))})"


def _names(table: str, asked: Asked) -> str:
	named = f"{table}.`{asked.field}` = {_escaped(asked.user)}"
	return f"({named} and {asked.also})" if asked.also else named


def _listed(names: Iterable[str]) -> str:
	return ", ".join(map(_escaped, sorted(names)))


def _escaped(value: str) -> str:
	return frappe.db.escape(value, percent=False)
