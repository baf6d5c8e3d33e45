"""What a change means for days that were approved before it: dates out of service, dates without a place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mkd_hrms.policy.model import Decision, Finding, Gate, Policy, Verdict

FAIL, STATUS, TIER = Verdict.FAIL, Gate.STATUS.value, Gate.TIER.value


def outside_service(
	policy: Policy, day: date, joined_on: date | None, last_day: date | None
) -> list[Finding]:
	"""A failing finding for a date before joining or after the last day of service; none within it."""
	source = policy.clause("status")
	if joined_on and day < joined_on:
		return [Finding(STATUS, FAIL, "not_joined_yet", day.isoformat(), None, source, since=joined_on)]
	if last_day and last_day < day:
		return [Finding(STATUS, FAIL, "left_by_then", day.isoformat(), None, source, until=last_day)]
	return []


def beyond(places: int, ahead: Iterable[date]) -> frozenset[date]:
	"""The dates ahead that find no place in their week: the earliest ones keep theirs (rule Q8).

	Where more was used than is earned by now, nothing is owed: no place is left, and none is missing.
	"""
	return frozenset(sorted(ahead)[max(0, places) :])


def beside(policies: Iterable[Policy], others: int, collective: int) -> int:
	"""How many other days of a week take a place from those ahead.

	The `collective` ones of them are by circular, and do so where any policy of the week counts them (rule Q3).
	"""
	return others if any(policy.count_collective_days for policy in policies) else others - collective


def earned(decision: Decision) -> int | None:
	"""The days a week that the track record is known to earn; None while it is not known (rule Q8)."""
	known = any(found.gate == TIER for found in decision.findings)
	return decision.tier_limit if known else None


def over_tier(policy: Policy, used: int, limit: int) -> Finding:
	"""The finding for a date that is beyond the days a week that the track record earns."""
	return Finding(TIER, FAIL, "tier_exceeded", used, limit, policy.clause("tiers"))
