"""Absences, unrecorded and late days in a window (rules E9 to E11), in one pass over the attendance.

The database hands over one line per employee: his recorded days, each with a mark where it tells of an absence or
of lateness. Which of them were working days, and what excuses a mark, is told here. A date counts once, however many
rows it has: one for each shift, or in each Employee record of a person. The number of queries grows neither with the
people nor with their calendars, but for those of each two thousand people of whom something is marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from pypika import Case, Query, Table
from pypika.functions import Concat, Count
from pypika.queries import QueryBuilder
from pypika.terms import Criterion, Term

from mkd_hrms.facts.attendance.away import Away, Periods, read_periods
from mkd_hrms.facts.attendance.calendars import CalendarKey
from mkd_hrms.facts.attendance.outages import Excuses
from mkd_hrms.facts.attendance.together import ISO_LENGTH, Duty, duty_of, joined
from mkd_hrms.facts.attendance.workdays import Workdays
from mkd_hrms.facts.database.queries import Binder, Database, GroupConcat, ahead, check_whole, rows
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.people import EMPLOYEE, Person
from mkd_hrms.policy.dates import Calendar
from mkd_hrms.policy.day.outages import Excuse
from mkd_hrms.policy.facts import AttendanceRecord
from mkd_hrms.policy.model import AT_WORK_STATES, NO_SHOW

ATTENDANCE, DAY = Table("tabAttendance"), Table("tabMKD Day")
SUBMITTED = 1
PRESENT, ABSENT, HALF_DAY, ON_LEAVE = "Present", "Absent", "Half Day", "On Leave"
# How a line tells of a day: "2026-11-24", and behind it some of these, an absence first. Leave is no mark, but no
# presence either.
WEIGHTS, LATE, EARLY, LEAVE = {"A": 1.0, "H": 0.5}, "L", "E", "V"
LETTERS = (*WEIGHTS, LATE, EARLY)
# Of so many people it is asked together on which of the marked days they worked away.
AT_ONCE = 2000
# Dates by employee.
Days = dict[str, set[date]]


class Mark(NamedTuple):
	"""One attendance row that tells of an absence, of lateness, or of an early exit."""

	day: date
	absence: float
	late: bool
	early: bool


def read_attendance(
	database: Database,
	scope: Scope,
	people: Mapping[str, Person],
	calendars: Mapping[CalendarKey, Calendar],
	since: date,
	until: date,
	late_window_days: int,
	excuses: Excuses | None = None,
) -> dict[str, AttendanceRecord]:
	"""By employee, the attendance from since to until, both included; lateness in its last so many days."""
	return dict(each_attendance(database, scope, people, calendars, since, until, late_window_days, excuses))


def each_attendance(
	database: Database,
	scope: Scope,
	people: Mapping[str, Person],
	calendars: Mapping[CalendarKey, Calendar],
	since: date,
	until: date,
	late_window_days: int,
	excuses: Excuses | None = None,
) -> Iterator[tuple[str, AttendanceRecord]]:
	"""What `read_attendance` finds, one employee after the other. `excuses` is what outages excuse (rule D11).

	Where the database reads apart, the lines are on their way as soon as this returns; elsewhere everything is read.

	Raises ValueError where the database cut a list of days short.
	"""
	if since > until:
		return iter(())
	workdays, excuses = Workdays(calendars, since, until), excuses or None
	lines = _read_lines(database, scope, people, workdays, excuses)
	if not database.apart:
		lines = list(lines)
	around = Around(
		workdays,
		max(since, until - timedelta(days=late_window_days - 1)),
		excuses,
		_read_periods_of_several(database, scope, since, until),
		*_read_no_shows(database, scope, since, until),
	)
	lines = _with_excuses(lines, around, database)
	if not database.apart:
		# Whoever judges these people may write meanwhile, on the connection that would be asked.
		lines = list(lines)
	return _records(people, scope.others or {}, lines, around)


def _records(
	people: Mapping[str, Person],
	others: Mapping[str, tuple[Person, ...]],
	lines: Iterable[Line],
	around: Around,
) -> Iterator[tuple[str, AttendanceRecord]]:
	left, told = set(people) - others.keys(), {}
	for line in lines:
		if line.text:
			told[line.employee] = line.text
			continue
		left.discard(line.employee)
		yield line.employee, around.record(people[line.employee], line)
	for employee in left:
		yield employee, around.record(people[employee], around.line_without_rows(people[employee]))
	for employee, records in others.items():
		yield employee, around.record_of_all((*records, people[employee]), told)


def _with_excuses(lines: Iterable[Line], around: Around, database: Database) -> Iterator[Line]:
	"""The lines; of whom something is marked is known by then when he was away, and on which days he worked away.

	Nobody else needs an excuse, and an agency has ten times as many of them.
	"""
	lines, period = iter(lines), (around.workdays.since, around.workdays.until)
	while some := list(islice(lines, AT_ONCE)):
		if marked := [line.employee for line in some if line.marks]:
			around.at_work.update(_read_days_at_work(database, *period, marked))
			around.away.update(read_periods(database, Scope(employees=tuple(marked)), *period))
		yield from some


def _read_periods_of_several(database: Database, scope: Scope, since: date, until: date) -> Periods:
	"""When people with several Employee records were away: what is marked of them is known when all are told."""
	if not scope.others:
		return Periods()
	theirs = replace(scope, employees=(*scope.others, *scope.whose))
	return read_periods(database, theirs, since, until)


class Line(NamedTuple):
	"""What the database says of one employee: how many working days are recorded, and what is marked on any day.

	Where an outage kept people from being recorded, nothing is missing: such a day counts as recorded. Of a person with
	several Employee records the `text` is kept until all of them are told.
	"""

	employee: str
	recorded: int
	marks: Collection[Mark]
	text: str = ""


def _read_lines(
	database: Database,
	scope: Scope,
	people: Mapping[str, Person],
	workdays: Workdays,
	excuses: Excuses | None,
) -> Iterator[Line]:
	def build(bind: Binder):
		return (
			Query.from_(EMPLOYEE)
			.join(ATTENDANCE)
			.on(ATTENDANCE.employee == EMPLOYEE.name)
			.select(EMPLOYEE.name, Count("*"), GroupConcat(_day_with_marks(bind)))
			.where((ATTENDANCE.docstatus == SUBMITTED) & scope.of(EMPLOYEE, bind))
			.where(ATTENDANCE.attendance_date >= bind(workdays.since))
			.where(ATTENDANCE.attendance_date <= bind(workdays.until))
			.groupby(EMPLOYEE.name)
		)

	return _lines(ahead(database, build), scope, people, workdays, excuses)


def _lines(
	told: Iterable[tuple],
	scope: Scope,
	people: Mapping[str, Person],
	workdays: Workdays,
	excuses: Excuses | None,
) -> Iterator[Line]:
	known: dict[str, Mark] = {}
	for employee, count, text in told:
		if employee in scope.whose:
			check_whole(text.split(","), count)
			yield Line(employee, 0, (), text)
		elif person := people.get(employee):
			yield _line(employee, count, text, duty_of(person, workdays, excuses), known)


def _line(employee: str, count: int, text: str, duty: Duty, known: dict[str, Mark]) -> Line:
	marked = _marked(text)
	marks = [known.get(day) or known.setdefault(day, _mark(day)) for day in marked]
	marks = [mark._replace(absence=0.0) if mark.absence and _came(text, mark) else mark for mark in marks]
	return Line(employee, _recorded(text, marked, count, duty), marks)


def _day_with_marks(bind: Binder) -> Term:
	half = (ATTENDANCE.status == bind(HALF_DAY)) & (ATTENDANCE.half_day_status == bind(ABSENT))
	absence = Case().when(ATTENDANCE.status == bind(ABSENT), "A").when(half, "H")
	absence = absence.when(ATTENDANCE.status == bind(ON_LEAVE), LEAVE).else_("")
	early = ATTENDANCE.early_exit == 1
	both = Case().when(early, LATE + EARLY).else_(LATE)
	late = Case().when(ATTENDANCE.late_entry == 1, both).when(early, EARLY).else_("")
	# Nearly every row is such a one, and none of the questions above is asked about it.
	plain = (ATTENDANCE.status == bind(PRESENT)) & (ATTENDANCE.late_entry == 0) & (ATTENDANCE.early_exit == 0)
	return Concat(ATTENDANCE.attendance_date, Case().when(plain, "").else_(Concat(absence, late)))


def _marked(text: str) -> Collection[str]:
	"""The days that carry a mark. There are few of them in a long text: each is looked for by itself."""
	found = {}
	for letter in LETTERS:
		at = text.find(letter)
		while at >= 0:
			end = text.find(",", at)
			day = text[text.rfind(",", 0, at) + 1 : end if end >= 0 else None]
			found[day] = None
			at = text.find(letter, at + 1)
	return found


def _came(text: str, mark: Mark) -> bool:
	"""Whether another row of the day, of another shift, tells that somebody came: then he was not absent (rule E9).

	Against a whole absence half a day tells as much; beside another half it leaves its own half open.
	"""
	day = mark.day.isoformat()
	if text.count(day) == 1:
		return False
	absent = {LEAVE, *(letter for letter, weight in WEIGHTS.items() if weight >= mark.absence)}
	others = (entry[ISO_LENGTH:] for entry in text.split(",") if entry.startswith(day))
	return any(absent.isdisjoint(marks) for marks in others)


def _recorded(text: str, marked: Collection[str], count: int, duty: Duty) -> int:
	"""How many working days a text of so many days names, or are excused. A day counts once, however many rows it has."""
	for letter in (*LETTERS, LEAVE) if marked else (LEAVE,):
		text = text.replace(letter, "")
	period, excused = duty.period, duty.excused.days
	if text == period.text and count == len(period.days):
		return count
	days = text.split(",")
	check_whole(days, count)
	return len(period.days.intersection((*days, *excused) if excused else days))


def _mark(day: str) -> Mark:
	marks = day[ISO_LENGTH:]
	absence = WEIGHTS.get(marks[0], 0.0)
	return Mark(date.fromisoformat(day[:ISO_LENGTH]), absence, LATE in marks, EARLY in marks)


@dataclass(frozen=True, slots=True)
class Around:
	"""What is known beside the lines: what outages excuse, and by employee periods away, confirmed no-shows, and days
	of working away."""

	workdays: Workdays
	late_since: date
	excuses: Excuses | None
	away: Periods
	no_shows: Days
	at_work: Days
	# Equal records are one: there are far fewer than people.
	records: dict[tuple, AttendanceRecord] = field(default_factory=dict)

	def line_without_rows(self, person: Person) -> Line:
		"""The line of somebody of whom no row is kept."""
		return _without_rows(person.employee, duty_of(person, self.workdays, self.excuses))

	def record_of_all(self, records: tuple[Person, ...], told: Mapping[str, str]) -> AttendanceRecord:
		"""The attendance of one person by all his Employee records, of which his own comes last.

		Raises ValueError where the database cut a list of days short.
		"""
		duty, text = joined(records, told, self.workdays, self.excuses)
		employee, count = records[-1].employee, text.count(",") + 1
		line = _line(employee, count, text, duty, {}) if text else _without_rows(employee, duty)
		return self._record(duty, None, line)

	def record(self, person: Person, line: Line) -> AttendanceRecord:
		"""The attendance of one person."""
		return self._record(duty_of(person, self.workdays, self.excuses), person.joined_on, line)

	def _record(self, duty: Duty, joined_on: date | None, line: Line) -> AttendanceRecord:
		days, counted = duty.period.count, (0, 0, 0)
		if line.marks or line.employee in self.no_shows:
			counted = self._count(duty, joined_on, line)
		absences, late_days, doubtful = counted
		key = days, max(0, days - line.recorded), absences, late_days, doubtful
		record = self.records.get(key)
		if record is None:
			since, until = self.workdays.since, self.workdays.until
			record = AttendanceRecord(since, until, *key[:4], self.late_since, doubtful)
			self.records[key] = record
		return record

	def _count(self, duty: Duty, joined_on: date | None, line: Line) -> tuple[float, int, float]:
		"""Absences, late days, and the absences on days that no holiday list covers. A day counts once."""
		employee, working, in_outages = line.employee, duty.working, duty.excused.marks
		away, at_work = self.away.of(employee), self.at_work.get(employee, ())
		# A no-show that was confirmed counts: whoever confirmed it knew of the outage, or it was taken back (rule D11).
		absent: dict[date, float] = dict.fromkeys(self.no_shows.get(employee, ()), 1.0)
		late: set[date] = set()
		for mark in line.marks:
			if mark.day in at_work or (joined_on and mark.day < joined_on) or _excused(mark, away):
				continue
			excuse = in_outages.get(mark.day)
			if mark.absence and not excuse:
				absent[mark.day] = max(absent.get(mark.day, 0), mark.absence)
			if mark.day >= self.late_since and _is_late(mark, excuse):
				late.add(mark.day)
		return (
			sum([weight for day, weight in absent.items() if working[day]]),
			sum([working[day] is True for day in late]),
			sum([weight for day, weight in absent.items() if working[day] is None]),
		)


def _without_rows(employee: str, duty: Duty) -> Line:
	return Line(employee, len(duty.period.days.intersection(duty.excused.days)), ())


def _is_late(mark: Mark, excuse: Excuse | None) -> bool:
	"""Whether a late entry or an early exit is left that no outage may have caused."""
	if excuse is None:
		return mark.late or mark.early
	return (mark.late and not excuse.late) or (mark.early and not excuse.early)


def _excused(mark: Mark, away: Iterable[Away]) -> bool:
	"""Half a day away excuses a whole absence that the platform has not yet halved, but not the other half (E9)."""
	if mark.absence == WEIGHTS["H"]:
		return any(period.covers(mark.day) for period in away)
	return any(period.touches(mark.day) for period in away)


def _read_no_shows(database: Database, scope: Scope, since: date, until: date) -> tuple[Days, Days]:
	"""By employee, the confirmed no-shows; and of a person with several Employee records the days of working away.

	The row of one record may tell of a day of another one.
	"""

	def build(bind: Binder) -> QueryBuilder:
		found = _days(bind, (NO_SHOW,), since, until).where(scope.has(DAY.employee, bind))
		of_several = DAY.employee.isin(bind.all(scope.whose or ("",)))
		return found.union_all(_days(bind, AT_WORK_STATES, since, until).where(of_several))

	no_shows, at_work = defaultdict(set), defaultdict(set)
	for employee, day, status in scope.folded(rows(database, build)):
		(no_shows if status == NO_SHOW else at_work)[employee].add(day)
	return dict(no_shows), dict(at_work)


def _read_days_at_work(database: Database, since: date, until: date, marked: Collection[str]) -> Days:
	"""By employee, the MKD days that were approved or worked, of those of whom an attendance row is marked.

	On these the platform may see no presence at the office; a person confirms an absence (rule D6). Of an agency, the
	year of MKD days is not read: a day without a mark is asked about by nobody. Raises ValueError where the database cut
	a list of days short.
	"""

	def build(bind: Binder) -> QueryBuilder:
		query = Query.from_(DAY).select(DAY.employee, Count("*"), GroupConcat(DAY.mkd_date))
		query = query.where(_within(bind, AT_WORK_STATES, since, until) & DAY.employee.isin(bind.all(marked)))
		return query.groupby(DAY.employee)

	at_work = {}
	for employee, count, text in rows(database, build):
		days = text.split(",")
		check_whole(days, count)
		at_work[employee] = set(map(date.fromisoformat, days))
	return at_work


def _days(bind: Binder, states: Collection[str], since: date, until: date) -> QueryBuilder:
	query = Query.from_(DAY).select(DAY.employee, DAY.mkd_date, DAY.status)
	return query.where(_within(bind, states, since, until))


def _within(bind: Binder, states: Collection[str], since: date, until: date) -> Criterion:
	period = (DAY.mkd_date >= bind(since)) & (DAY.mkd_date <= bind(until))
	return period & DAY.status.isin(bind.all(states))
