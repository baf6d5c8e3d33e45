"""Absences, unrecorded and late days in a window (rules E9 to E11).

One scan per holiday calendar counts the recorded days; the few rows that tell of an absence or of lateness are
fetched as they are, and what excuses them is taken away here. The number of queries does not grow with the people.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pypika import Query, Table
from pypika.functions import Count

from mkd_hrms.facts.away import Away, read_away
from mkd_hrms.facts.calendars import calendar_key
from mkd_hrms.facts.database import Binder, Database, rows
from mkd_hrms.facts.people import EMPLOYEE, Person
from mkd_hrms.facts.scope import Scope
from mkd_hrms.policy.dates import Calendar, days_between
from mkd_hrms.policy.facts import AttendanceRecord

ATTENDANCE, DAY = Table("tabAttendance"), Table("tabMKD Day")
SUBMITTED = 1
ABSENT, HALF_DAY, NO_SHOW = "Absent", "Half Day", "No Show"
# On these MKD days the platform may see no presence at the office; a person confirms an absence (rule D6).
AT_WORK_AWAY = ("Approved", "Worked")


@dataclass(frozen=True, slots=True)
class Mark:
	"""One attendance row that tells of an absence or of lateness."""

	day: date
	absence: float
	late: bool


@dataclass(slots=True)
class Tally:
	"""What counts against one person. `doubtful` are absences on days that no holiday list covers."""

	absences: float = 0
	doubtful: float = 0
	late_days: int = 0


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
	late_since = max(since, until - timedelta(days=late_window_days - 1))
	tallies = _tallies(database, scope, people, calendars, (since, until, late_since))
	for key, group in _by_calendar(people.values()).items():
		calendar, narrow = calendars[key], _narrow(scope, key, group)
		off = calendar.off_days(since, until)
		known_off = (*off, *calendar.unknown_days(since, until))
		recorded = _recorded_days(database, narrow, since, until, known_off)
		counted = sorted(set(days_between(since, until)) - set(off))
		for person in group:
			days = len(counted) - bisect_left(counted, max(person.joined_on or since, since))
			without = max(0, days - recorded.get(person.employee, 0))
			tally = tallies.get(person.employee, Tally())
			found[person.employee] = AttendanceRecord(
				since, until, days, without, tally.absences, tally.late_days, late_since, tally.doubtful
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


def _recorded_days(
	database: Database, scope: Scope, since: date, until: date, not_these: Iterable[date]
) -> dict[str, int]:
	"""How many working days of the window have a submitted row, on or after joining."""

	def build(bind: Binder):
		query = (
			Query.from_(EMPLOYEE)
			.join(ATTENDANCE)
			.on(ATTENDANCE.employee == EMPLOYEE.name)
			.select(EMPLOYEE.name, Count(ATTENDANCE.attendance_date).distinct())
			.where((ATTENDANCE.docstatus == SUBMITTED) & scope.of(EMPLOYEE, bind))
			.where(ATTENDANCE.attendance_date >= bind(since))
			.where(ATTENDANCE.attendance_date <= bind(until))
			.where(
				EMPLOYEE.date_of_joining.isnull() | (ATTENDANCE.attendance_date >= EMPLOYEE.date_of_joining)
			)
			.groupby(EMPLOYEE.name)
		)
		not_working = bind.none_of(ATTENDANCE.attendance_date, not_these)
		return query if not_working is None else query.where(not_working)

	return dict(rows(database, build))


def _tallies(
	database: Database,
	scope: Scope,
	people: Mapping[str, Person],
	calendars: Mapping[tuple[str, str | None], Calendar],
	window: tuple[date, date, date],
) -> dict[str, Tally]:
	"""Unexcused absences and late days by employee. A day counts once, however many rows it has."""
	since, until, late_since = window
	marks = _read_marks(database, scope, since, until)
	away = read_away(database, scope, since, until) if marks else {}
	no_shows, at_work = _read_mkd_days(database, scope, since, until)
	tallies: dict[str, Tally] = {}
	for employee in {*marks, *no_shows} & set(people):
		person, tally = people[employee], tallies.setdefault(employee, Tally())
		calendar = calendars[calendar_key(person)]
		absent: dict[date, float] = dict.fromkeys(no_shows.get(employee, ()), 1.0)
		late: set[date] = set()
		for mark in marks.get(employee, ()):
			if mark.day in at_work.get(employee, ()) or (person.joined_on and mark.day < person.joined_on):
				continue
			if mark.absence and not _excused(mark, away.get(employee, ())):
				absent[mark.day] = max(absent.get(mark.day, 0), mark.absence)
			if mark.late and mark.day >= late_since and not _excused(mark, away.get(employee, ())):
				late.add(mark.day)
		tally.absences = sum(weight for day, weight in absent.items() if calendar.is_working(day))
		tally.doubtful = sum(weight for day, weight in absent.items() if calendar.is_working(day) is None)
		tally.late_days = sum(calendar.is_working(day) is True for day in late)
	return tallies


def _excused(mark: Mark, away: Iterable[Away]) -> bool:
	"""Half a day away excuses a whole absence that the platform has not yet halved, but not the other half (E9)."""
	if mark.absence == 0.5:
		return any(period.covers(mark.day) for period in away)
	return any(period.touches(mark.day) for period in away)


def _read_marks(database: Database, scope: Scope, since: date, until: date) -> dict[str, list[Mark]]:
	def build(bind: Binder):
		half = (ATTENDANCE.status == bind(HALF_DAY)) & (ATTENDANCE.half_day_status == bind(ABSENT))
		late = (ATTENDANCE.late_entry == 1) | (ATTENDANCE.early_exit == 1)
		return (
			Query.from_(ATTENDANCE)
			.select(ATTENDANCE.employee, ATTENDANCE.attendance_date, ATTENDANCE.status)
			.select(ATTENDANCE.half_day_status, ATTENDANCE.late_entry, ATTENDANCE.early_exit)
			.where((ATTENDANCE.docstatus == SUBMITTED) & scope.has(ATTENDANCE.employee, bind))
			.where(ATTENDANCE.attendance_date >= bind(since))
			.where(ATTENDANCE.attendance_date <= bind(until))
			.where((ATTENDANCE.status == bind(ABSENT)) | half | late)
		)

	marks = defaultdict(list)
	for employee, day, status, other_half, late, early in rows(database, build):
		absence = 1.0 if status == ABSENT else 0.5 if (status, other_half) == (HALF_DAY, ABSENT) else 0.0
		marks[employee].append(Mark(day, absence, bool(late or early)))
	return dict(marks)


def _read_mkd_days(
	database: Database, scope: Scope, since: date, until: date
) -> tuple[dict[str, set[date]], dict[str, set[date]]]:
	"""By employee, the confirmed no-shows, and the MKD days that were approved or worked."""

	def build(bind: Binder):
		return (
			Query.from_(DAY)
			.select(DAY.employee, DAY.mkd_date, DAY.status)
			.where((DAY.mkd_date >= bind(since)) & (DAY.mkd_date <= bind(until)))
			.where(DAY.status.isin(bind.all((NO_SHOW, *AT_WORK_AWAY))) & scope.has(DAY.employee, bind))
		)

	no_shows, at_work = defaultdict(set), defaultdict(set)
	for employee, day, status in rows(database, build):
		(no_shows if status == NO_SHOW else at_work)[employee].add(day)
	return dict(no_shows), dict(at_work)
