"""Facts and a policy in, a decision out. All gates are asked, so that all reasons are shown at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import cache
from math import ceil

from mkd_hrms.policy.facts import Facts, covers
from mkd_hrms.policy.gates.case import Case
from mkd_hrms.policy.gates.registry import GATES
from mkd_hrms.policy.model import Decision, Finding, Gate, Policy, Verdict
from mkd_hrms.policy.performance import predicate_of, tier_limit

DECIDED_FOR, DECIDED_AGAINST = "decided_for", "decided_against"
# The gates that judge what the tier counts.
TRACK_RECORD = (Gate.PERFORMANCE.value, Gate.ABSENCE.value)


def evaluate(policy: Policy, facts: Facts, on: date, today: date, extra: Iterable[Finding] = ()) -> Decision:
	"""Whether the employee may work away on one date, and how many days a week.

	`extra` are findings of an agency's own gates; they count like the others. Raises ValueError when the
	policy is not in force on that date.
	"""
	in_force(policy, on)
	case = Case(facts, policy, on, today)
	findings = judge(case, policy.gates)
	limit, tier = earn(case, findings)
	if tier:
		findings.append(tier)
	findings.extend(settle(case, found) for found in extra)
	return Decision(facts.employee, on, today, policy.name, tuple(findings), limit)


def in_force(policy: Policy, on: date) -> None:
	"""Nothing when the policy is in force on a date. Raises ValueError when it is not."""
	if on < policy.effective_from:
		raise ValueError(
			f"Policy {policy.name} starts on {policy.effective_from:%d %B %Y}; {on:%d %B %Y} comes before it."
		)


def judge(case: Case, gates: Collection[Gate]) -> list[Finding]:
	"""What these gates find, in the order of the rules, after the decisions that people took about them."""
	found = [finding for ask in _questions(frozenset(gates)) if (finding := ask(case))]
	return [settle(case, finding) for finding in found] if case.facts.gate_decisions else found


@cache
def _questions(gates: frozenset[Gate]) -> tuple[Callable[[Case], Finding | None], ...]:
	return tuple(ask for gate, ask in GATES if gate in gates)


def settle(case: Case, found: Finding) -> Finding:
	"""A person's decision about exactly this gate and this verdict takes its place on the dates it is for.

	A review answers what is unknown, an upheld objection a failure (rule H1). The first one that fits counts.
	"""
	for entry in case.facts.gate_decisions:
		if (
			entry.gate == found.gate
			and entry.about == found.verdict.value
			and covers(entry.since, entry.until, case.on)
		):
			verdict, reason = (
				(Verdict.PASS, DECIDED_FOR) if entry.accepted else (Verdict.FAIL, DECIDED_AGAINST)
			)
			period = {"since": entry.since, "until": entry.until, "record": entry.record}
			return found._replace(verdict=verdict, reason=reason, note=None, **period)
	return found


def earn(case: Case, findings: Iterable[Finding]) -> tuple[int, Finding | None]:
	"""The personal weekly limit in days, and a finding where the track record can be judged.

	While performance is unknown, the limit of the lowest predicate that may pass is reserved: a person will
	decide. Where performance or absence fails, that gate is the reason, and the limit is 0. What is not known
	is never held for or against anybody, not even where the gate that asks for it is switched off.
	"""
	policy = case.policy
	judged = [found for found in findings if found.gate in TRACK_RECORD]
	if any([found.verdict is Verdict.FAIL for found in judged]):
		return 0, None
	predicate, absences = _counted(case, [found.gate for found in judged if found.reason == DECIDED_FOR])
	limit = tier_limit(policy, predicate or policy.min_predicate, absences or 0)
	if Gate.TIER not in policy.gates or not policy.tiers or predicate is None or absences is None:
		return limit, None
	verdict, reason = (Verdict.PASS, "tier_earned") if limit else (Verdict.FAIL, "tier_zero")
	actual, source = f"{predicate}, {absences:g}", policy.clause("tiers")
	found = settle(case, Finding(Gate.TIER.value, verdict, reason, actual, limit, source))
	if found.reason == DECIDED_FOR:
		limit = min((row.weekly_limit for row in policy.tiers if row.weekly_limit), default=0)
		found = found._replace(limit=limit)
	return limit, found


def _counted(case: Case, accepted: Collection[str]) -> tuple[str | None, float | None]:
	"""The predicate and the absences that the tier counts; None where nobody knows.

	Where a person accepted a gate, its record counts as the lowest one that passes: the decision opens the gate
	and makes nobody better off than a colleague who passes it.
	"""
	result, record, policy = case.facts.result, case.facts.attendance, case.policy
	predicate = predicate_of(policy, result) if result and result.period_end <= case.today else None
	absences = record.absences if record and record.since <= record.until else None
	if Gate.PERFORMANCE.value in accepted:
		predicate = policy.min_predicate
	if Gate.ABSENCE.value in accepted and absences is not None:
		absences = min(absences, max(0, ceil(policy.absence_fails_at) - 1))
	return predicate, absences
