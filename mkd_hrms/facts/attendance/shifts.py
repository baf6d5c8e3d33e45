"""The shift that is valid for somebody on a date: the one he is assigned to, else his usual one (rule D7)."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import NamedTuple

from pypika import Query

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.people import EMPLOYEE
from mkd_hrms.facts.shift_lists import ASSIGNMENT, SHIFT, SUBMITTED


class Shift(NamedTuple):
	"""From when to when somebody works, as times after midnight of the date; a night shift ends before it starts."""

	start: timedelta
	end: timedelta

	@property
	def minutes(self) -> int:
		"""From the start to the end; a night shift ends on the next day."""
		return int((self.end - self.start) % timedelta(days=1) / timedelta(minutes=1))


def read_shifts(database: Database, scope: Scope, day: date) -> dict[str, Shift]:
	"""By employee, the shift of a date: of several assignments the one that began last (rule D7).

	Without an assignment it is the usual shift; without that there is no entry.
	"""

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

	return {
		employee: Shift(_since_midnight(start), _since_midnight(end))
		for build in (usual, assigned)
		for employee, start, end in rows(database, build)
	}


def read_shift_minutes(database: Database, scope: Scope, day: date) -> dict[str, int]:
	"""By employee, the minutes from the start to the end of the shift of a date; without a shift there is no entry."""
	return {employee: shift.minutes for employee, shift in read_shifts(database, scope, day).items()}


def _since_midnight(moment: time | timedelta) -> timedelta:
	if isinstance(moment, timedelta):
		return moment
	return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
