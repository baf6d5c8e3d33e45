"""A folder of files as the tables the rules read: all of it sound, or a list of what is wrong."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from mkd_hrms.simulate.files.duck_database import connect
from mkd_hrms.simulate.files.filling import create
from mkd_hrms.simulate.files.problems import BadFiles, Findings, Problem
from mkd_hrms.simulate.files.readers import ROW, SUFFIXES, read_file, read_parquet
from mkd_hrms.simulate.files.relations import check_relations, has_sound_keys
from mkd_hrms.simulate.files.schema import BY_NAME, TABLES, Table
from mkd_hrms.simulate.files.typed_columns import convert
from mkd_hrms.simulate.files.unit_tree import complete_tree
from mkd_hrms.simulate.output.language import Text, _


@dataclass(frozen=True, slots=True)
class Agency:
	"""The loaded tables, where they came from, and what a reader should know about them."""

	connection: duckdb.DuckDBPyConnection
	folder: Path
	attendance_from: date | None
	notes: tuple[Text, ...]


def load(
	folder: Path, progress: Callable[[str], None] = lambda table: None, store: Path | None = None
) -> Agency:
	"""All tables of a folder, in memory or in the file `store`.

	Raises BadFiles, which lists every kind of damage with its first ten places.
	"""
	findings = Findings()
	paths = _find_files(folder, findings)
	connection, files = connect(store), {}
	with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(1) as pool:
		# What takes longest begins first.
		asked = dict(_ask_for_keys(connection, paths, pool))
		for table in TABLES:
			progress(table.name)
			path = paths.get(table.name)
			if path is None:
				_leave_empty(connection, table, findings)
			elif source := read_file(connection, table, path, Path(scratch), findings):
				if convert(connection, table, source, findings, asked.get(table.name)):
					files[table.name] = path.name
	sound = [name for name, found in asked.items() if found.result()]
	check_relations(connection, files, findings, sound)
	if "Department" in files:
		complete_tree(connection, files["Department"], findings)
	attendance_from = _attendance_from(connection, files, findings)
	if findings.total:
		raise BadFiles(findings)
	return Agency(connection, folder, attendance_from, tuple(findings.notes))


def _find_files(folder: Path, findings: Findings) -> dict[str, Path]:
	"""The file of each table. Two files for one table, or none for one that must be there, are findings."""
	if not folder.is_dir():
		findings.add([Problem("no_folder", str(folder))])
		raise BadFiles(findings)
	found: dict[str, list[Path]] = {}
	for path in sorted(folder.iterdir()):
		if path.suffix in SUFFIXES and path.stem in BY_NAME:
			found.setdefault(path.stem, []).append(path)
		elif not path.name.startswith("."):
			findings.note(_("{file}: not read, it is no table of the rules."), file=path.name)
	findings.add(
		Problem("two_files", table, value=" and ".join(path.name for path in paths))
		for table, paths in found.items()
		if len(paths) > 1
	)
	findings.add(
		Problem("no_table", table.name, expected=" or ".join(f"{table.name}{suffix}" for suffix in SUFFIXES))
		for table in TABLES
		if table.required and table.name not in found
	)
	if findings.total:
		raise BadFiles(findings)
	return {table: paths[0] for table, paths in found.items()}


def _ask_for_keys(
	connection: duckdb.DuckDBPyConnection, paths: dict[str, Path], pool: Executor
) -> Iterator[tuple[str, Future[bool]]]:
	"""Of each large file the answer, still to come, whether its keys are sound."""
	for name, path in paths.items():
		source = read_parquet(connection, path, Findings()) if path.suffix == ".parquet" else None
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
