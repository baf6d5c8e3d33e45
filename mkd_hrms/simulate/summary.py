"""A judgement as plain data: what the JSON file holds, and what the report shows. One truth for all outputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from mkd_hrms.policy import explain
from mkd_hrms.policy.model import Finding, Gate, Outcome, Policy, Verdict
from mkd_hrms.simulate.applications import Answer
from mkd_hrms.simulate.judging import Judged, Judgement

OUTCOMES = tuple(outcome.value for outcome in Outcome)
MESSAGE = "Message"
NOT_RECORDED = "not recorded"


def show_date(day: date) -> str:
	return f"{day.day} {day:%B %Y}"


def summarize(
	judgement: Judgement, policy_pack: str, source: dict[str, Any], mask: bool = False
) -> dict[str, Any]:
	"""Everything that is reported about a judgement. With `mask`, names are shortened and NIPs left out."""
	question, people = judgement.question, judgement.people
	return {
		"policy": {
			"name": question.policy.name,
			"pack": policy_pack,
			"effective_from": question.policy.effective_from.isoformat(),
			"legal_basis": question.policy.legal_basis,
			"gates": [gate.value for gate in Gate if gate in question.policy.gates],
			"weekly_limit": question.policy.weekly_limit,
		},
		"mkd_date": question.on.isoformat(),
		"as_known_on": question.today.isoformat(),
		"source": source,
		"people_total": len(people),
		"outcomes": _outcomes(people),
		"by_gate": _by_gate(question.policy, people),
		"by_unit": _grouped(people, lambda one: one.profile.units[0] if one.profile.units else None),
		"by_echelon": _grouped(people, lambda one: one.profile.echelon, "no echelon"),
		"by_grade": _grouped(people, lambda one: one.profile.grade),
		"by_type": _grouped(people, lambda one: one.person.employment_type),
		"by_tier": _by_tier(people),
		"requests": [_answer(answer) for answer in judgement.answers],
		"request_outcomes": _request_outcomes(judgement.answers),
		"people": [_person(one, mask) for one in people],
	}


def _outcomes(people: Iterable[Judged]) -> dict[str, int]:
	found = Counter(one.decision.outcome.value for one in people)
	return {outcome: found[outcome] for outcome in OUTCOMES}


def _by_gate(policy: Policy, people: Iterable[Judged]) -> list[dict[str, Any]]:
	"""For each gate of the policy, in its order: whom it stops, and for whom it does not know."""
	fails, unknown = Counter(), Counter()
	for one in people:
		fails.update(one.decision.failed)
		unknown.update(one.decision.unknown)
	gates = [gate.value for gate in Gate if gate in policy.gates]
	return [{"gate": gate, "fails": fails[gate], "unknown": unknown[gate]} for gate in gates]


def _grouped(
	people: Iterable[Judged], key: Callable[[Judged], str | None], otherwise: str = NOT_RECORDED
) -> list[dict[str, Any]]:
	"""People and outcomes for each value, in order; those without one last."""
	groups: dict[str | None, Counter] = {}
	for one in people:
		groups.setdefault(key(one) or None, Counter())[one.decision.outcome.value] += 1
	ordered = sorted(groups, key=lambda value: (value is None, _rank(value or "")))
	return [
		{
			"name": value or otherwise,
			"people": sum(groups[value].values()),
			**{outcome: groups[value][outcome] for outcome in OUTCOMES},
		}
		for value in ordered
	]


def _rank(value: str) -> tuple:
	"""Roman numerals by their number ("IV/a" after "III/d"), all else by its letters."""
	roman = {"I": 1, "V": 5, "X": 10}
	head = value.split("/")[0].split(".")[0]
	if not head or set(head) - roman.keys():
		return (99, value)
	numbers = [roman[letter] for letter in head]
	pairs = zip(numbers, [*numbers[1:], 0], strict=True)
	return (sum(-now if now < following else now for now, following in pairs), value)


def _by_tier(people: Iterable[Judged]) -> list[dict[str, Any]]:
	"""How many of those who may have how many days a week."""
	found = Counter(one.decision.tier_limit for one in people if one.decision.outcome is Outcome.ELIGIBLE)
	return [{"days": days, "people": count} for days, count in sorted(found.items(), reverse=True)]


def _person(one: Judged, mask: bool) -> dict[str, Any]:
	person, profile, decision = one.person, one.profile, one.decision
	return {
		"employee": person.employee,
		"name": masked(person.employee_name) if mask else person.employee_name,
		"nip": None if mask else profile.nip,
		"unit": " > ".join(profile.units),
		"designation": person.designation,
		"employment_type": person.employment_type,
		"echelon": profile.echelon,
		"grade": profile.grade,
		"outcome": decision.outcome.value,
		"tier_limit": decision.tier_limit,
		"failed": list(decision.failed),
		"unknown": list(decision.unknown),
		"reasons": [reason(found) for found in decision.findings if found.verdict is not Verdict.PASS],
	}


def reason(found: Finding) -> str:
	"""The sentence of a finding, with the gate's name before it."""
	return f"{found.gate}: {explain.sentence(found, show_date=show_date)}"


def masked(name: str | None) -> str | None:
	"""The first letter of each word."""
	words = (name or "").split(",")[0].split()
	return " ".join(f"{word[0]}." for word in words) or None


def _answer(answer: Answer) -> dict[str, Any]:
	application = answer.application
	findings = [found for decision in answer.decisions for found in decision.findings]
	return {
		"request": application.name,
		"employee": application.employee,
		"dates": [day.isoformat() for day in application.dates],
		"outcome": answer.outcome.value if answer.outcome else MESSAGE,
		"messages": list(answer.messages),
		"weeks": [
			{
				"week": week.week,
				"limit": week.limit,
				"used": week.used,
				"asked": week.asked,
				"fits": week.fits,
			}
			for week in answer.weeks
		],
		"reasons": list(
			dict.fromkeys(reason(found) for found in findings if found.verdict is not Verdict.PASS)
		),
	}


def _request_outcomes(answers: Iterable[Answer]) -> dict[str, int]:
	found = Counter(answer.outcome.value if answer.outcome else MESSAGE for answer in answers)
	return {outcome: found[outcome] for outcome in (*OUTCOMES, MESSAGE)}
