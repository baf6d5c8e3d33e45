"""The report for an HR officer: one web page in one file that asks nothing of the network."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mkd_hrms.policy.model import Outcome
from mkd_hrms.simulate.check.board import Cell
from mkd_hrms.simulate.check.summary import MESSAGE, OUTCOMES
from mkd_hrms.simulate.output.language import REPORT, Language, _
from mkd_hrms.simulate.output.policy_numbers import Entry

# A browser stays quick up to here; the CSV file has everybody.
LONGEST_TABLE = 5000
# How the template names outcomes: colours go by these.
CLASSES = {
	Outcome.ELIGIBLE.value: "yes",
	Outcome.NEEDS_REVIEW.value: "ask",
	Outcome.NOT_ELIGIBLE.value: "no",
	MESSAGE: "msg",
}
LABELS = {
	Outcome.ELIGIBLE.value: _("may work away", REPORT),
	Outcome.NEEDS_REVIEW.value: _("a person decides", REPORT),
	Outcome.NOT_ELIGIBLE.value: _("may not", REPORT),
	MESSAGE: _("goes back to the applicant", REPORT),
}
# What a board says of somebody on a date, in a letter and in words, in the order of its legend.
CELLS = {
	Cell.OFFICE: ("\N{MIDDLE DOT}", _("in the office", REPORT)),
	Cell.MKD: (_("M", REPORT), _("works away (MKD)", REPORT)),
	Cell.CIRCULAR: (_("C", REPORT), _("works away by circular", REPORT)),
	Cell.ASKED: (_("A", REPORT), _("has applied for MKD", REPORT)),
	Cell.LEAVE: (_("L", REPORT), _("leave", REPORT)),
	Cell.TRIP: (_("T", REPORT), _("trip, duty or training", REPORT)),
	Cell.KEPT_IN: (_("O", REPORT), _("whole unit in the office", REPORT)),
	Cell.OFF: ("\N{EN DASH}", _("day off", REPORT)),
	Cell.OUT: ("\N{MULTIPLICATION SIGN}", _("not in service, or on long leave", REPORT)),
	Cell.UNKNOWN: ("?", _("no holiday list covers the day", REPORT)),
}
# Of a board, so many people are shown; the JSON file has all.
LONGEST_BOARD = 60
# The order in which a bar shows them: the doubtful between the clear ones.
ORDER = (Outcome.ELIGIBLE.value, Outcome.NEEDS_REVIEW.value, Outcome.NOT_ELIGIBLE.value)


def as_html(summary: dict[str, Any], numbers: list[Entry], reader: Language) -> str:
	"""The page; the people shown first are those who are refused or doubtful when not all can be shown."""
	return (
		environment(reader)
		.get_template("report.html")
		.render(
			summary=summary,
			numbers=numbers,
			people=_shown_people(summary["people"]),
			classes=CLASSES,
			labels={outcome: reader.translate(label, REPORT) for outcome, label in LABELS.items()},
			language=reader.code,
			outcomes=ORDER,
			gates=[row for row in summary["by_gate"] if row["fails"] or row["unknown"]],
			cells={
				cell.value: tuple(reader.translate(word, REPORT) for word in words)
				for cell, words in CELLS.items()
			},
			longest_board=LONGEST_BOARD,
			quiet_gates=[
				row["gate"] for row in summary["by_gate"] if not row["fails"] and not row["unknown"]
			],
		)
	)


def environment(reader: Language) -> Environment:
	"""How the template says things in the reader's language."""
	environment = Environment(
		loader=FileSystemLoader(Path(__file__).parents[1] / "templates"),
		autoescape=True,
		undefined=StrictUndefined,
		trim_blocks=True,
		lstrip_blocks=True,
	)

	def share(part: int, whole: int) -> str:
		return reader.show_number(100 * part / whole if whole else 0.0, 1)

	environment.globals["_"] = lambda text, context=REPORT: reader.translate(text, context)
	environment.filters |= {
		"day": lambda text: reader.show_date(date.fromisoformat(text)),
		"month": lambda text: reader.show_month(date.fromisoformat(text)),
		"weekday": lambda text: reader.show_weekday(date.fromisoformat(text)),
		"share": share,
		"room": lambda places: f"\N{MINUS SIGN}{-places}" if places < 0 else f"{places}",
		"number": reader.show_number,
		"gate": lambda name: reader.translate(name, "MKD Policy Gate"),
	}
	return environment


def _shown_people(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
	if len(people) <= LONGEST_TABLE:
		return people
	doubtful = [person for person in people if person["outcome"] != OUTCOMES[0]]
	return doubtful[:LONGEST_TABLE]
