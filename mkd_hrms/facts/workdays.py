"""The working days of a period, counted once for all people of one calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from mkd_hrms.facts.calendars import calendar_key
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.dates import Calendar, days_between


class Period(NamedTuple):
	"""`count` are the days that are not known to be off; `days`, in ISO format, those known to be working days.

	`text` are the same days in their order, separated by commas.
	"""

	count: int
	days: frozenset[str]
	text: str


class Workdays:
	"""The period since..until, both included, as each person has to work in it, from joining on."""

	def __init__(
		self, calendars: Mapping[tuple[str, str | None], Calendar], since: date, until: date
	) -> None:
		self.since, self.until = since, until
		self._calendars = calendars
		self._known: dict[tuple, Period] = {}

	def calendar_of(self, person: Person) -> Calendar:
		return self._calendars[calendar_key(person)]

	def of(self, person: Person) -> Period:
		joined = person.joined_on
		first = joined if joined and joined > self.since else self.since
		key = (person.company, person.holiday_list or person.default_holiday_list, first)
		period = self._known.get(key)
		if period is None:
			period = self._known[key] = self._count(self.calendar_of(person), first)
		return period

	def _count(self, calendar: Calendar, first: date) -> Period:
		days = [(day, calendar.is_working(day)) for day in days_between(first, self.until)]
		known = [day.isoformat() for day, working in days if working]
		count = sum(working is not False for _day, working in days)
		return Period(count, frozenset(known), ",".join(known))
