"""Many invented agencies in one folder: each table is a folder of Parquet files, one for each agency."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from mkd_hrms.simulate.files.columns import Column, Table
from mkd_hrms.simulate.files.schema import TABLES
from mkd_hrms.simulate.sample import make_agency
from mkd_hrms.simulate.sample.drafts import MOST_AGENCIES
from mkd_hrms.simulate.sample.files import write_parquet

# The settings and the designations are the same for all: only the first agency writes them.
ONCE = {"Singles": "false", "MKD Suitability": "reference_doctype <> 'Designation'"}


def write_agencies(count: int, employees: int, seed: int, until: date, folder: Path) -> None:
	"""So many agencies of this size into an existing, empty folder, by as many processes as there are processors.

	Raises ValueError for no agency, and for more than MOST_AGENCIES.
	"""
	if not 1 <= count <= MOST_AGENCIES:
		raise ValueError(f"There can be 1 to {MOST_AGENCIES} agencies.")
	for table in TABLES:
		(folder / f"{table.name}.parquet").mkdir()
	write = partial(_write_agency, employees, seed, until, folder)
	with ProcessPoolExecutor(min(count, len(os.sched_getaffinity(0))), get_context("spawn")) as pool:
		for _written in pool.map(write, range(count)):
			pass


def _write_agency(employees: int, seed: int, until: date, folder: Path, number: int) -> None:
	connection, prefix = make_agency(employees, seed + number, until, number), f"{number + 1:03d} "
	for table in TABLES:
		query = _apart(table, prefix)
		if number and table.name in ONCE:
			query = f"{query} WHERE {ONCE[table.name]}"
		write_parquet(connection, query, folder / f"{table.name}.parquet" / f"{number + 1:03d}.parquet")
	connection.close()


def _apart(table: Table, prefix: str) -> str:
	"""The rows of a table; every key and every reference begins with the number of the agency."""
	columns = ", ".join(f'{_renamed(column, prefix)} AS "{column.name}"' for column in table.columns)
	return f'SELECT {columns} FROM "{table.sql_name}"'


def _renamed(column: Column, prefix: str) -> str:
	own = f"'{prefix}' || \"{column.name}\""
	if column.name == "name" or column.refers_to:
		return own
	when = {
		"reference_name": "reference_doctype <> 'Designation'",
		"source_name": "true",
		# Who has no NIP goes by the employee.
		"person": "person = employee",
	}.get(column.name)
	return f'CASE WHEN {when} THEN {own} ELSE "{column.name}" END' if when else f'"{column.name}"'
