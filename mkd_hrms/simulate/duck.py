"""DuckDB as a place where the facts' queries run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb

# Rows that are taken out of the database at a time.
STREAMED = 10_000


def connect() -> duckdb.DuckDBPyConnection:
	"""A database in memory that keeps quiet: the command shows its own progress."""
	connection = duckdb.connect()
	connection.execute("SET enable_progress_bar = false")
	return connection


class DuckDatabase:
	"""The tables of a loaded folder; the same statements run here as on a site's MariaDB."""

	quote = '"'

	def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
		self.connection = connection

	def placeholder(self, name: str) -> str:
		return f"${name}"

	def fetch(self, sql: str, values: dict[str, Any]) -> Sequence[tuple]:
		return self.connection.execute(sql, values).fetchall()

	def stream(self, sql: str, values: dict[str, Any]) -> Iterator[tuple]:
		cursor = self.connection.execute(sql, values)
		while chunk := cursor.fetchmany(STREAMED):
			yield from chunk
