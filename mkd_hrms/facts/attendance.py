"""Absences, unrecorded and late days in a window (rules E9 to E11), in one pass over the attendance.

The database hands over one line per employee: his recorded days, each with a mark where it tells of an absence or
of lateness. Which of them were working days, and what excuses a mark, is told here. The number of queries grows
neither with the people nor with their calendars.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pypika import Case, CustomFunction, Query, Table
from pypika.functions import Concat, Count
from pypika.terms import Term

from mkd_hrms.facts.away import Away, periods_away
from mkd_hrms.facts.calendars import calendar_key
from mkd_hrms.facts.database import Binder, Database, rows, stream
from mkd_hrms.facts.people import EMPLOYEE, Person
from mkd_hrms.facts.scope import Scope
from mkd_hrms.facts.workdays import Workdays
from mkd_hrms.policy.dates import Calendar
from mkd_hrms.policy.facts import AttendanceRecord

ATTENDANCE, DAY = Table("tabAttendance"), Table("tabMKD Day")
SUBMITTED = 1
ABSENT, HALF_DAY, NO_SHOW = "Absent", "Half Day", "No Show"
# On these MKD days the platform may see no presence at the office; a person confirms an absence (rule D6).
AT_WORK_AWAY = ("Approved", "Worked")
# How a line tells of a day: "2026-11-24", and behind it one of these, or both.
ISO_LENGTH = len("2026-11-24")
WEIGHTS, LATE = {"A": 1.0, "H": 0.5}, "L"
GroupConcat = CustomFunction("GROUP_CONCAT", ["term"])


@dataclass(frozen=True, slots=True)
class Mark:
	"""One attendance row that tells of an absence or of lateness."""

	day: date
	absence: float
	late: bool


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
	if since > until:
		return {}
	late_since = max(since, until - timedelta(days=late_window_days - 1))
	workdays = Workdays(calendars, since, until)
	recorded, marks = _read_days(database, scope, people, workdays, since, until)
	if marks:
		_excuse(marks, periods_away(database, scope, since, until))
	no_shows, at_work = _read_mkd_days(database, scope, since, until)
	found = {}
	for name, person in people.items():
		days = workdays.of(person).count
		without = max(0, days - recorded.get(name, 0))
		absences, late_days, doubtful = 0, 0, 0
		if name in marks or name in no_shows:
			counting = _counting(marks.get(name, ()), person, at_work.get(name, ()))
			absences, late_days, doubtful = _tally(
				counting, no_shows.get(name, ()), calendars[calendar_key(person)], late_since
			)
		found[name] = AttendanceRecord(since, until, days, without, absences, late_days, late_since, doubtful)
	return found


def _read_days(
	database: Database,
	scope: Scope,
	people: Mapping[str, Person],
	workdays: Workdays,
	since: date,
	until: date,
) -> tuple[dict[str, int], dict[str, list[Mark]]]:
	"""By employee, how many of his working days are recorded, and what is marked on any day."""

	def build(bind: Binder):
		return (
			Query.from_(EMPLOYEE)
			.join(ATTENDANCE)
			.on(ATTENDANCE.employee == EMPLOYEE.name)
			.select(EMPLOYEE.name, Count("*"), GroupConcat(_day_with_marks(bind)))
			.where((ATTENDANCE.docstatus == SUBMITTED) & scope.of(EMPLOYEE, bind))
			.where(ATTENDANCE.attendance_date >= bind(since))
			.where(ATTENDANCE.attendance_date <= bind(until))
			.groupby(EMPLOYEE.name)
		)

	recorded, marks, known = {}, {}, {}
	for employee, count, line in stream(database, build):
		if employee not in people:
			continue
		days = line.split(",")
		if len(days) != count:
			raise ValueError(
				f"The database cut the attendance of {employee} short: raise group_concat_max_len."
			)
		working = workdays.of(people[employee]).days
		here = working.intersection(days)
		if len(line) >= count * (ISO_LENGTH + 1):
			marked = [day for day in days if len(day) > ISO_LENGTH]
			# A day counts once, however many rows it has.
			here |= working.intersection(day[:ISO_LENGTH] for day in marked)
			marks[employee] = [known.get(day) or known.setdefault(day, _mark(day)) for day in marked]
		recorded[employee] = len(here)
	return recorded, marks


def _day_with_marks(bind: Binder) -> Term:
	half = (ATTENDANCE.status == bind(HALF_DAY)) & (ATTENDANCE.half_day_status == bind(ABSENT))
	absence = Case().when(ATTENDANCE.status == bind(ABSENT), "A").when(half, "H").else_("")
	late = Case().when((ATTENDANCE.late_entry == 1) | (ATTENDANCE.early_exit == 1), LATE).else_("")
	return Concat(ATTENDANCE.attendance_date, absence, late)


def _mark(day: str) -> Mark:
	marks = day[ISO_LENGTH:]
	return Mark(date.fromisoformat(day[:ISO_LENGTH]), WEIGHTS.get(marks[0], 0.0), LATE in marks)


def _excuse(marks: dict[str, list[Mark]], periods: Iterable[tuple[str, Away]]) -> None:
	"""Take away the marks of days on which somebody was lawfully away."""
	for employee, period in periods:
		if employee in marks:
			marks[employee] = [mark for mark in marks[employee] if not _excuses(period, mark)]


def _excuses(period: Away, mark: Mark) -> bool:
	"""Half a day away excuses a whole absence that the platform has not yet halved, but not the other half (E9)."""
	return period.covers(mark.day) if mark.absence == WEIGHTS["H"] else period.touches(mark.day)


def _counting(marks: Iterable[Mark], person: Person, at_work: Collection[date]) -> list[Mark]:
	"""The marks since joining, but for those of days on which the person works away."""
	return [
		mark
		for mark in marks
		if mark.day not in at_work and not (person.joined_on and mark.day < person.joined_on)
	]


def _tally(
	marks: Iterable[Mark], no_shows: Iterable[date], calendar: Calendar, late_since: date
) -> tuple[float, int, float]:
	"""Absences, late days, and the absences on days that no holiday list covers. A day counts once."""
	absent: dict[date, float] = dict.fromkeys(no_shows, 1.0)
	for mark in marks:
		if mark.absence:
			absent[mark.day] = max(absent.get(mark.day, 0), mark.absence)
	late = {mark.day for mark in marks if mark.late and mark.day >= late_since}
	return (
		sum(weight for day, weight in absent.items() if calendar.is_working(day)),
		sum(calendar.is_working(day) is True for day in late),
		sum(weight for day, weight in absent.items() if calendar.is_working(day) is None),
	)


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
