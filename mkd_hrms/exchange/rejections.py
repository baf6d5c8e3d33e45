"""What is not taken from a file, value by value: why, and what somebody does about it.

docs/exchange.md lists the same sentences; a test compares them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mkd_hrms.simulate.files.problems import shown
from mkd_hrms.simulate.output.language import Language, Text, _

# Of what stands in a cell, so many signs are told; and of each kind, so many places.
LONGEST, SHOWN = 80, 3

# Kinds of rejections: the reason and what to do. {value} is what stands there; {expected} is what should.
REASONS = {
	"missing": (_("nothing stands here"), _("Enter the value.")),
	"not_a_nip": (
		_("{value} is no NIP; expected 18 digits"),
		_("Enter the NIP as it stands in the decree of appointment."),
	),
	"digits_lost": (
		_("{value} was a number in a spreadsheet, which keeps only fifteen digits"),
		_("Format the column as text, and enter the NIP anew."),
	),
	"nip_birth": (
		_("{value} is no NIP: its first eight digits are no date of birth"),
		_("Compare the NIP with the decree of appointment."),
	),
	"nip_month": (
		_("{value} is no NIP: digits 9 to 14 are no month of appointment"),
		_("Compare the NIP with the decree of appointment."),
	),
	"nip_sex": (
		_("{value} is no NIP: digit 15 is neither 1 nor 2"),
		_("Compare the NIP with the decree of appointment."),
	),
	"not_a_pin": (
		_("{value} is no number of a person in a machine; expected digits"),
		_("Look up the number in the machine."),
	),
	"too_long": (_("{value} is longer than {expected} signs"), _("Shorten the text.")),
	"not_a_date": (
		_("{value} is no date in the form of the profile; expected one like {expected}"),
		_("Write the date so, or choose the profile of this file."),
	),
	"date_with_time": (
		_("{value} has a time of day, but the column holds dates"),
		_("Enter the date alone."),
	),
	"no_such_day": (_("{value} is a day that the calendar does not have"), _("Correct the date.")),
	"in_the_future": (
		_("{value} lies after {expected}, up to which the file may speak"),
		_("Correct the day; where a machine wrote it, set its clock right."),
	),
	"long_ago": (
		_("{value} lies before {expected}; a machine that has lost its clock writes such days"),
		_("Correct the day; where a machine wrote it, set its clock right."),
	),
	"not_a_time": (
		_("{value} is no time in the form of the profile; expected one like {expected}"),
		_("Write the time so, or choose the profile of this file."),
	),
	"not_a_number": (
		_("{value} is no number in the form of the profile; expected one like {expected}"),
		_("Write the number so, or choose the profile of this file."),
	),
	"not_whole": (_("{value} is no whole number from 0 on"), _("Enter a whole number.")),
	"out_of_bounds": (_("{value} is out of bounds; expected {expected}"), _("Correct the number.")),
	"not_a_month": (
		_("{value} is no month; expected a number from 1 to 12 or its name"),
		_("Correct the month."),
	),
	"unknown_word": (
		_("{value} is not known here; known are {expected}"),
		_("Use a known word, or add this one to the profile."),
	),
	"not_a_place": (
		_("{value} is no place; expected latitude and longitude"),
		_("Write it like -6.9025, 107.6187."),
	),
	"no_result": (
		_("{value} is a formula without a result"),
		_("Open and save the workbook in a spreadsheet, or enter the value."),
	),
	"not_a_line": (
		_("{value} is no line of a machine; expected a number and a time like {expected}"),
		_("Copy the file from the machine anew; programs that open it change it."),
	),
	"end_before_start": (_("{value} comes before {expected}"), _("Correct one of the two.")),
	"fields": (
		_("the row has {value} fields, but the header has {expected}"),
		_("Put a text that holds the delimiter between quotes, and export the file anew."),
	),
	"told_differently": (
		_("row {expected} says something else of the same person and time"),
		_("Keep the row that is right."),
	),
	"unknown_person": (
		_("{value} belongs to nobody among the employees"),
		_("Enter the number in the record of the employee."),
	),
	"several_people": (
		_("{value} belongs to several employees"),
		_("Let one active employee have the number."),
	),
	# On a site alone.
	"own_record": (
		_("{value} is the number of whoever imports the file, and nobody keeps his own records"),
		_("Ask a colleague in HR to import the same file; what is stored already stays as it is."),
	),
	"day_ended": (
		_("the MKD day of {value} is over, and its record says something else: {expected}"),
		_("HR corrects it on the MKD day; a file changes no day that is over."),
	),
	"kept_otherwise": (
		_("{expected} says something else, and no import wrote it"),
		_("Find out which of the two is right, and correct the record by hand."),
	),
	"changed_since": (
		_("{expected} was changed after an import had written it"),
		_("Find out which of the two is right, and correct the record by hand."),
	),
	"report_stands": (
		_("report {expected} was handed in, and its activities stay as they are"),
		_("Return the report for a revision, if something is missing in it."),
	),
	"not_taken": (
		_("the record was refused: {expected}"),
		_("Correct what the message names, and import the file again."),
	),
}


class Wrong(NamedTuple):
	"""Why a value cannot be taken."""

	kind: str
	written: str
	expected: str | Text | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
	"""One value that was not taken: the row of the file, the heading of the column, and what stands there."""

	row: int
	column: str | None
	wrong: Wrong

	def reason(self, reader: Language) -> str:
		"""Why, in the reader's language."""
		return self._tell(REASONS[self.wrong.kind][0], reader)

	def advice(self, reader: Language) -> str:
		"""What to do about it."""
		return self._tell(REASONS[self.wrong.kind][1], reader)

	def told(self, reader: Language) -> str:
		"""Place, reason and advice in one line."""
		place = reader.tell(Text(_("row {row}"), {"row": f"{self.row}"}))
		if self.column:
			place += f", {reader.tell(Text(_('column {column}'), {'column': shorten(self.column)}))}"
		return f"{place}: {self.reason(reader)}. {self.advice(reader)}"

	def _tell(self, sentence: str, reader: Language) -> str:
		return reader.tell(
			Text(sentence, {"value": shorten(self.wrong.written), "expected": self.wrong.expected})
		)


@dataclass(slots=True)
class Tally:
	"""What came of a file: how many rows, what was rejected by kind with the first places, and what else is to be said."""

	accepted: int = 0
	repeated: int = 0
	counts: dict[str, int] = field(default_factory=dict)
	first: dict[str, list[Rejection]] = field(default_factory=dict)
	notes: list[Text] = field(default_factory=list)

	def reject(self, rejection: Rejection) -> None:
		"""Count it, and keep the first of its kind."""
		kind = rejection.wrong.kind
		self.counts[kind] = self.counts.get(kind, 0) + 1
		kept = self.first.setdefault(kind, [])
		kept.extend([rejection][: max(0, SHOWN - len(kept))])

	@property
	def rejected(self) -> int:
		return sum(self.counts.values())

	def lines(self, reader: Language) -> list[str]:
		"""The numbers, then each kind with its first places."""
		numbers = {"accepted": self.accepted, "rejected": self.rejected, "repeated": self.repeated}
		said = [Text(_("{accepted} rows accepted, {rejected} values rejected."), numbers), *self.notes]
		if self.repeated:
			said.append(Text(_("{repeated} rows stand there more than once and count once."), numbers))
		lines = [reader.tell(text) for text in said]
		for kind, count in self.counts.items():
			lines += [f"  {rejection.told(reader)}" for rejection in self.first[kind]]
			if count > len(self.first[kind]):
				lines.append(
					"  " + reader.tell(Text(_("and {count} more of this kind."), {"count": count - SHOWN}))
				)
		return lines


def shorten(text: Any) -> str:
	"""What stands in a cell, for a message: short, on one line, and no order to a terminal."""
	text = str(text)
	return shown(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
