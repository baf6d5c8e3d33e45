"""Which employee a NIP or the number of a machine means: by the agency's employees, or whoever the file names."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path

import duckdb

from mkd_hrms.exchange.rejections import Wrong
from mkd_hrms.exchange.rows import Row
from mkd_hrms.simulate.files.duck_database import connect
from mkd_hrms.simulate.files.found_files import is_table
from mkd_hrms.simulate.files.problems import BadFiles, Findings, Problem
from mkd_hrms.simulate.files.readers import SUFFIXES, read_file
from mkd_hrms.simulate.files.schema import BY_NAME
from mkd_hrms.simulate.files.typed_columns import convert

EMPLOYEE = "Employee"
COLUMN_OF = {"nip": "mkd_nip", "pin": "attendance_device_id", "employee": "name"}


class Keys:
	"""The employees by their keys. Without an agency everybody is known, and goes by his key."""

	def __init__(self, agency: Path | None) -> None:
		self.found: dict[str, str] = {}
		self._agency, self._known = agency, None

	def begin(self, key: str) -> None:
		"""By which key a profile names people. Raises BadFiles and OSError."""
		self._known = _employees(self._agency, COLUMN_OF[key]) if self._agency else None

	def check(self, row: Row) -> Wrong | None:
		"""What is wrong with whose a row is; else he is among the found ones."""
		if row.who not in self.found:
			theirs = [row.who] if self._known is None else self._known.get(row.who, [])
			if len(theirs) != 1:
				return Wrong("several_people" if theirs else "unknown_person", row.who)
			self.found[row.who] = theirs[0]
		return None


def _employees(folder: Path, column: str) -> dict[str, list[str]]:
	"""The employees of an agency by a column; of those who share a key, the active ones. Raises BadFiles and OSError."""
	findings = Findings()
	paths = [folder / f"{EMPLOYEE}{suffix}" for suffix in SUFFIXES]
	path = next((path for path in paths if path.exists() and is_table(path)), None)
	if path is None:
		findings.add([Problem("no_table", EMPLOYEE, expected=paths[0].name)])
		raise BadFiles(findings)
	query = f"SELECT {column}, name, status = 'Active' FROM \"tabEmployee\" WHERE {column} IS NOT NULL"
	with (
		tempfile.TemporaryDirectory() as scratch,
		connect(within=[path.resolve(strict=True), Path(scratch).resolve()]) as connection,
	):
		try:
			source = read_file(connection, BY_NAME[EMPLOYEE], path, Path(scratch), findings)
			sound = bool(source) and convert(connection, BY_NAME[EMPLOYEE], source, findings)
			rows = connection.execute(query).fetchall() if sound else []
		except duckdb.Error:
			# Whole at its end, and damaged within.
			findings.add([Problem("not_parquet", path.name)])
	if findings.total:
		raise BadFiles(findings)
	found: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
	for key, name, active in rows:
		key = str(int(key)) if column == COLUMN_OF["pin"] and key.isdecimal() else key
		found[key][not active].append(name)
	return {key: active or others for key, (active, others) in found.items()}
