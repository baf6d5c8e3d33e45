"""A table's sheet in a workbook: every row that it holds, whatever the workbook says of its size."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from mkd_hrms.simulate.files.columns import (
	EXPECTED,
	NUMBER,
	PARTED,
	TEXT,
	WITH_COMMA,
	ZERO_WHEN_EMPTY,
	Column,
	Table,
)
from mkd_hrms.simulate.files.problems import Findings, Problem
from mkd_hrms.simulate.files.text_files import BrokenRow
from mkd_hrms.simulate.output.language import Text, _

# What the sheets of a workbook may unpack to, and what stands beside them; how often smaller a large part may be
# packed; how many parts there may be; and what of a sheet is read.
SHEETS = "xl/worksheets/"
MOST_BYTES, MOST_BESIDE, MOST_PACKED, LARGE, MOST_PARTS = 4 << 30, 256 << 20, 200, 64 << 20, 10_000
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 1_048_576, 16_384, 50_000_000
# The texts that cells share are held in memory, and so is each other part: the bytes and the tags.
MOST_SHARED, MOST_LOOKS = (128 << 20, 3_000_000), (16 << 20, 500_000)
# From one row to the next one, and behind the last one; and one text between two tags.
MOST_OF_A_ROW, LONGEST_TEXT = (8 << 20, 500_000), 1 << 20
# No spreadsheet writes that. defusedxml refuses it; where lxml is at hand the library reads with that, which only passes it over.
DEFINES = b"<!DOCTYPE"
# A spreadsheet keeps fifteen digits of a number.
EXACT = 10**15
# A number written as a text, whose point says nothing about the point of others.
DOUBTFUL = re.compile(f"{WITH_COMMA}|{PARTED}")
# How the Desk's own export names its sheet.
EXPORTS = ("Data Export", "Data Import Template")


class Unreadable(Exception):
	"""A workbook whose content cannot be taken apart."""


class TooLarge(Exception):
	"""A workbook that holds more than is read; it says how much."""

	def __init__(self, held: Text) -> None:
		super().__init__(str(held))
		self.held = held


class Fault(NamedTuple):
	"""What is wrong with a cell, and what it shows."""

	kind: str
	value: str
	expected: str | Text | None = None


class Sheet(NamedTuple):
	"""A sheet of an open workbook, which is read when somebody asks for its rows."""

	title: str
	part: str
	book: Any


@contextmanager
def open_book(path: Path) -> Iterator[dict[str, Sheet]]:
	"""The sheets of a workbook by their titles, while it is read.

	Raises Unreadable and TooLarge, and ModuleNotFoundError where nothing guards against what XML can define.
	"""
	# Loading the library takes longer than all other modules of the command together.
	from openpyxl import DEFUSEDXML

	if not DEFUSEDXML:
		raise ModuleNotFoundError("Workbooks are only read with the package defusedxml.", name="defusedxml")
	with ExitStack() as opened:
		opened.enter_context(warnings.catch_warnings())
		# What the library does not keep is looks, which nobody asks for.
		warnings.simplefilter("ignore")
		try:
			archive = opened.enter_context(_Archive(path))
			_check_size(archive.infolist())
			sheets = _sheets(archive)
		except TooLarge:
			raise
		except (
			Exception
		) as wrong:  # openpyxl has no error of its own: a cut-off file fails in zipfile, xml or here
			raise Unreadable(path.name) from wrong
		yield sheets


def _check_size(parts: list[zipfile.ZipInfo]) -> None:
	"""A small file may unpack to more than any machine holds."""
	if len(parts) > MOST_PARTS:
		raise TooLarge(Text(_("{count} parts"), {"count": len(parts)}))
	sheets = sum(part.file_size for part in parts if part.filename.startswith(SHEETS))
	others = sum(part.file_size for part in parts if not part.filename.startswith(SHEETS))
	densest = max(
		(part.file_size / max(part.compress_size, 1) for part in parts if part.file_size > LARGE), default=0
	)
	if sheets > MOST_BYTES or others > MOST_BESIDE or densest > MOST_PACKED:
		raise TooLarge(Text(_("{count} bytes"), {"count": sheets + others}))


def _sheets(archive: _Archive) -> dict[str, Sheet]:
	"""What the library reads of a workbook but its sheets: the texts that cells share, and which numbers are dates."""
	from openpyxl.reader.excel import ExcelReader
	from openpyxl.styles.stylesheet import apply_stylesheet

	class Reader(ExcelReader):
		read_only = data_only = True
		keep_vba = keep_links = rich_text = False

		def __init__(self):
			self.archive, self.valid_files, self.shared_strings = archive, archive.namelist(), []

	reader = Reader()
	reader.read_manifest()
	archive.most = MOST_SHARED
	reader.read_strings()
	archive.most = MOST_LOOKS
	reader.read_workbook()
	apply_stylesheet(archive, reader.wb)
	return {
		sheet.name: Sheet(sheet.name, link.target, reader)
		for sheet, link in reader.parser.find_sheets()
		if link.target in reader.valid_files and "worksheet" in link.Type
	}


class _Archive(zipfile.ZipFile):
	"""The parts of a workbook: of what is held in memory none has more bytes or tags than `most` says."""

	most = MOST_LOOKS

	def open(self, *which, **how) -> _Held:
		return _Held(super().open(*which, **how), *self.most)

	def rows(self, part: str) -> _RowByRow:
		return _RowByRow(super().open(part))


class _Held:
	"""A part that will be held in memory as a whole."""

	def __init__(self, content: IO[bytes], most_bytes: int, most_tags: int) -> None:
		self._content, self._bytes, self._tags, self._text = content, most_bytes, most_tags, LONGEST_TEXT

	def __enter__(self) -> _Held:
		return self

	def __exit__(self, *_raised: Any) -> None:
		self.close()

	def close(self) -> None:
		self._content.close()

	def read(self, size: int = -1) -> bytes:
		if size is None or size < 0:
			content = b"".join(iter(lambda: self.read(LONGEST_TEXT), b""))
			if DEFINES in content:
				raise Unreadable("it defines something of its own")
			return content
		chunk = self._content.read(size)
		tags = _elements(chunk)
		self._text = LONGEST_TEXT if b"<" in chunk else self._text - len(chunk)
		self._bytes, self._tags = self._bytes - len(chunk), self._tags - tags
		if min(self._bytes, self._tags, self._text) < 0:
			raise TooLarge(Text(_("a part that is too large")))
		return chunk


def _elements(chunk: bytes) -> int:
	"""How many elements begin in a part of a text."""
	return chunk.count(b"<") - chunk.count(b"</")


class _RowByRow:
	"""The content of a sheet: it ends where the next row does not, which is held in memory until then."""

	def __init__(self, content: IO[bytes]) -> None:
		self._content = content
		self.next_row()

	def read(self, size: int = -1) -> bytes:
		chunk = self._content.read(size)
		self._bytes, self._tags = self._bytes - len(chunk), self._tags - _elements(chunk)
		if min(self._bytes, self._tags) < 0:
			raise TooLarge(Text(_("a row that is too long")))
		return chunk

	def next_row(self) -> None:
		self._bytes, self._tags = MOST_OF_A_ROW

	def close(self) -> None:
		self._content.close()


def sheet_of(book: dict[str, Sheet], table: Table, file: str, findings: Findings) -> Sheet | None:
	"""The sheet that is named like the table, or the only one of the Desk's export; None if there is none."""
	if table.name in book:
		return book[table.name]
	if len(book) == 1 and (only := next(iter(book.values()))).title in EXPORTS:
		return only
	findings.add([Problem("no_sheet", file, value=", ".join(book), expected=table.name)])
	return None


def records(sheet: Sheet) -> Iterator[tuple[int, list[Any]]]:
	"""Each row that holds something, with its number: its cells in their columns.

	The rows are taken as they stand in the file, because its stated size may be too small. Raises BrokenRow, TooLarge
	and Unreadable.
	"""
	last = cells_read = 0
	for row, cells in _rows(sheet):
		if row <= last:
			raise BrokenRow(row, _("its number stands there before"))
		last, cells_read = row, cells_read + len(cells)
		if cells_read > MOST_CELLS or row > MOST_ROWS:
			raise TooLarge(Text(_("{count} cells"), {"count": MOST_CELLS}))
		found: dict[int, Any] = {}
		for cell in cells:
			if cell["column"] in found or cell["column"] > MOST_COLUMNS:
				raise BrokenRow(row, _("a cell of it stands there twice"))
			found[cell["column"]] = cell["value"]
		yield row, [found.get(column) for column in range(1, max(found, default=0) + 1)]


def _rows(sheet: Sheet) -> Iterator[tuple[int, list[dict]]]:
	"""Raises Unreadable and TooLarge."""
	from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

	class Parser(WorkSheetParser):
		def parse_cell(self, element):
			cell = super().parse_cell(element)
			result = element.findtext(VALUE_TAG, "") or (element.get("t") == "str" and "an empty text")
			if result and result[0] == "-" and element.get("t") == "s":
				raise Unreadable("a shared text before the first one")
			if element.find(FORMULA_TAG) is not None and not result:
				cell["value"] = Fault("no_result", "=")
			elif cell["data_type"] == "e":
				cell["value"] = Fault("no_result", str(cell["value"]))
			return cell

	book, archive = sheet.book.wb, sheet.book.archive
	formats = {"date_formats": book._date_formats, "timedelta_formats": book._timedelta_formats}
	try:
		with closing(archive.rows(sheet.part)) as content:
			parser = Parser(content, sheet.book.shared_strings, data_only=True, epoch=book.epoch, **formats)
			for row in parser.parse():
				content.next_row()
				yield row
	except TooLarge:
		raise
	except Exception as wrong:  # whatever is wrong within, nothing of it can be relied on
		raise Unreadable(sheet.title) from wrong


def shown(cell: Any, column: Column) -> str | Fault:
	"""What a cell shows: a whole number without ".0", a date without midnight."""
	if cell is None or isinstance(cell, Fault):
		return "" if cell is None else cell
	if isinstance(cell, bool):
		return str(int(cell))
	if isinstance(cell, int | float):
		if column.kind == TEXT and abs(cell) >= EXACT:
			return Fault("digits_lost", f"{cell:.14e}" if isinstance(cell, float) else str(cell))
		return _number(cell, column)
	if isinstance(cell, datetime | date):
		return str(cell).removesuffix(" 00:00:00")
	if column.kind in ZERO_WHEN_EMPTY and DOUBTFUL.fullmatch(str(cell).strip()):
		return Fault("other_form", str(cell), Text(EXPECTED[column.kind]))
	return str(cell)


def _number(cell: float, column: Column) -> str:
	if isinstance(cell, float) and cell.is_integer():
		return str(int(cell))
	text = str(cell)
	# Three decimals written in a text might part thousands; in a cell they do not.
	three_decimals = "." in text and len(text.rpartition(".")[2]) == 3
	return f"{text}0" if column.kind == NUMBER and three_decimals else text
