"""From a file to something DuckDB can select from, row numbers included, before anything is converted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from glob import escape
from pathlib import Path

import duckdb

from mkd_hrms.simulate.files.columns import Table
from mkd_hrms.simulate.files.headings import Header, read_header
from mkd_hrms.simulate.files.numbered_rows import write_numbered
from mkd_hrms.simulate.files.problems import Findings, Problem
from mkd_hrms.simulate.files.text_files import TextFile, read_text
from mkd_hrms.simulate.files.workbooks import TooLarge, Unreadable, open_book, records, sheet_of, shown
from mkd_hrms.simulate.output.language import Text, _

SUFFIXES = (".csv", ".parquet", ".xlsx")
ROW = "_row"
# A Parquet file with so many rows is not copied.
LARGE = 1_000_000
# The key alone takes more than this.
MOST_ROWS_A_BYTE = 20
TEXT_OPTIONS = "header=false, auto_detect=false, quote='\"', escape='\"', null_padding=false, nullstr='', max_line_size=10000000"


@dataclass(frozen=True, slots=True)
class Source:
	"""A file that can be selected from: `select` yields its columns and the row number; `kinds` are SQL types.

	`unread`: its headings that are no columns of the table. `large`: it has so many rows, in a form that is quick to
	read, that it is better read where it lies.
	"""

	file: str
	select: str
	kinds: dict[str, str]
	unread: tuple[str, ...] = ()
	large: bool = False


def read_file(
	connection: duckdb.DuckDBPyConnection, table: Table, path: Path, scratch: Path, findings: Findings
) -> Source | None:
	"""The source for a table; None when the file cannot be read, which is then among the findings."""
	if path.stat().st_size == 0:
		findings.add([Problem("empty_file", path.name)])
		return None
	if path.suffix == ".parquet":
		return read_parquet(connection, table, path, findings)
	if path.suffix == ".xlsx":
		return _read_sheet(table, path, scratch / f"{table.name}.csv", findings)
	text = read_text(path, scratch, findings)
	return text and _read_csv(connection, table, text, scratch / f"{table.name}.csv", path.name, findings)


def read_parquet(
	connection: duckdb.DuckDBPyConnection, table: Table, path: Path, findings: Findings
) -> Source | None:
	"""The source of a Parquet file; None when it cannot be read, which is then among the findings."""
	# A large table may be a folder of files; rows are then counted in their own file.
	files = escape(str(path.resolve())) + ("/*.parquet" if path.is_dir() else "")
	relation = f"read_parquet({quoted(files)}, file_row_number=true)"
	try:
		described = connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
		(count,) = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()
	except duckdb.Error:
		findings.add([Problem("not_parquet", path.name)])
		return None
	size = sum(part.stat().st_size for part in (path.glob("*.parquet") if path.is_dir() else [path]))
	if count > LARGE and count > MOST_ROWS_A_BYTE * size:
		findings.add([Problem("too_packed", path.name, value=Text(_("{count} rows"), {"count": count}))])
		return None
	there = [(name, kind) for name, kind, *_rest in described if name != "file_row_number"]
	header = read_header(table, [name for name, _kind in there], path.name, None, findings)
	if header is None:
		return None
	kinds = {name: there[place][1] for name, place in header.places.items()}
	columns = {name: there[place][0] for name, place in header.places.items()}
	select = f"SELECT {_named(columns)}, file_row_number + 1 AS {ROW} FROM {relation}"
	return Source(path.name, select, kinds, header.unread, count >= LARGE)


def _read_csv(
	connection: duckdb.DuckDBPyConnection,
	table: Table,
	text: TextFile,
	target: Path,
	file: str,
	findings: Findings,
) -> Source | None:
	"""A plain text is read where it lies, any other one record by record."""
	if text.plain:
		header = read_header(table, text.headings, file, 1, Findings())
		names = [f"c{place}" for place in range(len(text.headings))]
		relation = _text(text.path, names, text.delimiter, 1)
		filled = ", ".join(f"nullif(trim({name}), '')" for name in names)
		empty = f"coalesce({filled}) IS NULL"
		if header and (count := _count(connection, relation, empty)) is not None:
			return _where_it_lies(relation, header, f"NOT ({empty})" if count else "true", file)
	header = write_numbered(table, text.records(), target, file, findings)
	return header and _written(target, header, file)


def _where_it_lies(relation: str, header: Header, condition: str, file: str) -> Source:
	"""The rows of a text, as far as the condition is true."""
	columns = {name: f"c{place}" for name, place in header.places.items()}
	select = (
		f"SELECT {_named(columns)}, {ROW}"
		f" FROM (SELECT *, row_number() OVER () + 1 AS {ROW} FROM {relation}) WHERE {condition}"
	)
	return Source(file, select, dict.fromkeys(header.places, "VARCHAR"), header.unread)


def _read_sheet(table: Table, path: Path, target: Path, findings: Findings) -> Source | None:
	"""The table's sheet as a text: what a cell shows, dates as ISO."""
	file = path.name
	try:
		with open_book(path) as book:
			sheet = sheet_of(book, table, file, findings)
			if sheet is None:
				return None
			header = write_numbered(table, records(sheet), target, file, findings, shown, padded=True)
	except Unreadable:
		findings.add([Problem("not_xlsx", file)])
		return None
	except TooLarge as wrong:
		findings.add([Problem("too_large", file, value=wrong.held)])
		return None
	return header and _written(target, header, file)


def _written(path: Path, header: Header, file: str) -> Source:
	"""What was written with its row numbers."""
	names = tuple(header.places)
	select = f"SELECT * FROM {_text(path, names, ',', 0, numbered=True)}"
	return Source(file, select, dict.fromkeys(names, "VARCHAR"), header.unread)


def _text(path: Path, names: Iterable[str], delimiter: str, skipped: int, numbered: bool = False) -> str:
	"""A text file as a relation with these columns, perhaps behind the row number."""
	kinds = ({ROW: "BIGINT"} if numbered else {}) | dict.fromkeys(names, "VARCHAR")
	columns = ", ".join(f"{quoted(name)}: {quoted(kind)}" for name, kind in kinds.items())
	return (
		f"read_csv({quoted(escape(str(path.resolve())))}, columns={{{columns}}}, delim={quoted(delimiter)},"
		f" skip={skipped}, {TEXT_OPTIONS})"
	)


def _count(connection: duckdb.DuckDBPyConnection, relation: str, condition: str) -> int | None:
	"""How many rows meet a condition on all columns; None where one has other fields than the header has names."""
	try:
		return connection.execute(f"SELECT count(*) FILTER (WHERE {condition}) FROM {relation}").fetchone()[0]
	except duckdb.Error:
		return None


def _named(columns: Mapping[str, str]) -> str:
	"""The columns of a file under the names that the table has for them."""
	return ", ".join(f"{identifier(column)} AS {identifier(name)}" for name, column in columns.items())


def quoted(text: str) -> str:
	"""A text as SQL writes it."""
	return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
	"""A name as SQL writes it."""
	return '"' + name.replace('"', '""') + '"'
