"""The working days of a period, counted once for all people of one calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from mkd_hrms.facts.attendance.calendars import CalendarKey, calendar_key
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

	def __init__(self, calendars: Mapping[CalendarKey, Calendar], since: date, until: date) -> None:
		self.since, self.until = since, until
		self._calendars = calendars
		self._known: dict[tuple, Period] = {}
		self._working: dict[tuple, dict[date, bool | None]] = {}

	def working(self, person: Person) -> Mapping[date, bool | None]:
		"""Of each day of the period, whether it is a working day by the person's calendar; None: no list covers it."""
		key = calendar_key(person)
		working = self._working.get(key)
		if working is None:
			is_working = self._calendars[key].is_working
			working = {day: is_working(day) for day in days_between(self.since, self.until)}
			self._working[key] = working
		return working

	def of(self, person: Person) -> Period:
		joined = person.joined_on
		first = joined if joined and joined > self.since else self.since
		key = (calendar_key(person), first)
		period = self._known.get(key)
		if period is None:
			period = self._known[key] = self._count(self.working(person), first)
		return period

	def _count(self, working: Mapping[date, bool | None], first: date) -> Period:
		known = [day.isoformat() for day, works in working.items() if works and day >= first]
		count = sum(works is not False for day, works in working.items() if day >= first)
		return Period(count, frozenset(known), ",".join(known))
