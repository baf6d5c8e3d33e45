"""A person of the sample while he is being written, and the book in which all rows are kept."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from mkd_hrms.policy.dates import absence_window
from mkd_hrms.simulate.files.schema import BY_NAME
from mkd_hrms.simulate.sample.calendars import FIVE, SIX, working_days
from mkd_hrms.simulate.sample.names import civil_servant_number
from mkd_hrms.simulate.sample.units import Unit

# What an attendance row says: status, other half, late, early. None: there is no row.
Entry = tuple[str, str | None, int, int] | None
PRESENT: Entry = ("Present", None, 0, 0)
LATE: Entry = ("Present", None, 1, 0)
LEFT_EARLY: Entry = ("Present", None, 0, 1)
ABSENT: Entry = ("Absent", None, 0, 0)
ON_LEAVE: Entry = ("On Leave", None, 0, 0)
HALF_ABSENT: Entry = ("Half Day", "Absent", 0, 0)
HALF_PRESENT: Entry = ("Half Day", "Present", 0, 0)


@dataclass(slots=True)
class Draft:
	"""One Employee record with the attendance that differs from plain presence."""

	number: int
	unit: Unit | None
	head: bool
	values: dict[str, Any]
	story: str = "clean"
	attendance: dict[date, Entry] = field(default_factory=dict)
	attends: bool = True
	has_result: bool = True
	has_agreement: bool = True

	@property
	def employee(self) -> str:
		return self.values["name"]

	@property
	def person(self) -> str:
		return self.values["mkd_nip"] or self.employee

	@property
	def applies(self) -> bool:
		"""Whether an application of his waits."""
		return self.number % 8 == 0

	@property
	def rule(self) -> str:
		"""Five or six working days a week."""
		return SIX if self.unit and self.unit.six_days else FIVE

	@property
	def in_open_post(self) -> bool:
		"""Whether neither the unit nor the designation keeps the person in the office."""
		return bool(self.unit and self.unit.is_open and self.values["designation"] not in CLOSED)


CLOSED = (
	"Pengemudi",
	"Polisi Pamong Praja",
	"Dokter",
	"Perawat",
	"Petugas Loket",
	"Pengelola Layanan Operasional",
)


# The serial number of a NIP has three digits; each agency of a sample has so many of them.
SERIALS = 7
MOST_AGENCIES = 999 // SERIALS


# The columns of each table in order; a dict, because it keeps the order and compares like a set.
COLUMNS = {name: dict.fromkeys(column.name for column in table.columns) for name, table in BY_NAME.items()}


class Book:
	"""All rows of the sample by table, the source of chance, and the days of its year.

	`number` tells the agencies of one sample apart: nobody has the NIP of somebody in another.
	"""

	def __init__(self, seed: int, until: date, number: int = 0) -> None:
		self.random = Random(seed)  # noqa: S311 -- a sample that can be made again
		self.seed, self.until = seed, until
		self.rows: dict[str, list[tuple]] = {name: [] for name in BY_NAME}
		# A month more than the window, so that earlier MKD dates can be asked about as well.
		self.since = absence_window(until, until, 13, None)[0]
		self.days = {rule: working_days(rule, self.since, until) for rule in (FIVE, SIX)}
		self._first_serial = number * SERIALS + 1
		self._counters: dict[str, int] = defaultdict(int)
		self._numbers: set[str] = set()

	def add(self, table: str, **values: Any) -> None:
		"""A row; a column not named is empty. Raises KeyError for one that the table lacks."""
		columns = COLUMNS[table]
		if not values.keys() <= columns.keys():
			raise KeyError(f"{table} has no {', '.join(sorted(values.keys() - columns.keys()))}")
		self.rows[table].append(tuple(map(values.get, columns)))

	def number(self, series: str) -> str:
		"""The next name of a series, as the platform counts."""
		self._counters[series] += 1
		return f"{series}{self._counters[series]:06d}"

	def slot(self, person: str, week: str) -> int:
		"""The next place in a person's week."""
		self._counters[f"{person} {week}"] += 1
		return self._counters[f"{person} {week}"]

	def civil_servant_number(self, born: date, appointed: date, woman: bool) -> str:
		"""A NIP that nobody else has."""
		serial = self._first_serial
		while (number := civil_servant_number(born, appointed, woman, serial)) in self._numbers:
			serial += 1
		self._numbers.add(number)
		return number

	def some_days(self, draft: Draft, count: int, last: int = 240) -> list[date]:
		"""Different working days of a person among the last so many, on which nothing else was entered."""
		days, joined, taken = self.days[draft.rule], draft.values["date_of_joining"], draft.attendance
		first = max(len(days) - last, bisect_left(days, joined) if joined else 0)
		wanted = min(count + len(taken), len(days) - first) if count else 0
		drawn = (days[index] for index in self.random.sample(range(first, len(days)), max(0, wanted)))
		return sorted([day for day in drawn if day not in taken][:count])

	def run_of_days(self, draft: Draft, length: int) -> list[date]:
		"""So many working days in a row on which nothing else was entered; perhaps none."""
		days = self.days[draft.rule]
		joined = draft.values["date_of_joining"]
		first = bisect_left(days, joined) if joined else 0
		if len(days) - first <= length:
			return []
		start = self.random.randrange(first, len(days) - length)
		chosen = list(days[start : start + length])
		return [] if any(day in draft.attendance for day in chosen) else chosen
