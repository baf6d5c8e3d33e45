"""Which file of a folder holds which table, and what must not be overlooked: a name that is nearly a table's."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

from mkd_hrms.simulate.files.problems import BadFiles, Findings, Problem
from mkd_hrms.simulate.files.readers import SUFFIXES
from mkd_hrms.simulate.files.schema import BY_NAME, TABLES
from mkd_hrms.simulate.output.language import Text, _, language

# What file managers and people add to a name: "tab", "(1)", "- Copy", a date, a version.
ADDED = re.compile(
	r"^(tab|export|ekspor|data|copyof|salinandari|salinan)|(copy|copyof|salinan|export|ekspor|data|final|baru|new|v?\d+)$"
)
# Hidden files, and those that a program keeps while it has another one open.
NOT_MEANT = (".", "~$")
OURS = "mkd"
# A name may be one slip of the pen away, and longer ones two.
LONG = 12


def find_files(folder: Path, without: Collection[str], findings: Findings) -> dict[str, Path]:
	"""The file of each table. `without` names tables that are known to have none.

	Raises BadFiles: two files for one table, none for one that must be there, a file whose name is nearly a table's.
	"""
	if not folder.is_dir():
		findings.add([Problem("no_folder", str(folder))])
		raise BadFiles(findings)
	found: dict[str, list[Path]] = {}
	for path in sorted(folder.iterdir()):
		if is_table(path):
			found.setdefault(path.stem, []).append(path)
			findings.add(_overlooked(path) if path.is_dir() else ())
		elif not path.name.startswith(NOT_MEANT):
			_name_other(path, without, findings)
	findings.add(
		Problem("two_files", table, value=_either(_("{first} and {second}"), paths))
		for table, paths in found.items()
		if len(paths) > 1
	)
	findings.add(
		Problem("not_without", table, value=found[table][0].name) for table in without if table in found
	)
	findings.add(_lacking(found, without))
	if findings.total:
		raise BadFiles(findings)
	return {table: paths[0] for table, paths in found.items()}


def is_table(path: Path) -> bool:
	"""Whether a file, or a folder of Parquet files, has a table's name."""
	return (
		path.suffix in SUFFIXES and path.stem in BY_NAME and (path.suffix == ".parquet" or not path.is_dir())
	)


def _overlooked(folder: Path) -> Iterator[Problem]:
	"""What lies in a folder of Parquet files and would not be read; other programs leave notes that begin with a line."""
	for part in sorted(folder.iterdir()):
		if not part.name.startswith((*NOT_MEANT, "_")) and (part.is_dir() or part.suffix != ".parquet"):
			file = f"{folder.name}/{part.name}"
			yield Problem(
				"nearly_a_table", file, value=folder.stem, expected=f"{folder.name}/{part.stem}.parquet"
			)


def _name_other(path: Path, without: Collection[str], findings: Findings) -> None:
	"""A file that is no table: a note, or a problem where somebody may have meant one."""
	table = nearest_table(path.name)
	if table is None or table in without:
		findings.note(_("{file}: not read, it is no table of the rules."), file=path.name)
		return
	suffix = path.suffix.lower() if path.suffix.lower() in SUFFIXES else SUFFIXES[0]
	findings.add([Problem("nearly_a_table", path.name, value=table, expected=f"{table}{suffix}")])


def _lacking(found: Collection[str], without: Collection[str]) -> Iterator[Problem]:
	for table in TABLES:
		if table.name in found:
			continue
		if table.required:
			expected = _either(
				_("{first} or {second}"), [Path(f"{table.name}{suffix}") for suffix in SUFFIXES]
			)
			yield Problem("no_table", table.name, expected=expected)
		elif table.closed and table.name not in without:
			yield Problem("no_register", table.name, value=table.name)


def _either(sentence: str, paths: list[Path]) -> Text | str:
	first, *others = paths
	said: Text | str = first.name
	for other in others:
		said = Text(sentence, {"first": said, "second": other.name})
	return said


def nearest_table(file: str) -> str | None:
	"""The table of which a file has nearly the name: other case, signs, kind of file, a number, a slip of the pen."""
	stem = re.sub(r"(\.[A-Za-z]{1,8}\d?)+$", "", file)
	plain = bare = _letters(stem)
	while (shorter := ADDED.sub("", bare)) != bare and shorter:
		bare = shorter
	for name, table in _names().items():
		slips = 2 if len(name) >= LONG else 1 if len(name) > len(OURS) + 3 else 0
		if any(_distance_within(given, name, slips) for given in (plain, bare, OURS + bare)):
			return table
	return None


@lru_cache
def _names() -> dict[str, str]:
	"""The letters of each table's name, also in Indonesian; the longest first, which are the most telling."""
	said = {_letters(language("id").translate(table.name)): table.name for table in TABLES}
	names = said | {_letters(table.name): table.name for table in TABLES}
	return dict(sorted(names.items(), key=lambda entry: (-len(entry[0]), entry[0])))


def _letters(text: str) -> str:
	return re.sub(r"[\W_]+", "", text.casefold())


def _distance_within(one: str, other: str, most: int) -> bool:
	"""Whether so many letters, changed, added or left out, make one text of the other."""
	if abs(len(one) - len(other)) > most:
		return False
	row = list(range(len(other) + 1))
	for number, letter in enumerate(one, 1):
		above, row = row, [number]
		for place, wanted in enumerate(other):
			row.append(min(above[place] + (letter != wanted), above[place + 1] + 1, row[place] + 1))
	return row[-1] <= most
