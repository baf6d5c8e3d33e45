"""Who is away when: a circular with turns, a unit that is full on one date, rules of units, a counter with a roster.

Nothing here is drawn by chance, so that all else in a sample stays as it is without it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from mkd_hrms.constants import APPROVED, COLLECTIVE_DAY, REQUEST
from mkd_hrms.policy.collective import on_turn, weekly
from mkd_hrms.policy.dates import iso_week
from mkd_hrms.simulate.sample.calendars import FIVE, working_days
from mkd_hrms.simulate.sample.drafts import Book, Draft
from mkd_hrms.simulate.sample.units import ABBREVIATION, COMPANY

# The office whose people a circular sends away in turns, every Thursday for some weeks.
SENT, THURSDAY, WEEKS, SHARE = "Badan Pendapatan Daerah", "Thursday", timedelta(weeks=8), 50
# What the shipped policies allow of a unit, in percent of its people.
CAP = 50
# Units with a rule of their own: percent away at most, people and percent on site at least, counted as one or not.
RULES = (("Dinas Kesehatan", 40, 2, 60, 0), ("Sekretariat Daerah", 50, 3, 50, 1))
RULE_BASIS = "Keputusan Kepala Perangkat Daerah Contoh Nomor 12 Tahun {year}"
COUNTER, COUNTER_OFFICE, ROSTER, AT_COUNTER = (
	*("Meja Layanan Kepegawaian", "Badan Kepegawaian Daerah"),
	*(4, 2),
)
# Applications of the unit that is full are numbered behind all others.
BEHIND = 100_000


def fill_days_ahead(book: Book, people: list[Draft]) -> None:
	"""Days that are booked already, and what was laid down for units."""
	_lay_down(book, people)
	sent = [draft for draft in people if _is_below(draft, SENT)]
	away = _send_away(book, [draft for draft in sent if _may_go(draft)])
	_fill_a_unit(book, sent, away)


def _is_below(draft: Draft, label: str) -> bool:
	unit = draft.unit if draft.values["department"] else None
	while unit and unit.label != label:
		unit = unit.parent
	return unit is not None


def _may_go(draft: Draft) -> bool:
	"""Of good standing in a post that nothing keeps in the office."""
	return draft.story == "clean" and draft.in_open_post and draft.has_agreement and draft.has_result


def _lay_down(book: Book, people: list[Draft]) -> None:
	since = date(book.until.year, 1, 1)
	for number, (label, cap, people_on_site, percent_on_site, together) in enumerate(RULES, 1):
		book.add(
			"MKD Coverage Rule",
			name=f"MKD-COV-{since.year}-{number:05d}",
			department=f"{label} - {ABBREVIATION}",
			company=COMPANY,
			valid_from=since,
			cap_percent=cap,
			min_on_site=people_on_site,
			min_on_site_percent=percent_on_site,
			counts_together=together,
			legal_basis=RULE_BASIS.format(year=since.year),
		)
	_call_together(book)
	point = "MKD-SVP-00001"
	book.add(
		"MKD Service Point",
		name=point,
		service_point_name=COUNTER,
		department=f"{COUNTER_OFFICE} - {ABBREVIATION}",
		min_on_site=AT_COUNTER,
		valid_from=since,
	)
	roster = [draft for draft in people if _is_below(draft, COUNTER_OFFICE) and _may_go(draft)]
	for draft in roster[:ROSTER]:
		book.add("MKD Service Point Member", parent=point, employee=draft.employee)


def _call_together(book: Book) -> None:
	"""Nobody of one office works away on the first working day of next week."""
	sunday = book.until + timedelta(days=6 - book.until.weekday())
	first = working_days(FIVE, sunday, sunday + timedelta(days=30))[0]
	book.add(
		"MKD Office Day",
		name=f"MKD-OFD-{first.year}-00001",
		title="Apel gabungan",
		kind="Roll Call",
		company=COMPANY,
		department=f"{COUNTER_OFFICE} - {ABBREVIATION}",
		from_date=first,
		to_date=first,
		legal_basis=RULE_BASIS.format(year=first.year),
		docstatus=1,
	)


def _send_away(book: Book, people: list[Draft]) -> dict[date, set[str]]:
	"""A circular: about half of each unit, in turns, on every Thursday on which one works. Who is away on which date."""
	name, year, until = f"MKD-COL-{book.until.year}-00001", book.until.year, book.until + WEEKS
	book.add(
		"MKD Collective Day",
		name=name,
		circular_no=f"800/{year % 100}/KPG.03/BKD",
		subject="Kerja dari luar kantor setiap hari Kamis secara bergiliran",
		docstatus=1,
	)
	working = set(working_days(FIVE, book.until, until))
	dates = [day for day in weekly(book.until + timedelta(days=1), until, THURSDAY) if day in working]
	units: dict[str, dict[str, Draft]] = defaultdict(dict)
	for draft in people:
		units[draft.values["department"]][draft.employee] = draft
	away: dict[date, set[str]] = {}
	for number, day in enumerate(dates):
		for members in units.values():
			for employee in sorted(on_turn(sorted(members), SHARE, number)):
				book_ahead(book, members[employee], day, COLLECTIVE_DAY, name)
				away.setdefault(day, set()).add(employee)
	return away


def _fill_a_unit(book: Book, people: Iterable[Draft], away: dict[date, set[str]]) -> None:
	"""On a day of next week the largest unit has as many people away as may be, and two more apply for it."""
	monday = book.until + timedelta(days=7 - book.until.weekday())
	ahead = working_days(FIVE, monday + timedelta(days=1), monday + timedelta(days=30))
	day = next(each for each in ahead if each not in away)
	units: dict[str, list[Draft]] = defaultdict(list)
	for draft in people:
		if draft.values["status"] == "Active" and _serves(draft, day):
			units[draft.values["department"]].append(draft)
	candidates = {unit: _without_application(members) for unit, members in units.items()}
	unit = max(sorted(units), key=lambda name: len(candidates[name]))
	full = len(units[unit]) * CAP // 100
	for draft in candidates[unit][:full]:
		name = _apply(book, draft, day, APPROVED)
		book_ahead(book, draft, day, REQUEST, name)
	for draft in candidates[unit][full : full + 2]:
		_apply(book, draft, day, "Draft")
	_take_leave_and_travel(book, units[unit], day, away)


def _take_leave_and_travel(book: Book, members: list[Draft], full: date, away: dict[date, set[str]]) -> None:
	"""One of the unit is on leave the day after it is full, and another one on a trip the day before."""
	before, after = (next(day for day in _days_from(book, full, step) if day not in away) for step in (-1, 1))
	on_leave, on_trip = ([draft for draft in members if not draft.applies] * 2)[-2:]
	book.add(
		"Leave Application",
		name=book.number("HR-LAP-"),
		employee=on_leave.employee,
		leave_type="Cuti Tahunan",
		from_date=after,
		to_date=after,
		half_day=0,
		status="Approved",
		docstatus=1,
	)
	trip = book.number("HR-TRQ-")
	book.add("Travel Request", name=trip, employee=on_trip.employee, docstatus=1)
	book.add("Travel Itinerary", parent=trip, departure_date=datetime.combine(before, time(6, 30)))


def _days_from(book: Book, day: date, step: int) -> tuple[date, ...]:
	"""The working days after a day in their order, or those before it, the nearest first."""
	month = timedelta(days=30)
	if step > 0:
		return working_days(FIVE, day + timedelta(days=1), day + month)
	return working_days(FIVE, day - month, day - timedelta(days=1))[::-1]


def _serves(draft: Draft, day: date) -> bool:
	joined, last = draft.values["date_of_joining"], draft.values["contract_end_date"]
	return (not joined or joined <= day) and (not last or day <= last)


def _without_application(members: Iterable[Draft]) -> list[Draft]:
	return [draft for draft in members if _may_go(draft) and not draft.applies]


def _apply(book: Book, draft: Draft, day: date, status: str) -> str:
	number = int(book.number(""))
	name = f"MKD-REQ-{BEHIND + number:06d}"
	book.add(
		"MKD Request",
		name=name,
		employee=draft.employee,
		from_date=day,
		to_date=day,
		has_computer="Yes",
		has_internet="Yes",
		status=status,
		docstatus=int(status == APPROVED),
	)
	book.add("MKD Request Date", parent=name, mkd_date=day)
	return name


def book_ahead(book: Book, draft: Draft, day: date, source_doctype: str, source_name: str) -> None:
	"""A day that is approved and has not come."""
	week = iso_week(day)
	book.add(
		"MKD Day",
		name=book.number("MKD-DAY-"),
		employee=draft.employee,
		person=draft.person,
		mkd_date=day,
		iso_week=week,
		slot=book.slot(draft.person, week),
		status=APPROVED,
		source_doctype=source_doctype,
		source_name=source_name,
	)
