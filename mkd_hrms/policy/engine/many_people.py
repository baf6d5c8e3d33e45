"""One policy asked about many people for one date: what a gate found about a fact that many share is found once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from mkd_hrms.policy.engine.evaluate import earn, evaluate, in_force
from mkd_hrms.policy.facts import Facts, Result
from mkd_hrms.policy.gates.case import Case
from mkd_hrms.policy.gates.registry import GATES
from mkd_hrms.policy.model import POST, Decision, Finding, Gate, Policy
from mkd_hrms.policy.performance import likeness

# The one fact that each gate looks at, besides what is the same for everybody: policy, date, today.
LOOKS_AT: dict[Gate, str] = {
	Gate.STATUS: "status",
	Gate.TYPE: "employment_type",
	Gate.NOT_NEW: "joined_on",
	Gate.ROLE: "suitability",
	Gate.SERVICE_UNIT: "service_unit",
	Gate.PERFORMANCE: "result",
	Gate.FRESHNESS: "result",
	Gate.TALENT_BOX: "talent_box",
	Gate.ABSENCE: "attendance",
	Gate.RECORDS: "attendance",
	Gate.LATENESS: "attendance",
	Gate.DISCIPLINE: "sanctions",
	Gate.REPORTS: "reports",
	Gate.TRK: "productive",
	Gate.AGREEMENT: "agreements",
	Gate.READINESS: "readiness",
	Gate.SUSPENSION: "suspensions",
}
RESULT = LOOKS_AT[Gate.PERFORMANCE]
# Each names the document of one person: nobody else has the same.
OWN = ("talent_box", "productive", "agreements")


def has_own_post(policy: Policy, gate: Gate) -> bool:
	"""Whether a gate looks at the way of one person through his posts, too."""
	return gate is Gate.NOT_NEW and policy.new_counts_from == POST


Ask = Callable[[Case], Finding | None]
# By the identity of a fact, which stays its own as long as it is kept: the fact, and what was found.
Known = dict[int, tuple[Any, Finding | None]]


class Panel:
	"""Decides as `engine.evaluate` does. Raises ValueError when the policy is not in force on the date."""

	def __init__(self, policy: Policy, on: date, today: date) -> None:
		in_force(policy, on)
		self.policy, self.on, self.today = policy, on, today
		self._results: dict[tuple, Result] = {}
		self._gates: list[tuple[Ask, str, Known | None]] = [
			(ask, LOOKS_AT[gate], None if LOOKS_AT[gate] in OWN or has_own_post(policy, gate) else {})
			for gate, ask in GATES
			if gate in policy.gates
		]

	def evaluate(self, facts: Facts) -> Decision:
		"""Whether the employee may work away on the date, and how many days a week."""
		if facts.gate_decisions:
			return evaluate(self.policy, facts, self.on, self.today)
		case = Case(facts, self.policy, self.on, self.today)
		findings = self._judge(case)
		limit, tier = earn(case, findings)
		if tier:
			findings.append(tier)
		return Decision(facts.employee, self.on, self.today, self.policy.name, tuple(findings), limit)

	def _judge(self, case: Case) -> list[Finding]:
		facts, findings = case.facts, []
		# Everybody has a result of his own, but many are equal, but for the document that holds each.
		own = facts.result
		result = own and self._results.setdefault(likeness(own), own)
		for ask, look, known in self._gates:
			if known is None:
				found = ask(case)
			else:
				fact = result if look == RESULT else getattr(facts, look)
				entry = known.get(id(fact))
				if entry is None:
					entry = known[id(fact)] = (fact, ask(case))
				found = entry[1]
				if look == RESULT and found.record not in (None, own and own.record):
					found = found._replace(record=own.record)
			if found:
				findings.append(found)
		return findings
