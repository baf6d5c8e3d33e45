"""From a score to a predicate (rule E6) and from a predicate to a personal weekly limit (rule Q8)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from math import floor

from mkd_hrms.policy.dates import add_months, full_months
from mkd_hrms.policy.facts import Result
from mkd_hrms.policy.model import PREDICATES, Gate, Policy


def predicate_of(policy: Policy, result: Result) -> str | None:
	"""The predicate of a result: its own word, else the policy's row for its source and score.

	None when the word is no predicate, when no row fits, or when the score lies above the scale.
	"""
	if result.predicate:
		return result.predicate if result.predicate in PREDICATES else None
	if result.score is None:
		return None
	rows = [row for row in policy.predicates if row.source == result.source and row.min_score <= result.score]
	if not rows:
		return None
	row = max(rows, key=lambda candidate: candidate.min_score)
	return None if row.max_score is not None and result.score > row.max_score else row.predicate


def likeness(result: Result) -> tuple:
	"""All that a gate asks of a result: two that are alike here are judged alike, whosever they are."""
	return result.source, result.period_start, result.period_end, result.score, result.predicate


def longest_age(policy: Policy, result: Result) -> tuple[str, int]:
	"""The parameter that says how many months a result counts, and the months (rule E7).

	A result whose start nobody recorded is looked at like an annual one.
	"""
	start = result.period_start
	if start is not None and (result.period_end - start).days < policy.periodic_longest_days:
		return "periodic_max_age_months", policy.periodic_max_age_months
	return "appraisal_max_age_months", policy.appraisal_max_age_months


# Everybody shares a few periods: what follows from one is worked out once.
@lru_cache
def counts_until(period_end: date, months: int) -> date:
	"""The last day on which a result counts."""
	return add_months(period_end, months)


@lru_cache
def age_on(day: date, period_end: date) -> int:
	"""How many months old a result is on a day."""
	return full_months(period_end, day)


def tier_limit(policy: Policy, predicate: str, absences: float) -> int:
	"""Days a week that a track record with so many days of absence earns: the first row that fits, none fitting = 0.

	Only whole absences lower a tier, so half a day alone never costs a place that the absence gate leaves open.
	Without a tier table, or with the gate switched off, the general weekly limit applies.
	"""
	if not policy.tiers or Gate.TIER not in policy.gates:
		return policy.weekly_limit
	for row in policy.tiers:
		if row.predicate == predicate and floor(absences) <= row.max_absences:
			return row.weekly_limit
	return 0
