"""What somebody achieved: the newest result, its age, and productive minutes."""

from __future__ import annotations

from mkd_hrms.policy.gates.case import FAIL, PASS, UNKNOWN, Case, finding
from mkd_hrms.policy.model import Finding, Gate, at_least
from mkd_hrms.policy.performance import age_on, counts_until, longest_age, predicate_of


def performance(case: Case) -> Finding:
	"""The newest result must be at least the policy's predicate; a score without a mapping is unknown (E6)."""
	result, limit = case.facts.result, case.policy.min_predicate
	if result is None or result.period_end > case.today:
		return finding(case, Gate.PERFORMANCE, "min_predicate", UNKNOWN, "result_missing", None, limit)
	details = {"since": result.period_start, "until": result.period_end, "record": result.record}
	predicate = predicate_of(case.policy, result)
	if predicate is None:
		actual = result.predicate or result.score
		reason = "result_empty" if actual is None else "result_unmapped"
		return finding(case, Gate.PERFORMANCE, "min_predicate", UNKNOWN, reason, actual, limit, **details)
	good = at_least(predicate, limit)
	verdict, reason = (PASS, "result_good") if good else (FAIL, "result_below")
	return finding(case, Gate.PERFORMANCE, "min_predicate", verdict, reason, predicate, limit, **details)


def freshness(case: Case) -> Finding:
	"""A result that is too old on the MKD date says nothing any more: unknown, never pass or fail (E7)."""
	result, policy = case.facts.result, case.policy
	if result is None or result.period_end > case.today:
		parameter, limit = "appraisal_max_age_months", policy.appraisal_max_age_months
		return finding(case, Gate.FRESHNESS, parameter, UNKNOWN, "result_missing", None, limit)
	parameter, limit = longest_age(policy, result)
	details = {"since": result.period_start, "until": result.period_end, "record": result.record}
	if result.period_start is None:
		return finding(case, Gate.FRESHNESS, parameter, UNKNOWN, "result_undated", None, limit, **details)
	fresh = case.on <= counts_until(result.period_end, limit)
	verdict, reason = (PASS, "result_fresh") if fresh else (UNKNOWN, "result_stale")
	age = age_on(case.on, result.period_end)
	return finding(case, Gate.FRESHNESS, parameter, verdict, reason, age, limit, **details)


def trk(case: Case) -> Finding:
	"""Productive minutes of the last closed month, against the target for the days that were available (E14)."""
	month, target = case.facts.productive, case.policy.trk_minutes_target
	if month is None or not month.working_days:
		return finding(case, Gate.TRK, "trk_minutes_target", UNKNOWN, "minutes_missing", None, target)
	limit = round(target * month.available_days / month.working_days)
	verdict, reason = (PASS, "minutes_reached") if month.minutes >= limit else (FAIL, "minutes_short")
	details = {"since": month.since, "until": month.until, "record": month.record}
	return finding(case, Gate.TRK, "trk_minutes_target", verdict, reason, month.minutes, limit, **details)
