"""Tables as files, all of them or none: a folder appears when it is whole."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

import duckdb

from mkd_hrms.simulate.files.schema import TABLES, Table

FORMATS = ("parquet", "csv", "xlsx")
# What one sheet of a workbook holds.
LONGEST_SHEET = 1_048_575
PARQUET, CSV = "FORMAT parquet, COMPRESSION zstd", "FORMAT csv, HEADER true"
# A workbook notes when it was written; the same seed must give the same bytes.
LONG_AGO = (1980, 1, 1, 0, 0, 0)
TIME_OF_WRITING = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


class TooLong(ValueError):
	"""A table that a sheet of a workbook cannot hold."""


def write_tables(
	connection: duckdb.DuckDBPyConnection, folder: Path, kind: str, tables: Iterable[Table] = TABLES
) -> None:
	"""One file for each table into an existing, empty folder. Raises TooLong."""
	for table in tables:
		columns = ", ".join(f'"{column.name}"' for column in table.columns)
		query = f'SELECT {columns} FROM "{table.sql_name}"'
		path = folder / f"{table.name}.{kind}"
		if kind == "xlsx":
			_write_sheet(connection, query, table, path)
		elif kind == "parquet":
			write_parquet(connection, query, path)
		else:
			_copy(connection, query, path, CSV)


def write_parquet(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
	"""The rows of a query as a Parquet file."""
	_copy(connection, query, path, PARQUET)


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path, options: str) -> None:
	target = str(path).replace("'", "''")
	connection.execute(f"COPY ({query}) TO '{target}' ({options})")


def _write_sheet(connection: duckdb.DuckDBPyConnection, query: str, table: Table, path: Path) -> None:
	# Loading the library takes longer than all other modules of the command together.
	from openpyxl import Workbook

	rows = connection.execute(query)
	book = Workbook(write_only=True)
	sheet = book.create_sheet(table.name)
	sheet.append([column.name for column in table.columns])
	count = 0
	while batch := rows.fetchmany(10_000):
		count += len(batch)
		if count > LONGEST_SHEET:
			raise TooLong(f"{table.name} has more rows than the {LONGEST_SHEET:,} that a sheet holds.")
		for row in batch:
			sheet.append(row)
	book.save(path)
	_forget_when_written(path)


def _forget_when_written(path: Path) -> None:
	timeless = path.with_suffix(".tmp")
	with zipfile.ZipFile(path) as written, zipfile.ZipFile(timeless, "w", zipfile.ZIP_DEFLATED) as target:
		for name in written.namelist():
			content = written.read(name)
			if name == "docProps/core.xml":
				content = TIME_OF_WRITING.sub(rb"\g<1>1980-01-01T00:00:00Z\2", content)
			entry = zipfile.ZipInfo(name, LONG_AGO)
			entry.compress_type = zipfile.ZIP_DEFLATED
			target.writestr(entry, content)
	timeless.replace(path)
