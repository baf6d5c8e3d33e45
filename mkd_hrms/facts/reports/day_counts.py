"""Days of the ledger, counted: by unit and date, or by unit, person and month. One statement for an agency.

Read from an index alone (setup/indexes.py): neither names nor what a day came from in particular is asked of a row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from pypika import Query
from pypika.enums import DatePart
from pypika.functions import Count, Extract
from pypika.queries import QueryBuilder
from pypika.terms import Criterion, Term

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.ledger.days import DAY
from mkd_hrms.facts.people import EMPLOYEE
from mkd_hrms.facts.reports.narrowed import Narrowed

COUNTED = ("status", "source_doctype", "days")


class UnitDays(NamedTuple):
	"""So many days of a unit on one date, in one state, from one kind of document."""

	department: str | None
	mkd_date: date
	status: str
	source_doctype: str
	days: int


class MonthDays(NamedTuple):
	"""So many days of a unit, or of one person of it, in a month ("2026-11")."""

	department: str | None
	employee: str | None
	employee_name: str | None
	month: str
	status: str
	source_doctype: str
	days: int


def read_days_of_units(
	database: Database, narrowed: Narrowed, since: date, until: date, states: Collection[str]
) -> Sequence[UnitDays]:
	"""The days of some states from since to until, both included."""
	if narrowed.is_empty:
		return []

	def build(bind: Binder):
		by = (DAY.department, DAY.mkd_date, DAY.status, DAY.source_doctype)
		return (
			Query.from_(DAY)
			.select(*by, Count("*"))
			.where(narrowed.of(DAY, bind) & within(DAY.mkd_date, since, until, bind))
			.where(DAY.status.isin(bind.all(states)))
			.groupby(*by)
		)

	return [UnitDays(*row) for row in rows(database, build)]


def read_days_of_months(
	database: Database,
	narrowed: Narrowed,
	since: date,
	until: date,
	states: Collection[str],
	by_person: bool,
) -> Sequence[MonthDays]:
	"""The days of some states by month, unit, state and kind of document, and `by_person` by whose they are."""
	if narrowed.is_empty:
		return []

	def build(bind: Binder):
		whose = (DAY.department, DAY.employee) if by_person else (DAY.department,)
		by = (*whose, *year_and_month(DAY.mkd_date), DAY.status, DAY.source_doctype)
		counted = Query.from_(DAY).select(*by, Count("*").as_("days")).groupby(*by)
		counted = counted.where(narrowed.of(DAY, bind) & within(DAY.mkd_date, since, until, bind))
		return named(counted.where(DAY.status.isin(bind.all(states))), by_person, COUNTED)

	found = rows(database, build)
	return [MonthDays(*row) for row in with_month(found, by_person)]


def named(counted: QueryBuilder, by_person: bool, columns: Sequence[str]) -> QueryBuilder:
	"""Groups of a unit, an employee, a year, a month and some columns, with the employee's name behind him.

	The names are read once the groups are made.
	"""
	if not by_person:
		return counted
	counted = counted.as_("counted")
	return (
		Query.from_(counted)
		.left_join(EMPLOYEE)
		.on(EMPLOYEE.name == counted.employee)
		.select(counted.department, counted.employee, EMPLOYEE.employee_name)
		.select(counted.of_year, counted.of_month, *(counted[name] for name in columns))
	)


def with_month(found: Iterable[tuple], by_person: bool) -> Iterator[tuple]:
	"""The rows of `named` as unit, employee, his name, month and the rest; where nobody is named, nobody is."""
	for unit, *rest in found:
		whose = [unit, *rest[:2]] if by_person else [unit, None, None]
		year, month, *columns = rest[2:] if by_person else rest
		yield (*whose, f"{year}-{month:02d}", *columns)


def year_and_month(column: Term) -> tuple[Term, Term]:
	"""The year and the month of a date, each by itself: every database knows these."""
	return (
		Extract(DatePart.year, column).as_("of_year"),
		Extract(DatePart.month, column).as_("of_month"),
	)


def within(column: Term, since: date, until: date, bind: Binder) -> Criterion:
	"""The condition that a date lies in a period, both its ends included."""
	return (column >= bind(since)) & (column <= bind(until))
