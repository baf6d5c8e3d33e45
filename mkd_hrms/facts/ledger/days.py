"""The ledger as it stands: which MKD days a person uses, and which a document holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from pypika import Query, Table
from pypika.terms import Criterion

from mkd_hrms.constants import COLLECTIVE_DAY
from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.people import EMPLOYEE
from mkd_hrms.policy.model import RELEASED

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

	@property
	def is_collective(self) -> bool:
		"""Whether it is by circular, without an application."""
		return self.source_doctype == COLLECTIVE_DAY


@dataclass(frozen=True, slots=True)
class BookedDay(UsedDay):
	"""A used day, and whose it is: through which Employee record, in which unit and under which limit (days) of its week
	it was booked."""

	person: str
	employee: str
	limit: int
	department: str | None
	company: str


@dataclass(frozen=True, slots=True)
class PlacedDay(UsedDay):
	"""A used day, by whom it is counted, and the limit (days) of its week when it was booked."""

	person: str
	employee: str
	limit: int


def read_used_days(database: Database, person: str, weeks: Iterable[str]) -> tuple[UsedDay, ...]:
	"""The used days of a person in some ISO weeks, by date. A released day belongs to no person any more."""
	wanted = sorted(weeks)
	if not wanted:
		return ()
	return _read(database, lambda bind: (DAY.person == bind(person)) & DAY.iso_week.isin(bind.all(wanted)))


def read_used_of(
	database: Database, persons: Iterable[str], since: date, until: date
) -> dict[str, tuple[UsedDay, ...]]:
	"""By person, the used days from since to until, both included, by date.

	All days of the period are read and the others' are passed over: for an agency as a whole.
	"""

	def build(bind: Binder):
		return (
			Query.from_(DAY)
			.select(DAY.person, *COLUMNS)
			.where((DAY.mkd_date >= bind(since)) & (DAY.mkd_date <= bind(until)))
			.where(DAY.person.notnull() & (DAY.status != bind(RELEASED)))
			.orderby(DAY.mkd_date)
		)

	wanted, found = frozenset(persons), {}
	for person, *row in rows(database, build):
		if person in wanted:
			found.setdefault(person, []).append(UsedDay(*row))
	return {person: tuple(days) for person, days in found.items()}


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


def read_days_of_many(
	database: Database, doctype: str, names: Collection[str]
) -> dict[str, tuple[UsedDay, ...]]:
	"""The same by document, for many."""
	if not names:
		return {}
	found: dict[str, tuple[UsedDay, ...]] = {}
	for day in _read(
		database,
		lambda bind: (
			DAY.source_name.isin(bind.all(names))
			& (DAY.source_doctype == bind(doctype))
			& (DAY.status != bind(RELEASED))
		),
	):
		found[day.source_name] = (*found.get(day.source_name, ()), day)
	return found


def read_dates_of_circular(
	database: Database, circular: str, employees: Collection[str]
) -> dict[str, dict[date, bool | None]]:
	"""By employee and date the days that a circular gave, and whether each stands or somebody took it back.

	None where it gave way to a document: when that is gone, the circular gives it again.
	"""

	def build(bind: Binder):
		query = Query.from_(DAY).select(DAY.employee, DAY.mkd_date, DAY.status, DAY.superseded_by)
		query = query.where(
			(DAY.source_name == bind(circular)) & (DAY.source_doctype == bind(COLLECTIVE_DAY))
		)
		return query.where(DAY.employee.isin(bind.all(sorted(employees))))

	found: dict[str, dict[date, bool | None]] = {}
	for employee, day, status, superseded_by in rows(database, build) if employees else ():
		his = found.setdefault(employee, {})
		if status != RELEASED:
			his[day] = True
		elif not superseded_by:
			his[day] = his.get(day) or False
		else:
			his.setdefault(day, None)
	return found


def read_booked_by(
	database: Database, doctype: str, name: str, since: date, states: Collection[str]
) -> tuple[BookedDay, ...]:
	"""The days of some states that a document holds from a date on, by date, and whose they are."""

	def condition(bind: Binder) -> Criterion:
		its = (DAY.source_name == bind(name)) & (DAY.source_doctype == bind(doctype))
		return its & (DAY.mkd_date >= bind(since)) & DAY.status.isin(bind.all(states))

	return tuple(day for days in _read_booked(database, condition).values() for day in days)


def read_waiting_by_circular(database: Database, status: str, until: date) -> tuple[BookedDay, ...]:
	"""The days by circular that are in some state although their date has come."""

	def condition(bind: Binder) -> Criterion:
		by_circular = DAY.source_doctype == bind(COLLECTIVE_DAY)
		return by_circular & (DAY.status == bind(status)) & (DAY.mkd_date <= bind(until))

	return tuple(day for days in _read_booked(database, condition).values() for day in days)


def read_day_of_person(database: Database, employee: str, day: date, states: Iterable[str]) -> str | None:
	"""The day of some states that somebody has on a date, through this Employee record or another one of his NIP."""

	def build(bind: Binder):
		def on_that_day() -> Criterion:
			return (DAY.mkd_date == bind(day)) & DAY.status.isin(bind.all(states))

		own = Query.from_(DAY).select(DAY.name).where((DAY.employee == bind(employee)) & on_that_day())
		his = Query.from_(EMPLOYEE).join(DAY).on(DAY.person == EMPLOYEE.mkd_nip).select(DAY.name)
		his = his.where((EMPLOYEE.name == bind(employee)) & (EMPLOYEE.mkd_nip > bind("")) & on_that_day())
		# Two look-ups by index; one condition for both might be none.
		return own.union_all(his)

	return next((name for (name,) in rows(database, build)), None)


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


def read_used_by_person(
	database: Database, persons: Iterable[str], since: date, until: date, states: Iterable[str]
) -> dict[str, tuple[BookedDay, ...]]:
	"""By person, days of some states from since to until, both included, through whichever Employee record."""

	def condition(bind: Binder) -> Criterion:
		theirs = DAY.person.isin(bind.all(sorted(persons))) & DAY.status.isin(bind.all(states))
		return theirs & (DAY.mkd_date >= bind(since)) & (DAY.mkd_date <= bind(until))

	return _read_booked(database, condition)


def read_used_ahead(
	database: Database,
	since: date,
	states: Iterable[str],
	employee: str | None = None,
	company: str | None = None,
) -> dict[str, tuple[UsedDay, ...]]:
	"""By employee, the days of some states from a date on: of somebody, of a company, or of everybody."""

	def build(bind: Binder):
		query = Query.from_(DAY).select(DAY.employee, *COLUMNS)
		query = query.where((DAY.mkd_date >= bind(since)) & DAY.status.isin(bind.all(states)))
		for column, name in ((DAY.employee, employee), (DAY.company, company)):
			if name:
				query = query.where(column == bind(name))
		return query.orderby(DAY.mkd_date)

	found: dict[str, list[UsedDay]] = {}
	for owner, *row in rows(database, build):
		found.setdefault(owner, []).append(UsedDay(*row))
	return {owner: tuple(days) for owner, days in found.items()}


def read_booked(database: Database, persons: Iterable[str], since: date) -> dict[str, tuple[BookedDay, ...]]:
	"""By person, the used days from a date on, through whichever Employee record, in order of date."""
	return _read_booked(
		database, lambda bind: DAY.person.isin(bind.all(sorted(persons))) & (DAY.mkd_date >= bind(since))
	)


def _read_booked(
	database: Database, condition: Callable[[Binder], Criterion]
) -> dict[str, tuple[BookedDay, ...]]:
	def build(bind: Binder):
		query = Query.from_(DAY).select(*COLUMNS, DAY.person, DAY.employee, DAY.limit_at_booking)
		query = query.select(DAY.department, DAY.company)
		return query.where(DAY.person.notnull() & condition(bind)).orderby(DAY.mkd_date)

	found: dict[str, list[BookedDay]] = {}
	for *values, department, company in rows(database, build):
		day = BookedDay(*values, department or None, company)
		found.setdefault(day.person, []).append(day)
	return {person: tuple(days) for person, days in found.items()}


def read_placed(
	database: Database, employees: Iterable[str], persons: Iterable[str]
) -> tuple[PlacedDay, ...]:
	"""The used days of some Employee records, and all that are counted for some persons, by date."""

	def build(bind: Binder):
		theirs = DAY.employee.isin(bind.all(employees)) | DAY.person.isin(bind.all(persons))
		query = Query.from_(DAY).select(*COLUMNS, DAY.person, DAY.employee, DAY.limit_at_booking)
		return query.where(DAY.person.notnull() & theirs).orderby(DAY.mkd_date)

	return tuple(PlacedDay(*row) for row in rows(database, build))


def read_holders(
	database: Database,
	company: str,
	employees: Iterable[str],
	after: date,
	states: Iterable[str],
	inactive: bool,
) -> tuple[str, ...]:
	"""The employees of a company, or those of them who are named, with days of some states after a date.

	`inactive` leaves only those who are not active.
	"""
	named = sorted(employees)

	def build(bind: Binder):
		query = (
			Query.from_(DAY)
			.join(EMPLOYEE)
			.on(EMPLOYEE.name == DAY.employee)
			.select(EMPLOYEE.name)
			.distinct()
			.where(DAY.status.isin(bind.all(states)) & (DAY.mkd_date > bind(after)))
			.where(EMPLOYEE.company == bind(company))
			.orderby(EMPLOYEE.name)
		)
		if inactive:
			query = query.where(EMPLOYEE.status.isnull() | (EMPLOYEE.status != bind("Active")))
		return query.where(EMPLOYEE.name.isin(bind.all(named))) if named else query

	return tuple(name for (name,) in rows(database, build))


def _read(database: Database, condition: Callable[[Binder], Criterion]) -> tuple[UsedDay, ...]:
	def build(bind: Binder):
		return Query.from_(DAY).select(*COLUMNS).where(condition(bind)).orderby(DAY.mkd_date)

	return tuple(UsedDay(*row) for row in rows(database, build))
