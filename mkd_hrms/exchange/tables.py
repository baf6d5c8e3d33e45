"""Tables that follow no profile as a file, written whole or not at all: a sheet each, or one text below the other."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mkd_hrms.exchange.writing import harmless, made_whole, plain

# A sheet's name holds no more, and none of these signs.
LONGEST_TITLE, NOT_IN_TITLES = 31, str.maketrans("", "", "[]:*?/\\")
Tables = Mapping[str, Iterable[Sequence[Any]]]


def write_tables(path: Path, kind: str, tables: Tables) -> None:
	"""Some tables by their titles, as "xlsx" or "csv". Raises OSError."""
	with made_whole(path) as unfinished:
		{"xlsx": _write_workbook, "csv": _write_text}[kind](unfinished, tables)


def as_text(value: Any) -> str:
	"""A value as any program reads it."""
	if value is None:
		return ""
	if isinstance(value, datetime | date):
		return str(value)
	return plain(value) if isinstance(value, float) else str(value)


def write_rows(
	path: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]], guarded: bool = True
) -> int:
	"""One table as a plain CSV in UTF-8; how many rows it has. `guarded`: no cell is taken for a formula."""
	count = 0
	with path.open("w", encoding="utf-8", newline="") as file:
		writer = csv.writer(file)
		writer.writerow(headings)
		for row in rows:
			count += 1
			cells = map(as_text, row)
			writer.writerow([harmless(cell) for cell in cells] if guarded else list(cells))
	return count


def _write_workbook(path: Path, tables: Tables) -> None:
	# Loading the library takes longer than all else here.
	from openpyxl import Workbook

	book = Workbook(write_only=True)
	for title, rows in tables.items():
		sheet = book.create_sheet(title.translate(NOT_IN_TITLES)[:LONGEST_TITLE])
		for row in rows:
			sheet.append([_cell(value) for value in row])
	book.save(path)


def _cell(value: Any) -> Any:
	"""Numbers stay numbers; every other cell is a text."""
	if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
		return value
	return harmless(as_text(value)) or None


def _write_text(path: Path, tables: Tables) -> None:
	"""With an empty line between two tables; spreadsheets take it for UTF-8."""
	with path.open("w", encoding="utf-8-sig", newline="") as file:
		writer = csv.writer(file)
		for number, rows in enumerate(tables.values()):
			if number:
				writer.writerow([])
			for row in rows:
				writer.writerow([harmless(as_text(value)) for value in row])
