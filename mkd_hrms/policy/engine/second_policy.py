"""A second policy's decision about the same facts: gates that both policies ask alike are not asked twice."""

from __future__ import annotations

from mkd_hrms.policy.engine.evaluate import earn, evaluate, settle
from mkd_hrms.policy.facts import Facts
from mkd_hrms.policy.gates.case import Case
from mkd_hrms.policy.gates.registry import GATES
from mkd_hrms.policy.model import Decision, Gate, Policy

# What each gate looks at in a policy: values, clauses, or both. Nothing else can change what it finds.
LOOKS_AT: dict[Gate, tuple[str, ...]] = {
	Gate.STATUS: ("status",),
	Gate.TYPE: ("employment_types", "known_employment_types"),
	Gate.NOT_NEW: ("min_service_months", "new_counts_from"),
	Gate.ROLE: ("role",),
	Gate.SERVICE_UNIT: ("service_unit",),
	Gate.PERFORMANCE: ("min_predicate", "predicates"),
	Gate.FRESHNESS: ("appraisal_max_age_months", "periodic_max_age_months", "periodic_longest_days"),
	Gate.TALENT_BOX: ("talent_boxes", "appraisal_max_age_months"),
	Gate.ABSENCE: ("absence_fails_at",),
	Gate.RECORDS: ("max_unknown_percent",),
	Gate.LATENESS: ("late_allowed",),
	Gate.DISCIPLINE: (
		*("discipline", "cool_off_light_months", "cool_off_medium_months", "cool_off_severe_months"),
	),
	Gate.REPORTS: ("report_rejections_allowed",),
	Gate.TRK: ("trk_minutes_target",),
	Gate.AGREEMENT: ("agreement_months",),
	Gate.READINESS: ("readiness",),
	Gate.SUSPENSION: ("suspension",),
	Gate.TIER: ("tiers", "weekly_limit", "predicates", "min_predicate", "absence_fails_at"),
}


class Again:
	"""Decides by a second policy, given the decision of a first one about the same facts and the same day."""

	def __init__(self, first: Policy, second: Policy) -> None:
		self.second = second
		alike = {gate for gate, names in LOOKS_AT.items() if _same(first, second, names)}
		self.kept = {gate for gate in alike if gate in first.gates and gate in second.gates}
		# The tier also looks at what other gates found, and at whether they are asked at all.
		self.all_alike = first.gates == second.gates and alike >= {Gate.TIER, *second.gates}

	def evaluate(self, before: Decision, facts: Facts) -> Decision:
		"""What `engine.evaluate` says by the second policy."""
		second, on, today = self.second, before.mkd_date, before.evaluated_on
		if on < second.effective_from:
			return evaluate(second, facts, on, today)
		if self.all_alike:
			return Decision(facts.employee, on, today, second.name, before.findings, before.tier_limit)
		case, known = Case(facts, second, on, today), {found.gate: found for found in before.findings}
		findings = []
		for gate, ask in GATES:
			if gate in self.kept:
				found = known.get(gate.value)
			else:
				found = ask(case) if gate in second.gates else None
				found = found and settle(case, found)
			if found:
				findings.append(found)
		limit, tier = earn(case, findings)
		if tier:
			findings.append(tier)
		return Decision(facts.employee, on, today, second.name, tuple(findings), limit)


def _same(first: Policy, second: Policy, names: tuple[str, ...]) -> bool:
	return all(
		getattr(first, name, None) == getattr(second, name, None)
		and first.clause(name) == second.clause(name)
		for name in names
	)
