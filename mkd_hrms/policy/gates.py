"""One small function per gate: a case in, a finding out. `GATES` keeps them in the order of the rules.

A gate returns None when it has nothing to judge, as readiness has at night when there is no request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from mkd_hrms.policy.dates import add_months, full_months
from mkd_hrms.policy.facts import Facts, Sanction, covers
from mkd_hrms.policy.model import Finding, Gate, Policy, Verdict, at_least
from mkd_hrms.policy.performance import predicate_of

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN

ACTIVE = "Active"
SUITABLE = "Suitable"
NONE = "none"
IN_PROCESS, ENDED, ANNULLED = "In Process", "Ended", "Annulled"


@dataclass(frozen=True, slots=True)
class Case:
	"""The question: these facts, this policy, for MKD on `on`, as known on `today`."""

	facts: Facts
	policy: Policy
	on: date
	today: date


def _finding(case: Case, gate: Gate, parameter: str, verdict: Verdict, reason: str, actual, limit, **details):
	return Finding(
		gate.value, verdict, reason, actual, limit, case.policy.sources[parameter].source, **details
	)


def status(case: Case) -> Finding:
	"""Only an active employee may work away (E1)."""
	actual = case.facts.status
	if actual is None:
		return _finding(case, Gate.STATUS, "status", UNKNOWN, "status_missing", None, ACTIVE)
	if actual == ACTIVE:
		return _finding(case, Gate.STATUS, "status", PASS, "status_active", actual, ACTIVE)
	return _finding(case, Gate.STATUS, "status", FAIL, "status_not_active", actual, ACTIVE)


def employment_type(case: Case) -> Finding:
	"""The policy lists the employment types that may work away (E2)."""
	actual, listed = case.facts.employment_type, case.policy.employment_types
	limit = ", ".join(listed)
	if actual is None:
		return _finding(case, Gate.TYPE, "employment_types", UNKNOWN, "type_missing", None, limit)
	if actual in listed:
		return _finding(case, Gate.TYPE, "employment_types", PASS, "type_listed", actual, limit)
	return _finding(case, Gate.TYPE, "employment_types", FAIL, "type_not_listed", actual, limit)


def not_new(case: Case) -> Finding:
	"""Full months of service on the MKD date must reach the policy's minimum (E3)."""
	joined, limit = case.facts.joined_on, case.policy.min_service_months
	if joined is None:
		return _finding(case, Gate.NOT_NEW, "min_service_months", UNKNOWN, "joining_missing", None, limit)
	months = full_months(joined, case.on)
	verdict, reason = (PASS, "served_long_enough") if months >= limit else (FAIL, "still_new")
	return _finding(
		case, Gate.NOT_NEW, "min_service_months", verdict, reason, months, limit, since=joined, until=case.on
	)


def role(case: Case) -> Finding:
	"""The suitability decision in force on the date decides; person before designation before unit (E4)."""
	for entry in case.facts.suitability:
		if covers(entry.valid_from, entry.valid_to, case.on):
			verdict, reason = (
				(PASS, "role_suitable") if entry.verdict == SUITABLE else (FAIL, "role_excluded")
			)
			return _finding(
				case, Gate.ROLE, "role", verdict, reason, entry.verdict, SUITABLE, record=entry.record
			)
	return _finding(case, Gate.ROLE, "role", UNKNOWN, "role_unclassified", None, SUITABLE)


def service_unit(case: Case) -> Finding:
	"""A unit that serves the public face to face stays in the office; a mark is inherited downwards (E5)."""
	unit = case.facts.service_unit
	if unit is None:
		return _finding(case, Gate.SERVICE_UNIT, "service_unit", UNKNOWN, "unit_missing", None, "No")
	verdict, reason, actual = (FAIL, "unit_serves", "Yes") if unit.marked else (PASS, "unit_does_not", "No")
	return _finding(case, Gate.SERVICE_UNIT, "service_unit", verdict, reason, actual, "No", record=unit.unit)


def performance(case: Case) -> Finding:
	"""The newest result must be at least the policy's predicate; a score without a mapping is unknown (E6)."""
	result, limit = case.facts.result, case.policy.min_predicate
	if result is None or result.period_end > case.today:
		return _finding(case, Gate.PERFORMANCE, "min_predicate", UNKNOWN, "result_missing", None, limit)
	details = {"since": result.period_start, "until": result.period_end, "record": result.record}
	predicate = predicate_of(case.policy, result)
	if predicate is None:
		actual = result.predicate or result.score
		reason = "result_empty" if actual is None else "result_unmapped"
		return _finding(case, Gate.PERFORMANCE, "min_predicate", UNKNOWN, reason, actual, limit, **details)
	good = at_least(predicate, limit)
	verdict, reason = (PASS, "result_good") if good else (FAIL, "result_below")
	return _finding(case, Gate.PERFORMANCE, "min_predicate", verdict, reason, predicate, limit, **details)


def freshness(case: Case) -> Finding:
	"""A result that is too old on the MKD date says nothing any more: unknown, never pass or fail (E7)."""
	result, policy = case.facts.result, case.policy
	parameter, limit = "appraisal_max_age_months", policy.appraisal_max_age_months
	if result is None or result.period_end > case.today:
		return _finding(case, Gate.FRESHNESS, parameter, UNKNOWN, "result_missing", None, limit)
	details = {"since": result.period_start, "until": result.period_end, "record": result.record}
	if result.period_start is None:
		return _finding(case, Gate.FRESHNESS, parameter, UNKNOWN, "result_undated", None, limit, **details)
	if (result.period_end - result.period_start).days < policy.periodic_longest_days:
		parameter, limit = "periodic_max_age_months", policy.periodic_max_age_months
	fresh = case.on <= add_months(result.period_end, limit)
	verdict, reason = (PASS, "result_fresh") if fresh else (UNKNOWN, "result_stale")
	age = full_months(result.period_end, case.on)
	return _finding(case, Gate.FRESHNESS, parameter, verdict, reason, age, limit, **details)


def absence(case: Case) -> Finding:
	"""Unexcused absences in the window close MKD when they reach the policy's number (E9)."""
	record, limit = case.facts.attendance, case.policy.absence_fails_at
	if record is None or record.since > record.until:
		return _finding(case, Gate.ABSENCE, "absence_fails_at", UNKNOWN, "attendance_missing", None, limit)
	verdict, reason = (FAIL, "absent_too_often") if record.absences >= limit else (PASS, "seldom_absent")
	return _finding(
		case,
		Gate.ABSENCE,
		"absence_fails_at",
		verdict,
		reason,
		record.absences,
		limit,
		since=record.since,
		until=record.until,
	)


def records(case: Case) -> Finding:
	"""Working days that nobody recorded are unknown; too many of them make the picture unknown (E10)."""
	record, limit = case.facts.attendance, case.policy.max_unknown_percent
	if record is None or not record.working_days:
		return _finding(case, Gate.RECORDS, "max_unknown_percent", UNKNOWN, "attendance_missing", None, limit)
	percent = 100 * record.without_record / record.working_days
	verdict, reason = (UNKNOWN, "records_incomplete") if percent > limit else (PASS, "records_complete")
	return _finding(
		case,
		Gate.RECORDS,
		"max_unknown_percent",
		verdict,
		reason,
		round(percent, 2),
		limit,
		since=record.since,
		until=record.until,
	)


def _cool_off_end(policy: Policy, sanction: Sanction) -> date | None:
	"""The last day that the cool-off after a sanction closes; a case that was only in process has none."""
	if sanction.until is None or sanction.stage == IN_PROCESS:
		return sanction.until
	return add_months(sanction.until, policy.cool_off_months(sanction.level))


def _closes(case: Case, sanction: Sanction) -> bool:
	"""Whether a case is open today, or the MKD date lies in it or in its cool-off."""
	last = _cool_off_end(case.policy, sanction)
	if sanction.stage == ENDED:
		return last is not None and covers(sanction.since, last, case.on)
	return covers(sanction.since, sanction.until, case.today) or covers(sanction.since, last, case.on)


def discipline(case: Case) -> Finding:
	"""A case in process, a sanction in force, or the cool-off after one closes MKD (E12).

	A closed register: no record means no case. A case that ended on an unknown day is unknown.
	"""
	sanctions = [entry for entry in case.facts.sanctions if entry.stage != ANNULLED]
	closing = [(_cool_off_end(case.policy, entry), entry) for entry in sanctions if _closes(case, entry)]
	if closing:
		until, worst = max(closing, key=lambda pair: pair[0] or date.max)
		reason = "sanction_in_process" if worst.stage == IN_PROCESS else "sanction"
		actual, details = f"{worst.level}, {worst.stage}", {"since": worst.since, "until": until}
		return _finding(
			case, Gate.DISCIPLINE, "discipline", FAIL, reason, actual, NONE, record=worst.record, **details
		)
	endless = next((entry for entry in sanctions if entry.stage == ENDED and entry.until is None), None)
	if endless:
		return _finding(
			case,
			Gate.DISCIPLINE,
			"discipline",
			UNKNOWN,
			"sanction_end_missing",
			None,
			NONE,
			record=endless.record,
		)
	return _finding(case, Gate.DISCIPLINE, "discipline", PASS, "no_sanction", NONE, NONE)


def readiness(case: Case) -> Finding | None:
	"""Computer and internet must be declared on the request (E16); at night there is nothing to judge."""
	declared = case.facts.readiness
	if declared is None:
		return None
	lacking = [
		word
		for word, there in (("computer", declared.has_computer), ("internet", declared.has_internet))
		if not there
	]
	limit = "computer, internet"
	if lacking:
		actual = f"no {', no '.join(lacking)}"
		return _finding(case, Gate.READINESS, "readiness", FAIL, "not_ready", actual, limit)
	return _finding(case, Gate.READINESS, "readiness", PASS, "ready", limit, limit)


def suspension(case: Case) -> Finding:
	"""A suspension that covers the MKD date closes it (E17)."""
	for entry in case.facts.suspensions:
		if covers(entry.since, entry.until, case.on):
			details = {"since": entry.since, "until": entry.until, "record": entry.record}
			return _finding(
				case, Gate.SUSPENSION, "suspension", FAIL, "suspended", "suspended", NONE, **details
			)
	return _finding(case, Gate.SUSPENSION, "suspension", PASS, "not_suspended", NONE, NONE)


GATES: tuple[tuple[Gate, Callable[[Case], Finding | None]], ...] = (
	(Gate.STATUS, status),
	(Gate.TYPE, employment_type),
	(Gate.NOT_NEW, not_new),
	(Gate.ROLE, role),
	(Gate.SERVICE_UNIT, service_unit),
	(Gate.PERFORMANCE, performance),
	(Gate.FRESHNESS, freshness),
	(Gate.ABSENCE, absence),
	(Gate.RECORDS, records),
	(Gate.DISCIPLINE, discipline),
	(Gate.READINESS, readiness),
	(Gate.SUSPENSION, suspension),
)
