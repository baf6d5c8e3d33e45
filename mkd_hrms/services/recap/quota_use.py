"""How many days a unit books of those that its people could: by ISO week, or by month (rules Q1 and Q3).

What they could is what whoever may work away today has earned, by the working days of each week. Leave and trips, which
lower the limit of one person in one week, are left out: of many people they say little, and each would be asked about.
What somebody earned, and whether he may, is not everybody's to know (rule P3), and a unit may be one person: without it,
the general limit of the policy and all active people are counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from mkd_hrms.constants import COLLECTIVE_DAY, PENDING, USED_DAY_STATES
from mkd_hrms.facts.attendance.calendars import read_calendars_of, read_default_list
from mkd_hrms.facts.database.queries import Database
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.reports.day_counts import read_days
from mkd_hrms.facts.reports.narrowed import Narrowed
from mkd_hrms.facts.reports.standings import read_active, read_allowances
from mkd_hrms.judging.application import limit_of_workdays
from mkd_hrms.policy.dates import days_between, iso_week, week_days
from mkd_hrms.services.policies.in_force import policy_by_day

THURSDAY = 3
# From an ISO week to what it is counted in.
Period = Callable[[str], str]


@dataclass
class UnitUse:
	"""One unit in one week or month: so many people, with `limit` days between them; so many are booked.

	Of these `collective` ones are by circular, and `pending` ones wait for a decision.
	"""

	department: str | None
	period: str
	people: int = 0
	limit: int = 0
	days: int = 0
	collective: int = 0
	pending: int = 0

	@property
	def share(self) -> float | None:
		"""The days in per cent of the limit; None where nobody may book any."""
		return 100 * self.days / self.limit if self.limit else None


def month_of(week: str) -> str:
	"""The month of an ISO week is that of its Thursday, as its year is: so each week counts once."""
	return f"{week_days(week)[THURSDAY]:%Y-%m}"


def of_units(narrowed: Narrowed, since: date, until: date, period: Period, earned: bool) -> list[UnitUse]:
	"""The whole weeks from since to until, by period and unit: a fixed number of queries, whatever the agency's size.

	`earned` counts what people have earned, of those who may work away.
	"""
	weeks = sorted({iso_week(day) for day in days_between(since, until)})
	first, last = week_days(weeks[0])[0], week_days(weeks[-1])[-1]
	database, found = SiteDatabase(), {}

	@cache
	def of(department: str | None, week: str) -> UnitUse:
		key = period(week), department or ""
		return found.setdefault(key, UnitUse(department, key[0]))

	for department, week, people, limit in _limits(database, narrowed, weeks, earned):
		use = of(department, week)
		use.people, use.limit = max(use.people, people), use.limit + limit
	week_of = cache(iso_week)
	for entry in read_days(database, narrowed, first, last, USED_DAY_STATES):
		use = of(entry.department, week_of(entry.mkd_date))
		use.days += entry.days
		use.collective += entry.days if entry.source_doctype == COLLECTIVE_DAY else 0
		use.pending += entry.days if entry.status == PENDING else 0
	return [found[key] for key in sorted(found)]


def _limits(
	database: Database, narrowed: Narrowed, weeks: list[str], earned: bool
) -> Iterable[tuple[str | None, str, int, int]]:
	"""Unit, week, how many people of it count, and the days of the week of all of them."""
	allowances = read_allowances(database, narrowed) if earned else read_active(database, narrowed)
	if not allowances:
		return
	workdays = _workdays(database, narrowed.company, {entry.holiday_list for entry in allowances}, weeks)
	in_force = policy_by_day(narrowed.company)
	for week in weeks:
		limit_of = {
			(name, tier): limit_of_workdays(week, workdays[name, week], in_force, tier) or 0
			for name, tier in {(entry.holiday_list, entry.tier) for entry in allowances}
		}
		people, limits = Counter(), defaultdict(int)
		for entry in allowances:
			people[entry.department] += entry.people
			limits[entry.department] += entry.people * limit_of[entry.holiday_list, entry.tier]
		yield from ((unit, week, people[unit], limits[unit]) for unit in people)


def _workdays(
	database: Database, company: str, lists: set[str | None], weeks: list[str]
) -> dict[tuple[str | None, str], int]:
	"""By holiday list and week the days that are known to be working days."""
	default = read_default_list(database, company)
	keys = {name: (company, name or default, ()) for name in lists}
	period = week_days(weeks[0])[0], week_days(weeks[-1])[-1]
	calendars = read_calendars_of(database, set(keys.values()), *period)
	return {
		(name, week): sum(calendars[key].is_working(day) is True for day in week_days(week))
		for name, key in keys.items()
		for week in weeks
	}
