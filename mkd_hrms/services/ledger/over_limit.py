"""Weeks that hold more MKD days than they may by now (rule W11): listed for HR, never corrected by the app.

A holiday was added, leave was approved, or the tier went down after the days had been booked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import frappe

from mkd_hrms.constants import ELIGIBILITY, REQUEST, USED_DAY_STATES
from mkd_hrms.facts.attendance.away import days_away, read_away
from mkd_hrms.facts.attendance.calendars import calendar_key, read_calendars
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import read_present
from mkd_hrms.facts.ledger.days import BookedDay, UsedDay, read_used_by_person
from mkd_hrms.facts.people import Person
from mkd_hrms.facts.reports.standings import read_tiers
from mkd_hrms.judging.application import bounds_of_week, limit_of_week
from mkd_hrms.judging.availability import Availability
from mkd_hrms.policy.dates import iso_week, week_days
from mkd_hrms.policy.quota import Bound, binding
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.ledger.weeks_in_doubt import people_in_doubt
from mkd_hrms.services.policies.in_force import policy_by_day

# No policy looks further ahead than this; days are booked up to its horizon.
WEEKS_AHEAD = 27


@dataclass(frozen=True, slots=True)
class WeekOver:
	"""One ISO week of one person: what it may hold today, and the days that are used in it.

	Why it may hold no more: the `bounds` of the week in days, and what took working days from it, holidays by name and
	how many days he is away; `special` days were approved above the limit.
	"""

	person: Person
	week: str
	limit: int
	days: tuple[UsedDay, ...]
	bounds: Mapping[Bound, int] = field(default_factory=dict)
	workdays: int = 0
	holidays: Mapping[date, str] = field(default_factory=dict)
	days_away: int = 0
	special: bool = False

	@property
	def binding(self) -> tuple[Bound, ...]:
		"""What makes the limit what it is."""
		return binding(self.bounds)

	@property
	def collective(self) -> int:
		"""How many of the days came by circular, which asks nobody for room."""
		return sum(day.is_collective for day in self.days)

	@property
	def excess(self) -> int:
		"""How many days there are too many."""
		return len(self.days) - self.limit


def weeks_over(company: str, today: date) -> list[WeekOver]:
	"""The weeks from this one on that are over their limit, by week and name. As many queries for many people as for one.

	Whoever is in no doubt is not looked at any further: the days of an agency are counted, and only those of few are read.

	A rehired person has two records and one quota: his days, his leave and his track record are those of both.
	"""
	first = week_days(iso_week(today))[0]
	last = first + timedelta(weeks=WEEKS_AHEAD, days=-1)
	database = SiteDatabase()
	tiers = read_tiers(database, company)
	in_doubt = people_in_doubt(database, company, first, last, tiers)
	if not in_doubt:
		return []
	used = read_used_by_person(database, in_doubt, first, last, USED_DAY_STATES)
	scope, people = _present(database, used, company)
	calendars = read_calendars(database, people.values(), first, last)
	away = read_away(database, scope, first, last)
	special = special_among(day for days in used.values() for day in days)
	found = []
	for name, person in people.items():
		owner, days = person.employee, used[name]
		around = Availability(person, calendars[calendar_key(person)], away.get(owner, ()), (), days)
		found += _over(around, days, tiers.get(owner), special)
	return sorted(found, key=lambda entry: (entry.week, entry.person.employee_name, entry.person.employee))


def _present(
	database: SiteDatabase, used: Mapping[str, Iterable[BookedDay]], company: str
) -> tuple[Scope, dict[str, Person]]:
	"""The people of a company with used days, by the name under which they are counted, as the records are today.

	A transfer without a NIP counts the days of the old record for the new one.
	"""
	named = {*used, *(day.employee for days in used.values() for day in days)}
	scope, present = read_present(database, named)
	people = {person.person: person for person in present.values() if person.company == company}
	return scope, {name: people[name] for name in used if name in people}


def over_together(person: Person, employees: Collection[str], days: Iterable[UsedDay]) -> list[WeekOver]:
	"""The weeks from this one on that some days would fill beyond their limit of today, if all of them were a person's.

	`employees` are the Employee records by which he is away and has earned his limit.
	"""
	first = week_days(iso_week(clock.today()))[0]
	ahead = [day for day in days if day.mkd_date >= first]
	if not ahead:
		return []
	last = max(week_days(day.iso_week)[-1] for day in ahead)
	database = SiteDatabase()
	calendars = read_calendars(database, [person], first, last)
	periods = read_away(database, Scope(employees=tuple(employees)), first, last)
	away = tuple(period for own in periods.values() for period in own)
	earned = frappe.get_all(ELIGIBILITY, filters={"name": ("in", list(employees))}, pluck="tier_limit")
	around = Availability(person, calendars[calendar_key(person)], away, (), tuple(ahead))
	return _over(around, ahead, min(earned, default=None), special_among(ahead))


def _over(
	around: Availability, days: Iterable[UsedDay], tier: int | None, special: set[str]
) -> list[WeekOver]:
	by_week, in_force = defaultdict(list), policy_by_day(around.person.company)
	for day in days:
		by_week[day.iso_week].append(day)
	found = []
	for week, held in by_week.items():
		is_special = any(day.source_name in special for day in held)
		limit = limit_of_week(around, week, in_force, tier, is_special)
		if limit is not None and len(held) > limit:
			bounds = bounds_of_week(around, week, in_force, tier, is_special)
			found.append(
				_explained(around, WeekOver(around.person, week, limit, tuple(held), bounds), is_special)
			)
	return found


def _explained(around: Availability, over: WeekOver, special: bool) -> WeekOver:
	"""The same with what took working days from the week; of a Saturday or Sunday off nobody has to be told."""
	days = week_days(over.week)
	holidays = {
		day: around.calendar.holiday(day) or ""
		for day in days[:5]
		if around.calendar.is_working(day) is False
	}
	away = days_away(around.away, days[0], days[-1])
	return replace(
		over,
		workdays=around.workdays_in(over.week),
		holidays=holidays,
		days_away=sum(around.calendar.is_working(day) is True for day in away),
		special=special,
	)


def special_among(days: Iterable[UsedDay]) -> set[str]:
	"""The requests that were approved above the limit (rule Q9), among those that the days came from."""
	names = {day.source_name for day in days if day.source_doctype == REQUEST}
	if not names:
		return set()
	return set(
		frappe.get_all(
			REQUEST, filters={"name": ("in", sorted(names)), "special_circumstances": 1}, pluck="name"
		)
	)
