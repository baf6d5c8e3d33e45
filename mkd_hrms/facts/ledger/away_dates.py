"""On which dates people work away, and which of these days are by circular: counts for an agency as a whole (W5, Q3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from pypika import Query
from pypika.functions import Count

from mkd_hrms.constants import COLLECTIVE_DAY
from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.ledger.days import DAY
from mkd_hrms.facts.people import EMPLOYEE


class CircularDate(NamedTuple):
	"""So many people of a unit whom a circular sends away on a date."""

	mkd_date: date
	circular: str | None
	department: str | None
	people: int


def count_by_date(database: Database, since: date, states: Iterable[str]) -> dict[date, int]:
	"""How many days of some states the ledger has on each date from one on."""

	def build(bind: Binder):
		query = Query.from_(DAY).select(DAY.mkd_date, Count("*")).groupby(DAY.mkd_date).orderby(DAY.mkd_date)
		return query.where((DAY.mkd_date >= bind(since)) & DAY.status.isin(bind.all(states)))

	return dict(rows(database, build))


def count_by_circular(
	database: Database, since: date, states: Iterable[str], until: date = date.max
) -> tuple[CircularDate, ...]:
	"""The days by circular of some states from since to until, both included, by date, circular and unit."""
	by = DAY.mkd_date, DAY.source_name, EMPLOYEE.department

	def build(bind: Binder):
		query = Query.from_(DAY).join(EMPLOYEE).on(EMPLOYEE.name == DAY.employee).select(*by, Count("*"))
		query = query.where((DAY.mkd_date >= bind(since)) & (DAY.mkd_date <= bind(until)))
		query = query.where(DAY.status.isin(bind.all(states)) & (DAY.source_doctype == bind(COLLECTIVE_DAY)))
		for column in by:
			query = query.groupby(column).orderby(column)
		return query

	return tuple(CircularDate(*row) for row in rows(database, build))
