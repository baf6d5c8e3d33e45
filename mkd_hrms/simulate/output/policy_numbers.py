"""A policy's numbers for people: value, unit and source, in the reader's language."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from mkd_hrms.policy import packs
from mkd_hrms.policy.model import Gate, Hours, Policy, Scale, Step, Tier
from mkd_hrms.simulate.output.language import REPORT, Language, _, language

# What the form of the policy calls its numbers, the report calls them as well.
FORM = Path(__file__).parents[2] / "mkd_hrms" / "doctype" / "mkd_policy" / "mkd_policy.json"
GATES = {gate.value.lower().replace(" ", "_"): gate.value for gate in Gate}


@dataclass(frozen=True, slots=True)
class Entry:
	"""One number of a policy."""

	name: str
	label: str
	value: str
	unit: str
	source: str


def open_policy(pack: str) -> Policy:
	"""A shipped pack by name, or a YAML file. Raises PackError."""
	path = Path(pack)
	if path.suffix.lower() not in (".yaml", ".yml"):
		return packs.load(pack)
	try:
		return packs.read(path)
	except FileNotFoundError as wrong:
		raise packs.PackError(f"{path}: there is no such file.") from wrong
	except UnicodeDecodeError as wrong:
		raise packs.PackError(f"{path}: the text is not UTF-8.") from wrong
	except OSError as wrong:
		raise packs.PackError(f"{path}: it cannot be read.") from wrong


def entries(policy: Policy, reader: Language | None = None) -> list[Entry]:
	"""All numbers in the order of the policy, then the clauses of gates that have no number."""
	reader = reader or language()
	return [_entry(policy, name, reader) for name in (*packs.PARAMETERS, *packs.CLAUSES)]


def _entry(policy: Policy, name: str, reader: Language) -> Entry:
	source = policy.sources[name]
	if name in packs.CLAUSES:
		label = reader.translate(GATES[name], "MKD Policy Gate")
	else:
		label = label_of(name, reader)
	unit = reader.translate(source.unit, "MKD Policy Source")
	return Entry(name, label, _shown(policy, name, reader), unit, reader.translate(source.source))


def label_of(name: str, reader: Language) -> str:
	"""What the form of the policy calls a number."""
	return reader.translate(_labels()[name], "MKD Policy")


@lru_cache
def _labels() -> dict[str, str]:
	form = json.loads(FORM.read_text(encoding="utf-8"))
	return {entry["fieldname"]: entry["label"] for entry in form["fields"] if entry.get("label")}


def _shown(policy: Policy, name: str, reader: Language) -> str:
	if name == "gates":
		return ", ".join(
			reader.translate(gate.value, "MKD Policy Gate") for gate in Gate if gate in policy.gates
		)
	value = getattr(policy, name, "")
	if isinstance(value, tuple):
		return "; ".join(_row(row, reader) for row in value)
	return _plain(value, reader)


def _row(value: Any, reader: Language) -> str:
	translate, number = reader.translate, reader.show_number
	if isinstance(value, Tier):
		text = translate(_("{0}, up to {1} absences: {2}"))
		return text.format(translate(value.predicate), number(value.max_absences), number(value.weekly_limit))
	if isinstance(value, Scale):
		text = translate(_("{0} from {1}: {2}"))
		score = number(value.min_score)
		if value.max_score is not None:
			score = translate(_("{0} to {1}"), REPORT).format(score, number(value.max_score))
		source = translate(value.source, "MKD Policy Predicate")
		text = text.format(source, score, translate(value.predicate))
		return translate(_("{0}, with an innovation")).format(text) if value.innovation else text
	if isinstance(value, Step):
		return _step(value, reader)
	if isinstance(value, Hours):
		last = (
			reader.show_date(value.to_date)
			if value.to_date
			else translate(_("further notice", REPORT), REPORT)
		)
		text = translate(_("{0} to {1}: {2} minutes a week, {3}"))
		return text.format(
			reader.show_date(value.from_date), last, number(value.week_minutes), translate(value.source)
		)
	return translate(str(value))


def _step(row: Step, reader: Language) -> str:
	translate, number = reader.translate, reader.show_number
	if row.months:
		length = translate(_("{0} months")).format(number(row.months))
	else:
		length = translate(_("{0} days")).format(number(row.days))
	text = translate(_("{0} times {1} within {2} days: {3}, {4}"))
	event, measure = (translate(word, "MKD Policy Step") for word in (row.event, row.measure))
	return text.format(number(row.times), event, number(row.within_days), measure, length)


def _plain(value: Any, reader: Language) -> str:
	if value is None:
		return reader.translate(_("none", REPORT), REPORT)
	if isinstance(value, bool):
		return reader.translate(_("yes", REPORT) if value else _("no", REPORT), REPORT)
	if isinstance(value, time):
		return reader.show_time(value)
	return (
		reader.show_number(value) if isinstance(value, int | float) else reader.translate(value, "MKD Policy")
	)
