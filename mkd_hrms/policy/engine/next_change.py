"""When a decision becomes another one by the mere passing of time (rule N1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache

from mkd_hrms.policy.dates import add_months, later
from mkd_hrms.policy.engine.evaluate import earn, judge, settle
from mkd_hrms.policy.engine.many_people import LOOKS_AT
from mkd_hrms.policy.facts import Facts
from mkd_hrms.policy.gates.case import Case
from mkd_hrms.policy.gates.conduct import cool_off_end
from mkd_hrms.policy.gates.registry import GATES
from mkd_hrms.policy.model import POST, Gate, Policy, Verdict
from mkd_hrms.policy.performance import counts_until, longest_age

ASK, ONE_DAY = dict(GATES), timedelta(days=1)
# The gates from which the tier follows.
TRACK_RECORD = frozenset((Gate.PERFORMANCE, Gate.ABSENCE))
# The gates about which people decide, by the names that decisions carry.
SETTLED = {gate.value: gate for gate in (*ASK, Gate.TIER)}
# A day, and the gate that may answer differently from that day on.
Turn = tuple[date, Gate]
# A gate, and what names its dates.
Dated = tuple[Gate, Callable[[Policy, Facts, timedelta], Iterator[date]]]


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
	coming = [turn for turn in _turns(policy, facts, on - today) if turn[0] > on]
	return earliest(first_change(policy, facts, on, today, coming), after(on, next_policy_from))


def first_change(policy: Policy, facts: Facts, on: date, today: date, coming: Iterable[Turn]) -> date | None:
	"""The first of the days to come on which its gate says something else than on `on`."""
	lead = on - today
	now, before = Case(facts, policy, on, today), {}
	for day, gate in sorted(coming):
		if gate not in before:
			before[gate] = _says(now, gate)
		if _says(Case(facts, policy, day, day - lead), gate) != before[gate]:
			return day
	return None


def after(on: date, day: date | None) -> date | None:
	"""A day, if it is still to come."""
	return day if day and day > on else None


def earliest(*days: date | None) -> date | None:
	"""The first of those days that there are; None without any."""
	return min([day for day in days if day], default=None)


def _says(case: Case, gate: Gate):
	"""What a decision takes from one gate; the tier also gives the limit."""
	if gate is Gate.TIER:
		limit, found = earn(case, judge(case, case.policy.gates & TRACK_RECORD))
		return limit, found is not None and found.verdict is Verdict.FAIL
	found = ASK[gate](case)
	return found and settle(case, found).verdict


def _turns(policy: Policy, facts: Facts, lead: timedelta) -> Iterator[Turn]:
	"""Every date on which a gate that is on may answer differently; some of them long gone."""
	for fact, dated in dated_facts(policy.gates).items():
		if getattr(facts, fact):
			yield from turns_of(policy, facts, lead, dated)
	for entry in facts.gate_decisions:
		gate = SETTLED.get(entry.gate)
		if gate in policy.gates:
			for day in _period(entry.since, entry.until):
				yield day, gate


def turns_of(policy: Policy, facts: Facts, lead: timedelta, dated: Iterable[Dated]) -> Iterator[Turn]:
	"""The dates that one fact names, for each of the gates that look at it. Nobody without the fact is asked about."""
	for gate, days_of in dated:
		for day in days_of(policy, facts, lead):
			yield day, gate


@cache
def dated_facts(gates: frozenset[Gate]) -> dict[str, tuple[Dated, ...]]:
	"""By fact, those of the gates that look at its dates."""
	facts = LOOKS_AT | {Gate.TIER: LOOKS_AT[Gate.PERFORMANCE]}
	found: dict[str, tuple[Dated, ...]] = {}
	for gate, days_of in DAYS_OF.items():
		if gate in gates:
			found[facts[gate]] = (*found.get(facts[gate], ()), (gate, days_of))
	return found


def _service(policy: Policy, facts: Facts, lead: timedelta) -> Iterator[date]:
	yield add_months(facts.joined_on, policy.min_service_months)
	if policy.new_counts_from == POST:
		for day in facts.posts:
			yield from (day, add_months(day, policy.min_service_months))


def _roles(policy: Policy, facts: Facts, lead: timedelta) -> Iterator[date]:
	for entry in facts.suitability:
		yield from _period(entry.valid_from, entry.valid_to)


def _result(policy: Policy, facts: Facts, lead: timedelta) -> Iterator[date]:
	"""A result counts from the end of its period on."""
	yield later(facts.result.period_end, lead)


def _freshness(policy: Policy, facts: Facts, lead: timedelta) -> Iterator[date]:
	yield from _result(policy, facts, lead)
	_parameter, months = longest_age(policy, facts.result)
	yield later(counts_until(facts.result.period_end, months), ONE_DAY)


def _talent_box(policy: Policy, facts: Facts, lead: timedelta) -> Iterator[date]:
	"""A box counts from the beginning of its year on, and until it is too old."""
	yield later(facts.talent_box.since, lead)
	yield later(counts_until(facts.talent_box.until, policy.appraisal_max_age_months), ONE_DAY)


def _sanctions(policy: Policy, facts: Facts, lead: timedelta) -> Iterator[date]:
	"""A case closes the dates within it and its cool-off, and while it lasts whatever date is judged."""
	for entry in facts.sanctions:
		yield from _period(entry.since, cool_off_end(policy, entry))
		yield from _period(entry.since, entry.until, lead)


def _suspensions(policy: Policy, facts: Facts, lead: timedelta) -> Iterator[date]:
	for entry in facts.suspensions:
		yield from _period(entry.since, entry.until)


def _agreements(policy: Policy, facts: Facts, lead: timedelta) -> Iterator[date]:
	for entry in facts.agreements:
		yield from _period(entry.since, entry.until)
		yield later(entry.signed_on, lead)


# Only asked about somebody who has the fact that the gate looks at.
DAYS_OF: dict[Gate, Callable[[Policy, Facts, timedelta], Iterator[date]]] = {
	Gate.NOT_NEW: _service,
	Gate.ROLE: _roles,
	Gate.PERFORMANCE: _result,
	Gate.FRESHNESS: _freshness,
	Gate.TALENT_BOX: _talent_box,
	Gate.DISCIPLINE: _sanctions,
	Gate.AGREEMENT: _agreements,
	Gate.SUSPENSION: _suspensions,
	Gate.TIER: _result,
}


def _period(since: date, until: date | None, lead: timedelta = timedelta(0)) -> Iterator[date]:
	"""The first day of a period and the first one after it."""
	yield later(since, lead)
	if until:
		yield later(until, lead + ONE_DAY)
