"""Facts and a policy in, a decision out. All gates are asked, so that all reasons are shown at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from mkd_hrms.policy.case import Case
from mkd_hrms.policy.facts import Facts, covers
from mkd_hrms.policy.gates import GATES
from mkd_hrms.policy.model import Decision, Finding, Gate, Policy, Verdict
from mkd_hrms.policy.performance import predicate_of, tier_limit

DECIDED_FOR = "decided_for"


def evaluate(policy: Policy, facts: Facts, on: date, today: date, extra: Iterable[Finding] = ()) -> Decision:
	"""Whether the employee may work away on one date, and how many days a week.

	`extra` are findings of an agency's own gates; they count like the others. Raises ValueError when the
	policy is not in force on that date.
	"""
	if on < policy.effective_from:
		raise ValueError(
			f"Policy {policy.name} starts on {policy.effective_from:%d %B %Y}; {on:%d %B %Y} comes before it."
		)
	case = Case(facts, policy, on, today)
	findings = [found for gate, ask in GATES if gate in policy.gates and (found := ask(case))]
	if facts.gate_decisions:
		findings = [settle(case, found) for found in findings]
	limit, tier = _tier(case, findings)
	if tier:
		findings.append(settle(case, tier))
	findings.extend(extra)
	return Decision(facts.employee, on, today, policy.name, tuple(findings), limit)


def settle(case: Case, found: Finding) -> Finding:
	"""A person's decision about exactly this gate and this verdict, valid on the MKD date, takes its place."""
	for entry in case.facts.gate_decisions:
		if (
			entry.gate == found.gate
			and entry.about == found.verdict.value
			and covers(entry.since, entry.until, case.on)
		):
			verdict, reason = (
				(Verdict.PASS, DECIDED_FOR) if entry.accepted else (Verdict.FAIL, "decided_against")
			)
			period = {"since": entry.since, "until": entry.until, "record": entry.record}
			return replace(found, verdict=verdict, reason=reason, **period)
	return found


def _tier(case: Case, findings: list[Finding]) -> tuple[int, Finding | None]:
	"""The personal weekly limit, and a finding where the track record can be judged.

	While performance is unknown, the limit of the lowest predicate that may pass is reserved: a person will
	decide. The same holds where somebody accepted what was found. Where performance or absence fails, that gate is the reason, and the limit is 0. What is not known
	is never held for or against anybody, not even where the gate that asks for it is switched off.
	"""
	verdicts = {found.gate: found.verdict for found in findings}
	judged = [verdicts.get(Gate.PERFORMANCE.value), verdicts.get(Gate.ABSENCE.value)]
	if Verdict.FAIL in judged:
		return 0, None
	policy, known, absences = case.policy, _known_predicate(case), _known_absences(case)
	accepted = {found.gate for found in findings if found.reason == DECIDED_FOR}
	if Gate.PERFORMANCE.value in accepted:
		known = None
	if Gate.ABSENCE.value in accepted:
		absences = None
	limit = tier_limit(policy, known or policy.min_predicate, absences or 0)
	if Gate.TIER not in policy.gates or not policy.tiers or known is None or absences is None:
		return limit, None
	verdict, reason = (Verdict.PASS, "tier_earned") if limit else (Verdict.FAIL, "tier_zero")
	source = policy.sources["tiers"].source
	return limit, Finding(Gate.TIER.value, verdict, reason, f"{known}, {absences:g}", limit, source)


def _known_predicate(case: Case) -> str | None:
	result = case.facts.result
	return predicate_of(case.policy, result) if result and result.period_end <= case.today else None


def _known_absences(case: Case) -> float | None:
	record = case.facts.attendance
	return record.absences if record and record.since <= record.until else None
