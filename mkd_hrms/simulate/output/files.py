"""JSON, CSV and HTML files, each written whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

COLUMNS = (
	"employee name nip unit designation employment_type echelon grade outcome tier_limit failed unknown reasons"
).split()
IMPACT_COLUMNS = (
	"employee name nip unit designation grade employment_type kind outcome_before outcome_after"
	" days_before days_after gates reasons"
).split()
# A spreadsheet takes a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_whole(path: Path, text: str) -> None:
	"""Write to a temporary name beside the target, then rename."""
	path.parent.mkdir(parents=True, exist_ok=True)
	unfinished = path.with_name(f".{path.name}.{os.getpid()}")
	try:
		unfinished.write_text(text, encoding="utf-8", newline="")
		unfinished.replace(path)
	finally:
		unfinished.unlink(missing_ok=True)


class FolderInUse(ValueError):
	"""The folder to be written holds something that is not to be replaced."""


@contextmanager
def new_folder(out: Path, may_replace: Callable[[Path], bool] = lambda folder: False) -> Iterator[Path]:
	"""An empty folder that takes its place when all is written in it, or goes. Raises FolderInUse and OSError."""
	if out.exists() and not (out.is_dir() and (not any(out.iterdir()) or may_replace(out))):
		raise FolderInUse(f"{out} is there already and not empty.")
	out.parent.mkdir(parents=True, exist_ok=True)
	unfinished = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
	try:
		yield unfinished
		unfinished.chmod(0o755)
		if out.exists():
			shutil.rmtree(out)
		unfinished.rename(out)
	finally:
		shutil.rmtree(unfinished, ignore_errors=True)


def as_json(summary: dict[str, Any]) -> str:
	"""One line of JSON."""
	return json.dumps(summary, ensure_ascii=False) + "\n"


def as_csv(people: Iterable[Mapping[str, Any]], columns: Sequence[str] = COLUMNS) -> str:
	"""One line a person; lists are joined, and no cell can become a formula."""
	text = io.StringIO()
	# Spreadsheets take a file for UTF-8 only if it says so.
	text.write("\ufeff")
	writer = csv.writer(text)
	writer.writerow(columns)
	for person in people:
		writer.writerow([_cell(person[column]) for column in columns])
	return text.getvalue()


def _cell(value: Any) -> Any:
	if isinstance(value, list):
		value = "; ".join(value)
	if isinstance(value, str) and value.startswith(FORMULA):
		return f"'{value}"
	return value
