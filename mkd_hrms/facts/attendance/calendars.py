"""Holiday lists by date (rule T3): the platform knows only today's list, the settings keep the others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pypika import Query, Table

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.people import COMPANY, Person
from mkd_hrms.facts.shift_lists import ListPeriod
from mkd_hrms.policy.dates import Calendar, HolidayList, ShiftList

# The company, the list that holds today, and the lists of shifts: people of one key have one calendar.
CalendarKey = tuple[str, str | None, tuple[ListPeriod, ...]]

LIST, HOLIDAY, KEPT = Table("tabHoliday List"), Table("tabHoliday"), Table("tabMKD Calendar")


def read_calendars(
	database: Database, people: Iterable[Person], since: date, until: date
) -> dict[CalendarKey, Calendar]:
	"""A calendar for each company, current holiday list and lists of shifts among the people; see `calendar_key`."""
	return read_calendars_of(database, {calendar_key(person) for person in people}, since, until)


def read_calendars_of(
	database: Database, keys: Iterable[CalendarKey], since: date, until: date
) -> dict[CalendarKey, Calendar]:
	"""A calendar for each key."""
	keys = set(keys)
	kept = _kept_lists(database)
	wanted = {name for _company, name, _shifts in keys if name}
	wanted |= {name for company in {key[0] for key in keys} for name in kept.get(company, ())}
	wanted |= {period.holiday_list for key in keys for period in key[2] if period.holiday_list}
	lists = _read_lists(database, wanted, since, until) if wanted else {}
	return {
		key: Calendar(
			tuple(lists[name] for name in (key[1], *kept.get(key[0], ())) if name in lists),
			tuple(ShiftList(first, last, lists.get(name)) for first, last, name in key[2]),
		)
		for key in keys
	}


def calendar_key(person: Person) -> CalendarKey:
	"""The company, the list that holds today (the person's own, else the company's), and the lists of his shifts."""
	return person.company, person.holiday_list or person.default_holiday_list, person.shift_lists


def read_default_list(database: Database, company: str) -> str | None:
	"""The holiday list that holds today for whoever of a company has none of his own."""

	def build(bind: Binder):
		return Query.from_(COMPANY).select(COMPANY.default_holiday_list).where(COMPANY.name == bind(company))

	return next((name for (name,) in rows(database, build)), None)


def _kept_lists(database: Database) -> dict[str, list[str]]:
	kept: dict[str, list[str]] = {}
	for company, name in rows(
		database, lambda bind: Query.from_(KEPT).select(KEPT.company, KEPT.holiday_list).orderby(KEPT.idx)
	):
		kept.setdefault(company, []).append(name)
	return kept


def _read_lists(database: Database, names: set[str], since: date, until: date) -> dict[str, HolidayList]:
	def build(bind: Binder):
		return (
			Query.from_(LIST)
			.left_join(HOLIDAY)
			.on(
				(HOLIDAY.parent == LIST.name)
				& (HOLIDAY.holiday_date >= bind(since))
				& (HOLIDAY.holiday_date <= bind(until))
			)
			.select(LIST.name, LIST.from_date, LIST.to_date, HOLIDAY.holiday_date, HOLIDAY.description)
			.where(LIST.name.isin(bind.all(sorted(names))))
		)

	lists: dict[str, HolidayList] = {}
	for name, valid_from, valid_to, day, description in rows(database, build):
		entry = lists.setdefault(name, HolidayList(name, valid_from, valid_to, {}))
		if day:
			entry.holidays[day] = description or ""
	return lists


def read_periods(database: Database, names: Iterable[str]) -> dict[str, tuple[date, date]]:
	"""By holiday list, the first and the last day that it covers."""
	wanted = sorted(names)
	if not wanted:
		return {}

	def build(bind: Binder):
		query = Query.from_(LIST).select(LIST.name, LIST.from_date, LIST.to_date)
		return query.where(LIST.name.isin(bind.all(wanted)))

	return {name: (since, until) for name, since, until in rows(database, build)}
