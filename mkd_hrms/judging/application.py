"""An application judged: mistakes in its dates, the limits of its weeks, and the worst of its dates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, time, timedelta
from enum import Enum, auto
from typing import NamedTuple

from mkd_hrms.facts.attendance.away import Away, away_on
from mkd_hrms.facts.coverage_rules import OfficeDay
from mkd_hrms.facts.ledger.days import UsedDay
from mkd_hrms.judging.availability import Availability
from mkd_hrms.policy.dates import Calendar, iso_week, week_days
from mkd_hrms.policy.model import Decision, Outcome, Policy
from mkd_hrms.policy.quota import Bound, WeekUse, strictest_bounds, strictest_limit, weigh

# The policy in force on a day, for one company; None where none is (rule P1).
InForce = Callable[[date], Policy | None]


class Mistake(Enum):
	"""What can be wrong with a date that somebody asks for; the rules have not been asked yet."""

	OVER = auto()
	BEGUN = auto()
	BEFORE_POLICY = auto()
	TOO_FAR = auto()
	NO_CALENDAR = auto()
	NOT_IN_SERVICE = auto()
	OFFICE_DAY = auto()
	AWAY = auto()
	CLAIMED = auto()
	TAKEN = auto()


class Problem(NamedTuple):
	"""A mistake in one date, as a value: whoever asked says it in a sentence of his own.

	`about` is what the sentence names: the last date within the horizon (TOO_FAR), the hour at which the day begins
	(BEGUN), what keeps the unit in the office (OFFICE_DAY), the period (AWAY, CLAIMED), the used day (TAKEN).
	"""

	kind: Mistake
	day: date
	about: date | time | OfficeDay | Away | UsedDay | None = None


def problems_of_time(
	dates: Iterable[date],
	policies: Mapping[date, Policy | None],
	today: date,
	clock: time | None,
	correction: bool = False,
) -> Iterator[Problem]:
	"""Dates that are over, that have begun, or that lie beyond the horizon (rule W2), by date.

	`clock` is the time of today; None where nobody knows it: then no day has begun. HR may correct the past.
	"""
	for day in sorted(dates):
		policy = policies[day]
		if day < today and not correction:
			yield Problem(Mistake.OVER, day)
		elif policy is None:
			yield Problem(Mistake.BEFORE_POLICY, day)
		elif day > (last := today + timedelta(days=policy.horizon_days)):
			yield Problem(Mistake.TOO_FAR, day, last)
		elif day == today and not correction and clock is not None and clock >= policy.expiry_time:
			yield Problem(Mistake.BEGUN, day, policy.expiry_time)


def problems_of_calendar(calendar: Calendar, dates: Iterable[date]) -> Iterator[Problem]:
	"""Dates of which no holiday list says whether one works (rule T3)."""
	return (Problem(Mistake.NO_CALENDAR, day) for day in dates if calendar.is_working(day) is None)


def split_working(
	calendar: Calendar, dates: Iterable[date]
) -> tuple[tuple[date, ...], dict[date, str | None]]:
	"""The working days among the dates, and the days off with their holidays' names: these are skipped (rule T5)."""
	dates = tuple(dates)
	working = tuple(day for day in dates if calendar.is_working(day))
	return working, {day: calendar.holiday(day) for day in dates if calendar.is_working(day) is False}


def problems_of_presence(
	around: Availability, dates: Iterable[date], but_for: str | None
) -> Iterator[Problem]:
	"""Dates outside service (rule Q10), on which the whole unit stays in the office (W7), on leave, trip or training (T4), asked for or used by another document.

	All of one kind before the next one. A day that names no document may be the application's own, so nothing is
	held against it.
	"""
	dates = tuple(dates)
	yield from (Problem(Mistake.NOT_IN_SERVICE, day) for day in dates if not around.serves(day))
	yield from (
		Problem(Mistake.OFFICE_DAY, day, around.office_days[day])
		for day in dates
		if day in around.office_days
	)
	for kind, periods in ((Mistake.AWAY, around.away), (Mistake.CLAIMED, around.claims)):
		yield from (Problem(kind, day, period) for day in dates if (period := away_on(periods, day)))
	others = {entry.mkd_date: entry for entry in around.used if entry.source_name not in (None, but_for)}
	yield from (Problem(Mistake.TAKEN, day, others[day]) for day in dates if day in others)


def problems_of(
	around: Availability,
	dates: Iterable[date],
	policies: Mapping[date, Policy | None],
	today: date,
	clock: time | None,
	but_for: str | None,
) -> tuple[Problem, ...]:
	"""The first mistake in each of the dates, by date; a day off is none, because it is skipped."""
	first: dict[date, Problem] = {}
	working, _off = split_working(around.calendar, dates)
	for problem in (
		*problems_of_time(dates, policies, today, clock),
		*problems_of_calendar(around.calendar, dates),
		*problems_of_presence(around, working, but_for),
	):
		first.setdefault(problem.day, problem)
	return tuple(first[day] for day in sorted(first))


def worst(decisions: Iterable[Decision]) -> Outcome:
	"""One date that fails closes the application; one that is unknown sends it to a person."""
	outcomes = {decision.outcome for decision in decisions}
	for outcome in (Outcome.NOT_ELIGIBLE, Outcome.NEEDS_REVIEW):
		if outcome in outcomes:
			return outcome
	return Outcome.ELIGIBLE


def policies_in(week: str, in_force: InForce) -> dict[date, Policy]:
	"""The policies in force on any of the seven days of an ISO week, each by the first of its days.

	A day on which none is in force says nothing: nobody can apply for it, and it binds no other day.
	"""
	found: dict[str, tuple[date, Policy]] = {}
	for day in week_days(week):
		if policy := in_force(day):
			found.setdefault(policy.name, (day, policy))
	return dict(found.values())


def days_beside(policies: Mapping[date, Policy], in_force: InForce) -> list[date]:
	"""What the policies of some dates leave out: a date for each other policy that is in force in the same weeks.

	The tier is a number of theirs, too: otherwise a day asked for later would be held to it, and one asked for before
	would not.
	"""
	asked = {(iso_week(day), policy.name) for day, policy in policies.items()}
	return [
		day
		for week in sorted({week for week, _name in asked})
		for day, policy in policies_in(week, in_force).items()
		if (week, policy.name) not in asked
	]


def limit_of_week(
	around: Availability, week: str, in_force: InForce, tier: int | None, special: bool
) -> int | None:
	"""The limit of an ISO week in days: each number from the strictest policy in force on any of its days (rule Q1).

	So it does not depend on which of its dates are asked for, and in which order. `tier` is what the track record
	earns, in days; None leaves it to the policies. `special` as in rule Q9. None where no policy is in force all week.
	"""
	workdays, collective = around.workdays_in(week), around.collective_in(week)
	return limit_of_workdays(week, workdays, in_force, tier, special, collective)


def bounds_of_week(
	around: Availability, week: str, in_force: InForce, tier: int | None, special: bool
) -> dict[Bound, int]:
	"""What makes that limit, each in days; empty where no policy is in force all week."""
	workdays, collective = around.workdays_in(week), around.collective_in(week)
	return strictest_bounds(policies_in(week, in_force).values(), tier, workdays, special, collective)


def limit_of_workdays(
	week: str,
	workdays: int,
	in_force: InForce,
	tier: int | None,
	special: bool = False,
	collective: int = 0,
) -> int | None:
	"""The same for whoever has so many working days, and so many days by circular, in the week."""
	return strictest_limit(policies_in(week, in_force).values(), tier, workdays, special, collective)


def limits_of(
	around: Availability,
	dates: Iterable[date],
	in_force: InForce,
	tiers: Mapping[str, int],
	special: bool,
) -> dict[str, int | None]:
	"""The limit of each ISO week that the dates touch, in days; `tiers`, in days, by week."""
	weeks = sorted({iso_week(day) for day in dates})
	return {week: limit_of_week(around, week, in_force, tiers.get(week), special) for week in weeks}


def weigh_weeks(
	around: Availability, dates: Collection[date], limits: Mapping[str, int], but_for: str | None
) -> tuple[WeekUse, ...]:
	"""Each week of the dates, with its limit, beside the days that other documents use (rule Q5)."""
	collective = {week: around.collective_in(week) for week in limits}
	return weigh(dates, {week: around.used_in(week, but_for) for week in limits}, limits, collective)


def tiers_of(decisions: Iterable[Decision]) -> dict[str, int]:
	"""By ISO week, the fewest days that the track record earns on any of its dates.

	A date that the rules refuse earns none, and the refusal is the answer to it: no other date is held to that.
	"""
	tiers: dict[str, int] = {}
	for decision in decisions:
		if decision.outcome is not Outcome.NOT_ELIGIBLE:
			week = iso_week(decision.mkd_date)
			tiers[week] = min(tiers.get(week, decision.tier_limit), decision.tier_limit)
	return tiers
