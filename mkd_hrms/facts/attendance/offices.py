"""Where the shifts of an employee are worked: the locations by which HRMS measures a check-in."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from pypika import Query, Table

from mkd_hrms.facts.attendance.shifts import ASSIGNMENT, SUBMITTED
from mkd_hrms.facts.database.queries import Binder, Database, rows

LOCATION = Table("tabShift Location")


class Office(NamedTuple):
	"""A place, in degrees, and how many metres around it count as being there."""

	latitude: float
	longitude: float
	radius: int


def read_offices(database: Database, employee: str, shift: str, day: date) -> list[Office]:
	"""The locations of a shift to which somebody is assigned on a day; one without a radius binds nobody."""

	def build(bind: Binder):
		covers = (ASSIGNMENT.start_date <= bind(day)) & (
			ASSIGNMENT.end_date.isnull() | (ASSIGNMENT.end_date >= bind(day))
		)
		return (
			Query.from_(ASSIGNMENT)
			.join(LOCATION)
			.on(LOCATION.name == ASSIGNMENT.shift_location)
			.select(LOCATION.latitude, LOCATION.longitude, LOCATION.checkin_radius)
			.where((ASSIGNMENT.employee == bind(employee)) & (ASSIGNMENT.shift_type == bind(shift)))
			.where((ASSIGNMENT.docstatus == SUBMITTED) & (ASSIGNMENT.status == bind("Active")) & covers)
			.where(LOCATION.checkin_radius > 0)
		)

	return [Office(*row) for row in rows(database, build)]
