"""When somebody can work away at all: his calendar, his time of service, what takes him away, the days he uses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from mkd_hrms.facts.attendance.away import Away, days_away
from mkd_hrms.facts.coverage_rules import OfficeDay
from mkd_hrms.facts.ledger.days import UsedDay
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.dates import Calendar, days_between, week_days


@dataclass(frozen=True, slots=True)
class Availability:
	"""One person around some dates.

	`away` are the approved periods, `claims` those that are only asked for, `used` the days that hold a place in
	their weeks; all of them hold for the whole ISO weeks of the dates. `office_days` are the dates on which nobody of his
	unit works away (W7).
	"""

	person: Person
	calendar: Calendar
	away: tuple[Away, ...]
	claims: tuple[Away, ...]
	used: tuple[UsedDay, ...]
	office_days: Mapping[date, OfficeDay] = field(default_factory=dict, kw_only=True)

	def workdays_in(self, week: str) -> int:
		"""Working days of an ISO week without those fully away or outside the person's service (rules Q2, Q10)."""
		days = week_days(week)
		away = days_away(self.away, days[0], days[-1])
		return sum(
			self.calendar.is_working(day) is True and day not in away and self.serves(day) for day in days
		)

	def serves(self, day: date) -> bool:
		"""Whether a day lies between joining and leaving (rule Q10)."""
		person = self.person
		return (not person.joined_on or person.joined_on <= day) and (
			not person.last_day or day <= person.last_day
		)

	def used_in(self, week: str, but_for: str | None = None) -> int:
		"""Days that are used in an ISO week (rule Q3), but for those of one document."""
		return sum(day.iso_week == week and day.source_name != but_for for day in self.used)

	def collective_in(self, week: str) -> int:
		"""Days that are used in an ISO week by circular (rule Q3)."""
		return sum(day.iso_week == week and day.is_collective for day in self.used)


def office_days_by_date(
	entries: Iterable[OfficeDay], company: str, chain: Collection[str], since: date, until: date
) -> dict[date, OfficeDay]:
	"""The office days of somebody from since to until (rule W7); of several on one date the first of the entries.

	`chain` is his unit and those above it.
	"""
	found: dict[date, OfficeDay] = {}
	for entry in entries:
		if entry.concerns(company, chain):
			for day in days_between(max(since, entry.since), min(until, entry.until)):
				if entry.falls_on(day):
					found.setdefault(day, entry)
	return found


def apart(periods: tuple[Away, ...]) -> tuple[tuple[Away, ...], tuple[Away, ...]]:
	"""The approved periods, and the claims."""
	approved = tuple(period for period in periods if not period.is_claim)
	return approved, tuple(period for period in periods if period.is_claim)
