"""Decisions as JSON holds them, and back: what is stored of a decision is all that it rested on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from json import JSONEncoder
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


def decisions_to_list(decisions: Iterable[Decision]) -> list[dict[str, Any]]:
	"""Decisions of one employee as JSON can hold them; dates with the same findings share one entry."""
	groups: dict[tuple, list[Decision]] = {}
	for decision in decisions:
		groups.setdefault((decision.policy, decision.findings, decision.tier_limit), []).append(decision)
	return [
		_head(same) | {"findings": [finding_to_dict(found) for found in same[0].findings]}
		for same in groups.values()
	]


def decision_to_json(decision: Decision) -> str:
	"""The text of `decisions_to_list` for one decision."""
	findings = ",".join(map(_finding_to_json, decision.findings))
	return f'[{{{_head_to_json(*_head_values(decision))},"findings":[{findings}]}}]'


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
to_json = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


# Most of what a night writes is shared by many people: each head, finding and entry of one is written once.
@lru_cache
def _head_to_json(day: date, *values) -> str:
	return to_json(_head_of([day], *values))[1:-1]


@lru_cache(maxsize=10_000)
def _finding_to_json(found: Finding) -> str:
	entries = [
		_entry_to_json(*entry) for entry in zip(Finding._fields, found, strict=True) if entry[1] is not None
	]
	return f"{{{','.join(entries)}}}"


# A whole number and an equal fraction are written differently.
@lru_cache(maxsize=10_000, typed=True)
def _entry_to_json(name: str, value: Any) -> str:
	return f'"{name}":{to_json(value.isoformat() if isinstance(value, date) else value)}'
