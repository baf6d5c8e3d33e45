"""Who of a unit is where in two weeks, and which days are by circular: the board of a report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from pypika import Query, Table

from mkd_hrms.constants import COLLECTIVE_DAY
from mkd_hrms.facts.attendance.calendars import calendar_key, read_calendars
from mkd_hrms.facts.coverage_rules import read_coverage_rules, read_office_days, read_tree
from mkd_hrms.facts.database.queries import Database, rows
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.ledger.away_dates import CircularDate, count_by_circular
from mkd_hrms.facts.ledger.unit_days import Colleague, read_colleagues
from mkd_hrms.judging.availability import office_days_by_date
from mkd_hrms.judging.coverage import UNIT, Look, groups_of, looks_at
from mkd_hrms.judging.unit_days import chains_of
from mkd_hrms.policy.coverage import AWAY_STATES, Where
from mkd_hrms.policy.dates import Calendar, days_between
from mkd_hrms.policy.model import Policy
from mkd_hrms.simulate.check.applications import Answer
from mkd_hrms.simulate.check.coverage import MAY_BE_APPROVED, Shortage

CIRCULAR = Table("tabMKD Collective Day")
TWO_WEEKS = timedelta(days=13)


class Cell(str, Enum):
	"""Where somebody is on a date, as a board shows it."""

	OFFICE = "office"
	MKD = "mkd"
	CIRCULAR = "circular"
	ASKED = "asked"
	LEAVE = "leave"
	TRIP = "trip"
	OFF = "off"
	KEPT_IN = "kept-in"
	OUT = "out"
	UNKNOWN = "unknown"

	__hash__ = str.__hash__


SHOWN = {
	Where.OFFICE: Cell.OFFICE,
	Where.PENDING: Cell.ASKED,
	Where.MKD: Cell.MKD,
	Where.LEAVE: Cell.LEAVE,
	Where.TRIP: Cell.TRIP,
	Where.OUT: Cell.OUT,
}


@dataclass(frozen=True, slots=True)
class Board:
	"""One unit: its people by the dates on which it works, and what room each date has left."""

	unit: str
	dates: tuple[date, ...]
	people: tuple[tuple[Colleague, tuple[Cell, ...]], ...]
	looks: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class Circular:
	"""A date on which a circular sends people away: what it is called, and how many of how many units go."""

	mkd_date: date
	name: str
	number: str | None
	subject: str | None
	people: int
	units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Boards:
	"""What a report shows of where people are."""

	since: date
	until: date
	units: tuple[Board, ...]
	circulars: tuple[Circular, ...]


def read_boards(
	database: Database, policy: Policy, on: date, answers: Iterable[Answer], shortages: Iterable[Shortage]
) -> Boards:
	"""Two weeks from the Monday before the MKD date on: the unit that has least room, and one that a circular sends away."""
	since = on - timedelta(days=on.weekday())
	until = since + TWO_WEEKS
	by_circular = count_by_circular(database, since, AWAY_STATES, until)
	asked = defaultdict(set)
	for answer in answers:
		if answer.outcome in MAY_BE_APPROVED:
			asked[answer.application.employee].update(decision.mkd_date for decision in answer.decisions)
	units = _chosen(shortages, by_circular, (since, until))
	boards = tuple(_board(database, policy, unit, (since, until), asked) for unit in units)
	return Boards(since, until, boards, _circulars(database, by_circular))


def _chosen(
	shortages: Iterable[Shortage], by_circular: Iterable[CircularDate], period: tuple[date, date]
) -> list[str]:
	"""The unit that most apply for beyond its room, and the one from which a circular sends most."""
	over, sent = Counter(), Counter()
	for shortage in shortages:
		look = shortage.look
		if look.group.kind == UNIT and not look.group.together and period[0] <= look.day <= period[1]:
			over[look.group.name] += shortage.asked - look.room.room
	for entry in by_circular:
		if entry.department:
			sent[entry.department] += entry.people
	# Where one unit shows both, one board is enough.
	both = [unit for unit, _count in over.most_common() if unit in sent]
	if both:
		return both[:1]
	firsts = (max(sorted(counts), key=lambda unit: counts[unit], default=None) for counts in (over, sent))
	return [unit for unit in firsts if unit]


def _board(
	database: Database,
	policy: Policy,
	unit: str,
	period: tuple[date, date],
	asked: Mapping[str, set[date]],
) -> Board:
	people = read_colleagues(database, Scope(units=(unit,)), *period, policy.long_leave_days)
	calendars = read_calendars(database, [colleague.record for colleague in people], *period)
	of = {colleague.record.employee: calendars[calendar_key(colleague.record)] for colleague in people}
	dates = [
		day
		for day in days_between(*period)
		if any(calendar.is_working(day) is not False for calendar in of.values()) or day.isoweekday() <= 5
	]
	rules, chain = read_coverage_rules(database, *period), _chain(database, unit)
	looks = []
	for day in dates:
		own = [group for group in groups_of(chain, day, rules, policy) if not group.together]
		looks += (look for group in own for look in looks_at(group, people, (day,), (unit,)))
	ordered = sorted(people, key=lambda each: (each.record.employee_name or "", each.record.employee))
	office_days = read_office_days(database, *period)
	shown = []
	for each in ordered:
		kept_in = office_days_by_date(office_days, each.record.company, chain, *period)
		shown.append((each, _cells(each, dates, of[each.record.employee], asked, kept_in)))
	return Board(unit, tuple(dates), tuple(shown), tuple(looks))


def _chain(database: Database, unit: str) -> tuple[str, ...]:
	return chains_of(read_tree(database).values()).get(unit, (unit,))


def _cells(
	colleague: Colleague,
	dates: Iterable[date],
	calendar: Calendar,
	asked: Mapping[str, set[date]],
	kept_in: Container[date],
) -> tuple[Cell, ...]:
	wanted = asked.get(colleague.record.employee, ())
	return tuple(
		_cell(colleague, day, calendar.is_working(day), day in wanted, day in kept_in) for day in dates
	)


def _cell(colleague: Colleague, day: date, working: bool | None, asks: bool, kept_in: bool) -> Cell:
	"""What is recorded comes first; of a day off nothing else is said."""
	cell = SHOWN[colleague.on(day)]
	if cell in (Cell.MKD, Cell.OUT):
		by_circular = cell is Cell.MKD and colleague.days[day].source_doctype == COLLECTIVE_DAY
		return Cell.CIRCULAR if by_circular else cell
	if working is not True:
		return Cell.UNKNOWN if working is None else Cell.OFF
	if cell is Cell.OFFICE and kept_in:
		return Cell.KEPT_IN
	return Cell.ASKED if cell is Cell.OFFICE and asks else cell


def _circulars(database: Database, by_circular: Iterable[CircularDate]) -> tuple[Circular, ...]:
	known = _read_circulars(database)
	found: dict[tuple[date, str], list[CircularDate]] = defaultdict(list)
	for entry in by_circular:
		found[entry.mkd_date, entry.circular or ""].append(entry)
	return tuple(
		Circular(
			*(day, name, *known.get(name, (None, None)), sum(entry.people for entry in entries)),
			tuple(entry.department for entry in entries if entry.department),
		)
		for (day, name), entries in sorted(found.items())
	)


def _read_circulars(database: Database) -> dict[str, tuple[str | None, str | None]]:
	found = rows(
		database,
		lambda bind: Query.from_(CIRCULAR).select(CIRCULAR.name, CIRCULAR.circular_no, CIRCULAR.subject),
	)
	return {name: (number, subject) for name, number, subject in found}
