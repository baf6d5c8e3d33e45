"""Absences, unrecorded and late days in a window (rules E9 to E11): three scans per holiday calendar, however many people."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from pypika import Case, Query, Table
from pypika.functions import Count, Max, Sum
from pypika.terms import ValueWrapper

from mkd_hrms.facts.away import excused
from mkd_hrms.facts.calendars import calendar_key
from mkd_hrms.facts.database import Binder, Database, rows
from mkd_hrms.facts.people import EMPLOYEE, Person
from mkd_hrms.facts.scope import Scope
from mkd_hrms.policy.dates import Calendar, days_between
from mkd_hrms.policy.facts import AttendanceRecord

ATTENDANCE, DAY = Table("tabAttendance"), Table("tabMKD Day")
SUBMITTED = 1


def read_attendance(
	database: Database,
	scope: Scope,
	people: Mapping[str, Person],
	calendars: Mapping[tuple[str, str | None], Calendar],
	since: date,
	until: date,
	late_window_days: int,
) -> dict[str, AttendanceRecord]:
	"""By employee, the attendance from since to until, both included; lateness in its last so many days."""
	found: dict[str, AttendanceRecord] = {}
	if since > until:
		return found
	for key, group in _by_calendar(people.values()).items():
		calendar, narrow = calendars[key], _narrow(scope, key, group)
		off = calendar.off_days(since, until)
		recorded = _recorded_days(database, narrow, since, until, off)
		not_working = (*off, *calendar.unknown_days(since, until))
		absences = _absences(database, narrow, since, until, not_working)
		late_since = max(since, until - timedelta(days=late_window_days - 1))
		late = _late_days(database, narrow, late_since, until, not_working)
		counted = sorted(set(days_between(since, until)) - set(off))
		for person in group:
			days = len(counted) - bisect_left(counted, max(person.joined_on or since, since))
			without = max(0, days - recorded.get(person.employee, 0))
			name = person.employee
			found[name] = AttendanceRecord(
				since, until, days, without, absences.get(name, 0), late.get(name, 0), late_since
			)
	return found


def _by_calendar(people: Iterable[Person]) -> dict[tuple[str, str | None], list[Person]]:
	groups = defaultdict(list)
	for person in people:
		groups[calendar_key(person)].append(person)
	return dict(groups)


def _narrow(scope: Scope, key: tuple[str, str | None], group: list[Person]) -> Scope:
	"""The scope, narrowed to the people of one calendar."""
	if scope.employees:
		return replace(scope, employees=tuple(person.employee for person in group))
	company, name = key
	return replace(
		scope,
		company=company,
		holiday_list=name,
		or_default=any(person.holiday_list is None for person in group),
	)


def _in_window(query, scope: Scope, since: date, until: date, without: Iterable[date], bind: Binder):
	"""Submitted attendance of the scope in a window, on or after joining, but for certain days."""
	query = query.where(
		(ATTENDANCE.docstatus == SUBMITTED)
		& (ATTENDANCE.attendance_date >= bind(since))
		& (ATTENDANCE.attendance_date <= bind(until))
		& scope.of(EMPLOYEE, bind)
		& (EMPLOYEE.date_of_joining.isnull() | (ATTENDANCE.attendance_date >= EMPLOYEE.date_of_joining))
	)
	not_these = bind.none_of(ATTENDANCE.attendance_date, without)
	return query if not_these is None else query.where(not_these)


def _recorded_days(
	database: Database, scope: Scope, since: date, until: date, off: Iterable[date]
) -> dict[str, int]:
	def build(bind: Binder):
		query = (
			Query.from_(EMPLOYEE)
			.join(ATTENDANCE)
			.on(ATTENDANCE.employee == EMPLOYEE.name)
			.select(EMPLOYEE.name, Count(ATTENDANCE.attendance_date).distinct())
		)
		return _in_window(query, scope, since, until, off, bind).groupby(EMPLOYEE.name)

	return dict(rows(database, build))


def _absences(
	database: Database, scope: Scope, since: date, until: date, not_working: Iterable[date]
) -> dict[str, float]:
	"""Unexcused absences: a day counts once, however many rows it has; a confirmed no-show is an absence."""

	def build(bind: Binder):
		half = (ATTENDANCE.status == bind("Half Day")) & (ATTENDANCE.half_day_status == bind("Absent"))
		whole = ATTENDANCE.status == bind("Absent")
		absent = (
			Query.from_(EMPLOYEE)
			.join(ATTENDANCE)
			.on(ATTENDANCE.employee == EMPLOYEE.name)
			.select(EMPLOYEE.name.as_("employee"), ATTENDANCE.attendance_date.as_("day"))
			.select(Case().when(whole, 1.0).else_(0.5).as_("weight"))
			.where(whole | half)
			.where(excused(ATTENDANCE.employee, ATTENDANCE.attendance_date, half, bind).negate())
		)
		absent = _in_window(absent, scope, since, until, not_working, bind)
		by_day = absent.union_all(_no_shows(scope, since, until, bind))
		per_day = (
			Query.from_(by_day)
			.select(by_day.employee, Max(by_day.weight).as_("weight"))
			.groupby(by_day.employee, by_day.day)
		)
		return Query.from_(per_day).select(per_day.employee, Sum(per_day.weight)).groupby(per_day.employee)

	return {employee: float(total) for employee, total in rows(database, build)}


def _late_days(
	database: Database, scope: Scope, since: date, until: date, not_working: Iterable[date]
) -> dict[str, int]:
	"""Days with a late entry or an early exit that neither leave nor trip nor training explains (rule E11)."""

	def build(bind: Binder):
		query = (
			Query.from_(EMPLOYEE)
			.join(ATTENDANCE)
			.on(ATTENDANCE.employee == EMPLOYEE.name)
			.select(EMPLOYEE.name, Count(ATTENDANCE.attendance_date).distinct())
			.where((ATTENDANCE.late_entry == 1) | (ATTENDANCE.early_exit == 1))
			.where(excused(ATTENDANCE.employee, ATTENDANCE.attendance_date, None, bind).negate())
		)
		return _in_window(query, scope, since, until, not_working, bind).groupby(EMPLOYEE.name)

	return dict(rows(database, build))


def _no_shows(scope: Scope, since: date, until: date, bind: Binder):
	return (
		Query.from_(DAY)
		.select(DAY.employee.as_("employee"), DAY.mkd_date.as_("day"), ValueWrapper(1.0, "weight"))
		.where(
			(DAY.status == bind("No Show")) & (DAY.mkd_date >= bind(since)) & (DAY.mkd_date <= bind(until))
		)
		.where(scope.has(DAY.employee, bind))
	)
