"""DuckDB as a place where the facts' queries run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

# Rows that are taken out of the database at a time.
STREAMED = 10_000


def connect(
	store: Path | None = None, read_only: bool = False, folders: Sequence[Path] = ()
) -> duckdb.DuckDBPyConnection:
	"""A database that keeps quiet, for the command shows its own progress; in memory unless it has a file.

	`folders`: those in which other people's files lie. No other file is read or written then, whatever stands in them.
	"""
	connection = duckdb.connect(str(store) if store else ":memory:", read_only=read_only)
	connection.execute("SET enable_progress_bar = false")
	if folders:
		connection.execute(
			"SET allowed_directories = $folders", {"folders": [str(folder) for folder in folders]}
		)
		connection.execute("SET enable_external_access = false")
		connection.execute("SET lock_configuration = true")
	return connection


class DuckDatabase:
	"""The tables of a loaded folder; the same statements run here as on a site's MariaDB."""

	quote, apart = '"', False

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

	def ahead(self, sql: str, values: dict[str, Any]) -> Iterator[tuple]:
		return self.stream(sql, values)
