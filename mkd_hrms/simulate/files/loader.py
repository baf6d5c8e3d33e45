"""A folder of files as the tables the rules read: all of it sound, or a list of what is wrong."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from mkd_hrms.simulate.files.duck_database import connect
from mkd_hrms.simulate.files.filling import create
from mkd_hrms.simulate.files.found_files import find_files
from mkd_hrms.simulate.files.newest_day import check_ahead, newest_day
from mkd_hrms.simulate.files.problems import BadFiles, Findings, Problem
from mkd_hrms.simulate.files.readers import ROW, read_file, read_parquet
from mkd_hrms.simulate.files.relations import check_relations, has_sound_keys
from mkd_hrms.simulate.files.schema import BY_NAME, TABLES, Table
from mkd_hrms.simulate.files.typed_columns import convert
from mkd_hrms.simulate.files.unit_tree import complete_tree
from mkd_hrms.simulate.output.language import Text, _


@dataclass(frozen=True, slots=True)
class Agency:
	"""The loaded tables, where they came from, and what a reader should know about them.

	`reads`: the files, links followed; large ones are still read where they lie.
	"""

	connection: duckdb.DuckDBPyConnection
	folder: Path
	reads: tuple[Path, ...]
	attendance_from: date | None
	newest_attendance: date | None
	notes: tuple[Text, ...]


def load(
	folder: Path,
	progress: Callable[[str], None] = lambda table: None,
	store: Path | None = None,
	today: date | None = None,
	without: Collection[str] = (),
) -> Agency:
	"""All tables of a folder, in memory or in the file `store`.

	`today`: of which day the files speak, where they are not to say it themselves. `without`: registers that have no
	file because they are empty. Raises BadFiles, which lists every kind of damage with its first ten places,
	and OSError for a file that is there and cannot be opened.
	"""
	findings, files = Findings(), {}
	paths = find_files(folder, without, findings)
	reads = tuple(map(_followed, paths.values()))
	with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(1) as pool:
		connection = connect(store, within=[*reads, Path(scratch).resolve()])
		# What takes longest begins first.
		asked = dict(_ask_for_keys(connection, paths, pool))
		for table in TABLES:
			progress(table.name)
			path = paths.get(table.name)
			if path is None:
				_leave_empty(connection, table, findings)
			elif _is_loaded(connection, table, path, Path(scratch), findings, asked.get(table.name)):
				files[table.name] = path.name
	sound = [name for name, found in asked.items() if found.result()]
	check_relations(connection, files, findings, sound)
	if "Department" in files:
		complete_tree(connection, files["Department"], findings)
	attendance_from = _attendance_from(connection, files, findings)
	newest = newest_day(connection) if "Attendance" in files else None
	if newest and not today:
		check_ahead(connection, newest, files["Attendance"], findings)
	if findings.total:
		raise BadFiles(findings)
	return Agency(connection, folder, reads, attendance_from, newest, tuple(findings.notes))


def _followed(path: Path) -> Path:
	"""Where a file lies, links followed. Raises OSError."""
	try:
		return path.resolve(strict=True)
	except RuntimeError as wrong:
		raise OSError(f"{path}: the link leads back to itself.") from wrong


def _is_loaded(
	connection: duckdb.DuckDBPyConnection,
	table: Table,
	path: Path,
	scratch: Path,
	findings: Findings,
	keys_are_sound: Future[bool] | None,
) -> bool:
	"""Whether a file became a table. A Parquet file may be whole at its end and damaged within."""
	try:
		source = read_file(connection, table, path, scratch, findings)
		return bool(source) and convert(connection, table, source, findings, keys_are_sound)
	except duckdb.Error as wrong:
		if path.suffix != ".parquet":
			raise
		findings.add([Problem("not_parquet", path.name)])
		if isinstance(wrong, duckdb.InternalError | duckdb.FatalException):
			# The database has stopped.
			raise BadFiles(findings) from wrong
		return False


def _ask_for_keys(
	connection: duckdb.DuckDBPyConnection, paths: dict[str, Path], pool: Executor
) -> Iterator[tuple[str, Future[bool]]]:
	"""Of each large file the answer, still to come, whether its keys are sound."""
	for name, path in paths.items():
		is_parquet = path.suffix == ".parquet"
		source = read_parquet(connection, BY_NAME[name], path, Findings()) if is_parquet else None
		if source and source.large and BY_NAME[name].has_key:
			yield name, pool.submit(has_sound_keys, connection.cursor(), source.select)


def _leave_empty(connection: duckdb.DuckDBPyConnection, table: Table, findings: Findings) -> None:
	create(connection, table.sql_name, table.columns)
	connection.execute(f'ALTER TABLE "{table.sql_name}" ADD COLUMN {ROW} BIGINT')
	findings.note(_("{table}: there is no file; it counts as empty."), table=table.name)


def _attendance_from(
	connection: duckdb.DuckDBPyConnection, files: dict[str, str], findings: Findings
) -> date | None:
	"""The day from which the agency's attendance is kept, by MKD Settings."""
	if "Singles" not in files:
		return None
	found = connection.execute(
		f'SELECT value, {ROW}, TRY_CAST(value AS DATE) FROM "tabSingles"'
		" WHERE doctype = 'MKD Settings' AND field = 'attendance_from' AND value IS NOT NULL"
	).fetchone()
	if found and found[2] is None:
		findings.add([Problem("no_setting", files["Singles"], found[1], "value", found[0])])
	return found[2] if found else None
