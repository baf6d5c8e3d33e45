"""From a score to a predicate (rule E6) and from a predicate to a personal weekly limit (rule Q8)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from math import floor, inf

from mkd_hrms.policy.dates import add_months, full_months
from mkd_hrms.policy.facts import Result
from mkd_hrms.policy.model import PREDICATES, Gate, Policy, among


def predicate_of(policy: Policy, result: Result) -> str | None:
	"""The predicate of a result: its own word, else the policy's row for its source and score.

	None when the word is no predicate, when no row fits, or when the score lies above the scale. A row that asks for
	an innovation is passed over without one.
	"""
	if result.predicate:
		return among(result.predicate, PREDICATES)
	if result.score is None:
		return None
	rows = [row for row in policy.predicates if row.source == result.source and row.min_score <= result.score]
	rows.sort(key=lambda row: row.min_score, reverse=True)
	if not rows or (rows[0].max_score is not None and result.score > rows[0].max_score):
		return None
	return next((row.predicate for row in rows if result.innovation or not row.innovation), None)


def top_score(policy: Policy, source: str) -> float:
	"""The top of a source's scale; without rows, or without an upper end, there is none."""
	rows = [row for row in policy.predicates if row.source == source]
	highest = max(rows, key=lambda row: row.min_score, default=None)
	return inf if highest is None or highest.max_score is None else highest.max_score


def likeness(result: Result) -> tuple:
	"""All that a gate asks of a result: two that are alike here are judged alike, whosever they are."""
	return (
		*(result.source, result.period_start, result.period_end),
		*(result.score, result.predicate, result.innovation),
	)


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
