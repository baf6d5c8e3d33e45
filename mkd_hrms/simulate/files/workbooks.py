"""A table's sheet in a workbook: every row that it holds, whatever the workbook says of its size."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

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

# What the sheets of a workbook may unpack to, and what stands beside them and is held in memory; how often smaller
# a large part may be packed; and what of a sheet is read.
SHEETS = "xl/worksheets/"
MOST_BYTES, MOST_BESIDE, MOST_PACKED, LARGE = 4 << 30, 256 << 20, 200, 64 << 20
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 1_048_576, 16_384, 50_000_000
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


@contextmanager
def open_book(path: Path):
	"""A workbook, while it is read. Raises Unreadable and TooLarge."""
	# Loading the library takes longer than all other modules of the command together.
	from openpyxl import load_workbook

	_check_size(path)
	with warnings.catch_warnings():
		# What the library does not keep is looks, which nobody asks for.
		warnings.simplefilter("ignore")
		try:
			book = load_workbook(path, read_only=True, data_only=True)
		except (
			Exception
		) as wrong:  # openpyxl has no error of its own: a cut-off file fails in zipfile, xml or here
			raise Unreadable(path.name) from wrong
		try:
			yield book
		finally:
			book.close()


def _check_size(path: Path) -> None:
	"""A small file may unpack to more than any machine holds."""
	try:
		with zipfile.ZipFile(path) as packed:
			parts = packed.infolist()
	except (zipfile.BadZipFile, OSError) as wrong:
		raise Unreadable(path.name) from wrong
	sheets = sum(part.file_size for part in parts if part.filename.startswith(SHEETS))
	others = sum(part.file_size for part in parts if not part.filename.startswith(SHEETS))
	densest = max(
		(part.file_size / max(part.compress_size, 1) for part in parts if part.file_size > LARGE), default=0
	)
	if sheets > MOST_BYTES or others > MOST_BESIDE or densest > MOST_PACKED:
		raise TooLarge(Text(_("{count} bytes"), {"count": sheets + others}))


def sheet_of(book, table: Table, file: str, findings: Findings):
	"""The sheet that is named like the table, or the only one of the Desk's export; None if there is none."""
	if table.name in book.sheetnames:
		return book[table.name]
	if len(book.sheetnames) == 1 and book.sheetnames[0] in EXPORTS:
		return book.worksheets[0]
	findings.add([Problem("no_sheet", file, value=", ".join(book.sheetnames), expected=table.name)])
	return None


def records(sheet) -> Iterator[tuple[int, list[Any]]]:
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


def _rows(sheet) -> Iterator[tuple[int, list[dict]]]:
	"""Raises Unreadable."""
	from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

	class Parser(WorkSheetParser):
		def parse_cell(self, element):
			cell = super().parse_cell(element)
			result = element.findtext(VALUE_TAG, "") or (element.get("t") == "str" and "an empty text")
			if element.find(FORMULA_TAG) is not None and not result:
				cell["value"] = Fault("no_result", "=")
			elif cell["data_type"] == "e":
				cell["value"] = Fault("no_result", str(cell["value"]))
			return cell

	book = sheet.parent
	formats = {"epoch": book.epoch, "date_formats": book._date_formats}
	try:
		with sheet._get_source() as source:
			yield from Parser(
				source,
				sheet._shared_strings,
				data_only=True,
				timedelta_formats=book._timedelta_formats,
				**formats,
			).parse()
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
