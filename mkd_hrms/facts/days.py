"""The ledger as it stands: which MKD days a person uses, and which a document holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from pypika import Query, Table
from pypika.terms import Criterion

from mkd_hrms.facts.database import Binder, Database, rows
from mkd_hrms.facts.scope import Scope
from mkd_hrms.policy.quota import RELEASED

DAY = Table("tabMKD Day")
COLUMNS = (DAY.name, DAY.mkd_date, DAY.iso_week, DAY.slot, DAY.status, DAY.source_doctype, DAY.source_name)


@dataclass(frozen=True, slots=True)
class UsedDay:
	"""A day that holds a place in its week, and the document it came from."""

	name: str
	mkd_date: date
	iso_week: str
	slot: int
	status: str
	source_doctype: str
	source_name: str


def read_used_days(database: Database, person: str, weeks: Iterable[str]) -> tuple[UsedDay, ...]:
	"""The used days of a person in some ISO weeks, by date. A released day belongs to no person any more."""
	wanted = sorted(weeks)
	if not wanted:
		return ()
	return _read(database, lambda bind: (DAY.person == bind(person)) & DAY.iso_week.isin(bind.all(wanted)))


def read_days_of(database: Database, doctype: str, name: str) -> tuple[UsedDay, ...]:
	"""The used days that a document holds, by date: they are its own, whatever its person is called by now."""
	return _read(
		database,
		lambda bind: (
			(DAY.source_name == bind(name))
			& (DAY.source_doctype == bind(doctype))
			& (DAY.status != bind(RELEASED))
		),
	)


def read_used_between(
	database: Database, scope: Scope | None, since: date, until: date, states: Iterable[str]
) -> dict[str, tuple[UsedDay, ...]]:
	"""By employee, the days of some states from since to until, both included; without a scope of everybody."""

	def build(bind: Binder):
		query = (
			Query.from_(DAY)
			.select(DAY.employee, *COLUMNS)
			.where((DAY.mkd_date >= bind(since)) & (DAY.mkd_date <= bind(until)))
			.where(DAY.status.isin(bind.all(states)))
			.orderby(DAY.mkd_date)
		)
		return query.where(scope.has(DAY.employee, bind)) if scope else query

	found: dict[str, list[UsedDay]] = {}
	for employee, *row in rows(database, build):
		found.setdefault(employee, []).append(UsedDay(*row))
	return {employee: tuple(days) for employee, days in found.items()}


def _read(database: Database, condition: Callable[[Binder], Criterion]) -> tuple[UsedDay, ...]:
	def build(bind: Binder):
		return Query.from_(DAY).select(*COLUMNS).where(condition(bind)).orderby(DAY.mkd_date)

	return tuple(UsedDay(*row) for row in rows(database, build))
