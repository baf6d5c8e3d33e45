"""What somebody declares or signs to work away: readiness and agreement."""

from __future__ import annotations

from mkd_hrms.policy.facts import covers
from mkd_hrms.policy.gates.case import FAIL, PASS, UNKNOWN, Case, finding
from mkd_hrms.policy.model import Finding, Gate

NONE, SIGNED = "none", "signed"


def readiness(case: Case) -> Finding | None:
	"""Computer and internet must be declared on the request (E16); at night there is nothing to judge.

	Only an explicit No closes MKD; a question without an answer is unknown.
	"""
	declared = case.facts.readiness
	if declared is None:
		return None
	answers = (("computer", declared.has_computer), ("internet", declared.has_internet))
	lacking = [word for word, there in answers if there is False]
	open_ones = [word for word, there in answers if there is None]
	limit = "computer, internet"
	if lacking:
		actual = f"no {', no '.join(lacking)}"
		return finding(case, Gate.READINESS, "readiness", FAIL, "not_ready", actual, limit)
	if open_ones:
		actual = ", ".join(open_ones)
		return finding(case, Gate.READINESS, "readiness", UNKNOWN, "not_declared", actual, limit)
	return finding(case, Gate.READINESS, "readiness", PASS, "ready", limit, limit)


def agreement(case: Case) -> Finding:
	"""A signed agreement must be valid on the MKD date (E15). A closed register: no record means none."""
	for entry in case.facts.agreements:
		if entry.signed_on <= case.today and covers(entry.since, entry.until, case.on):
			details = {"since": entry.since, "until": entry.until, "record": entry.record}
			return finding(
				case, Gate.AGREEMENT, "agreement_months", PASS, "agreed", SIGNED, SIGNED, **details
			)
	return finding(case, Gate.AGREEMENT, "agreement_months", FAIL, "not_agreed", NONE, SIGNED)
