"""Outages (rule D11): whoever could not reach the systems misses nothing. Periods and moments in, moments out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mkd_hrms.policy.dates import days_between, halfway

# From when to when is worked on a day.
WorkingTime = Callable[[date], tuple[datetime, datetime]]


@dataclass(frozen=True, slots=True, order=True)
class Outage:
	"""A period in which nothing counts against anybody, and when an officer put it on record."""

	start: datetime
	end: datetime
	recorded_on: datetime
	record: str = ""

	@property
	def length(self) -> timedelta:
		return self.end - self.start

	def holds(self, moment: datetime) -> bool:
		return self.start <= moment <= self.end

	def touches(self, start: datetime, end: datetime) -> bool:
		"""Whether something of the period from start to end lies in it."""
		return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Excuse:
	"""What else outages excuse on a day on which they excuse an absence: coming late, leaving early."""

	late: bool
	early: bool


def extended(due: datetime, outages: Iterable[Outage]) -> datetime:
	"""A due time that falls into an outage is extended by its length, from the moment it was recorded if that is later.

	One that comes to lie in another outage is extended again.
	"""
	for outage in sorted(outages):
		if outage.holds(due):
			due = max(due, outage.recorded_on) + outage.length
	return due


def excuses(outages: Iterable[Outage], worked: WorkingTime, since: date, until: date) -> dict[date, Excuse]:
	"""What outages excuse on the days from since to until: those whose working hours one of them touches.

	Attendance says that somebody was absent, late or gone early, and not at which minute. So an outage excuses all
	that it may have caused: an absence, or that nothing was recorded, at any working hour, lateness in the first half
	of the working hours, and an early exit in the second.
	"""
	found: dict[date, Excuse] = {}
	for outage in outages:
		for day in days_between(max(since, outage.start.date()), min(until, outage.end.date())):
			start, end = worked(day)
			if outage.touches(start, end):
				middle, known = halfway(start, end), found.get(day, Excuse(False, False))
				late, early = outage.touches(start, middle), outage.touches(middle, end)
				found[day] = Excuse(known.late or late, known.early or early)
	return found
