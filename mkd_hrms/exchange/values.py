"""Values as offices write them: each function reads one kind by one rule, and says what is wrong instead of guessing."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from mkd_hrms.exchange.rejections import Wrong
from mkd_hrms.policy.model import folded
from mkd_hrms.simulate.files.workbooks import Fault

LONGEST_TEXT = 2000
# A spreadsheet keeps fifteen digits, and nobody's serial number in a NIP is 000.
ROUNDED = re.compile(r"\d{15}000")
POWER = re.compile(r"\d+([.,]\d+)?[eE]\+?\d+")
NIP = re.compile(r"(\d{8})(\d{4})(\d{2})([12])\d{3}")
BEFORE_A_NIP = re.compile(r"^(?:nip|ni pppk)\s*[.:]*\s*", re.IGNORECASE)
APOSTROPHES = "'`\N{ACUTE ACCENT}\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
IN_A_NIP = re.compile(rf"[\s.{APOSTROPHES}-]")
# In an NI PPPK a code from 21 on stands where others have the month of appointment.
FIRST_CODE_OF_A_CONTRACT = 21
# What a cell that begins like a formula is written with, and read without.
GUARDED = re.compile(r"'+[=+\-@]")
FORMULA = re.compile(r"'*[=+\-@]")
# Dates: which text has which form, and an example for messages.
DATE_FORMS = {
	"ymd": (re.compile(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})"), "2026-11-24"),
	"dmy": (re.compile(r"(?P<d>\d{1,2})([-/.])(?P<m>\d{1,2})\2(?P<y>\d{4})"), "24/11/2026"),
	"mdy": (re.compile(r"(?P<m>\d{1,2})([-/.])(?P<d>\d{1,2})\2(?P<y>\d{4})"), "11/24/2026"),
	"words": (re.compile(r"(?P<d>\d{1,2})[ -](?P<m>[A-Za-z]{3,9})\.?[ -](?P<y>\d{4})"), "24 November 2026"),
	"serial": (re.compile(r"\d{5}"), "46350"),
}
WEEKDAY = re.compile(r"^(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*,?\s+", re.IGNORECASE)
MONTHS = {
	**{"jan": 1, "januari": 1, "feb": 2, "februari": 2, "pebruari": 2, "peb": 2, "mar": 3, "maret": 3},
	**{"apr": 4, "april": 4, "mei": 5, "jun": 6, "juni": 6, "jul": 7, "juli": 7},
	**{
		"agu": 8,
		"ags": 8,
		"agt": 8,
		"agus": 8,
		"agust": 8,
		"agustus": 8,
		"sep": 9,
		"sept": 9,
		"september": 9,
	},
	**{"okt": 10, "oktober": 10, "nov": 11, "nop": 11, "november": 11, "nopember": 11},
	**{"des": 12, "desember": 12},
}
# Spreadsheets count days from here on, once they have left a day behind that never was.
FIRST_SERIAL, EPOCH, LAST_SERIAL = 61, date(1899, 12, 30), 109_574
FIRST_YEAR, LAST_YEAR = 1900, 2200
TIME_FORMS = {
	"colon": (re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?"), "07:30"),
	"dot": (re.compile(r"(\d{1,2})\.(\d{2})(?:\.(\d{2}))?"), "07.30"),
	"fraction": (re.compile(r"0[.,]\d+"), "0.3125"),
}
SECONDS_OF_A_DAY = 86_400
MOST_DIGITS = 15


def text(cell: Any) -> str | Wrong | None:
	"""What somebody reads in a cell: blanks collapsed, signs that nobody sees left out; None where that is nothing."""
	if cell is None:
		return None
	if isinstance(cell, Fault):
		return Wrong(cell.kind if cell.kind == "no_result" else "no_result", cell.value)
	if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**MOST_DIGITS:
		cell = int(cell)
	if isinstance(cell, datetime):
		cell = str(cell).removesuffix(" 00:00:00")
	said = " ".join(
		"".join(sign if sign.isprintable() else " " * sign.isspace() for sign in str(cell)).split()
	)
	if GUARDED.match(said):
		said = said[1:]
	if len(said) > LONGEST_TEXT:
		return Wrong("too_long", said, str(LONGEST_TEXT))
	return said or None


def is_missing(cell: Any, marks: Collection[str]) -> bool:
	"""Whether a cell says nothing: it is empty, or holds one of the profile's marks."""
	if cell is None:
		return True
	if isinstance(cell, time):
		return cell.strftime("%H:%M") in marks
	if not isinstance(cell, str):
		return isinstance(cell, int | float) and not isinstance(cell, bool) and f"{cell:g}" in marks
	return not cell.strip() or folded(cell) in marks


def nip(cell: Any) -> str | Wrong:
	"""Eighteen digits, perhaps with blanks or an apostrophe: a date of birth, a month of appointment, a sex, a serial number.

	What was a number in a spreadsheet has lost digits, and is never taken.
	"""
	written = text(cell)
	if not isinstance(written, str):
		return written or Wrong("missing", "")
	if isinstance(cell, int | float) or POWER.fullmatch(written):
		return Wrong("digits_lost", written)
	digits = IN_A_NIP.sub("", BEFORE_A_NIP.sub("", written.lstrip(APOSTROPHES)))
	if not (digits.isascii() and digits.isdigit() and len(digits) == 18):
		return Wrong("not_a_nip", written)
	if ROUNDED.fullmatch(digits):
		return Wrong("digits_lost", written)
	return _checked(digits, written)


def _checked(digits: str, written: str) -> str | Wrong:
	"""A NIP whose digits say something that can be (A1 of the layouts: birth, month, sex)."""
	if not _is_day(int(digits[:4]), int(digits[4:6]), int(digits[6:8])):
		return Wrong("nip_birth", written)
	year, month = int(digits[8:12]), int(digits[12:14])
	is_month = 1 <= month <= 12 or month >= FIRST_CODE_OF_A_CONTRACT
	if not is_month or not int(digits[:4]) < year <= LAST_YEAR:
		return Wrong("nip_month", written)
	return digits if NIP.fullmatch(digits) else Wrong("nip_sex", written)


def pin(cell: Any) -> str | Wrong:
	"""The number of a person in a machine, as a number: 007, 7 and 7.0 are the same."""
	written = text(cell)
	if not isinstance(written, str):
		return written or Wrong("missing", "")
	digits = written.lstrip(APOSTROPHES)
	if not re.fullmatch(r"\d{1,14}", digits, re.ASCII):
		return Wrong("not_a_pin", written)
	return str(int(digits))


def day(cell: Any, forms: Collection[str]) -> date | Wrong:
	"""A date in one of the forms that the profile names; a day and a month are never exchanged to make one."""
	if isinstance(cell, datetime):
		return cell.date() if cell.time() == time() else Wrong("date_with_time", str(cell))
	if isinstance(cell, date):
		return cell
	written = text(cell)
	if not isinstance(written, str):
		return written or Wrong("missing", "")
	plain = WEEKDAY.sub("", written)
	for form in forms:
		found = DATE_FORMS[form][0].fullmatch(plain)
		if found:
			return _serial(plain) if form == "serial" else _dated(found, written)
	expected = " / ".join(DATE_FORMS[form][1] for form in forms)
	return Wrong("not_a_date", written, expected)


def _dated(found: re.Match, written: str) -> date | Wrong:
	month = found["m"]
	number = int(month) if month.isdigit() else MONTHS.get(month.casefold(), 0)
	year, number_of_day = int(found["y"]), int(found["d"])
	if not _is_day(year, number, number_of_day):
		return Wrong("no_such_day", written)
	return date(year, number, number_of_day)


def _is_day(year: int, month: int, number: int) -> bool:
	try:
		return FIRST_YEAR <= date(year, month, number).year <= LAST_YEAR
	except ValueError:
		return False


def _serial(written: str) -> date | Wrong:
	number = int(written)
	if not FIRST_SERIAL <= number <= LAST_SERIAL:
		return Wrong("no_such_day", written)
	return EPOCH + timedelta(days=number)


def clock(cell: Any, forms: Collection[str]) -> time | Wrong:
	"""A time of day, to the second, in one of the forms that the profile names."""
	if isinstance(cell, datetime):
		cell = cell.time()
	if isinstance(cell, time):
		return cell.replace(microsecond=0, tzinfo=None)
	if isinstance(cell, timedelta):
		cell = cell / timedelta(days=1)
		forms = (*forms, "fraction")
	if isinstance(cell, float) and "fraction" in forms and 0 <= cell < 1:
		return _fraction(cell)
	written = text(cell)
	return _written_time(written, forms) if isinstance(written, str) else written or Wrong("missing", "")


def _written_time(written: str, forms: Collection[str]) -> time | Wrong:
	for form in forms:
		found = TIME_FORMS[form][0].fullmatch(written)
		if found and form == "fraction":
			return _fraction(float(written.replace(",", ".")))
		if found and int(found[1]) < 24 and int(found[2]) < 60 and int(found[3] or 0) < 60:
			return time(int(found[1]), int(found[2]), int(found[3] or 0))
	return Wrong("not_a_time", written, " / ".join(TIME_FORMS[form][1] for form in forms))


def _fraction(part: float) -> time:
	seconds = min(round(part * SECONDS_OF_A_DAY), SECONDS_OF_A_DAY - 1)
	return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def moment(cell: Any, dates: Collection[str], times: Collection[str]) -> datetime | Wrong:
	"""A date and a time in one cell."""
	if isinstance(cell, datetime):
		return cell.replace(microsecond=0, tzinfo=None)
	written = text(cell)
	if not isinstance(written, str):
		return written or Wrong("missing", "")
	first, _blank, last = written.replace("T", " ", 1).rpartition(" ")
	on, at = day(first, dates), clock(last, times)
	for part in (on, at):
		if isinstance(part, Wrong):
			return Wrong(part.kind if first else "not_a_date", written, part.expected)
	return datetime.combine(on, at)


def number(cell: Any, decimal: str, thousands: str = "") -> float | Wrong:
	"""A number with the decimal sign of the profile; a sign between thousands only where the profile has one."""
	if isinstance(cell, int | float) and not isinstance(cell, bool):
		return (
			float(cell) if abs(cell) < 10**MOST_DIGITS else Wrong("not_a_number", str(cell), f"7{decimal}5")
		)
	written = text(cell)
	if not isinstance(written, str):
		return written or Wrong("missing", "")
	whole = r"\d{1,15}"
	if thousands:
		whole = rf"(?:\d{{1,3}}(?:{re.escape(thousands)}\d{{3}}){{1,4}}|{whole})"
	if not re.fullmatch(rf"[+-]?{whole}(?:{re.escape(decimal)}\d{{1,15}})?", written, re.ASCII):
		return Wrong("not_a_number", written, f"1{thousands}234{decimal}5")
	return float((written.replace(thousands, "") if thousands else written).replace(decimal, "."))


def whole(cell: Any, decimal: str, thousands: str = "") -> int | Wrong:
	"""A whole number that is not negative."""
	found = number(cell, decimal, thousands)
	if isinstance(found, Wrong):
		return found
	return int(found) if found >= 0 and found.is_integer() else Wrong("not_whole", str(cell))


def month(cell: Any) -> int | Wrong:
	"""The number of a month, or its Indonesian name, long or short."""
	written = text(cell)
	if not isinstance(written, str):
		return written or Wrong("missing", "")
	found = int(written) if re.fullmatch(r"\d{1,2}", written, re.ASCII) else MONTHS.get(written.casefold(), 0)
	return found if 1 <= found <= 12 else Wrong("not_a_month", written)


def word(cell: Any, meanings: Mapping[str, str], known: Collection[str]) -> str | Wrong:
	"""The word that is meant, whatever its case and blanks; an unknown one is told with those that are known.

	`meanings`: by the spellings, in small letters with single blanks.
	"""
	written = text(cell)
	if not isinstance(written, str):
		return written or Wrong("missing", "")
	return meanings.get(folded(written)) or Wrong("unknown_word", written, ", ".join(known))


def place(cell: Any) -> tuple[float, float] | Wrong:
	"""Latitude and longitude in one cell, with decimal points and a comma or semicolon between."""
	written = text(cell)
	if not isinstance(written, str):
		return written or Wrong("missing", "")
	found = re.fullmatch(r"(-?\d{1,2}(?:\.\d{1,15})?)\s*[,;]\s*(-?\d{1,3}(?:\.\d{1,15})?)", written, re.ASCII)
	if not found or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
		return Wrong("not_a_place", written)
	return float(found[1]), float(found[2])
