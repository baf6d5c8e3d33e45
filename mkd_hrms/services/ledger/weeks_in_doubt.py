"""Whose weeks may hold more than they may by now: found for an agency as a whole, without a look at each of its people.

Nearly everybody has one Employee record, serves all the time, and follows one of a few holiday lists. The limit of his
week then follows from the list, from what he earned and from the policies. Whoever has more days than that is in doubt,
and whoever is not so plain a case: these are looked at one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from mkd_hrms.constants import USED_DAY_STATES
from mkd_hrms.facts.attendance.away import Away, read_away
from mkd_hrms.facts.attendance.calendars import read_calendars_of, read_default_list
from mkd_hrms.facts.database.queries import Database
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.ledger.held_weeks import HeldWeek, read_held_weeks, read_shared_nips
from mkd_hrms.facts.shift_lists import has_lists
from mkd_hrms.judging.application import limit_of_workdays
from mkd_hrms.policy.dates import days_between, iso_week, week_days
from mkd_hrms.services.policies.in_force import policy_by_day


def people_in_doubt(
	database: Database, company: str, since: date, until: date, tiers: Mapping[str, int]
) -> set[str]:
	"""The persons of a company of whom some week may be over its limit (rule W11), and perhaps some of another company.

	since and until are the first and the last day of whole weeks; `tiers` are days a week, by employee.
	"""
	held, shared = read_held_weeks(database, since, until, USED_DAY_STATES), read_shared_nips(database)
	alone = [week for week in held if week.is_of_its_record and week.nip not in shared]
	plain = [week for week in alone if week.company == company and week.serves(since, until)]
	elsewhere = {week for week in alone if week.company and week.company != company}
	in_doubt = {week.person for week in {*held} - {*plain} - elsewhere}
	return in_doubt | _over(database, company, plain, tiers, (since, until))


def _over(
	database: Database,
	company: str,
	weeks: list[HeldWeek],
	tiers: Mapping[str, int],
	period: tuple[date, date],
) -> set[str]:
	if not weeks or has_lists(database):
		# Where a shift has a holiday list, everybody's calendar is his own.
		return {week.person for week in weeks}
	default, in_force = read_default_list(database, company), policy_by_day(company)
	keys = {name: (company, name or default, ()) for name in {week.holiday_list for week in weeks}}
	calendars = read_calendars_of(database, set(keys.values()), *period)
	away = read_away(database, Scope(company=company), *period)

	@cache
	def limit(
		holiday_list: str | None, week: str, tier: int | None, lost: int, collective: int
	) -> int | None:
		calendar = calendars[keys[holiday_list]]
		workdays = sum(calendar.is_working(day) is True for day in week_days(week))
		return limit_of_workdays(week, workdays - lost, in_force, tier, collective=collective)

	@cache
	def lost(employee: str) -> Counter:
		return _days_by_week(away.get(employee, ()), *period)

	found = set()
	for week in weeks:
		taken = lost(week.employee)[week.week] if week.employee in away else 0
		tier = tiers.get(week.employee)
		most = limit(week.holiday_list, week.week, tier, taken, week.collective)
		if most is not None and week.days > most:
			found.add(week.person)
	return found


def _days_by_week(periods: Iterable[Away], since: date, until: date) -> Counter:
	"""By ISO week, the days that somebody is away at most: some of them are no working days."""
	return Counter(
		iso_week(day)
		for period in periods
		for day in days_between(max(since, period.since), min(until, period.until))
	)
