"""The value of a copied row, as SQL: whom and what it names, and when.

A copy is made for an instance `i`, a story that happened to a person `p` some days later or earlier than it was played.
Names get the next numbers of their kind, the same formula wherever a name is written: in the row itself, in links,
and inside texts. Dates move by whole weeks, so a Monday stays one. Standard library only.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

# Names are numbers after a year, ten signs of the digits 0 to v as the platform makes them, or twenty of those to f as ours.
NUMBERED = re.compile(r"^(?P<begin>.*?)(?P<year>20\d\d)-(?P<number>\d{5,6})(?P<rest>-\d+)?$")
HASH_SPACE, SEED_BITS = 32**10, 26
# A name of ours in two halves: the first puts it in its place, the second is as good as chance.
OWN_HASH, HALF_SPACE, SPREAD = re.compile("[0-9a-f]{20}"), 16**10, 2_654_435_761
# Copies are numbered from here: below are those who were played.
FIRST_NUMBER, FIRST_BARE_NUMBER = 1000, 10_000_000
DATES = r"\b20\d\d-\d\d-\d\d|\b20\d\d-W\d\d|\b\d\d-\d\d-20\d\d\b"
# What the stories were played in; other dates are those of policies, births, results.
FROM, UNTIL = date(2026, 1, 2), date(2027, 12, 30)


@dataclass(frozen=True)
class Kind:
	"""How the rows of a table are named: `most` is how many of them one story has at most."""

	table: str
	most: int
	numbered: bool


def name_expression(kind, ordinal, row):
	"""The name of a copied row; a name that holds the name of a person is left to his tokens."""
	name = row["name"]
	if isinstance(name, int):
		return f"({FIRST_BARE_NUMBER} + i.id * {kind.most} + {ordinal})"
	if found := NUMBERED.match(name):
		year = f"year({moved(row['creation'][:10])})"
		number = f"({FIRST_NUMBER} + i.id * {kind.most} + {ordinal})"
		width = len(found["number"])
		digits = f"lpad({number}, greatest({width}, length({number})), '0')"
		return f"concat({quoted(found['begin'])}, {year}, '-', {digits}, {quoted(found['rest'] or '')})"
	if OWN_HASH.fullmatch(name):
		return _own_hash(kind, ordinal)
	each = HASH_SPACE // (2**SEED_BITS * kind.most)
	return f"lower(lpad(conv((i.seed * {kind.most} + {ordinal}) * {each} + {each // 2}, 10, 32), 10, '0'))"


def _own_hash(kind, ordinal):
	each = HALF_SPACE // (2**SEED_BITS * kind.most)
	halves = (
		f"(i.seed * {kind.most} + {ordinal}) * {each} + {each // 2}",
		f"((i.id + 1) * {SPREAD} + {ordinal}) % {HALF_SPACE}",
	)
	signs = ", ".join(f"lpad(conv({half}, 10, 16), 10, '0')" for half in halves)
	return f"lower(concat({signs}))"


def is_numbered(name):
	return isinstance(name, int) or bool(NUMBERED.match(name))


class Translator:
	"""From the value of a row to what it is in a copy."""

	def __init__(self, expressions):
		self.expressions = expressions
		tokens = sorted(expressions, key=len, reverse=True)
		self.pattern = re.compile("(" + "|".join([*map(re.escape, tokens), DATES]) + ")")

	def __call__(self, value):
		if value is None:
			return "null"
		if not isinstance(value, str):
			return str(value)
		parts = [self._part(part) for part in self.pattern.split(value) if part]
		merged = _merged(parts)
		if not merged:
			return "''"
		return merged[0] if len(merged) == 1 else f"concat({', '.join(merged)})"

	def _part(self, part):
		if part in self.expressions:
			return self.expressions[part]
		if self.pattern.fullmatch(part) and (expression := date_expression(part)):
			return expression
		return quoted(part)


def _merged(parts):
	"""Neighbouring constants as one."""
	merged = []
	for part in parts:
		if merged and part.startswith("'") and merged[-1].startswith("'"):
			merged[-1] = merged[-1][:-1] + part[1:]
		else:
			merged.append(part)
	return merged


def date_expression(text):
	"""A date, a week, or a date as people write it, moved; None for one that stays."""
	if "W" in text:
		day, form = date.fromisocalendar(int(text[:4]), int(text[-2:]), 1), "%x-W%v"
	elif text[2] == "-":
		day, form = _day(f"{text[6:]}-{text[3:5]}-{text[:2]}"), "%d-%m-%Y"
	else:
		day, form = _day(text), None
	if not day or not FROM <= day <= UNTIL:
		return None
	return f"date_format({moved(day)}, '{form}')" if form else f"cast({moved(day)} as char)"


def _day(text):
	try:
		return date.fromisoformat(text)
	except ValueError:
		return None


def moved(day):
	return f"(date '{day}' + interval i.shift day)"


def quoted(text):
	escaped = text.replace("\\", "\\\\").replace("'", "''")
	return f"'{escaped}'"


def monday_of(day):
	return day - timedelta(days=day.weekday())
