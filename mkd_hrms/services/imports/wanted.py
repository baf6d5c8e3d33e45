"""What a file wants to be recorded: neutral rows as what the records of the site are to say. Nothing is looked up or written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mkd_hrms.constants import CHECKIN, DAILY_REPORT, DISCIPLINE_RECORD, PERFORMANCE_RECORD, TALENT_RECORD
from mkd_hrms.exchange import rows
from mkd_hrms.exchange.layouts import end_of_month
from mkd_hrms.exchange.meanings import ATTENDANCE as MEANS
from mkd_hrms.exchange.meanings import approved_minutes, status_of
from mkd_hrms.exchange.profiles import Profile
from mkd_hrms.exchange.rejections import Tally
from mkd_hrms.policy.day.daily_report import minutes_between
from mkd_hrms.simulate.output.language import Text
from mkd_hrms.simulate.output.language import _ as marked

ATTENDANCE = "Attendance"
IN_FORCE, ENDED = "In Force", "Ended"
# So many signs a line of a record holds.
LONGEST = 140


@dataclass(frozen=True, slots=True)
class Wanted:
	"""A record as a row of a file has it: `key` finds it where it stands, `fixed` and `key` make it, `values` are compared."""

	row: int
	who: str
	employee: str
	doctype: str
	key: tuple
	day: date
	fixed: Mapping[str, Any]
	values: Mapping[str, Any]
	# The other rows of the file that say something of the same record.
	others: tuple[int, ...] = ()

	@property
	def detail(self) -> str:
		"""Which record of the employee is meant, as a text."""
		return " ".join(map(str, self.key[1:]))


Numbered = Iterable[tuple[int, rows.Row]]


def wanted_of(
	profile: Profile, found: Numbered, employee_of: Mapping[str, str], today: date, tally: Tally
) -> Iterator[Wanted]:
	"""The records that a file speaks of; what it leaves out of them is noted in the tally."""
	make = {
		rows.Presence: _attendance,
		rows.Punch: _checkins,
		rows.Activity: _activities,
		rows.Result: _results,
		rows.Discipline: _sanctions,
		rows.TalentBox: _boxes,
	}[profile.row]
	return make(profile, found, employee_of, today, tally)


def _attendance(_profile, found: Numbered, employee_of, _today, tally: Tally) -> Iterator[Wanted]:
	silent = off = 0
	for number, row in found:
		status = status_of(row)
		silent, off = silent + (status is None), off + (status == rows.OFF)
		if status in MEANS:
			employee = employee_of[row.who]
			said, late, early = MEANS[status]
			values = {"status": said, "late_entry": late, "early_exit": early, **_times(row)}
			fixed = {"attendance_date": row.day}
			key = (employee, row.day)
			yield Wanted(number, row.who, employee, ATTENDANCE, key, row.day, fixed, values)
			yield from _places(number, row, employee, values)
	if silent:
		sentence = marked("{count} days have neither a status nor a time, and are left out.")
		tally.notes.append(Text(sentence, {"count": silent}))
	if off:
		sentence = marked("{count} days off are left out; the calendar says them.")
		tally.notes.append(Text(sentence, {"count": off}))


def _places(number: int, row: rows.Presence, employee: str, said: Mapping[str, Any]) -> Iterator[Wanted]:
	"""Where the file says the place of a time, a check-in of it: attendance holds no places."""
	for side, log_type, at in (("in", "IN", said.get("in_time")), ("out", "OUT", said.get("out_time"))):
		latitude, longitude = (getattr(row, f"{name}_{side}") for name in ("latitude", "longitude"))
		if at and latitude is not None and longitude is not None:
			values = {"time": at, "latitude": latitude, "longitude": longitude}
			key, fixed = (employee, row.day, log_type), {"log_type": log_type}
			yield Wanted(number, row.who, employee, CHECKIN, key, row.day, fixed, values)


def _times(row: rows.Presence) -> dict[str, Any]:
	"""When somebody came and went, as far as the row says it."""
	times = {"in_time": row.time_in, "out_time": row.time_out}
	found = {name: datetime.combine(row.day, at) for name, at in times.items() if at}
	if len(found) == len(times) and found["out_time"] < found["in_time"]:
		# A night shift: nothing says on which day it ended.
		del found["out_time"]
	return found


def _checkins(_profile, found: Numbered, employee_of, _today, _tally) -> Iterator[Wanted]:
	for number, row in found:
		employee = employee_of[row.who]
		key = (employee, row.at)
		yield Wanted(number, row.who, employee, CHECKIN, key, row.at.date(), {}, {"time": row.at})


def _activities(profile: Profile, found: Numbered, employee_of, _today, tally: Tally) -> Iterator[Wanted]:
	"""The approved minutes of each month, and the work of each day for its report, if it is a day of MKD.

	Of work that nobody has looked at no minutes are known; what was refused is in no report.
	"""
	minutes: dict[tuple[str, date], list[int]] = {}
	days: dict[tuple[str, date], list[tuple[int, rows.Activity]]] = {}
	unknown = 0
	for number, row in found:
		if row.state != rows.REFUSED:
			days.setdefault((row.who, row.day), []).append((number, row))
		if (approved := approved_minutes(row)) is None:
			unknown += 1
		else:
			total = minutes.setdefault((row.who, row.day.replace(day=1)), [number, 0])
			total[1] += approved
	for (who, first), (number, total) in sorted(minutes.items()):
		yield _result(
			profile, number, who, employee_of[who], first, end_of_month(first), {"productive_minutes": total}
		)
	for (who, day), work in sorted(days.items()):
		yield _report(profile, who, employee_of[who], day, work)
	_note_activities(tally, unknown)


def _note_activities(tally: Tally, unknown: int) -> None:
	if unknown:
		sentence = marked("{count} activities say neither a status nor approved minutes, and are left out.")
		tally.notes.append(Text(sentence, {"count": unknown}))
	sentence = marked("The minutes of a month are those in the file; make sure that it holds whole months.")
	tally.notes.append(Text(sentence))


def _report(profile: Profile, who: str, employee: str, day: date, work: list) -> Wanted:
	numbers = [number for number, _row in work]
	values = {"activities": [_activity(row, profile.source) for _number, row in work]}
	key, fixed = (employee, day), {"mkd_date": day}
	return Wanted(numbers[0], who, employee, DAILY_REPORT, key, day, fixed, values, tuple(numbers[1:]))


def _activity(row: rows.Activity, source: str) -> dict[str, Any]:
	"""A piece of work as a row of a report; of a night that ends on the next day only the minutes count."""
	timed = row.start and row.end and row.start < row.end
	volume = f"{row.volume:g} {row.measure or ''}".strip() if row.volume else None
	return {
		"activity": _cut(row.activity),
		"output": _cut(row.note or volume or row.evidence or source),
		"minutes": minutes_between(row.start, row.end) if timed else row.minutes,
		"from_time": f"{row.start:%H:%M:%S}" if timed else None,
		"to_time": f"{row.end:%H:%M:%S}" if timed else None,
		"volume": row.volume or 0,
		"volume_unit": row.measure,
	}


def _cut(text: str) -> str:
	return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _results(profile: Profile, found: Numbered, employee_of, _today, _tally) -> Iterator[Wanted]:
	"""What a row does not say stays as it is recorded: the months of TRK come in two files."""
	for number, row in found:
		said = {"predicate": row.predicate, "productive_minutes": row.minutes}
		values = {name: value for name, value in said.items() if value is not None}
		if row.score is not None:
			values |= {"has_score": 1, "score": row.score}
		yield _result(profile, number, row.who, employee_of[row.who], row.first, row.last, values)


def _result(profile: Profile, number, who, employee, first, last, values) -> Wanted:
	fixed = {"source": profile.source, "period_start": first, "period_end": last}
	key = (employee, profile.source, first, last)
	return Wanted(number, who, employee, PERFORMANCE_RECORD, key, last, fixed, values)


def _sanctions(_profile, found: Numbered, employee_of, today: date, _tally) -> Iterator[Wanted]:
	for number, row in found:
		employee = employee_of[row.who]
		values = {"stage": ENDED if row.last and row.last < today else IN_FORCE, "to_date": row.last}
		if row.letter:
			values["decree_no"] = row.letter
		fixed = {"level": row.level, "from_date": row.first}
		key = (employee, row.level, row.first)
		yield Wanted(number, row.who, employee, DISCIPLINE_RECORD, key, row.first, fixed, values)


def _boxes(profile: Profile, found: Numbered, employee_of, _today, _tally) -> Iterator[Wanted]:
	"""One record a year, whoever wrote it; an axis that a row does not name stays as it is recorded."""
	for number, row in found:
		employee = employee_of[row.who]
		axes = {"x_axis": row.across, "y_axis": row.up, "total_axis": row.total}
		values = {"box": row.box, **{name: value for name, value in axes.items() if value is not None}}
		fixed, key = {"year": row.year, "source": profile.source}, (employee, row.year)
		first = date(row.year, 1, 1)
		yield Wanted(number, row.who, employee, TALENT_RECORD, key, first, fixed, values)
