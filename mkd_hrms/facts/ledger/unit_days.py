"""The people of units on some dates, and who of them is away: on leave, on a trip, in training, or with an MKD day (W5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from operator import attrgetter

from pypika import Query

from mkd_hrms.facts.attendance.away import Away, read_away
from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.identity import widened
from mkd_hrms.facts.ledger.days import DAY
from mkd_hrms.facts.people import Person, read_people
from mkd_hrms.policy.coverage import AWAY_STATES, Where
from mkd_hrms.policy.dates import days_between
from mkd_hrms.policy.model import PENDING

LEAVE = "Leave Application"
# Of more names MariaDB makes a table of its own, begins with the dates, and reads the days of everybody.
NAMED_AT_ONCE = 900


@dataclass(frozen=True, slots=True)
class DayOf:
	"""A row of the ledger: whose day it is through which Employee record, and how it stood when it was written."""

	name: str
	employee: str
	mkd_date: date
	status: str
	source_doctype: str
	source_name: str
	modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Colleague:
	"""Somebody of a unit, once, whatever number of Employee records he has: `record` is the active one.

	`away` are approved periods, `long_leave` the days of leave that take him out of the headcount, `days` his used days.
	"""

	record: Person
	away: tuple[Away, ...] = ()
	long_leave: frozenset[date] = frozenset()
	days: Mapping[date, DayOf] = field(default_factory=dict)

	def serves(self, day: date) -> bool:
		"""Whether a day lies between joining and leaving."""
		joined, last = self.record.joined_on, self.record.last_day
		return (not joined or joined <= day) and (not last or day <= last)

	def period_on(self, day: date) -> Away | None:
		"""What takes him away for the whole of a day; leave before anything else."""
		whole = sorted(
			(entry for entry in self.away if entry.covers(day)), key=lambda entry: entry.kind != LEAVE
		)
		return whole[0] if whole else None

	def without(self, document: str) -> Colleague:
		"""The same person without the days that a document holds."""
		days = {day: entry for day, entry in self.days.items() if entry.source_name != document}
		return replace(self, days=days)

	def on(self, day: date) -> Where:
		"""Where he is on a date. Leave and trips come before an MKD day, which they are about to release."""
		if not self.serves(day) or day in self.long_leave:
			return Where.OUT
		if period := self.period_on(day):
			return Where.LEAVE if period.kind == LEAVE else Where.TRIP
		booked = self.days.get(day)
		if booked and booked.status in AWAY_STATES:
			return Where.MKD
		return Where.PENDING if booked and booked.status == PENDING else Where.OFFICE


def read_colleagues(
	database: Database,
	scope: Scope,
	since: date,
	until: date,
	long_leave_days: int,
	fresh: Database | None = None,
) -> tuple[Colleague, ...]:
	"""The active people of a scope with what takes them away from since to until, by employee.

	A fixed number of queries, and one more for each nine hundred people. `fresh` is another connection to the same database that sees what was committed after the
	transaction of the first one began; of a day that both know the younger state counts.
	"""
	people = {
		name: person for name, person in read_people(database, scope).items() if person.status == "Active"
	}
	if not people:
		return ()
	scope = widened(database, scope, people)
	around = timedelta(days=long_leave_days)
	away = read_away(database, scope, since - around, until + around)
	days = _days_of(database, fresh, scope, people, since, until)
	seen, found = set(), []
	for name, person in sorted(people.items()):
		if person.person in seen:
			continue
		seen.add(person.person)
		periods = away.get(name, ())
		long_leave = long_leave_of(periods, since, until, long_leave_days)
		found.append(Colleague(person, periods, long_leave, days.get(name, {})))
	return tuple(found)


def long_leave_of(periods: Iterable[Away], since: date, until: date, at_least: int) -> frozenset[date]:
	"""The days from since to until that lie in so many days of leave in a row, or more, from one application or several.

	A half day at work ends the row. 0 knows no long leave.
	"""
	runs: list[list[date]] = []
	for first, last in sorted(_whole_days(periods)):
		if runs and first <= runs[-1][1] + timedelta(days=1):
			runs[-1][1] = max(runs[-1][1], last)
		else:
			runs.append([first, last])
	long = [run for run in runs if 0 < at_least <= (run[1] - run[0]).days + 1]
	return frozenset(day for first, last in long for day in days_between(max(first, since), min(last, until)))


def _whole_days(periods: Iterable[Away]) -> Iterator[tuple[date, date]]:
	"""The stretches of leave without the half days in them."""
	day = timedelta(days=1)
	for period in periods:
		if period.kind != LEAVE or period.is_claim:
			continue
		if not period.half_day:
			yield period.since, period.until
			continue
		for first, last in ((period.since, period.half_day - day), (period.half_day + day, period.until)):
			if first <= last:
				yield first, last


def _days_of(
	database: Database,
	fresh: Database | None,
	scope: Scope,
	people: Mapping[str, Person],
	since: date,
	until: date,
) -> dict[str, dict[date, DayOf]]:
	employees = sorted({*people, *scope.whose})
	known = {day.name: day for day in _read_days(database, employees, since, until, bool(fresh))}
	if fresh:
		for day in _read_days(fresh, employees, since, until, stamped=True):
			if day.name not in known or known[day.name].modified < day.modified:
				known[day.name] = day
	found: dict[str, dict[date, DayOf]] = {}
	for day in known.values():
		if day.status not in (*AWAY_STATES, PENDING):
			continue
		for name in scope.owners(day.employee):
			if name in people:
				found.setdefault(name, {})[day.mkd_date] = day
	return found


def _read_days(
	database: Database, employees: Sequence[str], since: date, until: date, stamped: bool
) -> list[DayOf]:
	"""Every row of the ledger of some employees from since to until, released ones too, by name."""

	def build(bind: Binder, named: Sequence[str]):
		query = Query.from_(DAY).select(DAY.name, DAY.employee, DAY.mkd_date, DAY.status)
		query = query.select(DAY.source_doctype, DAY.source_name).where(DAY.employee.isin(bind.all(named)))
		query = query.where((DAY.mkd_date >= bind(since)) & (DAY.mkd_date <= bind(until)))
		return query.select(DAY.modified) if stamped else query

	found: list[DayOf] = []
	for start in range(0, len(employees), NAMED_AT_ONCE):
		named = employees[start : start + NAMED_AT_ONCE]
		found += (DayOf(*row) for row in rows(database, partial(build, named=named)))
	return sorted(found, key=attrgetter("name"))
