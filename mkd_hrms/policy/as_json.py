"""Decisions as JSON holds them, and back: what is stored of a decision is all that it rested on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from mkd_hrms.policy.model import Decision, Finding, Outcome, Verdict


def finding_to_dict(found: Finding) -> dict[str, Any]:
	"""A finding as JSON can hold it; empty entries are left out."""
	entry = {name: value for name, value in found._asdict().items() if value is not None}
	entry["verdict"] = found.verdict.value
	for name in entry.keys() & {"since", "until"}:
		entry[name] = entry[name].isoformat()
	return entry


def finding_from_dict(entry: Mapping[str, Any]) -> Finding:
	"""The finding that `finding_to_dict` stored. An unknown key is an error, not ignored."""
	values = {name: None for name in ("actual", "limit")} | dict(entry)
	values["verdict"] = Verdict(values["verdict"])
	for name in ("since", "until"):
		if name in values:
			values[name] = date.fromisoformat(values[name])
	return Finding(**values)


def finding_in(text: str | None) -> Finding | None:
	"""The finding of which a text is all but the brackets around it; None of an empty one."""
	return finding_from_dict(json.loads(f"{{{text}}}")) if text else None


def decisions_to_list(decisions: Iterable[Decision]) -> list[dict[str, Any]]:
	"""Decisions of one employee as JSON can hold them; what dates with the same answer have in common is said once.

	A finding that holds for some of the dates of its entry only names these under `dates`.
	"""
	groups: dict[tuple, list[Decision]] = {}
	for decision in decisions:
		groups.setdefault(_head_values(decision)[1:], []).append(decision)
	return [_head(same) | {"findings": _said_once(same)} for same in groups.values()]


def decisions_from_json(text: str | None) -> list[dict[str, Any]]:
	"""What was stored, in the order of dates: one entry for dates with the same findings, of which none names dates.

	Decisions were once stored so; those of then are read as they stand.
	"""
	entries = [part for entry in json.loads(text or "[]") for part in _by_findings(entry)]
	return sorted(entries, key=lambda entry: entry["dates"][:1])


def findings_by_dates(entries: Iterable[Mapping[str, Any]]) -> list[tuple[list[str], list[Finding]]]:
	"""Entries of `decisions_from_json` as (dates, findings)."""
	return [(entry["dates"], list(map(finding_from_dict, entry["findings"]))) for entry in entries]


def decision_to_json(decision: Decision) -> str:
	"""The text of `decisions_to_list` for one decision."""
	# A whole number and an equal fraction are written differently.
	findings = ",".join(
		_finding_to_json(found, type(found.actual), type(found.limit)) for found in decision.findings
	)
	return f'[{{{_head_to_json(*_head_values(decision))},"findings":[{findings}]}}]'


def _said_once(decisions: Sequence[Decision]) -> list[dict[str, Any]]:
	"""The findings of all decisions in an order in which those of each one follow each other as they did."""
	said: list[tuple[Finding, list[date]]] = []
	for decision in decisions:
		place = 0
		for found in decision.findings:
			place = _place_of(found, said, place)
			said[place][1].append(decision.mkd_date)
			place += 1
	return [
		finding_to_dict(found)
		| ({"dates": [day.isoformat() for day in days]} if len(days) < len(decisions) else {})
		for found, days in said
	]


def _place_of(found: Finding, said: list[tuple[Finding, list[date]]], start: int) -> int:
	"""Where a finding stands from a place on; a new one is put beside the others of its gate."""
	for place in range(start, len(said)):
		if said[place][0] == found:
			return place
	while start < len(said) and said[start][0].gate == found.gate:
		start += 1
	said.insert(start, (found, []))
	return start


def _by_findings(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
	groups: dict[tuple[int, ...], list[str]] = {}
	findings, dates = entry["findings"], entry["dates"]
	for day in dates:
		held = tuple(at for at, found in enumerate(findings) if day in found.get("dates", dates))
		groups.setdefault(held, []).append(day)
	plain = [{name: value for name, value in found.items() if name != "dates"} for found in findings]
	return [dict(entry, dates=days, findings=[plain[at] for at in held]) for held, days in groups.items()]


def _head(same: Sequence[Decision]) -> dict[str, Any]:
	return _head_of([decision.mkd_date for decision in same], *_head_values(same[0])[1:])


def _head_values(decision: Decision) -> tuple[date, date, str, Outcome, int]:
	return decision.mkd_date, decision.evaluated_on, decision.policy, decision.outcome, decision.tier_limit


def _head_of(days: Iterable[date], today: date, policy: str, outcome: Outcome, tier_limit: int) -> dict:
	return {
		"dates": [day.isoformat() for day in days],
		"evaluated_on": today.isoformat(),
		"policy": policy,
		"outcome": outcome.value,
		"tier_limit": tier_limit,
	}


# Without blanks: a night writes a text for everybody, and they were a twelfth of it.
to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


# Most of what a night writes is shared by many people: each head, finding and entry of one is written once.
@lru_cache
def _head_to_json(day: date, *values) -> str:
	return to_json(_head_of([day], *values))[1:-1]


@lru_cache(maxsize=10_000)
def _finding_to_json(found: Finding, *_types: type) -> str:
	entries = [
		_entry_to_json(*entry) for entry in zip(Finding._fields, found, strict=True) if entry[1] is not None
	]
	return f"{{{','.join(entries)}}}"


# As there.
@lru_cache(maxsize=10_000, typed=True)
def _entry_to_json(name: str, value: Any) -> str:
	return f'"{name}":{to_json(value.isoformat() if isinstance(value, date) else value)}'
