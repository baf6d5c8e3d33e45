"""Neutral rows as a file of a profile, written whole or not at all: every cell a text, and none that a spreadsheet runs."""

from __future__ import annotations

import csv
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, groupby
from pathlib import Path
from typing import Any

from mkd_hrms.exchange.layouts import PUNCHES_A_DAY, end_of_month
from mkd_hrms.exchange.profiles import FLAGS, PLACES, Profile
from mkd_hrms.exchange.rows import LATE, LATE_AND_EARLY, LEFT_EARLY, WORD, Presence, Punch, Result, Row
from mkd_hrms.exchange.values import FORMULA
from mkd_hrms.simulate.output.language import Language, Text, _

MONTH_NAMES = (
	"Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".upper().split()
)
DATE_PATTERNS = {"ymd": "%Y-%m-%d", "dmy": "%d-%m-%Y", "mdy": "%m-%d-%Y"}
SIGNS = {"colon": ":", "dot": "."}
PAIRS = ("Masuk", "Istirahat", "Kembali", "Pulang")
# Which of the four columns hold so many times of a day.
COLUMNS_OF = {1: (0,), 2: (0, 3), 3: (0, 1, 3), 4: (0, 1, 2, 3)}
# What a machine writes behind the time, and nobody reads.
BEHIND_THE_TIME = ("1", "0", "1", "0")
NUMBER = re.compile(r"[+-]?\d[\d.,]*")
ONE_MONTH = Text(_("A file with a column a day is of one month."))
FEW_TIMES = _("A day has at most {count} times in this layout.")
TOO_MANY = _("The file would hold more than {count} rows. Choose fewer people, or fewer days.")
# No file of more rows is read back, and a sheet holds little more.
MOST_RECORDS = 1_000_000


class CannotWrite(ValueError):
	"""Rows that a layout has no place for, and why."""

	def __init__(self, said: Text) -> None:
		super().__init__(str(said))
		self.said = said

	def told(self, reader: Language) -> str:
		"""The sentence in the reader's language."""
		return reader.tell(self.said)


def write_file(profile: Profile, rows: Iterable[Row], path: Path, days: Sequence[date] | None = None) -> None:
	"""The file of a profile with these rows, in the kind of file that the profile writes.

	`days`: those of a file with several columns a day, where they are known; then no more than one person is held in
	memory. The rows of one person must stand together. Raises CannotWrite and OSError.
	"""
	with made_whole(path) as unfinished:
		WRITERS[profile.writes](profile, records_of(profile, rows, days), unfinished)


@contextmanager
def made_whole(path: Path) -> Iterator[Path]:
	"""A file to write into, which takes its place when it is whole and leaves nothing otherwise. Raises OSError."""
	path.parent.mkdir(parents=True, exist_ok=True)
	unfinished = path.with_name(f".{path.name}.{os.getpid()}")
	try:
		yield unfinished
		unfinished.replace(path)
	finally:
		unfinished.unlink(missing_ok=True)


def records_of(
	profile: Profile, rows: Iterable[Row], days: Sequence[date] | None = None
) -> Iterator[list[str]]:
	"""The lines of a file, header and title included. Raises CannotWrite."""
	if profile.layout == "punch pairs":
		made = _pairs(profile, rows, days)
	else:
		made = {"wide month": _wide, "machine log": _machine}.get(profile.layout, _row_by_row)(profile, rows)
	for number, cells in enumerate(made):
		if number > MOST_RECORDS:
			raise CannotWrite(Text(TOO_MANY, {"count": MOST_RECORDS}))
		yield [harmless(cell) for cell in cells]


def harmless(cell: str) -> str:
	"""A text that no spreadsheet takes for a formula; a plain number is none."""
	return f"'{cell}" if FORMULA.match(cell) and not NUMBER.fullmatch(cell) else cell


def _row_by_row(profile: Profile, rows: Iterable[Row]) -> Iterator[list[str]]:
	yield [aliases[0] for aliases in profile.columns.values()]
	for row in rows:
		said = _said(row)
		yield [shown(profile, name, said.get(name)) for name in profile.columns]


def _said(row: Row) -> dict[str, Any]:
	"""The fields of a row as its file has them."""
	said = row.values()
	if isinstance(row, Result):
		said |= {"first_year": row.first.year, "first_month": row.first.month}
		said |= {"last_year": row.last.year, "last_month": row.last.month}
	if isinstance(row, Presence):
		said |= {name: _place(said[first], said[second]) for name, (first, second) in PLACES.items()}
		said |= {
			name: row.status in (each, LATE_AND_EARLY)
			for name, each in zip(FLAGS, (LATE, LEFT_EARLY), strict=True)
		}
	return said


def _place(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
	return None if latitude is None or longitude is None else (latitude, longitude)


def shown(profile: Profile, name: str, value: Any) -> str:
	"""A value as the profile writes it."""
	if value is None or value is False:
		return ""
	if name in FLAGS:
		return profile.words[name]["yes"][0]
	if profile.row.KINDS.get(name) == WORD:
		return next(iter(profile.words[name].get(value, ())), value)
	return _shown(profile, value)


def _shown(profile: Profile, value: Any) -> str:
	if isinstance(value, tuple):
		return ", ".join(plain(part) for part in value)
	if isinstance(value, datetime):
		return f"{_day(profile, value)} {_time(profile, value.time())}"
	if isinstance(value, date):
		return _day(profile, value)
	if isinstance(value, time):
		return _time(profile, value)
	if isinstance(value, int | float):
		return plain(value).replace(".", profile.decimal)
	return value


def plain(value: float) -> str:
	"""A number without a power of ten."""
	said = format(Decimal(repr(value)), "f")
	return said.removesuffix(".0")


def _day(profile: Profile, day: date) -> str:
	form = profile.dates[0]
	if form == "words":
		return f"{day.day} {MONTH_NAMES[day.month - 1].title()} {day.year}"
	return f"{day:{DATE_PATTERNS[form]}}"


def _time(profile: Profile, at: time) -> str:
	sign = SIGNS.get(profile.times[0], ":")
	seconds = f"{sign}{at:%S}" if at.second or profile.layout == "machine log" else ""
	return f"{at:%H}{sign}{at:%M}{seconds}"


def _wide(profile: Profile, rows: Iterable[Presence]) -> Iterator[list[str]]:
	"""A line a person, a column a day, and the sums of each status below."""
	rows = iter(rows)
	if (start := next(rows, None)) is None:
		raise CannotWrite(ONE_MONTH)
	month = start.day.replace(day=1)
	said = f"{MONTH_NAMES[month.month - 1]} {month.year}"
	yield from ([line.format(month=said)] for line in profile.heading)
	days = range(1, end_of_month(month).day + 1)
	yield [*(aliases[0] for aliases in profile.columns.values()), *(f"{day:02d}" for day in days)]
	statuses: dict[str, list[int]] = defaultdict(lambda: [0] * len(days))
	for who, theirs in _by_person(chain((start,), rows)):
		if any(row.day.replace(day=1) != month for row in theirs):
			raise CannotWrite(ONE_MONTH)
		of_day = {row.day.day: shown(profile, "status", row.status) for row in theirs}
		for day, status in of_day.items():
			statuses[status][day - 1] += 1
		first = theirs[0].values() | {"who": who}
		yield [
			*(shown(profile, name, first[name]) for name in profile.columns),
			*(of_day.get(day, "") for day in days),
		]
	empty = [""] * (len(profile.columns) - 1)
	for status, counts in statuses.items():
		yield [f"JUMLAH {status}", *empty, *map(str, counts)]


def _by_person(rows: Iterable[Row]) -> Iterator[tuple[str, list[Any]]]:
	"""The rows of one person after the other, as they stand together."""
	return ((who, list(theirs)) for who, theirs in groupby(rows, key=lambda row: row.who))


def _pairs(profile: Profile, rows: Iterable[Punch], days: Sequence[date] | None) -> Iterator[list[str]]:
	"""A line a person, four columns a date."""
	if days is None:
		rows = list(rows)
		days = sorted({row.at.date() for row in rows})
	dates = days
	names = [aliases[0] for aliases in profile.columns.values()]
	rest = [""] * (PUNCHES_A_DAY - 1)
	yield from ([line] for line in profile.heading)
	yield [*names, *(cell for day in dates for cell in (_day(profile, day), *rest)), "Total Hadir"]
	yield [*([""] * len(names)), *(PAIRS * len(dates)), ""]
	for who, theirs in _by_person(rows):
		of_day = {day: sorted(row.at.time() for row in some) for day, some in _by_day(theirs)}
		cells = [cell for day in dates for cell in _times(profile, of_day.get(day, []))]
		first = theirs[0].values() | {"who": who}
		yield [*(shown(profile, name, first[name]) for name in profile.columns), *cells, str(len(of_day))]


def _by_day(rows: Sequence[Punch]) -> Iterator[tuple[date, list[Punch]]]:
	ordered = sorted(rows, key=lambda row: row.at)
	return ((day, list(some)) for day, some in groupby(ordered, key=lambda row: row.at.date()))


def _times(profile: Profile, times: Sequence[time]) -> list[str]:
	if len(times) > PUNCHES_A_DAY:
		raise CannotWrite(Text(FEW_TIMES, {"count": PUNCHES_A_DAY}))
	cells = [""] * PUNCHES_A_DAY
	for place, at in zip(COLUMNS_OF.get(len(times), ()), times, strict=True):
		cells[place] = _time(profile, at)
	return cells


def _machine(profile: Profile, rows: Iterable[Punch]) -> Iterator[list[str]]:
	"""Lines without a header."""
	return ([row.who, _shown(profile, row.at), *BEHIND_THE_TIME] for row in rows)


def _write_csv(profile: Profile, records: Iterator[list[str]], path: Path) -> None:
	"""A text that spreadsheets take for UTF-8."""
	with path.open("w", encoding="utf-8-sig", newline="") as file:
		csv.writer(file, delimiter=profile.delimiter).writerows(records)


def _write_lines(profile: Profile, records: Iterator[list[str]], path: Path) -> None:
	with path.open("w", encoding="utf-8", newline="") as file:
		file.writelines(profile.delimiter.join(cells) + "\r\n" for cells in records)


def _write_workbook(profile: Profile, records: Iterator[list[str]], path: Path) -> None:
	# Loading the library takes longer than all else here.
	from openpyxl import Workbook

	book = Workbook(write_only=True)
	sheet = book.create_sheet(profile.sheets[0] if profile.sheets else None)
	try:
		for cells in records:
			sheet.append([cell or None for cell in cells])
	except BaseException:
		# Else the library complains of the sheet that nobody saves.
		sheet.close()
		raise
	book.save(path)


WRITERS = {"csv": _write_csv, "dat": _write_lines, "xlsx": _write_workbook}
