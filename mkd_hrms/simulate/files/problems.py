"""What can be wrong with files: each kind with the sentence that an officer reads.

docs/outside-a-site.md lists the same sentences; a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from mkd_hrms.simulate.output.language import Text

SHOWN = 10

# Kinds of damage. {value} is what stands there; {expected} is what should.
MESSAGES = {
	"no_folder": "there is no such folder.",
	"no_table": "there is no file of this table; expected {expected}.",
	"two_files": "the table stands in two files: {value}. Keep one of them.",
	"empty_file": "the file is empty; expected a header line with the column names.",
	"no_header": "the first line names none of the columns: {value}. Expected {expected}.",
	"column_missing": "the column is missing.",
	"column_twice": "the column stands there twice.",
	"encoding": "the text is not UTF-8 here. Save the file as CSV UTF-8.",
	"not_text": "the file holds bytes that no text has; is it really a CSV file?",
	"broken_row": "the row cannot be read: {value}.",
	"not_parquet": "no readable Parquet file; was it cut off?",
	"not_xlsx": "no readable workbook; was it cut off?",
	"no_sheet": "the workbook has no sheet of this name; it has {value}.",
	"missing": "nothing stands here, but every row needs a value.",
	"not_a_date": "{value} is no date; expected one like 2026-11-24.",
	"no_such_day": "{value} is a day that the calendar does not have.",
	"not_a_time": "{value} is no date with a time; expected one like 2026-11-24 08:00:00.",
	"unlikely_date": "{value} lies outside the years 1900 to 2200.",
	"not_a_number": "{value} is no number; expected {expected}.",
	"negative": "{value} is negative; expected 0 or more.",
	"unknown_word": "{value} is not known here; expected one of {expected}.",
	"not_a_nip": "{value} is no NIP; expected 18 digits.",
	"key_twice": "{value} stands there more than once; it must be unique.",
	"key_case": "{value} differs from another key only in case; MariaDB takes both for the same.",
	"nip_twice": "{value} is the NIP of two employees who are Active.",
	"unknown_reference": "{value} is not in {expected}.",
	"end_before_start": "{value} comes before {expected}.",
	"overlap": "{value} overlaps {expected}.",
	"tree_cycle": "{value} stands above itself in the tree of units.",
	"tree_borders": "{value} does not lie within its parent by lft and rgt; leave both columns out to have them built.",
	"holiday_outside": "{value} lies outside the period of its list.",
	"wrong_week": "{value} is not the ISO week of the date.",
	"day_twice": "{value} is used twice by one person.",
	"no_setting": "{value} is no date; expected one like 2025-01-01.",
}


@dataclass(frozen=True, slots=True)
class Problem:
	"""One damaged place: file, and where they are known row, column, value and expectation."""

	kind: str
	file: str
	row: int | None = None
	column: str | None = None
	value: str | None = None
	expected: str | None = None

	def __str__(self) -> str:
		place = [self.file]
		if self.row is not None:
			place.append(f"row {self.row}")
		if self.column:
			place.append(f"column {self.column}")
		return f"{', '.join(place)}: {MESSAGES[self.kind].format(value=self.value, expected=self.expected)}"


@dataclass(slots=True)
class Findings:
	"""All problems and notes of a folder. Of each kind and column the first ten are kept, all are counted."""

	problems: dict[tuple[str, str, str | None], list[Problem]] = field(default_factory=dict)
	counts: dict[tuple[str, str, str | None], int] = field(default_factory=dict)
	notes: list[Text] = field(default_factory=list)

	def add(self, problems: Iterable[Problem], count: int | None = None) -> None:
		"""Problems of one kind; `count` says how many there are if they are not all given."""
		given = list(problems)
		for problem in given:
			key = (problem.kind, problem.file, problem.column)
			kept = self.problems.setdefault(key, [])
			kept.extend([problem][: max(0, SHOWN - len(kept))])
			self.counts[key] = self.counts.get(key, 0) + 1
		if given and count is not None:
			self.counts[given[0].kind, given[0].file, given[0].column] += count - len(given)

	def note(self, sentence: str, **values: Any) -> None:
		self.notes.append(Text(sentence, values))

	@property
	def total(self) -> int:
		return sum(self.counts.values())

	def lines(self) -> list[str]:
		"""Every kind of damage with its first places."""
		lines = []
		for key, kept in self.problems.items():
			lines += [str(problem) for problem in kept]
			if (more := self.counts[key] - len(kept)) > 0:
				place = f"{key[1]}, column {key[2]}" if key[2] else key[1]
				lines.append(f"{place}: and {more:,} more of this kind.")
		return lines


class BadFiles(Exception):
	"""Files that cannot be used; the text lists what is wrong with them."""

	def __init__(self, findings: Findings) -> None:
		self.findings = findings
		count = f"{findings.total:,} problem{'' if findings.total == 1 else 's'}"
		super().__init__("\n".join([f"The files have {count}:", *findings.lines()]))
