"""What a heading of a file names: a column by its own name, or by its label in the Desk, English or Indonesian."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mkd_hrms.simulate.files.columns import Table
from mkd_hrms.simulate.files.problems import Findings, Problem
from mkd_hrms.simulate.files.tables_platform import INDONESIAN, LABELS, STANDARD
from mkd_hrms.simulate.output.language import language

FORMS = Path(__file__).parents[2] / "mkd_hrms" / "doctype"


@dataclass(frozen=True, slots=True)
class Header:
	"""The place of each column that is read, and the headings of those that are not."""

	places: Mapping[str, int]
	unread: tuple[str, ...]


def read_header(
	table: Table, headings: Sequence[str], file: str, row: int, findings: Findings
) -> Header | None:
	"""Which column each heading means; None where that is not plain, which is then among the findings."""
	plain = [" ".join(heading.split()) for heading in headings]
	meant = _told_apart([meanings(table, heading) for heading in plain])
	read = {column.name for column in table.columns}
	several = [(heading, names) for heading, names in zip(plain, meant, strict=True) if len(names) > 1]
	findings.add(
		Problem("ambiguous", file, row, value=heading, expected=", ".join(names))
		for heading, names in several
		if read & set(names)
	)
	places = defaultdict(list)
	for place, names in enumerate(meant):
		if len(names) == 1 and names[0] in read:
			places[names[0]].append(place)
	twice = [name for name, found in places.items() if len(found) > 1]
	findings.add(Problem("column_twice", file, row, name) for name in sorted(twice))
	if not places:
		expected = ", ".join(column.name for column in table.columns if column.required)
		findings.add([Problem("no_header", file, row, value=", ".join(plain)[:80], expected=expected)])
	if twice or not places or any(read & set(names) for _heading, names in several):
		return None
	taken = {found[0] for found in places.values()}
	unread = sorted(heading for place, heading in enumerate(plain) if place not in taken and heading)
	return Header({name: found[0] for name, found in places.items()}, tuple(unread))


def _told_apart(meant: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
	"""What is left of each heading's meanings once those are taken away that another heading has for certain."""
	certain = {names[0] for names in meant if len(names) == 1}
	return [
		names if len(names) == 1 else tuple(name for name in names if name not in certain) for names in meant
	]


def meanings(table: Table, heading: str) -> tuple[str, ...]:
	"""The columns that a heading may mean; a column's own name means nothing else."""
	if heading in {column.name for column in table.columns}:
		return (heading,)
	label = heading.casefold()
	for name in (table.name, language("id").translate(table.name)):
		# In a report with rows of a child table, the label names that table.
		label = label.removesuffix(f" ({name.casefold()})")
	return _known(table.name, tuple(column.name for column in table.columns)).get(label, ())


@lru_cache
def _known(table: str, columns: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
	"""The columns of a table by their labels in both languages, without regard to case."""
	known = defaultdict(set)
	for name in columns:
		known[name.casefold()].add(name)
		# A column "Name" may hold the key, or what people call the thing.
		if name in ("name", f"{table.lower()}_name"):
			for said in ("Name", INDONESIAN["Name"]):
				known[said.casefold()].add(name)
	for name, label in _labels(table):
		for said in (label, *_in_indonesian(label, table)):
			known[said.casefold()].add(name)
	return {label: tuple(sorted(names)) for label, names in known.items()}


def _labels(table: str) -> Iterator[tuple[str, str]]:
	"""Each column's label: ours from its form, also of columns that no rule reads; the platform's from a list."""
	yield from STANDARD.items()
	yield from LABELS.get(table, {}).items()
	form = FORMS / table.lower().replace(" ", "_") / f"{table.lower().replace(' ', '_')}.json"
	if form.is_file():
		for entry in json.loads(form.read_text(encoding="utf-8"))["fields"]:
			if entry.get("label") and not entry["fieldtype"].endswith(("Break", "HTML", "Button", "Heading")):
				yield entry["fieldname"], entry["label"]


def _in_indonesian(label: str, table: str) -> Iterator[str]:
	"""As our catalogue says it in this form and elsewhere, and as the platform says it."""
	yield language("id").translate(label, table)
	yield language("id").translate(label)
	if label in INDONESIAN:
		yield INDONESIAN[label]
