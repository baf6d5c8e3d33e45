"""The language of a report: sentences from the app's own catalogue, dates, times and numbers as people write them."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from typing import Any

# The words of the report that mean something else in the forms of the app.
REPORT = "MKD Report"
CATALOGUES = Path(__file__).parents[2] / "translations"
LANGUAGES = ("en", "id")
MONTHS = {
	"en": "January February March April May June July August September October November December".split(),
	"id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),
}
WEEKDAYS = {
	"en": "Mon Tue Wed Thu Fri Sat Sun".split(),
	"id": "Sen Sel Rab Kam Jum Sab Min".split(),
}
# Which sign parts thousands, decimals, hours and minutes.
SIGNS = {"en": (",", ".", ":"), "id": (".", ",", ".")}


def _(sentence: str, context: str | None = None) -> str:
	"""Marks a sentence for translation without translating it yet."""
	return sentence


@dataclass(frozen=True, slots=True)
class Text:
	"""A sentence beside its values, so that it can be told in any language; as a string it is English."""

	sentence: str
	values: dict[str, Any] = field(default_factory=dict)
	context: str | None = None

	def __str__(self) -> str:
		return language().tell(self)


@dataclass(frozen=True)
class Language:
	"""How one language says things; what its catalogue lacks stays English."""

	code: str
	catalogue: dict[tuple[str, str], str] = field(repr=False)

	def translate(self, text: str, context: str | None = None) -> str:
		"""The translation for the context, else the one without any."""
		return self.catalogue.get((text, context or ""), self.catalogue.get((text, ""), text))

	def tell(self, text: Text) -> str:
		"""The sentence with its values filled in."""
		values = {name: self.show(value) for name, value in text.values.items()}
		return self.translate(text.sentence, text.context).format(**values)

	def show(self, value: Any) -> str:
		"""Any value but a string, which is a name and stays as it is."""
		if isinstance(value, Text):
			return self.tell(value)
		if isinstance(value, date):
			return self.show_date(value)
		return self.show_number(value) if isinstance(value, int | float) else value

	def show_words(self, words: str, context: str | None = None) -> str:
		"""One word of the platform, or several with commas between them."""
		if (whole := self.translate(words, context)) != words:
			return whole
		return ", ".join(self.translate(word, context) for word in words.split(", "))

	def show_date(self, day: date) -> str:
		return f"{day.day} {MONTHS[self.code][day.month - 1]} {day.year}"

	def show_month(self, day: date) -> str:
		return f"{MONTHS[self.code][day.month - 1]} {day.year}"

	def show_weekday(self, day: date) -> str:
		"""In three letters."""
		return WEEKDAYS[self.code][day.weekday()]

	def show_time(self, at: time) -> str:
		return at.strftime(f"%H{SIGNS[self.code][2]}%M")

	def show_number(self, number: float, decimals: int | None = None) -> str:
		"""With as many decimals as are named; else with those that the number has."""
		kind = f",.{decimals}f" if decimals is not None else ",g" if isinstance(number, float) else ","
		thousands, point, _colon = SIGNS[self.code]
		return format(number, kind).translate({ord(","): thousands, ord("."): point})


@lru_cache
def language(code: str = LANGUAGES[0]) -> Language:
	"""English needs no catalogue."""
	return Language(code, {} if code == LANGUAGES[0] else _read(CATALOGUES / f"{code}.csv"))


def _read(path: Path) -> dict[tuple[str, str], str]:
	"""Frappe's format: source, translation and, when one word has two meanings, a context."""
	with path.open(encoding="utf-8", newline="") as file:
		return {(row[0].strip(), row[2] if len(row) == 3 else ""): row[1] for row in csv.reader(file)}
