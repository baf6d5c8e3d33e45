"""A file from elsewhere, opened with limits: its sheets, or its text by each delimiter, and where in them a header stands."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from mkd_hrms.exchange.profiles import DELIMITERS, MOST_TITLE_ROWS, Profile
from mkd_hrms.exchange.values import text
from mkd_hrms.policy.model import folded
from mkd_hrms.simulate.files.problems import BadFiles, Findings, Problem
from mkd_hrms.simulate.files.text_files import BrokenRow, read_text
from mkd_hrms.simulate.files.workbooks import TooLarge, Unreadable, open_book, records

WORKBOOK = b"PK\x03\x04"
# How offices write texts that are not UTF-8.
OLDER = "cp1252"
# Headings that a row may have.
MOST_HEADINGS = 2000
# A machine's line: perhaps a tag, the number of a person, a time; what follows is not looked at.
MACHINE_LINE = re.compile(
	r"\s*(?:ATTLOG[\s,]+)?(?P<who>[^\s,]+)[\t ,]+(?P<at>\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2})(?:[\t ,].*)?"
)
Record = tuple[int, Sequence[Any]]


class Start(NamedTuple):
	"""One of the first rows: its number, its cells up to the last one that holds something, and what they name."""

	row: int
	cells: tuple[Any, ...]
	headings: tuple[str, ...]


@dataclass(slots=True)
class Part:
	"""A sheet, or a text parted by one sign. All profiles look at its first rows, which are read once.

	`broken`: why a text cannot be parted by this sign, where that shows in the first rows.
	"""

	title: str
	delimiter: str | None
	records: Callable[[], Iterator[Record]]
	older: bool = False
	broken: BrokenRow | None = None
	_first: list[Start] | None = None

	@property
	def is_text(self) -> bool:
		return self.delimiter is not None

	def first(self) -> list[Start]:
		"""The first rows that hold something, as many as any title may have. Raises TooLarge and Unreadable."""
		if self._first is None:
			self._first = []
			try:
				self._first.extend(
					_start(*record) for record in islice(filled(self.records()), MOST_TITLE_ROWS + 1)
				)
			except BrokenRow as wrong:
				self.broken = wrong
		return self._first


@dataclass(frozen=True, slots=True)
class Header:
	"""Where the header of a profile stands in a part: its row, its cells, what is above, and the place of each field.

	`unread`: the places of headings that the profile does not know. `lacking`: the fields that must have a column.
	"""

	part: Part
	row: int
	cells: tuple[Any, ...]
	above: tuple[tuple[Any, ...], ...]
	places: dict[str, int]
	unread: tuple[int, ...]
	lacking: tuple[str, ...]

	@property
	def width(self) -> int:
		return len(self.cells)


@contextmanager
def open_parts(path: Path) -> Iterator[list[Part]]:
	"""The parts of a file while it is read. Raises BadFiles and OSError."""
	findings = Findings()
	with path.open("rb") as file:
		start = file.read(len(WORKBOOK))
	if not start:
		findings.add([Problem("empty_file", path.name)])
		raise BadFiles(findings)
	try:
		if start == WORKBOOK:
			with open_book(path) as book:
				yield [Part(title, None, lambda sheet=sheet: records(sheet)) for title, sheet in book.items()]
		else:
			with tempfile.TemporaryDirectory() as scratch:
				yield _texts(path, Path(scratch), findings)
	except Unreadable:
		findings.add([Problem("not_xlsx", path.name)])
	except TooLarge as wrong:
		findings.add([Problem("too_large", path.name, value=wrong.held)])
	except BrokenRow as wrong:
		findings.add([Problem("broken_row", path.name, wrong.row, value=wrong.reason)])
	if findings.total:
		raise BadFiles(findings)


def _texts(path: Path, scratch: Path, findings: Findings) -> list[Part]:
	"""A text by each sign that may part its fields, the likeliest first; by one alone where the file names it."""
	found = read_text(path, scratch, findings, OLDER)
	if found is None:
		raise BadFiles(findings)
	signs = (found.delimiter,) if found.before else dict.fromkeys((found.delimiter, *DELIMITERS))
	texts = [(sign, replace(found, delimiter=sign)) for sign in signs]
	return [Part(path.stem, sign, each.records, found.older) for sign, each in texts]


def find_header(profile: Profile, part: Part) -> Header | None:
	"""The row that names most of a profile's columns, among the first that hold something; None where none names any."""
	first, best = part.first()[: profile.title_rows + 1], None
	for number, start in enumerate(first):
		found = _header(profile, part, start, tuple(above.cells for above in first[:number]))
		if found and (best is None or len(found.places) > len(best.places)):
			best = found
	return best


def filled(rows: Iterator[Record]) -> Iterator[Record]:
	"""The rows that hold something; a workbook may have a million that only have a look."""
	return (
		(row, cells) for row, cells in rows if any(cell is not None and str(cell).strip() for cell in cells)
	)


def _start(row: int, cells: Sequence[Any]) -> Start:
	cells = tuple(trimmed(cells))
	return Start(row, cells, tuple(map(heading_of, cells)) if len(cells) <= MOST_HEADINGS else ())


def _header(profile: Profile, part: Part, start: Start, above: tuple[tuple[Any, ...], ...]) -> Header | None:
	places, unread = {}, []
	for place, heading in enumerate(start.headings):
		name = profile.fields.get(heading)
		if name and name not in places:
			places[name] = place
		elif heading and heading not in profile.dropped:
			unread.append(place)
	if not places:
		return None
	lacking = tuple(need for need in profile.needs if need not in places)
	return Header(part, start.row, start.cells, above, places, tuple(unread), lacking)


def trimmed(cells: Sequence[Any]) -> list[Any]:
	"""The cells up to the last one that holds something."""
	last = max((n for n, cell in enumerate(cells, 1) if cell is not None and str(cell).strip()), default=0)
	return list(cells[:last])


def heading_of(cell: Any) -> str:
	"""A heading in small letters with single blanks."""
	said = text(cell)
	return folded(said) if isinstance(said, str) else ""


def joined(cells: Sequence[Any]) -> str:
	"""A line as the machine wrote it."""
	return "\t".join("" if cell is None else str(cell) for cell in cells)
