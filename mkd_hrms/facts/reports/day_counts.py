"""Days of the ledger, counted by date and unit, with whose they are where that is asked. One statement for an agency.

Read from an index alone, and grouped in its order (`mkd_period` in setup/indexes.py), so that the database sorts nothing.
Of whom a group speaks comes in one text: a row for each day of everybody would take longer to hand over than to count.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pypika import CustomFunction, Query
from pypika.functions import Count
from pypika.terms import Criterion, Term

from mkd_hrms.facts.database.queries import Binder, Database, check_whole, rows
from mkd_hrms.facts.ledger.days import DAY
from mkd_hrms.facts.people import EMPLOYEE
from mkd_hrms.facts.reports.narrowed import FEW, Narrowed

JsonArrayAgg = CustomFunction("JSON_ARRAYAGG", ["term"])
# In the order of the index; of one company, but the index knows that only if it is named.
GROUP = (DAY.mkd_date, DAY.company, DAY.department, DAY.status, DAY.source_doctype)


class DayCount(NamedTuple):
	"""So many days of a unit on one date, in one state, from one kind of document."""

	mkd_date: date
	department: str | None
	status: str
	source_doctype: str
	days: int


class PersonDays(NamedTuple):
	"""So many days of one person of a unit in a month ("2026-11")."""

	month: str
	department: str | None
	employee: str
	status: str
	source_doctype: str
	days: int


def read_days(
	database: Database, narrowed: Narrowed, since: date, until: date, states: Collection[str]
) -> Iterator[DayCount]:
	"""The days of some states from since to until, both included."""
	for *group, days, people in _read(database, narrowed, since, until, states, named=narrowed.is_many):
		if count := sum(map(narrowed.shows, listed(people, days))) if narrowed.is_many else days:
			yield DayCount(*group, count)


def read_days_of_people(
	database: Database, narrowed: Narrowed, since: date, until: date, states: Collection[str]
) -> Iterator[PersonDays]:
	"""The same by whose they are, in whole months."""
	found: dict[tuple, Counter] = defaultdict(Counter)
	for day, *group, days, people in _read(database, narrowed, since, until, states, named=True):
		found[(month_of(day), *group)].update(listed(people, days))
	for (month, department, *kind), people in found.items():
		for employee, days in people.items():
			if narrowed.shows(employee):
				yield PersonDays(month, department, employee, *kind, days)


def _read(
	database: Database, narrowed: Narrowed, since: date, until: date, states: Collection[str], named: bool
) -> Iterator[tuple]:
	"""Date, unit, state and kind of document, how many days, and whose they are, where that is asked."""
	if narrowed.is_empty:
		return

	def build(bind: Binder):
		query = Query.from_(DAY).select(*GROUP, Count("*")).groupby(*GROUP)
		query = query.where(within(DAY.mkd_date, since, until, bind) & narrowed.of(DAY, bind))
		query = query.where(DAY.status.isin(bind.all(states)))
		return query.select(JsonArrayAgg(DAY.employee)) if named else query

	for day, _company, *rest in rows(database, build):
		yield (day, *rest) if named else (day, *rest, None)


@lru_cache
def month_of(day: date) -> str:
	"""The month of a date, as text that sorts."""
	return f"{day:%Y-%m}"


def listed(text: str, count: int) -> list:
	"""What JsonArrayAgg put into one text. Raises ValueError where the database cut it short."""
	found = json.loads(text) if text.endswith("]") else []
	check_whole(found, count)
	return found


def read_names(database: Database, employees: Collection[str]) -> dict[str, str]:
	"""By employee the name of some people; of many everybody's names are read."""
	if not employees:
		return {}

	def build(bind: Binder):
		query = Query.from_(EMPLOYEE).select(EMPLOYEE.name, EMPLOYEE.employee_name)
		if len(employees) <= FEW:
			query = query.where(EMPLOYEE.name.isin(bind.all(sorted(employees))))
		return query

	return dict(rows(database, build))


def within(column: Term, since: date, until: date, bind: Binder) -> Criterion:
	"""The condition that a date lies in a period, both its ends included."""
	return (column >= bind(since)) & (column <= bind(until))
