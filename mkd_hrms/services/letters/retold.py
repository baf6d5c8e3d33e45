"""A sentence that was stored in the language of its moment, said again in that of the letter.

The grounds of a measure by the ladder, why days were revoked and what follows from an objection are stored as somebody
read them, perhaps in English. The catalogue knows the sentence that they are of.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import frappe

from mkd_hrms.constants import APP
from mkd_hrms.services.letters.letter import LANGUAGE

PLACEHOLDER = re.compile(r"\{(\w+)\}")
# What stands in a placeholder may be anything; the words around it have to be enough to know a sentence by.
LEAST = 12


def retold(text: str | None) -> str:
	"""A sentence of ours in the language of letters; what the catalogue does not know stays as it is."""
	said = (text or "").strip()
	if said in _fixed():
		return _fixed()[said]
	for pattern, names, translation in _filled_in():
		if found := pattern.fullmatch(said):
			return _filled(translation, dict(zip(names, map(retold, found.groups()), strict=True)))
	return said


def _filled(sentence: str, values: dict[str, str]) -> str:
	return PLACEHOLDER.sub(lambda each: values[each[1]], sentence)


@cache
def _fixed() -> dict[str, str]:
	"""Sentences and words without a placeholder; the meaning that has no context comes first."""
	found: dict[str, str] = {}
	for source, translation, _context in sorted(_catalogue(), key=lambda row: row[2]):
		if not PLACEHOLDER.search(source):
			found.setdefault(source, translation)
	return found


@cache
def _filled_in() -> list[tuple[re.Pattern, list[str], str]]:
	"""Sentences with placeholders, each as a pattern; the ones that say most come first."""
	found = []
	for source, translation, _context in _catalogue():
		names, words = PLACEHOLDER.findall(source), PLACEHOLDER.split(source)[::2]
		said = len("".join(words).strip())
		if names and len(set(names)) == len(names) and said >= LEAST:
			found.append(
				(said, re.compile("(.+)".join(map(re.escape, words)), re.DOTALL), names, translation)
			)
	return [row[1:] for row in sorted(found, key=lambda row: -row[0])]


@cache
def _catalogue() -> list[list[str]]:
	"""Source, translation, and context."""
	path = Path(frappe.get_app_path(APP, "translations", f"{LANGUAGE}.csv"))
	with path.open(encoding="utf-8", newline="") as file:
		return [[*row, ""][:3] for row in csv.reader(file) if len(row) > 1]
