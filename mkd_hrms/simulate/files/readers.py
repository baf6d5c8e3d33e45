"""From a file to something DuckDB can select from, row numbers included, before anything is converted."""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb

from mkd_hrms.simulate.files.columns import Table
from mkd_hrms.simulate.files.problems import Findings, Problem

SUFFIXES = (".csv", ".parquet", ".xlsx")
ROW = "_row"
CHUNK = 1 << 20
# A Parquet file with so many rows is not copied.
LARGE = 1_000_000
# How DuckDB calls what is wrong with a row.
BROKEN = {
	"MISSING COLUMNS": "it has too few fields",
	"TOO MANY COLUMNS": "it has too many fields",
	"UNQUOTED VALUE": "a quote stands alone",
}
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Source:
	"""A file that can be selected from: `select` yields its columns and the row number; `kinds` are SQL types.

	`large`: it has so many rows, in a form that is quick to read, that it is better read where it lies.
	"""

	file: str
	select: str
	kinds: dict[str, str]
	large: bool = False


def read_file(
	connection: duckdb.DuckDBPyConnection, table: Table, path: Path, scratch: Path, findings: Findings
) -> Source | None:
	"""The source for a table; None when the file cannot be read, which is then among the findings."""
	if path.stat().st_size == 0:
		findings.add([Problem("empty_file", path.name)])
		return None
	if path.suffix == ".parquet":
		return read_parquet(connection, path, findings)
	if path.suffix == ".xlsx":
		text = _sheet_as_csv(table, path, scratch, findings)
		return text and _read_csv(connection, table, text, path.name, findings)
	return _read_csv(connection, table, path, path.name, findings) if _is_text(path, findings) else None


def read_parquet(connection: duckdb.DuckDBPyConnection, path: Path, findings: Findings) -> Source | None:
	"""The source of a Parquet file; None when it cannot be read, which is then among the findings."""
	# A large table may be a folder of files; rows are then counted in their own file.
	files = path.resolve() / "*.parquet" if path.is_dir() else path.resolve()
	relation = f"read_parquet({quoted(str(files))}, file_row_number=true)"
	try:
		described = connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
		(count,) = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()
	except duckdb.Error:
		findings.add([Problem("not_parquet", path.name)])
		return None
	kinds = {name: kind for name, kind, *_rest in described if name != "file_row_number"}
	select = f"SELECT * EXCLUDE (file_row_number), file_row_number + 1 AS {ROW} FROM {relation}"
	return Source(path.name, select, kinds, count >= LARGE)


def _is_text(path: Path, findings: Findings) -> bool:
	"""Whether a file is UTF-8 throughout; the finding names the line where it is not."""
	decoder, line = codecs.getincrementaldecoder("utf-8-sig")(), 1
	with path.open("rb") as file:
		while chunk := file.read(CHUNK):
			if b"\0" in chunk:
				findings.add([Problem("not_text", path.name)])
				return False
			try:
				decoder.decode(chunk)
			except UnicodeDecodeError as wrong:
				row = line + chunk[: max(0, wrong.start)].count(b"\n")
				findings.add([Problem("encoding", path.name, row)])
				return False
			line += chunk.count(b"\n")
	return True


def _read_csv(
	connection: duckdb.DuckDBPyConnection, table: Table, path: Path, file: str, findings: Findings
) -> Source | None:
	header, delimiter = _header(path)
	known = {column.name for column in table.columns}
	if not known & set(header):
		expected = ", ".join(column.name for column in table.columns if column.required)
		findings.add([Problem("no_header", file, 1, value=", ".join(header)[:80], expected=expected)])
		return None
	if twice := sorted({name for name in header if header.count(name) > 1}):
		findings.add(Problem("column_twice", file, 1, name) for name in twice)
		return None
	kinds = dict.fromkeys((name or f"unnamed {number}" for number, name in enumerate(header, 1)), "VARCHAR")
	options = (
		f"header=false, skip=1, auto_detect=false, delim={quoted(delimiter)}, quote='\"', escape='\"',"
		f" columns={kinds}, null_padding=false, nullstr='', max_line_size=10000000"
	)
	relation = f"read_csv({quoted(str(path))}, {options}"
	if broken := _broken_rows(connection, relation):
		findings.add(Problem("broken_row", file, row, value=text) for row, text in broken)
		return None
	select = f"SELECT *, row_number() OVER () + 1 AS {ROW} FROM {relation})"
	return Source(file, select, kinds)


def _header(path: Path) -> tuple[list[str], str]:
	"""The names in the first line, and the sign that parts them: a comma, a semicolon or a tab."""
	with path.open(encoding="utf-8-sig", newline="") as file:
		first = file.readline()
	delimiter = max(DELIMITERS, key=first.count)
	return [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])], delimiter


def _broken_rows(connection: duckdb.DuckDBPyConnection, relation: str) -> list[tuple[int, str]]:
	"""Rows with too few or too many fields, or a quote that is never closed."""
	tables = "rejects_table='broken_rows', rejects_scan='broken_scans'"
	for name in ("broken_rows", "broken_scans"):
		connection.execute(f"DROP TABLE IF EXISTS {name}")
	connection.execute(
		f"SELECT count(*) FROM (SELECT * FROM {relation}, store_rejects=true, {tables}))"
	).fetchall()
	rows = connection.execute(
		"SELECT line, min(error_type) FROM broken_rows GROUP BY line ORDER BY line"
	).fetchall()
	return [(line, BROKEN.get(kind, kind.lower())) for line, kind in rows]


def _sheet_as_csv(table: Table, path: Path, scratch: Path, findings: Findings) -> Path | None:
	"""The table's sheet as a text file: what a cell shows, dates as ISO."""
	# Loading the library takes longer than all other modules of the command together.
	from openpyxl import load_workbook

	try:
		book = load_workbook(path, read_only=True, data_only=True)
	except Exception:  # openpyxl has no error of its own: a cut-off file fails in zipfile, xml or here
		findings.add([Problem("not_xlsx", path.name)])
		return None
	try:
		if table.name not in book.sheetnames:
			findings.add(
				[Problem("no_sheet", path.name, value=", ".join(book.sheetnames), expected=table.name)]
			)
			return None
		target = scratch / f"{table.name}.csv"
		with target.open("w", encoding="utf-8", newline="") as file:
			writer = csv.writer(file, lineterminator="\n")
			width = 0
			for number, row in enumerate(book[table.name].iter_rows(values_only=True)):
				width = width or len(row)
				cells = [*row, *[None] * (width - len(row))] if number else row
				writer.writerow(["" if cell is None else _shown(cell) for cell in cells])
		return target
	finally:
		book.close()


def _shown(cell: object) -> str:
	"""A whole number without ".0", a date without midnight."""
	if isinstance(cell, bool):
		return str(int(cell))
	if isinstance(cell, float) and cell.is_integer():
		return str(int(cell))
	return str(cell).removesuffix(" 00:00:00")


def quoted(text: str) -> str:
	"""A text as SQL writes it."""
	return "'" + text.replace("'", "''") + "'"
