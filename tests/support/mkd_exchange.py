"""Files of other systems for tests: neutral rows to be written by a profile, and files that are read back."""

import csv
import io
from calendar import monthrange
from dataclasses import fields
from datetime import date, datetime, time
from pathlib import Path
from unittest import SkipTest

try:
	import defusedxml  # noqa: F401
	import openpyxl
except ModuleNotFoundError as missing:
	raise SkipTest("needs the extra 'simulate'") from missing

from hypothesis import strategies as st
from mkd_simulate import temporary_folder

from mkd_hrms.exchange import profiles, rows
from mkd_hrms.exchange.files import named, read_file
from mkd_hrms.exchange.layouts import Span, end_of_month
from mkd_hrms.exchange.profiles import FLAGS, PLACES

UNTIL = date(2026, 11, 30)
SPAN = Span(date(2016, 11, 30), UNTIL)
NIP, OTHER_NIP = "199001012015032001", "198507212010011002"
SAMPLES = Path(__file__).parents[1] / "exchange" / "samples"
TEXTS = (
	"name",
	"unit",
	"note",
	"measure",
	"category",
	"goal",
	"evidence",
	"verifier",
	"activity",
	"letter",
	"sanction",
)

SIGNS = "aBz019éÜ字\N{GRINNING FACE}.,;:|'=+-@/&<%_"
texts = st.lists(st.text(SIGNS, min_size=1, max_size=6), min_size=1, max_size=3).map(" ".join)
formulas = st.tuples(st.sampled_from(("=", "+", "-", "@", "'=", "''@")), texts).map("".join)
times = st.builds(time, st.integers(0, 23), st.integers(0, 59), st.integers(0, 59)).filter(
	lambda at: at.hour or at.minute
)
days = st.dates(date(2017, 1, 1), UNTIL)
coordinates = st.integers(-90_000_000, 90_000_000).map(lambda millionths: millionths / 1_000_000)


@st.composite
def nips(draw):
	"""A NIP that nobody has."""
	born = draw(st.dates(date(1960, 1, 1), date(2003, 12, 31)))
	year = draw(st.integers(born.year + 18, 2026))
	month = draw(st.integers(1, 12) | st.just(21))
	return f"{born:%Y%m%d}{year}{month:02d}{draw(st.integers(1, 2))}{draw(st.integers(1, 999)):03d}"


def keys(profile):
	"""Whose a row is, as the profile says it."""
	return nips() if profile.key == "nip" else st.integers(1, 10**9).map(str)


def field_of(profile, name):
	"""What a field of a row of this profile may hold."""
	found = _field_of(profile, name)
	return found if name in profile.needs else st.none() | found


def _field_of(profile, name):
	if name in rows.WORDS:
		return st.sampled_from(rows.WORDS[name])
	if name in TEXTS:
		return (texts | formulas).filter(lambda text: text.casefold() not in profile.missing)
	return KINDS[name]


KINDS = {
	**dict.fromkeys(("latitude_in", "longitude_in", "latitude_out", "longitude_out"), coordinates),
	**dict.fromkeys(("time_in", "time_out"), times),
	**dict.fromkeys(("minutes", "minutes_approved", "minutes_wanted"), st.integers(0, 44_640)),
	**dict.fromkeys(("days_present", "working_days"), st.integers(0, 31)),
	**dict.fromkeys(
		("volume", "across", "up", "total"), st.integers(-(10**8), 10**8).map(lambda n: n / 1000)
	),
	"score": st.integers(0, 10_000).map(lambda tenths: tenths / 10),
	"letter_day": st.dates(date(2010, 1, 1), date(2030, 1, 1)),
}


@st.composite
def a_row(draw, profile):
	"""A row with what the file of a profile has columns for."""
	there = {name for column in profile.columns for name in PLACES.get(column, (column,))} - set(FLAGS)
	if profile.layout == "wide month":
		there.add("status")
	given = {"who": draw(keys(profile))}
	for name in (field.name for field in fields(profile.row) if field.name in there - {"who", *ALWAYS}):
		given[name] = draw(field_of(profile, name))
	for pair in (pair for column, pair in PLACES.items() if column in profile.columns):
		# Half a place has no cell.
		if None in (given[name] for name in pair):
			given |= dict.fromkeys(pair)
	return profile.row(**given, **draw(MADE[profile.row]))


ALWAYS = ("day", "activity", "first", "last", "level", "year", "box", "at", "start", "end")
months = st.tuples(st.integers(2000, 2030), st.integers(1, 12))


def a_period(first, length):
	start, later = date(*first, 1), first[0] * 12 + first[1] - 1 + length
	return {"first": start, "last": end_of_month(date(later // 12, later % 12 + 1, 1))}


def a_sanction(level, first, last):
	return {"level": level, "first": min(first, last), "last": max(first, last)}


sanction_days = st.dates(date(2010, 1, 1), date(2035, 1, 1))
MADE = {
	rows.Presence: st.fixed_dictionaries({"day": days}),
	rows.Punch: st.fixed_dictionaries({"at": st.builds(datetime.combine, days, times)}),
	rows.Activity: st.builds(
		lambda day, activity, pair: {"day": day, "activity": activity, "start": min(pair), "end": max(pair)},
		days,
		texts | formulas,
		st.tuples(times, times),
	).filter(lambda made: made["activity"] != "-"),
	rows.Result: st.builds(a_period, months, st.integers(0, 23)),
	rows.Discipline: st.builds(a_sanction, st.sampled_from(rows.LEVELS), sanction_days, sanction_days),
	rows.Planned: st.fixed_dictionaries({"day": days}),
	rows.TalentBox: st.fixed_dictionaries({"year": st.integers(2015, 2030), "box": st.integers(1, 9)}),
}


@st.composite
def files_of(draw, profile):
	"""Rows that can stand in one file: nothing is told twice, and a layout with a line a person has his name once."""
	found = draw(st.lists(a_row(profile), min_size=1, max_size=4, unique_by=lambda row: row.said or id(row)))
	if profile.layout == "wide month":
		return [row for row in _in_one_month(found) if row.status]
	if profile.layout == "punch pairs":
		return sorted(_named_once(found), key=lambda row: (row.who, row.at))
	if profile.name == "trk-month":
		# The file names one month.
		found = [_changed(row, last=end_of_month(row.first)) for row in found]
		return list({row.said: row for row in found}.values())
	return found


def _changed(row, **values):
	return type(row)(**row.values() | values)


def _named_once(found):
	first = {}
	for row in found:
		first.setdefault(row.who, row.name)
	return [_changed(row, name=first[row.who]) for row in found]


def _in_one_month(found):
	"""All in the month of the first, a line for each person with his days in their order."""
	year, month = found[0].day.year, found[0].day.month
	of_person = {}
	for row in found:
		day = date(year, month, min(row.day.day, monthrange(year, month)[1]))
		theirs = of_person.setdefault(row.who, {})
		name, unit = next(iter(theirs.values()), row).name, next(iter(theirs.values()), row).unit
		theirs[day] = _changed(row, day=day, status=row.status or rows.PRESENT, name=name, unit=unit)
	return [theirs[day] for theirs in of_person.values() for day in sorted(theirs)]


def read(content, name=None, month=None, span=SPAN):
	"""What a file says, the tally, and the name of its profile; the content is that of a text, bytes, or rows of a sheet."""
	path = temporary_folder() / "berkas"
	path.write_bytes(as_bytes(content))
	return read_path(path, name, month, span)


def read_path(path, name=None, month=None, span=SPAN):
	rejected = []
	with read_file(path, named(name), span, month, rejected.append) as reading:
		return list(reading.rows), reading.tally, reading.profile.name, rejected


def as_bytes(content):
	if isinstance(content, list):
		target = io.BytesIO()
		book = openpyxl.Workbook()
		for cells in content:
			book.active.append(cells)
		book.save(target)
		return target.getvalue()
	return content.encode() if isinstance(content, str) else content


def as_text(cells, delimiter=";"):
	"""Rows as a text."""
	target = io.StringIO()
	csv.writer(target, delimiter=delimiter).writerows(cells)
	return target.getvalue()


def kinds(rejected):
	"""Row, column and kind of each rejection."""
	return [(each.row, each.column, each.wrong.kind) for each in rejected]


ALL = [profiles.load(name) for name in profiles.names()]
