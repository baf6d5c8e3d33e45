"""Who somebody is in the agency: status, type, length of service, role and unit."""

from __future__ import annotations

from datetime import date

from mkd_hrms.policy.dates import full_months
from mkd_hrms.policy.facts import Facts, covers
from mkd_hrms.policy.gates.case import FAIL, PASS, UNKNOWN, Case, finding
from mkd_hrms.policy.model import POST, Finding, Gate, Policy, among

ACTIVE, SUITABLE = "Active", "Suitable"


def status(case: Case) -> Finding:
	"""Only an active employee may work away (E1)."""
	actual = case.facts.status
	if actual is None:
		return finding(case, Gate.STATUS, "status", UNKNOWN, "status_missing", None, ACTIVE)
	if actual == ACTIVE:
		return finding(case, Gate.STATUS, "status", PASS, "status_active", actual, ACTIVE)
	return finding(case, Gate.STATUS, "status", FAIL, "status_not_active", actual, ACTIVE)


def employment_type(case: Case) -> Finding:
	"""The policy lists the employment types that may work away, and those that it knows; another word is unknown (E2)."""
	actual, listed = case.facts.employment_type, case.policy.employment_types
	limit = ", ".join(listed)
	if actual is None:
		return finding(case, Gate.TYPE, "employment_types", UNKNOWN, "type_missing", None, limit)
	if among(actual, listed):
		return finding(case, Gate.TYPE, "employment_types", PASS, "type_listed", actual, limit)
	if not among(actual, case.policy.known_employment_types):
		return finding(case, Gate.TYPE, "employment_types", UNKNOWN, "type_unknown", actual, limit)
	return finding(case, Gate.TYPE, "employment_types", FAIL, "type_not_listed", actual, limit)


def not_new(case: Case) -> Finding:
	"""Full months of service on the MKD date, or in the present post, must reach the policy's minimum (E3)."""
	joined, limit = case.facts.joined_on, case.policy.min_service_months
	if joined is None:
		return finding(case, Gate.NOT_NEW, "min_service_months", UNKNOWN, "joining_missing", None, limit)
	began = began_on(case.policy, case.facts, joined, case.on)
	months = full_months(began, case.on)
	verdict, reason = (PASS, "served_long_enough") if months >= limit else (FAIL, "still_new")
	if began > joined:
		verdict, reason = (PASS, "long_in_post") if months >= limit else (FAIL, "new_in_post")
	return finding(
		case, Gate.NOT_NEW, "min_service_months", verdict, reason, months, limit, since=began, until=case.on
	)


def began_on(policy: Policy, facts: Facts, joined: date, on: date) -> date:
	"""The day from which a policy counts on a date: the last arrival in the present post, or the day of joining."""
	if policy.new_counts_from != POST:
		return joined
	return max((day for day in facts.posts if joined < day <= on), default=joined)


def role(case: Case) -> Finding:
	"""The suitability decision in force on the date decides; person before designation before unit (E4)."""
	for entry in case.facts.suitability:
		if covers(entry.valid_from, entry.valid_to, case.on):
			verdict, reason = (
				(PASS, "role_suitable") if entry.verdict == SUITABLE else (FAIL, "role_excluded")
			)
			return finding(
				case, Gate.ROLE, "role", verdict, reason, entry.verdict, SUITABLE, record=entry.record
			)
	return finding(case, Gate.ROLE, "role", UNKNOWN, "role_unclassified", None, SUITABLE)


def service_unit(case: Case) -> Finding:
	"""A unit that serves the public face to face stays in the office; a mark is inherited downwards (E5)."""
	unit = case.facts.service_unit
	if unit is None:
		return finding(case, Gate.SERVICE_UNIT, "service_unit", UNKNOWN, "unit_missing", None, "No")
	verdict, reason, actual = (FAIL, "unit_serves", "Yes") if unit.marked else (PASS, "unit_does_not", "No")
	return finding(case, Gate.SERVICE_UNIT, "service_unit", verdict, reason, actual, "No", record=unit.unit)
