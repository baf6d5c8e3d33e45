"""A judgement as plain data: what the JSON file holds, and what the report shows. One truth for all outputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from mkd_hrms.policy import sentences
from mkd_hrms.policy.model import Finding, Gate, Outcome, Policy, Verdict
from mkd_hrms.simulate.check.applications import Answer
from mkd_hrms.simulate.check.board import Board, Boards, Cell
from mkd_hrms.simulate.check.coverage import Shortage, title_of
from mkd_hrms.simulate.check.judging import Judged, Judgement
from mkd_hrms.simulate.output.language import REPORT, Language, _, language

OUTCOMES = tuple(outcome.value for outcome in Outcome)
MESSAGE = "Message"
NOT_RECORDED = _("not recorded", REPORT)
NO_ECHELON = _("no echelon", REPORT)
# Where the platform's own words of a finding come from, if they mean something else in other places.
CONTEXTS = {Gate.STATUS.value: "Employee", Gate.DISCIPLINE.value: "MKD Discipline Record"}


def summarize(
	judgement: Judgement,
	policy_pack: str,
	source: dict[str, Any],
	mask: bool = False,
	reader: Language | None = None,
) -> dict[str, Any]:
	"""Everything that is reported about a judgement. With `mask`, names are shortened and NIPs left out.

	Sentences are in the reader's language; keys, outcomes and gates are those of the rules.
	"""
	question, people, reader = judgement.question, judgement.people, reader or language()
	units = judgement.units
	told = _coverage_by_request(judgement.shortages, units, reader)
	return {
		"policy": shown_policy(question.policy, policy_pack),
		"mkd_date": question.when.on.isoformat(),
		"as_known_on": question.when.today.isoformat(),
		"source": source | {"notes": [reader.tell(note) for note in source["notes"]]},
		"people_total": len(people),
		"outcomes": _outcomes(people),
		"by_gate": _by_gate(question.policy, people),
		**_groupings(people, reader),
		"by_tier": _by_tier(people),
		"requests": [_answer(answer, told, reader) for answer in judgement.answers],
		"request_outcomes": _request_outcomes(judgement.answers),
		"coverage": [_shortage(shortage, units, reader) for shortage in judgement.shortages],
		"who_is_where": _boards(judgement.boards, units, mask),
		"people": [_person(one, mask, reader) for one in people],
	}


def shown_policy(policy: Policy, pack: str) -> dict[str, Any]:
	"""What a report says of a policy, under the name it was asked for."""
	return {
		"name": policy.name,
		"pack": pack,
		"effective_from": policy.effective_from.isoformat(),
		"legal_basis": policy.legal_basis,
		"gates": [gate.value for gate in Gate if gate in policy.gates],
		"weekly_limit": policy.weekly_limit,
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


def _groupings(people: Iterable[Judged], reader: Language) -> dict[str, list[dict[str, Any]]]:
	missing, no_echelon = (reader.translate(text, REPORT) for text in (NOT_RECORDED, NO_ECHELON))
	return {
		"by_unit": _grouped(people, lambda one: one.profile.units[0] if one.profile.units else None, missing),
		"by_echelon": _grouped(people, lambda one: one.profile.echelon, no_echelon),
		"by_grade": _grouped(people, lambda one: one.profile.grade, missing),
		"by_type": _grouped(people, lambda one: one.person.employment_type, missing),
	}


def _grouped(
	people: Iterable[Judged], key: Callable[[Judged], str | None], otherwise: str
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


def _person(one: Judged, mask: bool, reader: Language) -> dict[str, Any]:
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
		"reasons": [
			reason(found, reader) for found in decision.findings if found.verdict is not Verdict.PASS
		],
	}


def reason(found: Finding, reader: Language) -> str:
	"""The sentence of a finding, with the gate's name before it."""
	gate = reader.translate(found.gate, "MKD Policy Gate")
	return f"{gate}: {told(found, reader)}"


def told(found: Finding, reader: Language) -> str:
	"""The sentence of a finding with its clause."""
	return sentences.sentence(
		_readable(found, reader), reader.translate, reader.show_date, reader.show_number
	)


def next_step(found: Finding, reader: Language) -> str | None:
	"""What the applicant can do about a finding, if anything."""
	return sentences.advice(_readable(found, reader), reader.translate, reader.show_date, reader.show_number)


def _readable(found: Finding, reader: Language) -> Finding:
	"""The finding with its words, numbers and clause as the reader writes them."""
	context = CONTEXTS.get(found.gate)
	shown = {}
	for name in ("actual", "limit"):
		value = getattr(found, name)
		shown[name] = reader.show_words(value, context) if isinstance(value, str) else reader.show(value)
	return found._replace(source=reader.translate(found.source), **shown)


def masked(name: str | None) -> str | None:
	"""The first letter of each word."""
	words = (name or "").split(",")[0].split()
	return " ".join(f"{word[0]}." for word in words) or None


def _answer(answer: Answer, coverage: Mapping[str, list[str]], reader: Language) -> dict[str, Any]:
	application = answer.application
	against = [
		found
		for decision in answer.decisions
		for found in decision.findings
		if found.verdict is not Verdict.PASS
	]
	return {
		"request": application.name,
		"employee": application.employee,
		"dates": [day.isoformat() for day in application.dates],
		"outcome": answer.outcome.value if answer.outcome else MESSAGE,
		"messages": [reader.tell(message) for message in answer.messages],
		"weeks": [
			{
				"week": week.week,
				"limit": week.limit,
				"used": week.used,
				"by_circular": week.collective,
				"asked": week.asked,
				"fits": week.fits,
			}
			for week in answer.weeks
		],
		"coverage": coverage.get(application.name, []),
		"reasons": list(dict.fromkeys(reason(found, reader) for found in against)),
		"next_steps": list(dict.fromkeys(filter(None, (next_step(found, reader) for found in against)))),
	}


def _coverage_by_request(
	shortages: Iterable[Shortage], units: Mapping[str, str], reader: Language
) -> dict[str, list[str]]:
	"""By request, where its unit has no room for all who apply (rule W5): a message beside the answer."""
	found: dict[str, list[str]] = {}
	for shortage in shortages:
		for request in shortage.requests:
			found.setdefault(request, []).append(shortage.sentence(units, reader))
	return found


def _shortage(shortage: Shortage, units: Mapping[str, str], reader: Language) -> dict[str, Any]:
	look = shortage.look
	there, room, limits = look.there, look.room, look.group.limits
	return {
		"kind": look.group.kind,
		"unit": look.group.name,
		"label": reader.show(title_of(look.group, units)),
		"date": look.day.isoformat(),
		"headcount": there.headcount,
		"leave": there.leave,
		"trip": there.trip,
		"mkd": there.mkd,
		"on_site": there.on_site,
		"asked": shortage.asked,
		"cap": room.cap,
		"minimum": room.minimum,
		"room": room.room,
		"bound": room.bound.value,
		"cap_percent": limits.cap_percent,
		"min_on_site": limits.min_on_site,
		"min_on_site_percent": limits.min_on_site_percent,
		"record": limits.record,
		"cap_source": reader.translate(limits.cap_source),
		"minimum_source": reader.translate(limits.minimum_source),
		"requests": list(shortage.requests),
		"message": shortage.sentence(units, reader),
	}


def _boards(boards: Boards, units: Mapping[str, str], mask: bool) -> dict[str, Any]:
	return {
		"from": boards.since.isoformat(),
		"to": boards.until.isoformat(),
		"boards": [_board(board, units, mask) for board in boards.units],
		"by_circular": [
			{
				"date": circular.mkd_date.isoformat(),
				"record": circular.name,
				"circular_no": circular.number,
				"subject": circular.subject,
				"people": circular.people,
				"units": [units.get(unit, unit) for unit in circular.units],
			}
			for circular in boards.circulars
		],
	}


def _board(board: Board, units: Mapping[str, str], mask: bool) -> dict[str, Any]:
	"""A board as codes: a row for each person, and of each date how much room is left."""
	room = {look.day: look for look in board.looks}
	return {
		"unit": board.unit,
		"label": units.get(board.unit, board.unit),
		"dates": [
			{
				"date": day.isoformat(),
				"month": day.isoformat()[:7],
				"off": all(cells[place] is Cell.OFF for _colleague, cells in board.people),
				"headcount": room[day].there.headcount if day in room else None,
				"mkd": room[day].there.mkd if day in room else None,
				"most": room[day].room.cap if day in room else None,
				"minimum": room[day].room.minimum if day in room else None,
				"on_site": room[day].there.on_site if day in room else None,
				"room": room[day].room.room if day in room else None,
			}
			for place, day in enumerate(board.dates)
		],
		"people": [
			{
				"employee": colleague.record.employee,
				"name": masked(colleague.record.employee_name) if mask else colleague.record.employee_name,
				"cells": [cell.value for cell in cells],
			}
			for colleague, cells in board.people
		],
	}


def _request_outcomes(answers: Iterable[Answer]) -> dict[str, int]:
	found = Counter(answer.outcome.value if answer.outcome else MESSAGE for answer in answers)
	return {outcome: found[outcome] for outcome in (*OUTCOMES, MESSAGE)}
