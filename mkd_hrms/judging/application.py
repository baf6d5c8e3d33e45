"""An application judged: the limits of its weeks, and the worst of its dates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from mkd_hrms.judging.availability import Availability
from mkd_hrms.policy.dates import iso_week, week_days
from mkd_hrms.policy.model import Decision, Outcome, Policy
from mkd_hrms.policy.quota import WeekUse, strictest_limit, weigh

# The policy in force on a day, for one company; None where none is (rule P1).
InForce = Callable[[date], Policy | None]


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


def limit_of_week(
	around: Availability, week: str, in_force: InForce, tier: int | None, special: bool
) -> int | None:
	"""The limit of an ISO week: each number from the strictest policy in force on any of its days (rule Q1).

	So it does not depend on which of its dates are asked for, and in which order. `tier` is what the track record
	earns; None leaves it to the policies. `special` as in rule Q9. None where no policy is in force all week.
	"""
	policies = policies_in(week, in_force).values()
	return strictest_limit(policies, tier, around.workdays_in(week), special)


def limits_of(
	around: Availability,
	dates: Iterable[date],
	in_force: InForce,
	tiers: Mapping[str, int],
	special: bool,
) -> dict[str, int | None]:
	"""The limit of each ISO week that the dates touch; `tiers` by week."""
	weeks = sorted({iso_week(day) for day in dates})
	return {week: limit_of_week(around, week, in_force, tiers.get(week), special) for week in weeks}


def weigh_weeks(
	around: Availability, dates: Collection[date], limits: Mapping[str, int], but_for: str | None
) -> tuple[WeekUse, ...]:
	"""Each week of the dates, with its limit, beside the days that other documents use (rule Q5)."""
	return weigh(dates, {week: around.used_in(week, but_for) for week in limits}, limits)


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
