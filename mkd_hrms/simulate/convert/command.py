"""What `mkd convert` does, without the command line: all of it is written, or nothing."""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mkd_hrms.exchange.files import Reading, named, read_file
from mkd_hrms.exchange.guessing import Unfit
from mkd_hrms.exchange.layouts import Span
from mkd_hrms.exchange.profiles import Profile
from mkd_hrms.exchange.rejections import Rejection, shorten
from mkd_hrms.exchange.writing import harmless
from mkd_hrms.policy.dates import add_months
from mkd_hrms.simulate.convert.keys import COLUMN_OF, Keys
from mkd_hrms.simulate.convert.tables import COLUMNS, TABLES, table_rows
from mkd_hrms.simulate.files.found_files import is_table
from mkd_hrms.simulate.output.files import new_folder
from mkd_hrms.simulate.output.language import Language, Text, _

# So many years back a file may speak.
YEARS = 10
REJECTED = ("row", "column", "written", "kind", "reason", "what to do")
EMPLOYEES = (
	"name mkd_nip status company department employment_type date_of_joining attendance_device_id".split()
)
# What nobody says of who stands in a file alone.
COMPANY = "Instansi"


@dataclass(frozen=True, slots=True)
class Asked:
	"""What to convert: the file, by which profile, for whom, of which month, and who reads what is said of it."""

	file: Path
	out: Path
	profile: str | None
	agency: Path | None
	month: date | None
	today: date
	reader: Language

	@property
	def rejected(self) -> Path:
		"""The file of what was not taken, beside the folder."""
		return self.out.with_name(f"{self.out.name}-rejected.csv")


def convert(asked: Asked) -> list[str]:
	"""The folder of a file, and the lines of a summary in the reader's language.

	Raises BadFiles, Unfit, ProfileError, FolderInUse and OSError.
	"""
	among = named(asked.profile)
	span = Span(add_months(asked.today, -12 * YEARS), asked.today)
	with tempfile.TemporaryDirectory() as scratch, new_folder(asked.out) as folder:
		rejected = Path(scratch) / "rejected.csv"
		with rejected.open("w", encoding="utf-8-sig", newline="") as file:
			writer = csv.writer(file)
			writer.writerow(REJECTED)
			keys = Keys(asked.agency)
			with read_file(
				asked.file,
				among,
				span,
				asked.month,
				lambda each: writer.writerow(_cells(each, asked.reader)),
				keys.check,
			) as reading:
				keys.begin(reading.profile.key)
				_write(asked, folder, reading, keys)
		_put(rejected, asked.rejected)
		if not reading.tally.accepted:
			lines = "\n".join(reading.tally.lines(asked.reader))
			head = Text(_("No row of the file can be used."))
			raise Unfit(Text("{head}\n{lines}", {"head": head, "lines": lines}))
	return _summary(asked, reading)


def _cells(rejection: Rejection, reader: Language) -> list[Any]:
	wrong = rejection.wrong
	texts = (rejection.column, wrong.written, wrong.kind, rejection.reason(reader), rejection.advice(reader))
	return [
		rejection.row,
		*(harmless(shorten(text or "")) if n < 2 else harmless(text) for n, text in enumerate(texts)),
	]


def _write(asked: Asked, folder: Path, reading: Reading, keys: Keys) -> None:
	"""The table of the profile, and what must stand beside it. Raises Unfit."""
	table = TABLES[reading.profile.row]
	if asked.agency:
		_copy(asked.agency, folder, table)
	cells = table_rows(reading.profile, reading.rows, keys.found, asked.today, reading.tally)
	_table(folder / f"{table}.csv", COLUMNS[table], cells)
	if not asked.agency:
		_table(folder / "Company.csv", ["name", "default_holiday_list"], [[COMPANY, None]])
		_table(folder / "Employee.csv", EMPLOYEES, _people(reading.profile, keys))


def _people(profile: Profile, keys: Keys) -> Iterator[list[Any]]:
	"""Whoever stands in the file: that he is there is all that is known of him."""
	for key in sorted(keys.found):
		said = {"name": key, "status": "Active", "company": COMPANY, COLUMN_OF[profile.key]: key}
		yield [said.get(column) for column in EMPLOYEES]


def _table(path: Path, columns: Iterable[str], rows: Iterable[list[Any]]) -> None:
	with path.open("w", encoding="utf-8", newline="") as file:
		writer = csv.writer(file)
		writer.writerow(columns)
		writer.writerows(rows)


def _copy(agency: Path, folder: Path, table: str) -> None:
	"""The other tables of an agency. Raises Unfit, where it has this one already."""
	for path in sorted(agency.iterdir()):
		if not is_table(path):
			continue
		if path.stem == table:
			said = {"file": path.name, "table": table}
			raise Unfit(
				Text(_("The agency has the table {table} already: {file}. Take it out of the folder."), said)
			)
		copy = shutil.copytree if path.is_dir() else shutil.copyfile
		copy(path, folder / path.name)


def _put(source: Path, target: Path) -> None:
	unfinished = target.with_name(f".{target.name}.unfinished")
	try:
		shutil.copyfile(source, unfinished)
		unfinished.replace(target)
	finally:
		unfinished.unlink(missing_ok=True)


def _summary(asked: Asked, reading: Reading) -> list[str]:
	fit, reader = reading.fit, asked.reader
	said = {
		"title": Text(fit.profile.title),
		"name": fit.profile.name,
		"score": fit.score,
		"reason": fit.reason,
	}
	lines = [reader.tell(Text(_("Read as {title} ({name}, {score} %): {reason}"), said))]
	return [*lines, *reading.tally.lines(reader)]
