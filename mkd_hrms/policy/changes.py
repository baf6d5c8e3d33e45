"""When a decision becomes another one by the mere passing of time (rule N1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from mkd_hrms.policy.case import Case
from mkd_hrms.policy.dates import add_months, later
from mkd_hrms.policy.engine import earn, judge, settle
from mkd_hrms.policy.facts import Facts
from mkd_hrms.policy.gates import GATES
from mkd_hrms.policy.gates_conduct import cool_off_end
from mkd_hrms.policy.model import Gate, Policy, Verdict
from mkd_hrms.policy.performance import counts_until, longest_age

ASK, ONE_DAY = dict(GATES), timedelta(days=1)
# The gates from which the tier follows.
TRACK_RECORD = frozenset((Gate.PERFORMANCE, Gate.ABSENCE))
COUNT_THE_RESULT = frozenset((Gate.PERFORMANCE, Gate.FRESHNESS, Gate.TIER))
# A day, and the gate that may answer differently from that day on.
Turn = tuple[date, Gate]


def changes_on(
	policy: Policy, facts: Facts, on: date, today: date, next_policy_from: date | None = None
) -> date | None:
	"""The first MKD date after `on` with another decision, if nothing more is recorded; None without one (rule N1).

	Another decision means: another outcome, other failed or unknown gates, or another weekly limit, judged for
	that date as early as `on` is judged now. From `next_policy_from` on another policy decides, which is another
	decision whatever it says. A verdict can only turn on the few dates that the facts name (something begins, ends,
	or grows too old), so only these are judged, in their order, and only by the gate that they concern.

	Attendance, reports and productive minutes count as they stand: their windows move on with every day, and what
	they will hold by then is something that is recorded.
	"""
	lead = on - today
	now, before = Case(facts, policy, on, today), {}
	for day, gate in sorted(turn for turn in _turns(policy, facts, lead) if turn[0] > on):
		if next_policy_from and next_policy_from <= day:
			break
		if gate not in before:
			before[gate] = _says(now, gate)
		if _says(Case(facts, policy, day, day - lead), gate) != before[gate]:
			return day
	return next_policy_from if next_policy_from and next_policy_from > on else None


def _says(case: Case, gate: Gate):
	"""What a decision takes from one gate; the tier also gives the limit."""
	if gate is Gate.TIER:
		limit, found = earn(case, judge(case, case.policy.gates & TRACK_RECORD))
		return limit, found is not None and found.verdict is Verdict.FAIL
	found = ASK[gate](case)
	return found and settle(case, found).verdict


def _turns(policy: Policy, facts: Facts, lead: timedelta) -> Iterator[Turn]:
	"""Every date on which a gate that is on may answer differently; some of them long gone."""
	gates = policy.gates
	if facts.joined_on and Gate.NOT_NEW in gates:
		yield add_months(facts.joined_on, policy.min_service_months), Gate.NOT_NEW
	if Gate.ROLE in gates:
		for entry in facts.suitability:
			yield from _period(Gate.ROLE, entry.valid_from, entry.valid_to)
	if facts.result:
		yield from _turns_of_the_result(policy, facts, lead)
	if Gate.DISCIPLINE in gates:
		for entry in facts.sanctions:
			yield from _period(Gate.DISCIPLINE, entry.since, cool_off_end(policy, entry))
			# An open case closes the dates that are judged while it lasts, too.
			yield from _period(Gate.DISCIPLINE, entry.since, entry.until, lead)
	if Gate.SUSPENSION in gates:
		for entry in facts.suspensions:
			yield from _period(Gate.SUSPENSION, entry.since, entry.until)
	if Gate.AGREEMENT in gates:
		for entry in facts.agreements:
			yield from _period(Gate.AGREEMENT, entry.since, entry.until)
			yield later(entry.signed_on, lead), Gate.AGREEMENT
	for entry in facts.gate_decisions:
		gate = Gate(entry.gate)
		if gate in gates and (gate in ASK or gate is Gate.TIER):
			yield from _period(gate, entry.since, entry.until)


def _turns_of_the_result(policy: Policy, facts: Facts, lead: timedelta) -> Iterator[Turn]:
	"""A result counts from the end of its period on, until it is too old."""
	result = facts.result
	for gate in policy.gates & COUNT_THE_RESULT:
		yield later(result.period_end, lead), gate
	if Gate.FRESHNESS in policy.gates and result.period_start:
		_parameter, months = longest_age(policy, result)
		yield later(counts_until(result.period_end, months), ONE_DAY), Gate.FRESHNESS


def _period(gate: Gate, since: date, until: date | None, lead: timedelta = timedelta(0)) -> Iterator[Turn]:
	yield later(since, lead), gate
	if until:
		yield later(until, lead + ONE_DAY), gate
