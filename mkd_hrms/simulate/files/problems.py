"""What can be wrong with files: each kind with the sentence that an officer reads.

docs/outside-a-site.md lists the same sentences; a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from mkd_hrms.simulate.output.language import Language, Text, _, language

SHOWN = 10
# Of a value in a message, so many signs.
LONGEST = 500

# Kinds of damage. {value} is what stands there; {expected} is what should.
MESSAGES = {
	"no_folder": _("there is no such folder."),
	"no_table": _("there is no file of this table; expected {expected}."),
	"nearly_a_table": _(
		"the file is not read, but its name is nearly that of {value}. Name it {expected}, or take it out of the folder."
	),
	"no_register": _(
		'there is no file of this register, and an empty one means that nobody is in it. Where that is so, say it with --without "{value}".'
	),
	"not_without": _(
		"there is a file of this table: {value}. Leave --without out, or take the file out of the folder."
	),
	"two_files": _("the table stands in two files: {value}. Keep one of them."),
	"empty_file": _("the file is empty; expected a header line with the column names."),
	"no_header": _("the first line names none of the columns: {value}. Expected {expected}."),
	"column_missing": _("the column is missing."),
	"column_twice": _("the column stands there twice."),
	"ambiguous": _("the heading {value} may mean several columns: {expected}. Use the name of the column."),
	"encoding": _("the text is not UTF-8 here. Save the file as CSV UTF-8."),
	"not_text": _("the file holds bytes that no text has; is it really a CSV file?"),
	"broken_row": _("the row cannot be read: {value}."),
	"not_parquet": _("no readable Parquet file; was it cut off?"),
	"not_xlsx": _("no readable workbook; was it cut off?"),
	"too_packed": _("the file says that it holds more than it can: {value}. Export the table anew."),
	"too_large": _("the workbook holds more than is read: {value}. Save the table as Parquet or CSV."),
	"no_sheet": _("the workbook has no sheet of this name; it has {value}."),
	"missing": _("nothing stands here, but every row needs a value."),
	"not_a_date": _("{value} is no date; expected one like 2026-11-24."),
	"date_with_time": _(
		"{value} has a time of day, but the column holds dates; a program may have moved the day with its time zone."
	),
	"no_such_day": _("{value} is a day that the calendar does not have."),
	"not_a_time": _("{value} is no date with a time; expected one like 2026-11-24 08:00:00."),
	"unlikely_date": _("{value} lies outside the years 1900 to 2200."),
	"not_a_number": _("{value} is no number; expected {expected}."),
	"other_form": _(
		"{value} may mean two numbers; expected {expected}, without a comma and without points between thousands."
	),
	"too_great": _("{value} is too great; expected at most {expected}."),
	"negative": _("{value} is negative; expected 0 or more."),
	"unknown_word": _("{value} is not known here; expected one of {expected}."),
	"not_a_nip": _("{value} is no NIP; expected 18 digits."),
	"digits_lost": _(
		"{value} was a number in a spreadsheet, which keeps only fifteen digits. Enter it anew in a column of texts."
	),
	"no_result": _(
		"{value} is a formula without a result. Open and save the workbook in a spreadsheet, or enter the value."
	),
	"key_twice": _("{value} stands there more than once; it must be unique."),
	"key_case": _("{value} differs from another key only in case; MariaDB takes both for the same."),
	"nip_twice": _("{value} is the NIP of two employees who are Active."),
	"unknown_reference": _("{value} is not in {expected}."),
	"end_before_start": _("{value} comes before {expected}."),
	"overlap": _("{value} overlaps {expected}."),
	"tree_cycle": _("{value} stands above itself in the tree of units."),
	"tree_borders": _(
		"{value} does not lie within its parent by lft and rgt; leave both columns out to have them built."
	),
	"holiday_outside": _("{value} lies outside the period of its list."),
	"wrong_week": _("{value} is not the ISO week of the date."),
	"day_twice": _("{value} is used twice by one person."),
	"far_ahead": _(
		"{value} lies far ahead of all other attendance, which ends on {expected}. If it is right, say with --today of which day the files speak."
	),
	"no_setting": _("{value} is no date; expected one like 2025-01-01."),
}


def shown(value: Any) -> Any:
	"""What stands in a file, for a message: on one line, not longer than somebody reads, and no order to a terminal."""
	if isinstance(value, Text):
		return Text(value.sentence, {name: shown(part) for name, part in value.values.items()}, value.context)
	if not isinstance(value, str):
		return value
	text = value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
	return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


@dataclass(frozen=True, slots=True)
class Problem:
	"""One damaged place: file, and where they are known row, column, value and expectation."""

	kind: str
	file: str
	row: int | None = None
	column: str | None = None
	value: str | Text | None = None
	expected: str | Text | None = None

	def __str__(self) -> str:
		return self.told(language())

	def told(self, reader: Language) -> str:
		"""Place and sentence in the reader's language."""
		place = [shown(self.file)]
		if self.row is not None:
			place.append(reader.tell(Text(_("row {row}"), {"row": f"{self.row}"})))
		if self.column:
			place.append(_column(self.column, reader))
		sentence = Text(MESSAGES[self.kind], {"value": shown(self.value), "expected": shown(self.expected)})
		return f"{', '.join(place)}: {reader.tell(sentence)}"


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
		self.notes.append(Text(sentence, {name: shown(value) for name, value in values.items()}))

	@property
	def total(self) -> int:
		return sum(self.counts.values())

	def lines(self, reader: Language) -> list[str]:
		"""Every kind of damage with its first places."""
		lines = []
		for (kind, file, column), kept in self.problems.items():
			lines += [problem.told(reader) for problem in kept]
			if (more := self.counts[kind, file, column] - len(kept)) > 0:
				place = f"{shown(file)}, {_column(column, reader)}" if column else shown(file)
				values = {"place": place, "count": more}
				lines.append(reader.tell(Text(_("{place}: and {count} more of this kind."), values)))
		return lines


def _column(name: str, reader: Language) -> str:
	return reader.tell(Text(_("column {column}"), {"column": name}))


class BadFiles(Exception):
	"""Files that cannot be used; the text lists what is wrong with them."""

	def __init__(self, findings: Findings) -> None:
		self.findings = findings
		super().__init__(self.told(language()))

	def told(self, reader: Language) -> str:
		"""How many problems there are, and which, in the reader's language."""
		one, several = _("The files have {count} problem:"), _("The files have {count} problems:")
		head = Text(one if self.findings.total == 1 else several, {"count": self.findings.total})
		return "\n".join([reader.tell(head), *self.findings.lines(reader)])
