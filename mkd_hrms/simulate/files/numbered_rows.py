"""Records with their rows, of a text file or of a sheet, as a plain text that DuckDB reads as it stands."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, dropwhile, islice
from pathlib import Path
from typing import Any

from mkd_hrms.simulate.files.columns import Column, Table
from mkd_hrms.simulate.files.headings import Header, read_header
from mkd_hrms.simulate.files.problems import Findings, Problem
from mkd_hrms.simulate.files.text_files import BrokenRow
from mkd_hrms.simulate.output.language import Text, _

# The Desk's export of data begins with lines about itself; one of them names the columns.
FIELDS_OF_AN_EXPORT = ("Column Name:", "Kolom Nama:")
LINES_BEFORE_FIELDS = 25
# Behind it begin the rows of another table.
ANOTHER_TABLE = "~"

Record = tuple[int, Sequence[Any]]


def write_numbered(
	table: Table,
	records: Iterable[Record],
	target: Path,
	file: str,
	findings: Findings,
	shown: Callable[[Any, Column], Any] = lambda cell, column: cell or "",
	padded: bool = False,
) -> Header | None:
	"""Write what is read of each record behind its row; None where a record is broken, which is then a finding.

	`padded`: a record ends where nothing more stands in it.
	"""
	before = findings.total
	records, is_export = _from_header(_until_broken(records, file, findings), file, findings)
	row, headings = next(records, (1, ()))
	if findings.total == before and not headings:
		findings.add([Problem("empty_file", file)])
	if findings.total > before:
		return None
	while _is_empty(headings[-1:]):
		headings = headings[:-1]
	header = read_header(table, ["" if name is None else str(name) for name in headings], file, row, findings)
	if header is None:
		return None
	width = len(headings)
	columns = [(table.column(name), place) for name, place in header.places.items()]
	with target.open("w", encoding="utf-8", newline="") as plain:
		writer = csv.writer(plain, lineterminator="\n", quoting=csv.QUOTE_ALL)
		for row, cells in _whole(records, width, padded or is_export, file, findings):
			texts = [shown(cells[place], column) for column, place in columns]
			for (column, _place), text in zip(columns, texts, strict=True):
				if not isinstance(text, str):
					findings.add([Problem(text.kind, file, row, column.name, text.value, text.expected)])
			writer.writerow([row, *texts])
	return header if findings.total == before else None


def _until_broken(records: Iterable[Record], file: str, findings: Findings) -> Iterator[Record]:
	"""The records up to one that cannot be read; behind it nobody knows where the next one begins."""
	try:
		yield from records
	except BrokenRow as wrong:
		findings.add([Problem("broken_row", file, wrong.row, value=Text(wrong.reason))])


def _from_header(records: Iterable[Record], file: str, findings: Findings) -> tuple[Iterator[Record], bool]:
	"""The records from the header on, and whether they are an export of the Desk, whose first column is its own."""
	records = ((row, cells) for row, cells in records if not _is_empty(cells))
	first = list(islice(records, LINES_BEFORE_FIELDS))
	for number, (row, cells) in enumerate(first):
		if str(cells[0]).strip() in FIELDS_OF_AN_EXPORT:
			width = list(cells).index(ANOTHER_TABLE) if ANOTHER_TABLE in cells else len(cells)
			# What follows with something in the first column says more about the columns.
			below = dropwhile(
				lambda record: not _is_empty(record[1][:1]), chain(first[number + 1 :], records)
			)
			return chain([(row, cells[1:width])], _exported(below, width, file, findings)), True
	return chain(first, records), False


def _exported(records: Iterable[Record], width: int, file: str, findings: Findings) -> Iterator[Record]:
	"""The table's own cells of an export; where rows of other tables stand beside, its keys stand in quotes."""
	for row, cells in records:
		if not _is_empty(cells[:1]):
			findings.add(
				[Problem("broken_row", file, row, value=Text(_("something stands before its columns")))]
			)
		elif not _is_empty(cells[1:width]):
			key = cells[1].strip('"') if isinstance(cells[1], str) else cells[1]
			yield row, [key, *cells[2:width]]


def _whole(
	records: Iterator[Record], width: int, padded: bool, file: str, findings: Findings
) -> Iterator[Record]:
	"""The records that have as many fields as the header; empty ones at the end of a row are none."""
	for row, cells in records:
		given = len(cells)
		if given > width and not _is_empty(cells[width:]):
			findings.add([Problem("broken_row", file, row, value=Text(_("it has too many fields")))])
		elif given < width and not padded:
			findings.add([Problem("broken_row", file, row, value=Text(_("it has too few fields")))])
		else:
			yield row, [*cells, *[None] * (width - given)]


def _is_empty(cells: Sequence[Any]) -> bool:
	return not any(cell is not None and str(cell).strip() for cell in cells)
