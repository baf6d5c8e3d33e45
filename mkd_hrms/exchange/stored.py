"""Records as they are stored, as the neutral rows of a profile; what its files have no place for is left out and counted.

Whoever reads the records hands them over in parts; all of one person stand in one part, whatever Employee record of his
they belong to. Each has the employee and the day first, and the fields that are named here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import chain, groupby
from typing import Any

from mkd_hrms.exchange import rows
from mkd_hrms.exchange.layouts import end_of_month
from mkd_hrms.exchange.meanings import ABSENT, HALF_DAY, is_told_whole, said_of
from mkd_hrms.exchange.profiles import Profile
from mkd_hrms.simulate.output.language import Language, Text, _

# Of several rows of a day, one for each shift or record of a person, the one by which the rules go (E9): leave beside
# an absence does not say that somebody came.
RANK = {"Present": 0, "Work From Home": 1, HALF_DAY: 2, ABSENT: 3, "On Leave": 4}
# What was decided about a report, and with it about the work in it.
DECIDED = {"Verified": rows.APPROVED, "Rejected": rows.REFUSED}
IN_FORCE = "In Force"
LEFT_OUT = {
	"mark": _("{count} days away from the office were late or left early; the file has no word for both."),
	"several": _("{count} days have several rows of attendance; the file tells each day once."),
	"again": _("{count} records say something else of the same person and time, and are left out."),
	"month": _("{count} results are not of whole months, or not of one month where the file names one."),
	"ended": _(
		"{count} sanctions have ended before the last day that is recorded of them, and are left out."
	),
	"needs": _("{count} records lack what each row of the file must have."),
}


@dataclass(slots=True)
class Told:
	"""What became of the records: so many rows, and what was left out."""

	rows: int = 0
	left_out: dict[str, int] = field(default_factory=dict)

	def leave(self, kind: str) -> None:
		"""One more that is left out, or told in part."""
		self.left_out[kind] = self.left_out.get(kind, 0) + 1

	def lines(self, reader: Language) -> list[str]:
		"""What was left out, a sentence each."""
		return [reader.tell(Text(LEFT_OUT[kind], {"count": count})) for kind, count in self.left_out.items()]


@dataclass(frozen=True, slots=True)
class Whose:
	"""How the file names somebody."""

	number: str
	name: str | None = None
	unit: str | None = None


def rows_of(
	profile: Profile, parts: Iterable[Iterable[Any]], whose: Mapping[str, Whose], told: Told, today: date
) -> Iterator[rows.Row]:
	"""The rows of a profile, those of one person together."""
	who, seen = None, {}
	for row in chain.from_iterable(_made(profile, part, whose, told, today) for part in parts):
		if row.who != who:
			who, seen = row.who, {}
		if any(row.values().get(need, row) is None for need in profile.needs):
			told.leave("needs")
		elif row.said is None or row.said not in seen:
			seen[row.said] = row
			told.rows += 1
			yield row
		elif row != seen[row.said]:
			told.leave("again")


def _made(
	profile: Profile, part: Iterable[Any], whose: Mapping[str, Whose], told: Told, today: date
) -> Iterator[rows.Row]:
	records = sorted(part, key=lambda record: (whose[record[0]].number, str(record[1])))
	return MAKE[profile.row](profile, records, whose, told, today)


def _presences(_profile, records: Iterable[Any], whose, told: Told, _today) -> Iterator[rows.Presence]:
	for (_number, day), found in groupby(
		records, key=lambda record: (whose[record.employee].number, record.day)
	):
		found = sorted(found, key=lambda record: (RANK[record.status], record.other_half == ABSENT))
		if len(found) > 1:
			told.leave("several")
		first = found[0]
		late, early = (max(int(bool(getattr(each, name))) for each in found) for name in ("late", "early"))
		if not is_told_whole(first.status, late, early):
			told.leave("mark")
		who = whose[first.employee]
		times = {"time_in": _clock(first.time_in, day), "time_out": _clock(first.time_out, day)}
		status = said_of(first.status, first.other_half, late, early)
		yield rows.Presence(who.number, day, status, **times, name=who.name, unit=who.unit)


def _clock(at: datetime | None, day: date) -> time | None:
	"""When somebody came or went on the day itself; a night shift ends on another one."""
	return at.time().replace(microsecond=0) if at and at.date() == day else None


def _punches(_profile, records, whose, _told, _today) -> Iterator[rows.Punch]:
	for (employee, at), _same in groupby((employee, at.replace(microsecond=0)) for employee, at in records):
		yield rows.Punch(whose[employee].number, at, name=whose[employee].name)


def _results(profile: Profile, records, whose, told: Told, _today) -> Iterator[rows.Result]:
	"""Whole months, or one where the file has no column for the last."""
	for record in records:
		first, last = record.first, record.last
		whole = first.day == 1 and last == end_of_month(last)
		if not whole or ("last_month" not in profile.columns and last != end_of_month(first)):
			told.leave("month")
			continue
		who = whose[record.employee]
		said = {"predicate": record.predicate, "score": record.score, "minutes": record.minutes}
		yield rows.Result(who.number, first, last, **said, name=who.name)


def _sanctions(_profile, records, whose, told: Told, today: date) -> Iterator[rows.Discipline]:
	"""The file tells the last day and no more: what has ended without it would be in force again for whoever reads it."""
	for record in records:
		if record.stage != IN_FORCE and not (record.last and record.last < today):
			told.leave("ended")
			continue
		who = whose[record.employee]
		yield rows.Discipline(who.number, record.level, record.first, record.last, record.letter)


def _boxes(_profile, records, whose, _told, _today) -> Iterator[rows.TalentBox]:
	for record in records:
		axes = {"across": record.across, "up": record.up, "total": record.total}
		yield rows.TalentBox(whose[record.employee].number, record.year, record.box, **axes)


def _activities(_profile, records, whose, _told, _today) -> Iterator[rows.Activity]:
	"""Work on which nobody has decided waits; of what was decided the minutes count, or none."""
	for record in records:
		state, start, end = DECIDED.get(record.state, rows.WAITING), _time(record.start), _time(record.end)
		times = {"start": start, "end": end} if start and end and start <= end else {}
		counted = {rows.APPROVED: record.minutes, rows.REFUSED: 0}.get(state)
		said = {"minutes": record.minutes, "minutes_approved": counted, "state": state, "goal": record.goal}
		yield rows.Activity(whose[record.employee].number, record.day, record.activity, **times, **said)


def _time(at: time | timedelta | None) -> time | None:
	"""A time of day, as a database hands it over."""
	return (datetime.min + at).time() if isinstance(at, timedelta) else at


def _planned(_profile, records, whose, _told, _today) -> Iterator[rows.Planned]:
	for employee, day in records:
		who = whose[employee]
		yield rows.Planned(who.number, day, rows.HOME, who.name, who.unit)


MAKE: Mapping[type[rows.Row], Callable[..., Iterator[rows.Row]]] = {
	rows.Presence: _presences,
	rows.Punch: _punches,
	rows.Activity: _activities,
	rows.Result: _results,
	rows.Discipline: _sanctions,
	rows.TalentBox: _boxes,
	rows.Planned: _planned,
}


def is_stored(row: type[rows.Row]) -> bool:
	"""Whether records of such rows are kept anywhere."""
	return row in MAKE


def in_parts(people: Mapping[str, Whose], at_once: int) -> Iterator[list[str]]:
	"""Employees, so many at a time or a few more: those with one number stand together, in the order of their numbers."""
	some: list[str] = []
	ordered = sorted(people, key=lambda employee: (people[employee].number, employee))
	for _number, same in groupby(ordered, key=lambda employee: people[employee].number):
		some += same
		if len(some) >= at_once:
			yield some
			some = []
	if some:
		yield some
