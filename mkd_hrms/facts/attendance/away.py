"""When somebody is lawfully away: leave, official trip, training. Such a day is no absence and no MKD day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pypika import Case, Query, Table
from pypika.functions import Cast, Coalesce, Concat, Count, Max, Min
from pypika.queries import QueryBuilder
from pypika.terms import Criterion, Field, NullValue, Term

from mkd_hrms.facts.database.queries import Binder, Database, GroupConcat, check_whole, rows, stream
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.policy.dates import days_between
from mkd_hrms.policy.facts import covers

LEAVE = Table("tabLeave Application")
TRIP, STOP = Table("tabTravel Request"), Table("tabTravel Itinerary")
DUTY = Table("tabAttendance Request")
EVENT, TRAINEE = Table("tabTraining Event"), Table("tabTraining Event Employee")
DRAFT, SUBMITTED = 0, 1
# The condition that a column names somebody whom the query is about; every source narrows itself by it.
Concerns = Callable[[Field], Criterion]


@dataclass(frozen=True, slots=True)
class Away:
	"""A period away, both ends included, but for one half day; `kind` and `record` name the document.

	A claim is only asked for, or is work from home by another door: it is no reason to be away, but no MKD day
	is applied for on top of it.
	"""

	kind: str
	record: str
	since: date
	until: date
	half_day: date | None = None
	is_claim: bool = False

	def covers(self, day: date) -> bool:
		"""Whether the whole of a day is away."""
		return self.touches(day) and day != self.half_day

	def touches(self, day: date) -> bool:
		"""Whether at least half of a day is away."""
		return covers(self.since, self.until, day)


def _half_day(half_day: Field, its_date: Field, first: Field) -> Term:
	"""The one half day that leave or duty may hold; without its own date, the first day is meant."""
	return Case().when(half_day == 1, Coalesce(its_date, first))


def _leaves(bind: Binder, concerns: Concerns):
	half = _half_day(LEAVE.half_day, LEAVE.half_day_date, LEAVE.from_date)
	approved = (LEAVE.docstatus == SUBMITTED) & (LEAVE.status == bind("Approved"))
	query = Query.from_(LEAVE).where(approved & concerns(LEAVE.employee))
	return query, (LEAVE.employee, LEAVE.name, LEAVE.from_date, LEAVE.to_date, half)


def _duties(bind: Binder, concerns: Concerns):
	half = _half_day(DUTY.half_day, DUTY.half_day_date, DUTY.from_date)
	on_duty = (DUTY.docstatus == SUBMITTED) & (DUTY.reason == bind("On Duty"))
	query = Query.from_(DUTY).where(on_duty & concerns(DUTY.employee))
	return query, (DUTY.employee, DUTY.name, DUTY.from_date, DUTY.to_date, half)


def _trips(bind: Binder, concerns: Concerns):
	"""A row of an itinerary is one leg: the trip lasts from the first departure to the last arrival."""
	leaves = Cast(STOP.departure_date, "DATE")
	legs = (
		Query.from_(TRIP)
		.join(STOP)
		.on(STOP.parent == TRIP.name)
		.select(TRIP.employee, TRIP.name, Min(leaves).as_("first"))
		.select(Max(Coalesce(Cast(STOP.arrival_date, "DATE"), leaves)).as_("last"))
		.where((TRIP.docstatus == SUBMITTED) & concerns(TRIP.employee))
		.groupby(TRIP.employee, TRIP.name)
	)
	return Query.from_(legs), (legs.employee, legs.name, legs.first, legs.last, NullValue())


def _trainings(bind: Binder, concerns: Concerns):
	query = (
		Query.from_(EVENT)
		.join(TRAINEE)
		.on(TRAINEE.parent == EVENT.name)
		.where((EVENT.docstatus == SUBMITTED) & (EVENT.event_status != bind("Cancelled")))
		.where(TRAINEE.attendance.isnull() | (TRAINEE.attendance != bind("Absent")))
		.where(concerns(TRAINEE.employee))
	)
	days = (Cast(EVENT.start_time, "DATE"), Cast(EVENT.end_time, "DATE"))
	return query, (TRAINEE.employee, EVENT.name, *days, NullValue())


def _open_leaves(bind: Binder, concerns: Concerns):
	half = _half_day(LEAVE.half_day, LEAVE.half_day_date, LEAVE.from_date)
	waiting = (LEAVE.docstatus == DRAFT) & (LEAVE.status == bind("Open"))
	query = Query.from_(LEAVE).where(waiting & concerns(LEAVE.employee))
	return query, (LEAVE.employee, LEAVE.name, LEAVE.from_date, LEAVE.to_date, half)


def _asked_attendance(bind: Binder, concerns: Concerns):
	"""A duty that HR has not approved yet, and work from home, approved or not."""
	half = _half_day(DUTY.half_day, DUTY.half_day_date, DUTY.from_date)
	from_home = (DUTY.docstatus <= SUBMITTED) & (DUTY.reason == bind("Work From Home"))
	asked = from_home | ((DUTY.docstatus == DRAFT) & (DUTY.reason == bind("On Duty")))
	query = Query.from_(DUTY).where(asked & concerns(DUTY.employee))
	return query, (DUTY.employee, DUTY.name, DUTY.from_date, DUTY.to_date, half)


CLAIMS = {"Leave Application": _open_leaves, "Attendance Request": _asked_attendance}
SOURCES = {
	"Leave Application": _leaves,
	"Travel Request": _trips,
	"Attendance Request": _duties,
	"Training Event": _trainings,
}


def read_away(
	database: Database, scope: Scope, since: date, until: date, claims: bool = False
) -> dict[str, tuple[Away, ...]]:
	"""By employee, the approved periods away that touch the period since..until; on demand also the claims."""
	away = defaultdict(tuple)
	found = stream(database, lambda bind: _periods(bind, scope, since, until, claims))
	for employee, *period, is_claim in scope.folded(found):
		away[employee] += (Away(*period, bool(is_claim)),)
	return dict(away)


def _periods(bind: Binder, scope: Scope, since: date, until: date, claims: bool = False) -> QueryBuilder:
	"""A line for each period; in the order of Away's fields, behind the employee."""

	def concerns(employee: Field) -> Criterion:
		return scope.has(employee, bind)

	sources = [(kind, source, False) for kind, source in SOURCES.items()]
	if claims:
		sources += [(kind, source, True) for kind, source in CLAIMS.items()]
	together = None
	for kind, source, is_claim in sources:
		query, (employee, record, first, last, half_day) = source(bind, concerns)
		values = (employee.as_("employee"), bind(kind), record, first.as_("first"), last.as_("last"))
		part = query.select(*values, half_day.as_("half"), int(is_claim)).where(
			(first <= bind(until)) & (last >= bind(since))
		)
		together = part if together is None else together.union_all(part)
	return together


class Periods:
	"""The periods away of many, a text for each: they are read when somebody is asked about, and that is seldom."""

	def __init__(self) -> None:
		self._texts: dict[str, str] = {}

	def add(self, employee: str, text: str) -> None:
		known = self._texts.get(employee)
		self._texts[employee] = f"{known},{text}" if known else text

	def update(self, others: Periods) -> None:
		"""Add those of other people."""
		self._texts.update(others._texts)

	def of(self, employee: str) -> tuple[Away, ...]:
		"""When somebody is away; by which document is not known."""
		text = self._texts.get(employee)
		return tuple(_period(entry) for entry in text.split(",")) if text else ()


def read_periods(database: Database, scope: Scope, since: date, until: date) -> Periods:
	"""When people are away between since and until, a line for each of them.

	Raises ValueError where the database cut a list of periods short.
	"""

	def build(bind: Binder):
		found = _periods(bind, scope, since, until).as_("found")
		half = Case().when(found.half.isnull(), "").else_(Concat(found.half, ""))
		text = GroupConcat(Concat(found.first, "/", found.last, "/", half))
		return Query.from_(found).select(found.employee, Count("*"), text).groupby(found.employee)

	periods = Periods()
	for employee, count, text in scope.folded(stream(database, build)):
		check_whole(text.split(","), count)
		periods.add(employee, text)
	return periods


def _period(text: str) -> Away:
	since, until, half_day = (date.fromisoformat(day) if day else None for day in text.split("/"))
	return Away("", "", since, until, half_day)


def away_on(periods: tuple[Away, ...], day: date) -> Away | None:
	"""The period that covers a day, if one does."""
	return next((period for period in periods if period.covers(day)), None)


def days_away(periods: tuple[Away, ...], since: date, until: date) -> frozenset[date]:
	"""The days of a period on which somebody is away."""
	return frozenset(day for day in days_between(since, until) if away_on(periods, day))


def is_on_duty(database: Database, request: str) -> bool:
	"""Whether an Attendance Request asks for official duty elsewhere."""

	def build(bind: Binder):
		return Query.from_(DUTY).select(DUTY.reason).where(DUTY.name == bind(request))

	return any(reason == "On Duty" for (reason,) in rows(database, build))
