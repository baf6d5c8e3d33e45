"""From the rows of a file to neutral rows, one function a layout; what cannot be read comes out as a rejection in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from mkd_hrms.exchange import values
from mkd_hrms.exchange.opening import MACHINE_LINE, Header, Record, filled, joined, trimmed
from mkd_hrms.exchange.profiles import FLAGS, PLACES, Profile
from mkd_hrms.exchange.rejections import Rejection, Wrong
from mkd_hrms.exchange.rows import (
	ANY_DAY,
	DAY,
	KEY,
	LATE,
	LATE_AND_EARLY,
	LEFT_EARLY,
	MOMENT,
	MONTH,
	NUMBER,
	PRESENT,
	TIME,
	WHOLE,
	WORD,
	Activity,
	Discipline,
	Planned,
	Presence,
	Punch,
	Result,
	Row,
	TalentBox,
)
from mkd_hrms.policy.dates import add_months

# A row with its number in the file, or what was not taken.
Found = Iterator[tuple[int, Row] | Rejection]
PUNCHES_A_DAY = 4
BOXES, MOST_MINUTES, MOST_PERCENT = 9, 31 * 24 * 60, 1000.0
YEARS = (values.FIRST_YEAR, values.LAST_YEAR)
# What a number may be; a greater one is a slip of the pen.
BOUNDS = {
	**{"box": (1, BOXES), "year": YEARS, "first_year": YEARS, "last_year": YEARS, "score": (0, MOST_PERCENT)},
	**dict.fromkeys(("minutes", "minutes_approved", "minutes_wanted"), (0, MOST_MINUTES)),
	**dict.fromkeys(("days_present", "working_days"), (0, 31)),
	**dict.fromkeys(("latitude_in", "latitude_out"), (-90, 90)),
	**dict.fromkeys(("longitude_in", "longitude_out"), (-180, 180)),
	**{"years": (0, 99), "months": (0, 999)},
}
NAMED_MONTH = re.compile(r"\b([A-Za-z]{3,9})\s+(\d{4})\b")


@dataclass(frozen=True, slots=True)
class Span:
	"""From which day to which a file may speak of days; a machine that has lost its clock writes others."""

	since: date = date(values.FIRST_YEAR, 1, 1)
	until: date = date(values.LAST_YEAR, 12, 31)

	def check(self, found: date, written: Any) -> Wrong | None:
		"""What is wrong with a day that lies outside."""
		if found > self.until:
			return Wrong("in_the_future", str(written), f"{self.until}")
		return Wrong("long_ago", str(written), f"{self.since}") if found < self.since else None


def read_rows(profile: Profile, header: Header, span: Span, month: date | None = None) -> Found:
	"""Every row and every rejection of a part, in their order. `month`: the first day of the month of a wide file.

	Raises BrokenRow, TooLarge and Unreadable.
	"""
	return READERS[profile.layout](_Reading(profile, header, span, month))


@dataclass(frozen=True, slots=True)
class _Reading:
	"""What all layouts share while a part is read."""

	profile: Profile
	header: Header
	span: Span
	month: date | None

	def records(self) -> Iterator[Record | Rejection]:
		"""The rows below the header that are no sums, as wide as the header; what stands below sums and has no key is none."""
		below_sums = False
		key = self.header.places.get("who")
		for row, cells in filled(self.header.part.records()):
			if row <= self.header.row:
				continue
			if self._is_sum(cells):
				below_sums = True
				continue
			cells = [*cells, *[None] * (self.header.width + PUNCHES_A_DAY - len(cells))]
			if below_sums and key is not None and values.is_missing(cells[key], ()):
				continue
			if self._is_too_long(given := trimmed(cells)):
				yield Rejection(row, None, Wrong("fields", str(len(given)), str(self.header.width)))
				continue
			yield row, cells

	def _is_too_long(self, cells: Sequence[Any]) -> bool:
		"""Whether a line of a text has more fields than its header, so that something stands in a wrong place."""
		beyond = PUNCHES_A_DAY if self.profile.layout == "punch pairs" else 0
		return self.header.part.is_text and len(cells) > self.header.width + beyond

	def _is_sum(self, cells: Sequence[Any]) -> bool:
		first = next((said for cell in cells if isinstance(said := values.text(cell), str)), "")
		return first.upper().partition(" ")[0].rstrip(":") in self.profile.totals

	def heading(self, name: str) -> str:
		"""What the file calls the column of a field."""
		place = self.header.places.get(name)
		return str(
			values.text(self.header.cells[place]) if place is not None else self.profile.columns[name][0]
		)

	def cells(self, record: Sequence[Any]) -> dict[str, Any]:
		return {name: record[place] for name, place in self.header.places.items()}

	def read(self, row: int, record: Sequence[Any]) -> tuple[dict[str, Any], list[Rejection]]:
		"""The values of a row by field, and what is wrong with others."""
		said, rejections = {}, []
		for name, cell in self.cells(record).items():
			found = self.value(name, cell)
			if isinstance(found, Wrong):
				rejections.append(Rejection(row, self.heading(name), found))
			else:
				said[name] = found
		wrong = {rejection.column for rejection in rejections}
		for name in dict.fromkeys((*self.profile.row.NEEDS, *self.profile.needs)):
			if name in self.header.places and said.get(name) is None and self.heading(name) not in wrong:
				rejections.append(Rejection(row, self.heading(name), Wrong("missing", "")))
		return said, rejections

	def value(self, name: str, cell: Any) -> Any:
		"""What stands in a cell, by the kind of the field; None where nothing does, Wrong where it cannot be read."""
		if values.is_missing(cell, self.profile.missing):
			return None
		if name in PLACES:
			return values.place(cell)
		kind = WORD if name in FLAGS else self.profile.row.KINDS[name]
		found = KINDS.get(kind, lambda profile, name, cell: values.text(cell))(self.profile, name, cell)
		if isinstance(found, Wrong):
			return found
		if kind in (DAY, MOMENT):
			return self.span.check(found.date() if kind == MOMENT else found, cell) or found
		low, high = BOUNDS.get(name, (found, found))
		outside = found is not None and not low <= found <= high
		return Wrong("out_of_bounds", str(cell), f"{low:g} - {high:g}") if outside else found


def _key(profile: Profile, _name: str, cell: Any) -> str | Wrong | None:
	return {"nip": values.nip, "pin": values.pin}.get(profile.key, values.text)(cell)


KINDS: dict[str, Callable[[Profile, str, Any], Any]] = {
	KEY: _key,
	DAY: lambda profile, _name, cell: values.day(cell, profile.dates),
	ANY_DAY: lambda profile, _name, cell: values.day(cell, profile.dates),
	MOMENT: lambda profile, _name, cell: values.moment(cell, profile.dates, profile.times),
	TIME: lambda profile, _name, cell: values.clock(cell, profile.times),
	NUMBER: lambda profile, _name, cell: values.number(cell, profile.decimal, profile.thousands),
	WHOLE: lambda profile, _name, cell: values.whole(cell, profile.decimal, profile.thousands),
	MONTH: lambda _profile, _name, cell: values.month(cell),
	WORD: lambda profile, name, cell: values.word(cell, profile.meanings[name], profile.known(name)),
}


def _row_by_row(
	make: Callable[[_Reading, dict[str, Any]], Row | tuple[str, Wrong]],
) -> Callable[[_Reading], Found]:
	"""A reader of layouts in which one row of the file is one row."""

	def read(reading: _Reading) -> Found:
		for record in reading.records():
			if isinstance(record, Rejection):
				yield record
				continue
			said, rejections = reading.read(*record)
			yield from rejections
			if not rejections:
				made = make(reading, said)
				row = record[0]
				yield (
					(row, made)
					if isinstance(made, Row)
					else Rejection(row, reading.heading(made[0]), made[1])
				)

	return read


def _presence(_reading: _Reading, said: dict[str, Any]) -> Presence:
	"""A day; that somebody was late or left early may stand in columns of its own."""
	for name, (latitude, longitude) in PLACES.items():
		if found := said.pop(name, None):
			said[latitude], said[longitude] = found
	late, early = (said.pop(name, None) == "yes" for name in FLAGS)
	if said.get("status") in (None, PRESENT) and (late or early):
		said["status"] = LATE_AND_EARLY if late and early else LATE if late else LEFT_EARLY
	return Presence(**said)


def _activity(_reading: _Reading, said: dict[str, Any]) -> Activity | tuple[str, Wrong]:
	start, end = said.get("start"), said.get("end")
	if start and end and end < start:
		return "end", Wrong("end_before_start", f"{end:%H:%M}", f"{start:%H:%M}")
	return Activity(**said)


def _result(_reading: _Reading, said: dict[str, Any]) -> Result | tuple[str, Wrong]:
	"""Whole months, from one to another; a file that names one month means that one."""
	year, month = said.pop("first_year"), said.pop("first_month")
	last_year, last_month = said.pop("last_year", None) or year, said.pop("last_month", None) or month
	first, last = date(year, month, 1), end_of_month(date(last_year, last_month, 1))
	if last < first:
		return "last_month", Wrong("end_before_start", f"{last}", f"{first}")
	return Result(first=first, last=last, **said)


def _discipline(_reading: _Reading, said: dict[str, Any]) -> Discipline | tuple[str, Wrong]:
	"""A sanction until its last day; where that is not said, it lasts as many years and months as stand there."""
	months = 12 * (said.pop("years", None) or 0) + (said.pop("months", None) or 0)
	if said.get("last") is None and months:
		said["last"] = add_months(said["first"], months) - timedelta(days=1)
	if said.get("last") and said["last"] < said["first"]:
		return "last", Wrong("end_before_start", f"{said['last']}", f"{said['first']}")
	return Discipline(**said)


def end_of_month(day: date) -> date:
	"""The last day of a month."""
	return add_months(day.replace(day=1), 1) - timedelta(days=1)


def day_columns(profile: Profile, header: Header) -> dict[int, int | date]:
	"""The columns of days by their place: the number of the day, or the whole date where the header has it."""
	found: dict[int, int | date] = {}
	taken = set(header.places.values())
	for place, cell in enumerate(header.cells):
		if place in taken or values.is_missing(cell, ()):
			continue
		said = values.text(cell)
		if isinstance(said, str) and re.fullmatch(r"0?[1-9]|[12]\d|3[01]", said, re.ASCII):
			found[place] = int(said)
		elif isinstance(day := values.day(cell, profile.dates), date):
			found[place] = day
	parted = {place for place, day in found.items() if isinstance(day, date) and _is_parted(header, place)}
	if profile.layout == "punch pairs":
		return {place: day for place, day in found.items() if isinstance(day, date)} if parted else {}
	return {} if parted else found


def _is_parted(header: Header, place: int) -> bool:
	"""Whether a date in the header stands above several columns, as it does where days have several times."""
	return place + 1 < header.width and values.is_missing(header.cells[place + 1], ())


def named_month(header: Header) -> date | None:
	"""The first day of the month that stands above the header; None where none does, or two do."""
	said = " ".join(str(values.text(cell) or "") for row in header.above for cell in row)
	found = {
		date(int(year), number, 1)
		for name, year in NAMED_MONTH.findall(said)
		if (number := values.MONTHS.get(name.casefold())) and YEARS[0] <= int(year) <= YEARS[1]
	}
	return found.pop() if len(found) == 1 else None


def _wide(reading: _Reading) -> Found:
	"""A column a day: each cell is a day of its own, and a wrong one spoils no other."""
	columns = day_columns(reading.profile, reading.header)
	for record in reading.records():
		if isinstance(record, Rejection):
			yield record
			continue
		row, cells = record
		said, rejections = reading.read(row, cells)
		yield from rejections
		if rejections:
			continue
		for place, number in columns.items():
			if not values.is_missing(cells[place], reading.profile.missing):
				yield _day_of(reading, row, said, number, cells[place])


def _day_of(
	reading: _Reading, row: int, said: dict[str, Any], number: int | date, cell: Any
) -> tuple[int, Presence] | Rejection:
	status = reading.value("status", cell)
	day, month = number, reading.month
	if isinstance(number, int):
		day = month.replace(day=number) if month and number <= end_of_month(month).day else None
	wrong = status if isinstance(status, Wrong) else None
	if day is None:
		wrong = Wrong("no_such_day", f"{number}")
	wrong = wrong or reading.span.check(day, day)
	return Rejection(row, f"{number}", wrong) if wrong else (row, Presence(day=day, status=status, **said))


def _pairs(reading: _Reading) -> Found:
	"""Some columns a date, each with a time; below the dates a row may name them."""
	dates = day_columns(reading.profile, reading.header)
	heads = sorted(
		[*dates, *(n for n, cell in enumerate(reading.header.cells) if not values.is_missing(cell, ()))]
	)
	for number, record in enumerate(reading.records()):
		if isinstance(record, Rejection):
			yield record
			continue
		row, cells = record
		if not number and values.is_missing(cells[reading.header.places["who"]], ()):
			continue
		said, rejections = reading.read(row, cells)
		yield from rejections
		if rejections:
			continue
		for place, day in dates.items():
			following = next((other for other in heads if other > place), place + PUNCHES_A_DAY)
			yield from _punches(reading, row, said, day, cells[place : min(following, place + PUNCHES_A_DAY)])


def _punches(reading: _Reading, row: int, said: dict[str, Any], day: date, cells: Sequence[Any]) -> Found:
	for cell in cells:
		if values.is_missing(cell, reading.profile.missing):
			continue
		found = values.clock(cell, reading.profile.times)
		wrong = found if isinstance(found, Wrong) else reading.span.check(day, day)
		if wrong:
			yield Rejection(row, f"{day}", wrong)
		else:
			yield row, Punch(at=datetime.combine(day, found), **said)


def _machine(reading: _Reading) -> Found:
	"""A number and a time a line; what stands behind them is not looked at."""
	for row, cells in filled(reading.header.part.records()):
		line = MACHINE_LINE.fullmatch(joined(cells))
		if not line:
			yield Rejection(row, None, Wrong("not_a_line", joined(cells), "2026-11-24 07:30:00"))
			continue
		found = {name: reading.value(name, line[name]) for name in ("who", "at")}
		wrong = [(name, each) for name, each in found.items() if isinstance(each, Wrong)]
		yield from (Rejection(row, reading.heading(name), each) for name, each in wrong)
		if not wrong:
			yield row, Punch(**found)


READERS: dict[str, Callable[[_Reading], Found]] = {
	"long": _row_by_row(_presence),
	"wide month": _wide,
	"punch pairs": _pairs,
	"machine log": _machine,
	"activities": _row_by_row(_activity),
	"results": _row_by_row(_result),
	"discipline": _row_by_row(_discipline),
	"talent box": _row_by_row(lambda _reading, said: TalentBox(**said)),
	"schedule": _row_by_row(lambda _reading, said: Planned(**said)),
}
