"""Rows into a DuckDB table, fast: by a temporary CSV file, which beats parameters many times over."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Sequence
from glob import escape
from pathlib import Path

import duckdb

from mkd_hrms.simulate.files.columns import SQL_TYPES, Column


def create(connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[Column]) -> None:
	"""An empty table."""
	kinds = ", ".join(f'"{column.name}" {SQL_TYPES[column.kind]}' for column in columns)
	connection.execute(f'CREATE TABLE "{table}" ({kinds})')


def fill(
	connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[Column], rows: Iterable[tuple]
) -> None:
	"""Create a table with these rows; None is NULL, so that an empty text cannot be stored."""
	create(connection, table, columns)
	kinds = {column.name: SQL_TYPES[column.kind] for column in columns}
	with tempfile.TemporaryDirectory() as folder:
		path = Path(folder, "rows.csv")
		with path.open("w", encoding="utf-8", newline="") as file:
			csv.writer(file, lineterminator="\n").writerows(rows)
		if not path.stat().st_size:
			return
		connection.execute(
			f'INSERT INTO "{table}" SELECT * FROM read_csv($path, header=false, auto_detect=false, columns=$kinds,'
			" delim=',', quote='\"', escape='\"', null_padding=false)",
			{"path": escape(str(path)), "kinds": kinds},
		)
