"""DuckDB as a place where the facts' queries run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from glob import escape
from pathlib import Path
from typing import Any

import duckdb

# Rows that are taken out of the database at a time.
STREAMED = 10_000


def connect(
	store: Path | None = None,
	read_only: bool = False,
	within: Sequence[Path] | None = None,
	threads: int | None = None,
) -> duckdb.DuckDBPyConnection:
	"""A database that keeps quiet, for the command shows its own progress; in memory unless it has a file.

	`within`: other people's files, and folders of them. No other file is read or written then, whatever stands in them.
	"""
	connection = duckdb.connect(str(store) if store else ":memory:", read_only=read_only)
	connection.execute("SET enable_progress_bar = false")
	if threads:
		connection.execute("SET threads = $threads", {"threads": threads})
	if within is not None:
		_lock(connection, within)
	return connection


def _lock(connection: duckdb.DuckDBPyConnection, within: Sequence[Path]) -> None:
	"""Nothing but these files and folders, until the connection is closed."""
	for setting, paths in (
		("allowed_paths", [path for path in within if not path.is_dir()]),
		("allowed_directories", [path for path in within if path.is_dir()]),
	):
		# A path is a pattern, in which the signs of patterns are written otherwise.
		allowed = sorted({text for path in paths for text in (str(path), escape(str(path)))})
		connection.execute(f"SET {setting} = $paths", {"paths": allowed})
	connection.execute("SET enable_external_access = false")
	connection.execute("SET lock_configuration = true")


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
