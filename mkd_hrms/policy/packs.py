"""Policy packs: one YAML file per pack, each value with unit and source.

A pack seeds an MKD Policy on a site and feeds the engine outside one. A wrong name, a missing value or a value
of the wrong kind is an error that names the file and says what is allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, time
from math import inf
from pathlib import Path
from typing import Any

import yaml

from mkd_hrms.policy.model import (
	EVENTS,
	MEASURES,
	PREDICATES,
	SERVICE_STARTS,
	Gate,
	Hours,
	Policy,
	Scale,
	Source,
	Step,
	Tier,
)

SCORE_FIELDS = ("Goal Score", "Final Score")
FOLDER = Path(__file__).parent / "parameters"
HEADER = ("policy_name", "effective_from", "legal_basis")
# Gates that compare with a word and not with a number of the policy; they have a clause and no value.
CLAUSES = ("status", "role", "service_unit", "discipline", "readiness", "suspension")
_SET_BY_HEADER = ("name", "effective_from", "company", "legal_basis", "sources")
PARAMETERS = tuple(entry.name for entry in fields(Policy) if entry.name not in _SET_BY_HEADER)


class PackError(ValueError):
	"""A policy pack that cannot be used; the message names the file, the entry, and what is expected."""


def names() -> tuple[str, ...]:
	"""The packs that come with the app."""
	return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def load(pack: str) -> Policy:
	"""A shipped pack by its name. Raises PackError when there is none of that name."""
	if pack not in names():
		raise PackError(f"There is no policy pack {pack!r}; there are {', '.join(names())}.")
	return read(FOLDER / f"{pack}.yaml")


def read(path: Path) -> Policy:
	"""The pack in a YAML file. Raises PackError for anything that is not exactly as expected."""
	try:
		content = yaml.load(path.read_text(encoding="utf-8"), _Loader)
	except yaml.YAMLError as wrong:
		raise PackError(f"{path.name}: no readable YAML: {wrong}") from wrong
	if not isinstance(content, dict):
		raise PackError(f"{path.name}: expected a mapping with {', '.join(HEADER)} and parameters.")
	_same_keys(path.name, "top level", content, (*HEADER, "parameters"))
	parameters = content["parameters"]
	_same_keys(path.name, "parameters", parameters, (*PARAMETERS, *CLAUSES))
	values, sources = {}, {}
	for name, entry in parameters.items():
		expected = ("unit", "source") if name in CLAUSES else ("value", "unit", "source")
		_same_keys(path.name, name, entry, expected)
		unit, source = (_text(path.name, f"{key} of {name}", entry[key]) for key in ("unit", "source"))
		sources[name] = Source(unit, source)
		if name not in CLAUSES:
			values[name] = convert(path.name, name, entry["value"])
	if type(content["effective_from"]) is not date:
		raise PackError(f"{path.name}: effective_from must be a date like 2023-06-19.")
	return Policy(
		name=_text(path.name, "policy_name", content["policy_name"]),
		effective_from=content["effective_from"],
		legal_basis=_text(path.name, "legal_basis", content["legal_basis"]),
		sources=sources,
		**values,
	)


def _same_keys(file: str, where: str, given: Mapping[str, Any], expected: tuple[str, ...]) -> None:
	if not isinstance(given, dict):
		raise PackError(f"{file}: {where} must be a mapping with {', '.join(expected)}.")
	unknown, missing = sorted(map(str, set(given) - set(expected))), sorted(set(expected) - set(given))
	if unknown:
		raise PackError(
			f"{file}: {where} has unknown {', '.join(unknown)}; allowed are {', '.join(expected)}."
		)
	if missing:
		raise PackError(f"{file}: {where} lacks {', '.join(missing)}.")


def _text(file: str, where: str, value: Any) -> str:
	if not isinstance(value, str) or not value.strip():
		raise PackError(f"{file}: {where} is {value!r}; expected words.")
	return value


class _Loader(yaml.SafeLoader):
	"""YAML that takes no key twice: the later one would silently win."""

	def construct_mapping(self, node, deep=False):
		mapping = super().construct_mapping(node, deep)
		if len(mapping) < len(node.value):
			raise yaml.constructor.ConstructorError(None, None, "a key stands here twice", node.start_mark)
		return mapping


def convert(where: str, name: str, value: Any) -> Any:
	"""A parameter's value in the type that Policy wants. Raises PackError with the place and the expectation."""
	reader, expected = _WORDS.get(name) or _READERS[Policy.__annotations__[name]]
	try:
		return reader(value)
	except (KeyError, TypeError, ValueError) as wrong:
		raise PackError(f"{where}: {name} is {value!r}; expected {expected}.") from wrong


def _whole(value: Any) -> int:
	if isinstance(value, bool) or not isinstance(value, int) or value < 0:
		raise ValueError(value)
	return value


def _count(value: Any) -> int:
	if _whole(value) < 1:
		raise ValueError(value)
	return value


def _number(value: Any) -> float:
	if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < inf:
		raise ValueError(value)
	return value


def _flag(value: Any) -> bool:
	if not isinstance(value, bool):
		raise TypeError(value)
	return value


def _word(value: Any) -> str:
	if not isinstance(value, str) or not value:
		raise TypeError(value)
	return value


def _predicate(value: Any) -> str:
	return PREDICATES[PREDICATES.index(value)]


def _tier(row: Mapping[str, Any]) -> Tier:
	_columns(row, ("predicate", "max_absences", "weekly_limit"))
	return Tier(_predicate(row["predicate"]), _whole(row["max_absences"]), _whole(row["weekly_limit"]))


def _scale(row: Mapping[str, Any]) -> Scale:
	_columns(row, ("source", "min_score", "predicate"), ("max_score", "innovation"))
	top = row.get("max_score")
	return Scale(
		_word(row["source"]),
		_number(row["min_score"]),
		_predicate(row["predicate"]),
		None if top is None else _number(top),
		_flag(row.get("innovation", False)),
	)


def _step(row: Mapping[str, Any]) -> Step:
	_columns(row, ("step", "event", "times", "within_days", "measure"), ("days", "months", "referral"))
	if not (row.get("days") or row.get("months")):
		raise ValueError(row)
	return Step(
		*(_count(row["step"]), EVENTS[EVENTS.index(row["event"])]),
		*(_count(row["times"]), _count(row["within_days"]), MEASURES[MEASURES.index(row["measure"])]),
		days=_whole(row.get("days", 0)),
		months=_whole(row.get("months", 0)),
		referral=_flag(row.get("referral", False)),
	)


def _hours(row: Mapping[str, Any]) -> Hours:
	numbers = ("week_minutes", "working_days", "break_minutes", "friday_break_minutes")
	_columns(row, ("from_date", *numbers, "source"), ("to_date",))
	last = row.get("to_date")
	return Hours(
		_day(row["from_date"]),
		None if last is None else _day(last),
		*(_whole(row[name]) for name in numbers),
		_word(row["source"]),
	)


def _day(value: Any) -> date:
	if type(value) is not date:
		raise TypeError(value)
	return value


def _columns(row: Mapping[str, Any], needed: tuple[str, ...], possible: tuple[str, ...] = ()) -> None:
	if not isinstance(row, dict) or not set(needed) <= set(row) <= {*needed, *possible}:
		raise TypeError(row)


_READERS: dict[str, tuple[Callable[[Any], Any], str]] = {
	"int": (_whole, "a whole number, 0 or more"),
	"int | None": (lambda value: None if value is None else _whole(value), "a whole number or null"),
	"float": (_number, "a number, 0 or more"),
	"bool": (_flag, "true or false"),
	"str": (_word, "a word"),
	"time": (time.fromisoformat, 'a time in quotes like "14:30"'),
	"tuple[str, ...]": (lambda value: tuple(_word(entry) for entry in _list(value)), "a list of words"),
	"frozenset[Gate]": (
		lambda value: frozenset(Gate(entry) for entry in _list(value)),
		f"a list out of {', '.join(gate.value for gate in Gate)}",
	),
	"tuple[Tier, ...]": (
		lambda value: tuple(_tier(row) for row in _list(value)),
		"rows of predicate, max_absences, weekly_limit",
	),
	"tuple[Scale, ...]": (
		lambda value: tuple(_scale(row) for row in _list(value)),
		"rows of source, min_score, predicate and perhaps max_score, innovation",
	),
	"tuple[Step, ...]": (
		lambda value: tuple(_step(row) for row in _list(value)),
		"rows of step, event, times, within_days, measure, days or months, and perhaps referral",
	),
	"tuple[Hours, ...]": (
		lambda value: tuple(_hours(row) for row in _list(value)),
		"rows of from_date, week_minutes, working_days, break_minutes, friday_break_minutes, source and perhaps to_date",
	),
}


# Words of which the policy knows only some.
_WORDS: dict[str, tuple[Callable[[Any], Any], str]] = {
	"min_predicate": (_predicate, f"one of {', '.join(PREDICATES)}"),
	"new_counts_from": (
		lambda value: SERVICE_STARTS[SERVICE_STARTS.index(value)],
		" or ".join(SERVICE_STARTS),
	),
	"score_field": (lambda value: SCORE_FIELDS[SCORE_FIELDS.index(value)], " or ".join(SCORE_FIELDS)),
}


def _list(value: Any) -> list[Any]:
	if not isinstance(value, list):
		raise TypeError(value)
	return value
