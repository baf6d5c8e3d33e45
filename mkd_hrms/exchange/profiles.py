"""What a file of another system looks like, as data: one profile reads it and writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from mkd_hrms.exchange.rows import LAYOUTS, WORD, WORDS, Row
from mkd_hrms.exchange.values import DATE_FORMS, TIME_FORMS
from mkd_hrms.policy.model import folded
from mkd_hrms.policy.pack_yaml import parse

FOLDER = Path(__file__).parent / "profiles"
KEYS = ("nip", "pin", "employee")
WRITES = ("csv", "xlsx", "dat")
TRUST = ("S", "C", "K", "I")
DELIMITERS = (",", ";", "\t", "|")
# What a profile says, and what it must say.
TEXTS = ("title", "source", "trust", "about", "layout", "key", "writes", "delimiter", "decimal", "thousands")
LISTS = ("sheets", "dates", "times", "missing", "heading", "totals", "passed_over", "needs")
GROUPS = ("columns", "words")
REQUIRED = ("title", "source", "trust", "layout", "key", "writes", "columns")
MOST_TITLE_ROWS, MOST_BYTES = 20, 100_000
# Days and months are told apart by their place alone.
DAY_FIRST = {"dmy", "mdy"}
# What a row a day reads besides its fields, and which fields some layouts find in columns that have no heading of their own.
PLACES = {"place_in": ("latitude_in", "longitude_in"), "place_out": ("latitude_out", "longitude_out")}
FLAGS = ("morning", "evening")
OF_COLUMNS = {"wide month": {"day", "status"}, "punch pairs": {"at"}}


class ProfileError(ValueError):
	"""A profile that cannot be used; the text says what is wrong with it."""


@dataclass(frozen=True)
class Profile:
	"""How one system writes one kind of file. `needs`: the fields that each row must have."""

	name: str
	title: str
	source: str
	trust: str
	layout: str
	key: str
	writes: str
	columns: Mapping[str, tuple[str, ...]]
	needs: tuple[str, ...] = ()
	words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
	about: str = ""
	sheets: tuple[str, ...] = ()
	title_rows: int = 0
	heading: tuple[str, ...] = ()
	delimiter: str = ";"
	dates: tuple[str, ...] = ("ymd",)
	times: tuple[str, ...] = ("colon",)
	decimal: str = ","
	thousands: str = ""
	missing: tuple[str, ...] = ()
	totals: tuple[str, ...] = ()
	passed_over: tuple[str, ...] = ()

	@property
	def row(self) -> type[Row]:
		"""What a row of such a file is."""
		return LAYOUTS[self.layout]

	@cached_property
	def fields(self) -> dict[str, str]:
		"""The field that each heading means, in small letters."""
		return {folded(alias): name for name, aliases in self.columns.items() for alias in aliases}

	@cached_property
	def dropped(self) -> frozenset[str]:
		"""Headings that are known and on purpose not read."""
		return frozenset(map(folded, self.passed_over))

	@cached_property
	def meanings(self) -> dict[str, dict[str, str]]:
		"""By field, the word that each spelling means, in small letters; our own words mean themselves."""
		return {
			name: {folded(word): word for word in WORDS.get(name, ())}
			| {folded(spelling): word for word, spellings in found.items() for spelling in spellings}
			for name, found in self.words.items()
		}

	def known(self, name: str) -> tuple[str, ...]:
		"""The spellings of the words of a field."""
		return tuple(spelling for spellings in self.words[name].values() for spelling in spellings)

	@property
	def family(self) -> str:
		"""What several profiles of one system have in common."""
		return self.name.partition("-")[0]


def names() -> tuple[str, ...]:
	"""The shipped profiles."""
	return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@lru_cache
def load(name: str) -> Profile:
	"""A shipped profile by its name. Raises ProfileError."""
	if name not in names():
		raise ProfileError(f"There is no profile {name!r}; there are {', '.join(names())}.")
	return read(FOLDER / f"{name}.yaml")


def read(path: Path) -> Profile:
	"""A profile from a file. Raises ProfileError and OSError."""
	with path.open("rb") as file:
		content = file.read(MOST_BYTES + 1)
	try:
		return read_text(path.stem, content.decode("utf-8"))
	except UnicodeDecodeError as wrong:
		raise ProfileError(f"{path.name}: not UTF-8.") from wrong


def read_text(name: str, content: str) -> Profile:
	"""A profile from its YAML. Raises ProfileError."""
	if len(content.encode()) > MOST_BYTES:
		raise ProfileError(f"{name}: longer than {MOST_BYTES:,} bytes.")
	try:
		return checked(name, parse(content))
	except yaml.YAMLError as wrong:
		raise ProfileError(f"{name}: no YAML: {wrong}") from wrong


def checked(name: str, said: Any) -> Profile:
	"""A profile from what stands in its file. Raises ProfileError, which lists all that is wrong."""
	problems = _problems_of_shape(said)
	if not problems:
		profile = Profile(name=name, **{key: _frozen(value) for key, value in said.items()})
		profile = profile if profile.needs or profile.layout not in LAYOUTS else _with_needs(profile)
		problems = [*_problems_of_form(profile), *_problems_of_columns(profile), *_problems_of_words(profile)]
	if problems:
		raise ProfileError("\n".join(f"{name}: {problem}" for problem in problems))
	return profile


def _with_needs(profile: Profile) -> Profile:
	"""Unless it says more, a file needs what its rows need."""
	of_columns = OF_COLUMNS.get(profile.layout, set())
	needs = tuple(need for need in profile.row.NEEDS if need not in of_columns)
	return replace(profile, needs=needs)


def _frozen(value: Any) -> Any:
	if isinstance(value, dict):
		return {key: _frozen(inner) for key, inner in value.items()}
	return tuple(value) if isinstance(value, list) else value


def _problems_of_shape(said: Any) -> list[str]:
	"""Unknown keys, missing ones, and values of another kind."""
	if not isinstance(said, dict):
		return ["expected keys with values."]
	known = (*TEXTS, *LISTS, *GROUPS, "title_rows")
	problems = [f"unknown key {key!r}; known are {', '.join(known)}." for key in said if key not in known]
	problems += [f"the key {key} is missing." for key in REQUIRED if not said.get(key)]
	problems += [f"{key}: expected a text." for key in TEXTS if not isinstance(said.get(key, ""), str)]
	problems += [f"{key}: expected a list of texts." for key in LISTS if not _is_texts(said.get(key, []))]
	if not isinstance(columns := said.get("columns", {}), dict) or not all(map(_is_texts, columns.values())):
		problems.append("columns: expected a list of headings for each field.")
	words = said.get("words", {})
	if not isinstance(words, dict) or not all(
		isinstance(each, dict) and all(map(_is_texts, each.values())) for each in words.values()
	):
		problems.append("words: expected, for each field, each word with a list of spellings.")
	rows = said.get("title_rows", 0)
	if not isinstance(rows, int) or isinstance(rows, bool) or not 0 <= rows <= MOST_TITLE_ROWS:
		problems.append(f"title_rows: expected a number from 0 to {MOST_TITLE_ROWS}.")
	return problems


def _is_texts(value: Any) -> bool:
	return isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value)


def _problems_of_form(profile: Profile) -> list[str]:
	"""Words that the profile must choose among, and forms that contradict each other."""
	choices = (
		("layout", profile.layout, LAYOUTS),
		("key", profile.key, KEYS),
		("writes", profile.writes, WRITES),
		("delimiter", profile.delimiter, DELIMITERS),
		("decimal", profile.decimal, (",", ".")),
		("thousands", profile.thousands, ("", ",", ".", " ")),
		*(("trust", mark, TRUST) for mark in profile.trust.split()),
		*(("dates", form, DATE_FORMS) for form in profile.dates),
		*(("times", form, TIME_FORMS) for form in profile.times),
	)
	problems = [
		f"{key}: {value!r} is not one of {', '.join(map(repr, known))}."
		for key, value, known in choices
		if value not in known
	]
	if set(profile.dates) >= DAY_FIRST:
		problems.append("dates: dmy and mdy cannot be told apart; keep the one that the system writes.")
	if profile.decimal == profile.thousands:
		problems.append("decimal and thousands are the same sign.")
	if not profile.dates or not profile.times:
		problems.append("dates and times: expected at least one form each.")
	return problems


def known_fields(layout: str) -> tuple[str, ...]:
	"""The fields for which a file of a layout may have a column."""
	row = LAYOUTS[layout]
	beside = (*PLACES, *FLAGS) if layout == "long" else ()
	return (*(name for name in row.KINDS if name not in OF_COLUMNS.get(layout, ())), *beside)


def _problems_of_columns(profile: Profile) -> list[str]:
	"""Fields that no row has, columns that are missing, and headings that mean two things."""
	if profile.layout not in LAYOUTS:
		return []
	known = known_fields(profile.layout)
	problems = [
		f"columns: there is no field {name!r}; known are {', '.join(known)}."
		for name in profile.columns
		if name not in known
	]
	of_columns = OF_COLUMNS.get(profile.layout, set())
	wanted = dict.fromkeys((*profile.needs, *(n for n in profile.row.NEEDS if n not in of_columns)))
	problems += [
		f"columns: the column of {name} is missing." for name in wanted if name not in profile.columns
	]
	problems += [f"columns: {name} has no heading." for name, found in profile.columns.items() if not found]
	seen: dict[str, str] = {}
	for name, alias in [(n, a) for n, found in profile.columns.items() for a in found] + [
		("passed_over", alias) for alias in profile.passed_over
	]:
		if folded(alias) in seen:
			problems.append(f"columns: the heading {alias!r} means {seen[folded(alias)]} and {name}.")
		seen.setdefault(folded(alias), name)
	return problems


def _problems_of_words(profile: Profile) -> list[str]:
	"""Words for fields that have none, unknown meanings, and spellings that mean two things."""
	problems = []
	for name, meanings in profile.words.items():
		known = ("yes", "no") if name in FLAGS else WORDS.get(name)
		if known is None:
			problems.append(f"words: the field {name!r} has no words.")
			continue
		problems += [
			f"words: {name}: {each!r} is not one of {', '.join(known)}."
			for each in meanings
			if each not in known
		]
		seen: dict[str, str] = {}
		for meant, spellings in meanings.items():
			if not spellings:
				problems.append(f"words: {name}: {meant} has no spelling.")
			for spelling in map(folded, spellings):
				if seen.setdefault(spelling, meant) != meant:
					problems.append(f"words: {name}: {spelling!r} means {seen[spelling]} and {meant}.")
	read = {name for name in profile.columns if profile.layout in LAYOUTS and _has_words(profile, name)}
	if profile.layout == "wide month":
		read.add("status")
	return [*problems, *(f"words: {name} has none." for name in sorted(read - set(profile.words)))]


def _has_words(profile: Profile, name: str) -> bool:
	return name in FLAGS or profile.row.KINDS.get(name) == WORD
