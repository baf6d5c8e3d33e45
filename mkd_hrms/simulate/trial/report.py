"""The report about two policies: one web page in one file, like that of `check`."""

from __future__ import annotations

from typing import Any

from mkd_hrms.policy import packs
from mkd_hrms.policy.impact.comparison import Kind
from mkd_hrms.policy.model import Policy
from mkd_hrms.simulate.check.report import CLASSES, LABELS, LONGEST_TABLE, ORDER, environment
from mkd_hrms.simulate.output.language import REPORT, Language, _
from mkd_hrms.simulate.output.policy_numbers import Entry, entries

# So many values of a breakdown are shown, those with most changes first; the JSON file has all.
LONGEST_BREAKDOWN = 30
KIND_LABELS = {
	Kind.GAINS.value: _("would gain MKD", REPORT),
	Kind.LOSES.value: _("would lose MKD", REPORT),
	Kind.NEEDS_REVIEW.value: _("a person would decide", REPORT),
	Kind.MORE_DAYS.value: _("more days a week", REPORT),
	Kind.FEWER_DAYS.value: _("fewer days a week", REPORT),
	Kind.OTHER_REASONS.value: _("other reasons only", REPORT),
}
# So many units are named that have too many people away, those with most such dates first.
LONGEST_LIST_OF_UNITS = 100
# How the template names kinds of change: colours go by these.
KIND_CLASSES = {
	Kind.GAINS.value: "yes",
	Kind.LOSES.value: "no",
	Kind.NEEDS_REVIEW.value: "ask",
	Kind.MORE_DAYS.value: "more",
	Kind.FEWER_DAYS.value: "fewer",
	Kind.OTHER_REASONS.value: "msg",
}
BREAKDOWN_TITLES = {
	"unit": _("Unit", REPORT),
	"designation": _("Designation", REPORT),
	"grade": _("Grade", REPORT),
	"employment_type": _("Employment type", REPORT),
}


def as_impact_html(summary: dict[str, Any], before: Policy, after: Policy, reader: Language) -> str:
	"""The page; where not all people can be shown, those whose outcome changes come first."""

	def labels(words: dict[str, str]) -> dict[str, str]:
		return {key: reader.translate(word, REPORT) for key, word in words.items()}

	return (
		environment(reader)
		.get_template("impact.html")
		.render(
			summary=summary,
			differences=differences(before, after, reader),
			people=shown_people(summary["changes"]),
			breakdowns={name: shown_rows(rows) for name, rows in summary["breakdowns"].items()},
			units_shown=LONGEST_LIST_OF_UNITS,
			titles=labels(BREAKDOWN_TITLES),
			classes=CLASSES,
			labels=labels(LABELS),
			kinds=list(KIND_LABELS),
			kind_classes=KIND_CLASSES,
			kind_labels=labels(KIND_LABELS),
			language=reader.code,
			outcomes=ORDER,
			gates=[row for row in summary["gates"] if any(row[what] for what in row if what != "gate")],
		)
	)


def differences(before: Policy, after: Policy, reader: Language) -> list[tuple[Entry, Entry]]:
	"""The numbers in which the policies differ, and those that rest on another clause."""
	names = (*packs.PARAMETERS, *packs.CLAUSES)
	pairs = zip(names, entries(before, reader), entries(after, reader), strict=True)
	return [
		(old, new)
		for name, old, new in pairs
		if old != new or getattr(before, name, None) != getattr(after, name, None)
	]


def shown_people(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
	"""The people whom the page names, by kind of change, at most as many as a table holds."""
	order = list(KIND_LABELS)
	return sorted(changes, key=lambda change: order.index(change["kind"]))[:LONGEST_TABLE]


def shown_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
	"""The values with most changes, in their usual order."""
	changed = {id(row): sum(row["kinds"].values()) for row in rows}
	most = sorted(rows, key=lambda row: changed[id(row)], reverse=True)[:LONGEST_BREAKDOWN]
	kept = {id(row) for row in most}
	return [row for row in rows if id(row) in kept]
