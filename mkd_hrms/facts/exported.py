"""What a site tells other systems of some people in a period: their numbers, and what is recorded of them. Sets in, sets out.

Each set is in the order of its people, so that whoever writes a file holds no more than some of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from pypika import Query, Table
from pypika.queries import QueryBuilder

from mkd_hrms.facts.agency import ACTIVE
from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.people import DEPARTMENT, EMPLOYEE
from mkd_hrms.facts.reports.narrowed import FEW
from mkd_hrms.policy.model import APPROVED

ATTENDANCE, CHECKIN, DAY = Table("tabAttendance"), Table("tabEmployee Checkin"), Table("tabMKD Day")
RESULT, CASE = Table("tabMKD Performance Record"), Table("tabMKD Discipline Record")
TALENT = Table("tabMKD Talent Record")
REPORT, ACTIVITY = Table("tabMKD Daily Report"), Table("tabMKD Daily Report Activity")
SUBMITTED = 1
# A case that is still looked into, or was annulled, is no sanction.
SANCTIONS = ("In Force", "Ended")
# What was handed in, whatever was decided about it.
HANDED_IN = ("Submitted", "Returned", "Verified", "Rejected")


class Member(NamedTuple):
	"""Somebody who has a number in the column that a profile goes by."""

	employee: str
	number: str
	name: str | None
	unit: str | None


class Attended(NamedTuple):
	"""What attendance says of one day."""

	employee: str
	day: date
	status: str
	other_half: str | None
	late: int
	early: int
	time_in: datetime | None
	time_out: datetime | None


class Achieved(NamedTuple):
	"""A result as it is recorded."""

	employee: str
	first: date
	last: date
	predicate: str | None
	score: float | None
	minutes: int


class Sanctioned(NamedTuple):
	"""A sanction that is or was in force."""

	employee: str
	first: date
	last: date | None
	level: str
	stage: str
	letter: str | None


class Mapped(NamedTuple):
	"""A box of the talent map as it is recorded; an axis of which nothing was said is None."""

	employee: str
	year: int
	box: int
	across: float | None
	up: float | None
	total: float | None


class Done(NamedTuple):
	"""A piece of work in a daily report that was handed in."""

	employee: str
	day: date
	state: str
	activity: str | None
	minutes: int
	start: time | None
	end: time | None
	goal: str | None


def read_members(
	database: Database, company: str, column: str, units: Collection[str] | None = None
) -> list[Member]:
	"""Who has a number in a column of the Employee record, in the order of the records; `units`: of these alone."""
	if units is not None and not units:
		return []

	def build(bind: Binder) -> QueryBuilder:
		query = Query.from_(EMPLOYEE).left_join(DEPARTMENT).on(DEPARTMENT.name == EMPLOYEE.department)
		query = query.select(
			EMPLOYEE.name, EMPLOYEE[column], EMPLOYEE.employee_name, DEPARTMENT.department_name
		)
		query = query.where((EMPLOYEE.company == bind(company)) & (EMPLOYEE[column] > bind("")))
		if units is not None:
			query = query.where(EMPLOYEE.department.isin(bind.all(sorted(units))))
		return query.orderby(EMPLOYEE.name)

	return [Member(*row) for row in rows(database, build)]


def read_active(database: Database, company: str, units: Collection[str] | None = None) -> list[str]:
	"""The active employees of a company, or of some of its units."""
	return _records(database, company, units, active=True)


def read_records(database: Database, company: str, units: Collection[str] | None = None) -> list[str]:
	"""All Employee records of a company, or of some of its units, in their order."""
	return _records(database, company, units, active=False)


def _records(database: Database, company: str, units: Collection[str] | None, active: bool) -> list[str]:
	if units is not None and not units:
		return []

	def build(bind: Binder) -> QueryBuilder:
		query = Query.from_(EMPLOYEE).select(EMPLOYEE.name).where(EMPLOYEE.company == bind(company))
		if units is not None:
			query = query.where(EMPLOYEE.department.isin(bind.all(sorted(units))))
		return (query.where(EMPLOYEE.status == bind(ACTIVE)) if active else query).orderby(EMPLOYEE.name)

	return [name for (name,) in rows(database, build)]


def read_attendance(
	database: Database, employees: Sequence[str], since: date, until: date, times: bool = True
) -> list[Attended]:
	"""Attendance that stands, by employee and date. `times`: where the tables hold when somebody came and went."""
	columns = ["employee", "attendance_date", "status", "half_day_status", "late_entry", "early_exit"]
	columns += ["in_time", "out_time"] if times else []

	def build(bind: Binder) -> QueryBuilder:
		query = Query.from_(ATTENDANCE).select(*(ATTENDANCE[column] for column in columns))
		query = query.where(ATTENDANCE.employee.isin(bind.all(employees)))
		query = query.where(
			(ATTENDANCE.attendance_date >= bind(since)) & (ATTENDANCE.attendance_date <= bind(until))
		)
		query = query.where(ATTENDANCE.docstatus == bind(SUBMITTED))
		return query.orderby(ATTENDANCE.employee).orderby(ATTENDANCE.attendance_date).orderby(ATTENDANCE.name)

	none = () if times else (None, None)
	return [Attended(*row, *none) for row in rows(database, build)]


def read_punches(
	database: Database, employees: Sequence[str], since: date, until: date
) -> list[tuple[str, datetime]]:
	"""Employee and moment of every check-in, in their order."""
	first, last = datetime.combine(since, time.min), datetime.combine(until, time.max)

	def build(bind: Binder) -> QueryBuilder:
		query = Query.from_(CHECKIN).select(CHECKIN.employee, CHECKIN.time)
		query = query.where(CHECKIN.employee.isin(bind.all(employees)))
		query = query.where((CHECKIN.time >= bind(first)) & (CHECKIN.time <= bind(last)))
		return query.orderby(CHECKIN.employee).orderby(CHECKIN.time)

	return [(employee, at) for employee, at in rows(database, build)]


def read_results(
	database: Database, employees: Sequence[str], source: str, since: date, until: date
) -> list[Achieved]:
	"""The results of one source that end within a period."""
	columns = "employee period_start period_end predicate score productive_minutes has_score".split()

	def build(bind: Binder) -> QueryBuilder:
		query = Query.from_(RESULT).select(*(RESULT[column] for column in columns))
		query = query.where(RESULT.employee.isin(bind.all(employees)) & (RESULT.source == bind(source)))
		query = query.where((RESULT.period_end >= bind(since)) & (RESULT.period_end <= bind(until)))
		query = query.where((RESULT.docstatus == bind(SUBMITTED)) & RESULT.period_start.notnull())
		return query.orderby(RESULT.employee).orderby(RESULT.period_end).orderby(RESULT.name)

	return [
		Achieved(employee, first, last, predicate or None, score if has_score else None, minutes or 0)
		for employee, first, last, predicate, score, minutes, has_score in rows(database, build)
	]


def read_sanctions(
	database: Database, employees: Sequence[str], since: date, until: date, letters: bool = True
) -> list[Sanctioned]:
	"""The sanctions that touch a period. `letters`: where the tables hold the numbers of the decrees."""
	columns = ["employee", "from_date", "to_date", "level", "stage", *(["decree_no"] if letters else [])]

	def build(bind: Binder) -> QueryBuilder:
		query = Query.from_(CASE).select(*(CASE[column] for column in columns))
		query = query.where(CASE.employee.isin(bind.all(employees)) & CASE.stage.isin(bind.all(SANCTIONS)))
		touches = (CASE.from_date <= bind(until)) & (CASE.to_date.isnull() | (CASE.to_date >= bind(since)))
		query = query.where(touches & (CASE.docstatus == bind(SUBMITTED)))
		return query.orderby(CASE.employee).orderby(CASE.from_date).orderby(CASE.name)

	none = () if letters else (None,)
	return [Sanctioned(*row, *none) for row in rows(database, build)]


def read_boxes(database: Database, employees: Sequence[str], since: date, until: date) -> list[Mapped]:
	"""The boxes of the years that a period touches."""

	def build(bind: Binder) -> QueryBuilder:
		query = Query.from_(TALENT).select(TALENT.employee, TALENT.year, TALENT.box)
		query = query.select(TALENT.x_axis, TALENT.y_axis, TALENT.total_axis)
		query = query.where(TALENT.employee.isin(bind.all(employees)) & (TALENT.docstatus == bind(SUBMITTED)))
		query = query.where((TALENT.year >= bind(since.year)) & (TALENT.year <= bind(until.year)))
		return query.orderby(TALENT.employee).orderby(TALENT.year).orderby(TALENT.name)

	return [
		Mapped(employee, year, box, *(axis or None for axis in axes))
		for employee, year, box, *axes in rows(database, build)
	]


def read_work(database: Database, employees: Sequence[str], since: date, until: date) -> list[Done]:
	"""What stands in the daily reports that were handed in."""

	def build(bind: Binder) -> QueryBuilder:
		query = Query.from_(REPORT).join(ACTIVITY).on(ACTIVITY.parent == REPORT.name)
		query = query.select(REPORT.employee, REPORT.mkd_date, REPORT.status)
		query = query.select(ACTIVITY.activity, ACTIVITY.minutes, ACTIVITY.from_time, ACTIVITY.to_time)
		query = query.select(ACTIVITY.goal).where(REPORT.employee.isin(bind.all(employees)))
		query = query.where((REPORT.mkd_date >= bind(since)) & (REPORT.mkd_date <= bind(until)))
		query = query.where(REPORT.status.isin(bind.all(HANDED_IN)))
		return query.orderby(REPORT.employee).orderby(REPORT.mkd_date).orderby(ACTIVITY.idx)

	return [Done(*row) for row in rows(database, build)]


def read_planned(
	database: Database, employees: Sequence[str], since: date, until: date
) -> list[tuple[str, date]]:
	"""Employee and date of every approved MKD day that has not ended."""

	def build(bind: Binder) -> QueryBuilder:
		query = Query.from_(DAY).select(DAY.employee, DAY.mkd_date)
		query = query.where(DAY.employee.isin(bind.all(employees)) & (DAY.status == bind(APPROVED)))
		query = query.where((DAY.mkd_date >= bind(since)) & (DAY.mkd_date <= bind(until)))
		return query.orderby(DAY.employee).orderby(DAY.mkd_date)

	return [(employee, day) for employee, day in rows(database, build)]


def read_numbers_of(database: Database, employees: Collection[str]) -> dict[str, str]:
	"""By employee the NIP of some people; of many everybody's are read."""
	if not employees:
		return {}

	def build(bind: Binder) -> QueryBuilder:
		query = Query.from_(EMPLOYEE).select(EMPLOYEE.name, EMPLOYEE.mkd_nip)
		if len(employees) <= FEW:
			query = query.where(EMPLOYEE.name.isin(bind.all(sorted(employees))))
		return query

	return {name: nip for name, nip in rows(database, build) if nip}
