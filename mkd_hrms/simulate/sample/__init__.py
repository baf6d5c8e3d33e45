"""An invented agency, the same for the same seed: every refusal and every doubt occurs in it.

units.py       the unit tree of a province, and the posts in it
names.py       names and numbers of nobody
people.py      who works where
drafts.py      a person while he is being written, and the book of all rows
stories.py     what happened to people, and what the rules make of it
lives.py       what is ordinary: leave, trips, a late morning
calendars.py   holiday lists
attendance.py  a year of attendance
evidence.py    results, talent boxes and agreements
ledger.py      days that were worked, and applications
coverage.py    days ahead: a circular, a unit that is full, what was laid down for units
files.py       tables as files, all of them or none
agencies.py    many agencies in one folder
layouts.py     its last month as other systems write it
"""

from __future__ import annotations

from datetime import date

import duckdb

from mkd_hrms.simulate.files.duck_database import connect
from mkd_hrms.simulate.files.filling import fill
from mkd_hrms.simulate.files.schema import TABLES
from mkd_hrms.simulate.sample.attendance import fill_attendance
from mkd_hrms.simulate.sample.calendars import FIVE, SIX, YearList
from mkd_hrms.simulate.sample.coverage import fill_days_ahead
from mkd_hrms.simulate.sample.drafts import Book, Draft
from mkd_hrms.simulate.sample.evidence import give_agreement, give_box, give_good_result, make_cycles
from mkd_hrms.simulate.sample.ledger import ask, away_day
from mkd_hrms.simulate.sample.lives import live, make_trainings
from mkd_hrms.simulate.sample.people import make_people, protected
from mkd_hrms.simulate.sample.stories import STORIES
from mkd_hrms.simulate.sample.units import COMPANY, ROOT, VERDICTS, Unit, make_tree

# Fewer people than this cannot hold every echelon, every grade and every story.
SMALLEST = 200
# How many people of a hundred have a story that changes what the rules say.
TOUCHED = 0.3


def make_agency(employees: int, seed: int, until: date, number: int = 0) -> duckdb.DuckDBPyConnection:
	"""All tables of the sample in a database of their own, with attendance up to and including `until`.

	Raises ValueError for too few employees.
	"""
	if employees < SMALLEST:
		raise ValueError(f"A sample needs at least {SMALLEST} employees.")
	book, root = Book(seed, until, number), make_tree(employees)
	people = make_people(book, root, employees)
	_make_world(book, root)
	_tell(book, people)
	connection = connect()
	for table in TABLES:
		if table.name != "Attendance":
			fill(connection, table.sql_name, table.columns, book.rows[table.name])
	fill_attendance(connection, book, people)
	return connection


def _make_world(book: Book, root: Unit) -> None:
	"""Company, units, calendars, register of designations, settings."""
	year = book.until.year
	book.add("Company", name=COMPANY, default_holiday_list=YearList(FIVE, year).name)
	book.add("Department", name=ROOT, department_name=root.label, company=COMPANY)
	for unit in root.with_all_below()[1:]:
		book.add(
			"Department",
			name=unit.name,
			department_name=unit.label,
			parent_department=unit.parent.name,
			company=COMPANY,
			mkd_public_service=unit.public_service or None,
		)
	for entry in (YearList(rule, each) for rule in (FIVE, SIX) for each in range(year - 1, year + 2)):
		start, end = date(entry.year, 1, 1), date(entry.year, 12, 31)
		book.add("Holiday List", name=entry.name, from_date=start, to_date=end)
		for day, (text, weekly) in entry.days.items():
			book.add("Holiday", parent=entry.name, holiday_date=day, description=text, weekly_off=weekly)
	for idx, each in enumerate(range(year - 1, year + 2), 1):
		book.add("MKD Calendar", company=COMPANY, holiday_list=YearList(FIVE, each).name, idx=idx)
	book.add("Singles", doctype="MKD Settings", field="attendance_from", value=f"{year - 1}-01-01")
	for designation, verdict in VERDICTS.items():
		if verdict:
			_classify(book, designation, verdict)


def _classify(book: Book, designation: str, verdict: str) -> None:
	book.add(
		"MKD Suitability",
		name=book.number("MKD-SUIT-"),
		reference_doctype="Designation",
		reference_name=designation,
		verdict=verdict,
		valid_from=date(2023, 6, 19),
	)


def _tell(book: Book, people: list[Draft]) -> None:
	"""Everybody's year: first each story once, then by chance; some apply for MKD."""
	make_cycles(book)
	trainings = make_trainings(book)
	kept = protected(people)
	once = _first_tellers(book, [draft for draft in people if draft.number not in kept])
	names, weights = list(STORIES), [weight for weight, _tell_it in STORIES.values()]
	for draft in people:
		if draft.number in once:
			draft.story = once[draft.number]
		elif draft.number not in kept and book.random.random() < TOUCHED:
			draft.story = book.random.choices(names, weights)[0]
		if draft.story in STORIES:
			STORIES[draft.story][1](book, draft)
		live(book, draft, trainings)
		_complete(book, draft)
	_rehire(people)
	fill_days_ahead(book, people)
	_write_employees(book, people)


def _first_tellers(book: Book, people: list[Draft]) -> dict[int, str]:
	"""Whose story each of them is at least once: somebody of the staff whom nothing else keeps in the office."""
	staff = [draft.number for draft in people if not draft.head and draft.in_open_post]
	return dict(zip(book.random.sample(staff, len(STORIES)), STORIES, strict=True))


def _complete(book: Book, draft: Draft) -> None:
	"""What everybody has unless his story says otherwise, and the applications."""
	random = book.random
	if draft.has_result:
		give_good_result(book, draft)
	give_box(book, draft)
	if draft.has_agreement and random.random() < 0.95:
		give_agreement(book, draft)
	if random.random() < 0.1:
		for day in book.some_days(draft, 3, last=15):
			away_day(book, draft, day, "Verified")
	if draft.applies:
		ask(book, draft, draft.number // 8)


def _rehire(people: list[Draft]) -> None:
	"""Some who left are working again under a new record: two Employee records, one person."""
	left = [draft for draft in people if draft.story == "left"]
	back = [draft for draft in people if draft.story == "clean" and draft.values["mkd_nip"]]
	for old, new in list(zip(left, reversed(back), strict=False))[::4]:
		old.values |= {name: new.values[name] for name in ("employee_name", "mkd_nip")}


def _write_employees(book: Book, people: list[Draft]) -> None:
	for draft in people:
		book.add("Employee", **draft.values)
