"""When somebody is lawfully away: leave, official trip, training. Such a day is no absence and no MKD day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from pypika import Case, Query, Table
from pypika.functions import Cast, Coalesce
from pypika.terms import Criterion, ExistsCriterion, Field, NullValue, ValueWrapper

from mkd_hrms.facts.database import Binder, Database, rows
from mkd_hrms.facts.scope import Scope
from mkd_hrms.policy.dates import days_between
from mkd_hrms.policy.facts import covers

LEAVE = Table("tabLeave Application")
TRIP, STOP = Table("tabTravel Request"), Table("tabTravel Itinerary")
DUTY = Table("tabAttendance Request")
EVENT, TRAINEE = Table("tabTraining Event"), Table("tabTraining Event Employee")
SUBMITTED = 1


@dataclass(frozen=True, slots=True)
class Away:
	"""A period away, both ends included, but for one half day; `kind` and `record` name the document."""

	kind: str
	record: str
	since: date
	until: date
	half_day: date | None = None

	def covers(self, day: date) -> bool:
		"""Whether the whole of a day is away."""
		return covers(self.since, self.until, day) and day != self.half_day


def _approved_leave(bind: Binder) -> Criterion:
	return (LEAVE.docstatus == SUBMITTED) & (LEAVE.status == bind("Approved"))


def _half_day():
	"""The one half day that a leave application may hold; without its own date, the first day is meant."""
	return Case().when(LEAVE.half_day == 1, Coalesce(LEAVE.half_day_date, LEAVE.from_date))


def _trip_days() -> tuple:
	leaves = Cast(STOP.departure_date, "DATE")
	return leaves, Coalesce(Cast(STOP.arrival_date, "DATE"), leaves)


def _training_days() -> tuple:
	return Cast(EVENT.start_time, "DATE"), Cast(EVENT.end_time, "DATE")


def _trips(bind: Binder):
	return Query.from_(TRIP).join(STOP).on(STOP.parent == TRIP.name).where(TRIP.docstatus == SUBMITTED)


def _duties(bind: Binder):
	return Query.from_(DUTY).where((DUTY.docstatus == SUBMITTED) & (DUTY.reason == bind("On Duty")))


def _trainings(bind: Binder):
	return (
		Query.from_(EVENT)
		.join(TRAINEE)
		.on(TRAINEE.parent == EVENT.name)
		.where((EVENT.docstatus == SUBMITTED) & (EVENT.event_status != bind("Cancelled")))
	)


def excused(employee: Field, day: Field, half_day_absence: Criterion | None, bind: Binder) -> Criterion:
	"""Whether leave, trip or training covers a day of an employee, as a condition inside another query.

	Half a day of leave excuses a whole absence that the platform has not yet turned into a half day, but not
	the other half of a half day (rule E9): `half_day_absence` says which rows are such.
	"""
	leave = (
		Query.from_(LEAVE)
		.select(ValueWrapper(1))
		.where(_approved_leave(bind) & (LEAVE.employee == employee))
		.where((LEAVE.from_date <= day) & (LEAVE.to_date >= day))
	)
	if half_day_absence is not None:
		leave = leave.where((half_day_absence & _half_day().notnull() & (_half_day() == day)).negate())
	first, last = _trip_days()
	trip = (
		_trips(bind)
		.select(ValueWrapper(1))
		.where((TRIP.employee == employee) & (first <= day) & (last >= day))
	)
	duty = (
		_duties(bind)
		.select(ValueWrapper(1))
		.where((DUTY.employee == employee) & (DUTY.from_date <= day) & (DUTY.to_date >= day))
	)
	start, end = _training_days()
	training = (
		_trainings(bind)
		.select(ValueWrapper(1))
		.where((TRAINEE.employee == employee) & (start <= day) & (end >= day))
	)
	return ExistsCriterion(leave) | ExistsCriterion(trip) | ExistsCriterion(duty) | ExistsCriterion(training)


def read_away(database: Database, scope: Scope, since: date, until: date) -> dict[str, tuple[Away, ...]]:
	"""By employee, the approved periods away that touch the period since..until."""

	def build(bind: Binder):
		def touching(query, kind, record, employee, first, last, half_day=None):
			return query.select(employee, bind(kind), record, first, last, half_day or NullValue()).where(
				scope.has(employee, bind) & (first <= bind(until)) & (last >= bind(since))
			)

		approved = Query.from_(LEAVE).where(_approved_leave(bind))
		period = (LEAVE.name, LEAVE.employee, LEAVE.from_date, LEAVE.to_date)
		leave = touching(approved, "Leave Application", *period, _half_day())
		trip = touching(_trips(bind), "Travel Request", TRIP.name, TRIP.employee, *_trip_days())
		duty = touching(
			_duties(bind), "Attendance Request", DUTY.name, DUTY.employee, DUTY.from_date, DUTY.to_date
		)
		training = touching(
			_trainings(bind), "Training Event", EVENT.name, TRAINEE.employee, *_training_days()
		)
		return leave.union_all(trip).union_all(duty).union_all(training)

	away = defaultdict(tuple)
	for employee, *period in rows(database, build):
		away[employee] += (Away(*period),)
	return dict(away)


def away_on(periods: tuple[Away, ...], day: date) -> Away | None:
	"""The period that covers a day, if one does."""
	return next((period for period in periods if period.covers(day)), None)


def days_away(periods: tuple[Away, ...], since: date, until: date) -> frozenset[date]:
	"""The days of a period on which somebody is away."""
	return frozenset(day for day in days_between(since, until) if away_on(periods, day))
