"""One person and his year, for tests of what is judged with facts: Saturdays and Sundays are off."""

from dataclasses import replace
from datetime import date

from mkd_hrms.facts.attendance.away import Away
from mkd_hrms.facts.ledger.days import UsedDay
from mkd_hrms.facts.people import Person
from mkd_hrms.judging.availability import Availability
from mkd_hrms.policy.dates import Calendar, HolidayList, expand, iso_week

# Monday to Friday of ISO week 2026-W50, which has no holiday.
WEEK = tuple(date(2026, 12, day) for day in (7, 8, 9, 10, 11))
YEAR = date(2026, 1, 1), date(2026, 12, 31)

A_PERSON = Person(
	employee="HR-EMP-00001",
	employee_name="Ani",
	person="199001012015032001",
	status="Active",
	company="Pemda",
	department="BKD",
	designation="Analis",
	employment_type="PNS",
	joined_on=date(2015, 3, 1),
	relieved_on=None,
	contract_ends_on=None,
	holiday_list=None,
	user=None,
	reports_to=None,
	default_holiday_list="Libur 2026",
)


def calendar(**holidays: date) -> Calendar:
	"""The year with its weekends and the holidays named."""
	off = dict.fromkeys(expand(*YEAR, (6, 7)), "weekly off")
	return Calendar((HolidayList("Libur 2026", *YEAR, off | {day: name for name, day in holidays.items()}),))


def available(person: Person = A_PERSON, **changes) -> Availability:
	"""Somebody who is there every day, but for the changes."""
	usual = Availability(person, calendar(), away=(), claims=(), used=())
	return replace(usual, **changes)


def leave(first: date, last: date | None = None, **changes) -> Away:
	return replace(Away("Leave Application", "L1", first, last or first), **changes)


def booked(day: date, source: str = "R1", doctype: str = "MKD Request") -> UsedDay:
	return UsedDay(f"D-{day}", day, iso_week(day), 1, "Approved", doctype, source)
