"""Policy packs: one YAML file per pack, each value with unit and source.

A pack seeds an MKD Policy on a site and feeds the engine outside one. A wrong name, a missing value, a value
of the wrong kind or one that no policy can have is an error that names the file and says what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date, time
from pathlib import Path
from typing import Any

import yaml

from mkd_hrms.policy.model import (
	EVENTS,
	FIRST_BOX,
	LAST_BOX,
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
from mkd_hrms.policy.pack_yaml import Misread, parse
from mkd_hrms.policy.talent import is_box

DAYS_OF_WEEK, DAYS_OF_YEAR, MINUTES_OF_WEEK = 7, 366, 7 * 24 * 60
# Longer than anybody's service; further, dates end.
LONG_DAYS, LONG_MONTHS, MOST = 36_525, 1_200, 1_000_000
FIRST_YEAR, LAST_YEAR = 1945, 2200
LIMITS = {
	**dict.fromkeys(("weekly_limit", "legal_ceiling", "min_office_days"), (0, DAYS_OF_WEEK)),
	"absence_fails_at": (0, DAYS_OF_YEAR),
	"recall_notice_hours": (0, 24 * DAYS_OF_YEAR),
	"report_max_minutes": (0, 24 * 60),
}
LIMITS_BY_END = (("_percent", (0, 100)), ("_months", (0, LONG_MONTHS)), ("_days", (0, LONG_DAYS)))
# What of a value stands in a message.
LONGEST_SHOWN = 300
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
		content = parse(path.read_text(encoding="utf-8-sig"))
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
	if not _is_day(content["effective_from"]):
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


def convert(where: str, name: str, value: Any) -> Any:
	"""A parameter's value in the type that Policy wants. Raises PackError with the place and the expectation."""
	reader, expected = _WORDS.get(name) or _READERS[Policy.__annotations__[name]]
	try:
		found = reader(value)
	except (KeyError, TypeError, ValueError) as wrong:
		hints = [str(wrong)] if isinstance(wrong, _BadRow) else []
		hints += [misread.hint for misread in _misread(value)]
		said = f"{name} is {_short(value)}; expected {expected}."
		raise PackError(" ".join((f"{where}: {said}", *hints))) from wrong
	least, most = limits(name)
	if type(found) in (int, float) and not least <= found <= most:
		raise PackError(f"{where}: {name} is {value!r}; expected {least} to {most}.")
	return found


def limits(name: str) -> tuple[int, int]:
	"""The least and the greatest number that a policy can have there, by what its name says that it counts."""
	return LIMITS.get(name) or next((found for end, found in LIMITS_BY_END if name.endswith(end)), (0, MOST))


def _misread(value: Any) -> Iterator[Misread]:
	"""What YAML reads as another number than people write, somewhere in a value."""
	if isinstance(value, Misread):
		yield value
	elif isinstance(value, list | dict):
		for entry in value.values() if isinstance(value, dict) else value:
			yield from _misread(entry)


def _short(value: Any) -> str:
	text = repr(value)
	return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."


def _whole(value: Any, most: int = MOST) -> int:
	if type(value) is not int or not 0 <= value <= most:
		raise ValueError(value)
	return value


def _count(value: Any, most: int = MOST) -> int:
	if _whole(value, most) < 1:
		raise ValueError(value)
	return value


def _number(value: Any) -> float:
	if type(value) not in (int, float) or not 0 <= value <= MOST:
		raise ValueError(value)
	return value


def _time(value: Any) -> time:
	if not isinstance(value, str) or not re.fullmatch(r"\d\d:\d\d(:\d\d)?", value):
		raise TypeError(value)
	return time.fromisoformat(value)


class _BadRow(ValueError):
	"""A row of a list that cannot be read; the text says which one it is."""


def _rows(reader: Callable[[Any], Any], value: Any) -> Iterator[Any]:
	for number, row in enumerate(_list(value), 1):
		try:
			yield reader(row)
		except (KeyError, TypeError, ValueError) as wrong:
			raise _BadRow(f"Look at row {number}: {_short(row)}.") from wrong


def _once(rows: Iterable[Any], key: Callable[[Any], Any]) -> tuple[Any, ...]:
	"""Rows of which each speaks of something else: the second of two would silently lose or win."""
	found = tuple(rows)
	if len({key(row) for row in found}) < len(found):
		raise ValueError(found)
	return found


def _boxes(value: Any) -> tuple[int, ...]:
	found = _once(_rows(_box, value), int)
	if not found:
		raise ValueError(value)
	return tuple(sorted(found))


def _box(value: Any) -> int:
	if not is_box(value):
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
	return Tier(
		_predicate(row["predicate"]),
		_whole(row["max_absences"], DAYS_OF_YEAR),
		_whole(row["weekly_limit"], DAYS_OF_WEEK),
	)


def _scale(row: Mapping[str, Any]) -> Scale:
	_columns(row, ("source", "min_score", "predicate"), ("max_score", "innovation"))
	least, top = _number(row["min_score"]), row.get("max_score")
	top = None if top is None else _number(top)
	if top is not None and top < least:
		raise ValueError(row)
	innovation = _flag(row.get("innovation", False))
	return Scale(_word(row["source"]), least, _predicate(row["predicate"]), top, innovation)


def _step(row: Mapping[str, Any]) -> Step:
	_columns(row, ("step", "event", "times", "within_days", "measure"), ("days", "months", "referral"))
	if not (row.get("days") or row.get("months")):
		raise ValueError(row)
	return Step(
		*(_count(row["step"]), EVENTS[EVENTS.index(row["event"])]),
		*(
			_count(row["times"]),
			_count(row["within_days"], LONG_DAYS),
			MEASURES[MEASURES.index(row["measure"])],
		),
		days=_whole(row.get("days", 0), LONG_DAYS),
		months=_whole(row.get("months", 0), LONG_MONTHS),
		referral=_flag(row.get("referral", False)),
	)


def _hours(row: Mapping[str, Any]) -> Hours:
	numbers = ("week_minutes", "working_days", "break_minutes", "friday_break_minutes")
	_columns(row, ("from_date", *numbers, "source"), ("to_date",))
	first, last = _day(row["from_date"]), row.get("to_date")
	if last is not None and _day(last) < first:
		raise ValueError(row)
	_count(row["working_days"], DAYS_OF_WEEK)
	return Hours(first, last, *(_whole(row[name], MINUTES_OF_WEEK) for name in numbers), _word(row["source"]))


def _day(value: Any) -> date:
	if not _is_day(value):
		raise TypeError(value)
	return value


def _is_day(value: Any) -> bool:
	"""A plain date of a year in which a policy can be in force."""
	return type(value) is date and FIRST_YEAR <= value.year <= LAST_YEAR


def _columns(row: Mapping[str, Any], needed: tuple[str, ...], possible: tuple[str, ...] = ()) -> None:
	if not isinstance(row, dict) or not set(needed) <= set(row) <= {*needed, *possible}:
		raise TypeError(row)


_READERS: dict[str, tuple[Callable[[Any], Any], str]] = {
	"int": (_whole, "a whole number, 0 or more"),
	"int | None": (lambda value: None if value is None else _whole(value), "a whole number or null"),
	"float": (_number, "a number, 0 or more"),
	"bool": (_flag, "true or false"),
	"str": (_word, "a word"),
	"time": (_time, 'a time in quotes like "14:30"'),
	"tuple[str, ...]": (lambda value: _once(_rows(_word, value), str), "a list of words, each once"),
	"tuple[int, ...]": (
		_boxes,
		f"a list of boxes from {FIRST_BOX} to {LAST_BOX}, each once and at least one",
	),
	"frozenset[Gate]": (
		lambda value: frozenset(_once(_rows(Gate, value), str)),
		f"a list, each once, out of {', '.join(gate.value for gate in Gate)}",
	),
	"tuple[Tier, ...]": (
		lambda value: _once(_rows(_tier, value), lambda row: (row.predicate, row.max_absences)),
		"rows of predicate, max_absences, weekly_limit (up to 7), each predicate and number of absences once",
	),
	"tuple[Scale, ...]": (
		lambda value: _once(_rows(_scale, value), lambda row: (row.source, row.min_score, row.innovation)),
		"rows of source, min_score, predicate and perhaps innovation and a max_score that is not less, each score of a"
		" source once",
	),
	"tuple[Step, ...]": (
		lambda value: _once(_rows(_step, value), lambda row: row.step),
		"rows of step, event, times, within_days, measure, days or months, and perhaps referral, each step once",
	),
	"tuple[Hours, ...]": (
		lambda value: _once(_rows(_hours, value), lambda row: row.from_date),
		"rows of from_date, week_minutes, working_days (1 to 7), break_minutes, friday_break_minutes, source and perhaps"
		" a to_date that is not earlier, each from_date once",
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
