"""The shift that is valid for somebody on a date: the one he is assigned to, else his usual one (rule D7)."""

from __future__ import annotations

from datetime import date, time, timedelta

from pypika import Query, Table

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.people import EMPLOYEE

ASSIGNMENT, SHIFT = Table("tabShift Assignment"), Table("tabShift Type")
SUBMITTED = 1


def read_shift_minutes(database: Database, scope: Scope, day: date) -> dict[str, int]:
	"""By employee, the minutes from the start to the end of the shift of a day; without a shift there is no entry."""

	def usual(bind: Binder):
		return (
			Query.from_(EMPLOYEE)
			.join(SHIFT)
			.on(SHIFT.name == EMPLOYEE.default_shift)
			.select(EMPLOYEE.name, SHIFT.start_time, SHIFT.end_time)
			.where(scope.of(EMPLOYEE, bind))
		)

	def assigned(bind: Binder):
		covers = (ASSIGNMENT.start_date <= bind(day)) & (
			ASSIGNMENT.end_date.isnull() | (ASSIGNMENT.end_date >= bind(day))
		)
		return (
			Query.from_(ASSIGNMENT)
			.join(SHIFT)
			.on(SHIFT.name == ASSIGNMENT.shift_type)
			.select(ASSIGNMENT.employee, SHIFT.start_time, SHIFT.end_time)
			.where((ASSIGNMENT.docstatus == SUBMITTED) & (ASSIGNMENT.status == bind("Active")) & covers)
			.where(scope.has(ASSIGNMENT.employee, bind))
			.orderby(ASSIGNMENT.start_date)
			.orderby(ASSIGNMENT.name)
		)

	spans = {
		employee: (start, end)
		for build in (usual, assigned)
		for employee, start, end in rows(database, build)
	}
	return {employee: _minutes(start, end) for employee, (start, end) in spans.items()}


def _minutes(start: time | timedelta, end: time | timedelta) -> int:
	"""A night shift ends on the next day."""
	return int((_since_midnight(end) - _since_midnight(start)) % timedelta(days=1) / timedelta(minutes=1))


def _since_midnight(moment: time | timedelta) -> timedelta:
	if isinstance(moment, timedelta):
		return moment
	return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
