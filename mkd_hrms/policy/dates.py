"""ISO weeks, whole months and working days. Every day is an argument: nothing here knows what today is."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import NamedTuple

SHORTEST_MONTH = 28
FRIDAY = 5


def iso_week(day: date) -> str:
	"""The ISO-8601 week of a day, Monday to Sunday, as "2026-W48" (rule T2)."""
	year, week, _weekday = day.isocalendar()
	return f"{year}-W{week:02d}"


def week_days(week: str) -> tuple[date, ...]:
	"""The seven days of an ISO week, Monday first. Raises ValueError for a week that does not exist."""
	year, _, number = week.partition("-W")
	return tuple(date.fromisocalendar(int(year), int(number), weekday) for weekday in range(1, 8))


def add_months(day: date, months: int) -> date:
	"""The same day so many months later (or earlier), or the month's last day where it is shorter.

	After the last day that there is comes no other: whoever enters it means "for ever".
	"""
	year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
	if year > date.max.year:
		return date.max
	last = day.day if day.day <= SHORTEST_MONTH else min(day.day, monthrange(year, month + 1)[1])
	return date(year, month + 1, last)


def later(day: date, time: timedelta) -> date:
	"""The day so much later (or earlier), or the last day that there is."""
	return day + time if time <= date.max - day else date.max


def full_months(start: date, end: date) -> int:
	"""Whole months that have passed from start to end; negative before the start."""
	months = (end.year - start.year) * 12 + end.month - start.month
	return months if add_months(start, months) <= end else months - 1


def days_between(start: date, end: date) -> tuple[date, ...]:
	"""All days from start to end, both included; none when end comes first."""
	return tuple(start + timedelta(days=n) for n in range((end - start).days + 1))


def halfway(start: datetime, end: datetime) -> datetime:
	"""The moment in the middle between two."""
	return start + (end - start) / 2


def expand(start: date, end: date, weekdays: Iterable[int] | None = None) -> tuple[date, ...]:
	"""The days of a range, or only those on the given ISO weekdays, Monday = 1 (rule T5)."""
	wanted = frozenset(weekdays) if weekdays is not None else frozenset(range(1, 8))
	return tuple(day for day in days_between(start, end) if day.isoweekday() in wanted)


def workday_after(
	calendar: Calendar, day: date, count: int, known_until: date, assumes_weekdays: bool = False
) -> date | None:
	"""The day that comes so many working days later; None while not so many are known up to `known_until`.

	`assumes_weekdays`: where no list says anything, Monday to Friday count. Only for times that nobody loses anything by.
	"""

	def works(entry: date) -> bool | None:
		known = calendar.is_working(entry)
		return entry.isoweekday() <= FRIDAY if known is None and assumes_weekdays else known

	following = (entry for entry in days_between(later(day, timedelta(days=1)), known_until))
	return next(islice((entry for entry in following if works(entry)), max(count - 1, 0), None), None)


def absence_window(on: date, today: date, months: int, not_before: date | None) -> tuple[date, date]:
	"""The days whose attendance counts for an MKD date (rule E9), both ends included.

	It ends yesterday, or on the day before the MKD date if that is earlier; it is `months` long, and begins
	no earlier than the day from which the agency's attendance is kept. An empty window ends before it starts.
	"""
	until = min(on, today) - timedelta(days=1)
	since = add_months(until, -months) + timedelta(days=1)
	return (max(since, not_before) if not_before else since), until


def days_before(day: date, number: int) -> tuple[date, date]:
	"""The first and the last of so many days that end on the day before."""
	return day - timedelta(days=number), day - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HolidayList:
	"""The non-working days that one list declares, and the period in which it speaks at all."""

	name: str
	valid_from: date
	valid_to: date
	holidays: Mapping[date, str] = field(default_factory=dict)

	def covers(self, day: date) -> bool:
		return self.valid_from <= day <= self.valid_to


class ShiftList(NamedTuple):
	"""From when to when a shift is somebody's, both included, and the holiday list that it has, if it has one."""

	since: date
	until: date
	holiday_list: HolidayList | None


@dataclass(frozen=True, slots=True)
class Calendar:
	"""A person's holiday lists by date (rule T3): that of the date's shift first, then his own, then the company's dated
	lists. Of several shifts the first that holds the date is his."""

	lists: tuple[HolidayList, ...] = ()
	shifts: tuple[ShiftList, ...] = ()

	def list_on(self, day: date) -> HolidayList | None:
		of_shift = next((entry[2] for entry in self.shifts if entry[0] <= day <= entry[1]), None)
		if of_shift and of_shift.covers(day):
			return of_shift
		return next((entry for entry in self.lists if entry.covers(day)), None)

	def is_working(self, day: date) -> bool | None:
		"""True or False by the list valid on that day; None where no list covers it."""
		entry = self.list_on(day)
		return None if entry is None else day not in entry.holidays

	def holiday(self, day: date) -> str | None:
		"""The name of the holiday, if the day is one."""
		entry = self.list_on(day)
		return entry.holidays.get(day) if entry else None

	def off_days(self, start: date, end: date) -> tuple[date, ...]:
		"""The known non-working days of a period."""
		return tuple(day for day in days_between(start, end) if self.is_working(day) is False)

	def unknown_days(self, start: date, end: date) -> tuple[date, ...]:
		"""The days of a period that no list covers: nobody may assume that they were working days."""
		return tuple(day for day in days_between(start, end) if self.is_working(day) is None)

	def full_week(self, start: date, end: date) -> int | None:
		"""The most working days that an ISO week from start to end holds; None where no list says anything."""
		weeks = Counter(iso_week(day) for day in days_between(start, end) if self.is_working(day))
		return max(weeks.values(), default=None)
