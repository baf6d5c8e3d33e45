"""The number of a letter by a template of tokens: what may stand in one, and what comes of it for a date."""

from __future__ import annotations

import re
from datetime import date

# By token, as administrators write them: what the numbers of agencies in West Java are made of.
RUNNING, CODE, UNIT = "nomor", "kode", "unit"
TOKENS = (RUNNING, CODE, UNIT, "bulan", "bulan_romawi", "tahun")
# A running number may have a width: {nomor:3} is 007.
TOKEN = re.compile(r"\{(?P<name>\w*)(?::(?P<width>\d))?\}")
ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()
BLANKS = re.compile(r"\s+")


def unknown_tokens(template: str) -> list[str]:
	"""What stands in braces and is no token, and braces that are left over."""
	unknown = [
		found.group() for found in TOKEN.finditer(template) if found["name"] not in TOKENS or _is_odd(found)
	]
	return [*unknown, *re.findall(r"[{}]", TOKEN.sub("", template))]


def counts(template: str) -> bool:
	"""Whether a template holds the running number, without which every letter would have the same one."""
	return any(found["name"] == RUNNING for found in TOKEN.finditer(template))


def needs(template: str, token: str) -> bool:
	"""Whether a template asks for a token."""
	return any(found["name"] == token for found in TOKEN.finditer(template))


def fill(template: str, number: int, code: str, unit: str, on: date) -> str:
	"""The number of the letter of a date that is the so-manieth one."""
	values = {
		RUNNING: str(number),
		CODE: code,
		UNIT: unit,
		"bulan": f"{on.month:02d}",
		"bulan_romawi": ROMAN[on.month - 1],
		"tahun": str(on.year),
	}
	return TOKEN.sub(lambda found: values[found["name"]].zfill(int(found["width"] or 0)), template)


def same_as(number: str) -> str:
	"""What two numbers have in common that are the same in the register of an office: blanks and case say nothing."""
	return BLANKS.sub("", number).casefold()


def _is_odd(found: re.Match) -> bool:
	return bool(found["width"]) and found["name"] != RUNNING
