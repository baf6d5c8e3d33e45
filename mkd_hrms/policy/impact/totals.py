"""What another policy would mean: who would gain, lose or change days, by unit and by gate.

Two decisions about one person are compared at a time. Everybody is counted; only who changes is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mkd_hrms.policy.impact.comparison import (
	Change,
	Kind,
	Standing,
	Week,
	change_to_dict,
	kind_of,
	standings,
	told,
	week_of,
)
from mkd_hrms.policy.model import Decision, Gate, Outcome, Policy

GATE_COUNTS = tuple(
	f"{verdict}_{when}"
	for verdict in ("fails", "unknown")
	for when in ("before", "after", "begins", "ceases")
)
Groups = tuple[str | None, ...]
Row = tuple[Standing, Standing, int]


@dataclass(frozen=True, slots=True)
class Changed:
	"""A change with the values by which people are grouped, in the order of the impact's breakdowns."""

	groups: Groups
	change: Change


class Impact:
	"""The counts of everybody, and the changes of those who change; `breakdowns` name what groups are by.

	Parts that were counted apart are put together by `merge`, in any order.
	"""

	def __init__(self, before: Policy, after: Policy, breakdowns: Sequence[str] = ()) -> None:
		self.policies = (before, after)
		self.breakdowns = tuple(breakdowns)
		self.changed: list[Changed] = []
		self._counts: Counter[tuple[Groups, Standing, Standing]] = Counter()
		self._weeks: dict[tuple[int, int, int | None], Week] = {}

	def add(
		self,
		before: Decision,
		after: Decision,
		groups: Groups = (),
		workdays: int | None = None,
	) -> Change | None:
		"""Count one person, and keep what changes; `workdays` are those of a full week of his calendar.

		Raises ValueError unless each breakdown has its group.
		"""
		weeks, old, new = self._weighed(before, after, groups, workdays)
		change = told(before, after, weeks, old, new)
		if change:
			self.changed.append(Changed(groups, change))
		return change

	def count(
		self,
		before: Decision,
		after: Decision,
		groups: Groups = (),
		workdays: int | None = None,
	) -> None:
		"""Count one person as `add` does, without keeping what changes.

		Raises ValueError unless each breakdown has its group.
		"""
		self._weighed(before, after, groups, workdays)

	def _weighed(self, before: Decision, after: Decision, groups: Groups, workdays: int | None):
		if len(groups) != len(self.breakdowns):
			raise ValueError(f"Expected a value for each of {self.breakdowns}, not {groups}.")
		weeks = (self._week(0, before, workdays), self._week(1, after, workdays))
		old, new = standings(before, after, weeks)
		self._counts[groups, old, new] += 1
		return weeks, old, new

	def _week(self, side: int, decision: Decision, workdays: int | None) -> Week:
		"""Many people share few weeks."""
		key = (side, decision.tier_limit, workdays)
		if key not in self._weeks:
			self._weeks[key] = week_of(self.policies[side], decision.tier_limit, workdays)
		return self._weeks[key]

	def merge(self, other: Impact) -> None:
		"""Take in what was counted elsewhere about other people under the same policies.

		Raises ValueError for an impact of others.
		"""
		if (self.policies, self.breakdowns) != (other.policies, other.breakdowns):
			raise ValueError(
				"Only impacts of the same policies with the same breakdowns can be put together."
			)
		self._counts.update(other._counts)
		self.changed.extend(other.changed)

	def narrowed(self, keep: Callable[[Groups], bool]) -> Impact:
		"""The impact on those whose groups are wanted, counted as if there were nobody else."""
		part = Impact(*self.policies, self.breakdowns)
		part.changed = [each for each in self.changed if keep(each.groups)]
		part._counts.update({row: count for row, count in self._counts.items() if keep(row[0])})
		return part

	@property
	def people(self) -> int:
		return self._counts.total()

	@property
	def outcomes(self) -> dict[str, dict[str, int]]:
		"""How many people have each outcome before and after."""
		return _outcomes(self._rows())

	@property
	def kinds(self) -> dict[str, int]:
		return _kinds(self._rows())

	@property
	def transitions(self) -> list[dict[str, Any]]:
		"""How many people go from each outcome to each, those included who stay."""
		found = Counter()
		for before, after, count in self._rows():
			found[before.outcome, after.outcome] += count
		return [
			{"before": old.value, "after": new.value, "people": found[old, new]}
			for old in Outcome
			for new in Outcome
		]

	@property
	def weekly_limits(self) -> list[dict[str, int]]:
		"""How many of those who may work away have how many days in a full week, most days first."""
		old, new = Counter(), Counter()
		for before, after, count in self._rows():
			for found, each in ((old, before), (new, after)):
				if each.outcome is Outcome.ELIGIBLE:
					found[each.days] += count
		days = sorted({*old, *new}, reverse=True)
		return [{"days": each, "before": old[each], "after": new[each]} for each in days]

	def by(self, breakdown: str) -> list[dict[str, Any]]:
		"""People, outcomes and kinds of change for each value, in order; those without one last."""
		place, rows = self.breakdowns.index(breakdown), {}
		for (groups, before, after), count in self._counts.items():
			rows.setdefault(groups[place], []).append((before, after, count))
		return [
			{
				"name": name,
				"people": sum(count for _before, _after, count in rows[name]),
				**_outcomes(rows[name]),
				"kinds": _kinds(rows[name]),
			}
			for name in sorted(rows, key=lambda name: (name is None, name or ""))
		]

	@property
	def gates(self) -> list[dict[str, Any]]:
		"""For each gate whom it stops before and after, and for how many that begins or ceases."""
		found = Counter()
		for before, after, count in self._rows():
			for verdict, old, new in (
				("fails", before.failed, after.failed),
				("unknown", before.unknown, after.unknown),
			):
				for when, gates in (
					("before", old),
					("after", new),
					("begins", set(new) - set(old)),
					("ceases", set(old) - set(new)),
				):
					for gate in gates:
						found[gate, f"{verdict}_{when}"] += count
		asked = self.policies[0].gates | self.policies[1].gates
		names = [gate.value for gate in Gate if gate in asked]
		names += sorted({gate for gate, _what in found} - set(names))
		return [{"gate": gate} | {what: found[gate, what] for what in GATE_COUNTS} for gate in names]

	def _rows(self) -> Iterable[Row]:
		return ((before, after, count) for (_groups, before, after), count in self._counts.items())

	def to_dict(self) -> dict[str, Any]:
		"""Everything as JSON can hold it, people in the order of their ids."""
		ordered = sorted(self.changed, key=lambda each: each.change.employee)
		return self.totals() | {"changes": [self._entry(each) for each in ordered]}

	def _entry(self, each: Changed) -> dict[str, Any]:
		groups = dict(zip(self.breakdowns, each.groups, strict=True))
		return change_to_dict(each.change) | {"groups": groups}

	def totals(self) -> dict[str, Any]:
		"""All counts, without anybody's name."""
		return {
			"people": self.people,
			"changed": sum(self.kinds.values()),
			"outcomes": self.outcomes,
			"transitions": self.transitions,
			"kinds": self.kinds,
			"weekly_limits": self.weekly_limits,
			"breakdowns": {name: self.by(name) for name in self.breakdowns},
			"gates": self.gates,
		}


def _outcomes(rows: Iterable[Row]) -> dict[str, dict[str, int]]:
	old, new = Counter(), Counter()
	for before, after, count in rows:
		old[before.outcome.value] += count
		new[after.outcome.value] += count
	return {
		when: {outcome.value: found[outcome.value] for outcome in Outcome}
		for when, found in (("before", old), ("after", new))
	}


def _kinds(rows: Iterable[Row]) -> dict[str, int]:
	found = Counter()
	for before, after, count in rows:
		found[kind_of(before, after)] += count
	return {kind.value: found[kind] for kind in Kind}
