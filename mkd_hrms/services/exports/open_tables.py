"""The tables that the rules read, in one archive: what `mkd check` and `mkd simulate` decide on outside a site."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import frappe

from mkd_hrms.exchange.stored import Told
from mkd_hrms.exchange.tables import write_rows
from mkd_hrms.exchange.writing import made_whole
from mkd_hrms.facts.database.queries import Database
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.exported import read_records
from mkd_hrms.facts.exported_tables import people_of, read_common, read_of_people
from mkd_hrms.services.exports.asked import PARQUET, Asked
from mkd_hrms.simulate.files.columns import Table
from mkd_hrms.simulate.files.schema import TABLES

# Of so many people the rows are read together.
AT_ONCE = 500


def write(asked: Asked, path: Path, told: Told) -> None:
	"""An archive with a file for each table, empty ones too: no row means that there is none. Raises OSError."""
	database = SiteDatabase()
	found = read_records(database, asked.company, asked.units)
	people = [name for name in found if asked.narrowed.shows(name)]
	with (
		made_whole(path) as unfinished,
		tempfile.TemporaryDirectory() as folder,
		zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive,
	):
		for table in TABLES:
			file = _file_of(database, asked, table, people, Path(folder), told)
			archive.write(file, file.name)
			file.unlink()


def _file_of(
	database: Database, asked: Asked, table: Table, people: list[str], folder: Path, told: Told
) -> Path:
	columns = _columns(table)
	rows = _rows(database, asked, table.name, columns, people)
	text = folder / f"{table.name}.csv"
	told.rows += write_rows(text, columns, rows, guarded=asked.form != PARQUET)
	if asked.form != PARQUET:
		return text
	# Only benches that have the library come here.
	from mkd_hrms.simulate.files.parquet import write_parquet

	path = folder / f"{table.name}.parquet"
	write_parquet(table, columns, text, path)
	text.unlink()
	return path


def _columns(table: Table) -> list[str]:
	"""Those that this site has: what an app of another version has not got yet is none."""
	there = set(frappe.db.get_table_columns(table.name)) if table.name != "Singles" else None
	return [column.name for column in table.columns if there is None or column.name in there]


def _rows(
	database: Database, asked: Asked, table: str, columns: list[str], people: list[str]
) -> Iterator[tuple]:
	whose = people_of(table, columns)
	if whose is None or whose == "reference_name":
		yield from read_common(database, table, columns, asked.company)
	if whose:
		for start in range(0, len(people), AT_ONCE):
			some = people[start : start + AT_ONCE]
			yield from read_of_people(database, table, columns, some, asked.period)
