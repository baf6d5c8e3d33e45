"""The question that every gate answers, and how it writes its answer down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mkd_hrms.policy.facts import Facts
from mkd_hrms.policy.model import Finding, Gate, Policy, Verdict

PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN


@dataclass(frozen=True, slots=True)
class Case:
	"""The question: these facts, this policy, for MKD on `on`, as known on `today`."""

	facts: Facts
	policy: Policy
	on: date
	today: date


def finding(case: Case, gate: Gate, parameter: str, verdict: Verdict, reason: str, actual, limit, **details):
	"""A finding with the clause of the policy's parameter."""
	# `value` is slow to read of an Enum, and is read a dozen times for everybody.
	return Finding(
		gate._value_, verdict, reason, actual, limit, case.policy.sources[parameter].source, **details
	)
