"""Holiday lists by date (rule T3): the platform knows only today's list, the settings keep the others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pypika import Query, Table

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.dates import Calendar, HolidayList

LIST, HOLIDAY, KEPT = Table("tabHoliday List"), Table("tabHoliday"), Table("tabMKD Calendar")


def read_calendars(
	database: Database, people: Iterable[Person], since: date, until: date
) -> dict[tuple[str, str | None], Calendar]:
	"""A calendar for each company and current holiday list among the people; see `calendar_key`."""
	keys = {calendar_key(person) for person in people}
	kept = _kept_lists(database)
	wanted = {name for _company, name in keys if name} | {
		name for company, names in kept.items() if any(company == key[0] for key in keys) for name in names
	}
	lists = _read_lists(database, wanted, since, until) if wanted else {}
	return {
		key: Calendar(tuple(lists[name] for name in (key[1], *kept.get(key[0], ())) if name in lists))
		for key in keys
	}


def calendar_key(person: Person) -> tuple[str, str | None]:
	"""The company, and the list that holds today: the person's own, else the company's."""
	return person.company, person.holiday_list or person.default_holiday_list


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
