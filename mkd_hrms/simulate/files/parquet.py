"""A table as a plain text becomes a Parquet file with the kinds of its columns."""

from __future__ import annotations

from pathlib import Path

from mkd_hrms.simulate.files.columns import SQL_TYPES, Table
from mkd_hrms.simulate.files.duck_database import connect
from mkd_hrms.simulate.files.readers import identifier, quoted


def write_parquet(table: Table, columns: list[str], text: Path, path: Path) -> None:
	"""The rows of a CSV with these columns of a table, in their order. Nothing is what an empty field says."""
	kinds = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in columns)
	typed = ", ".join(
		f"nullif({identifier(name)}, '')::{SQL_TYPES[table.column(name).kind]} AS {identifier(name)}"
		for name in columns
	)
	source = (
		f"read_csv({quoted(str(text))}, columns={{{kinds}}}, header=true, delim=',', quote='\"', escape='\"')"
	)
	with connect() as connection:
		connection.execute(
			f"COPY (SELECT {typed} FROM {source}) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)"
		)
