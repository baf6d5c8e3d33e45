"""Until when decisions about many people stay by themselves: what follows from a fact that many share is found once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any

from mkd_hrms.policy.engine.many_people import LOOKS_AT, has_own_post
from mkd_hrms.policy.engine.next_change import Dated, after, changes_on, dated_facts, first_change, turns_of
from mkd_hrms.policy.facts import Facts
from mkd_hrms.policy.model import Gate, Policy
from mkd_hrms.policy.performance import likeness

# By fact, what two of a kind are told apart by. Of any other fact hardly two people share one.
TOLD_APART: dict[str, Callable[[Any], Hashable]] = {
	LOOKS_AT[Gate.NOT_NEW]: lambda joined_on: joined_on,
	# The decisions about a post are one tuple for all who hold it.
	LOOKS_AT[Gate.ROLE]: id,
	LOOKS_AT[Gate.PERFORMANCE]: likeness,
}
# What is told apart: the fact, which stays its own as long as it is kept, and the day that follows from it.
Known = dict[Hashable, tuple[Any, date | None]]


class Outlook:
	"""Says what `changes.changes_on` says, for one policy and one date."""

	def __init__(self, policy: Policy, on: date, today: date, next_policy_from: date | None = None) -> None:
		self.policy, self.on, self.today, self.next_policy_from = policy, on, today, next_policy_from
		self._starts = after(on, next_policy_from)
		own = {LOOKS_AT[gate] for gate in policy.gates if has_own_post(policy, gate)}
		self._facts: list[tuple[str, tuple[Dated, ...], Callable | None, Known]] = [
			(fact, dated, None if fact in own else TOLD_APART.get(fact), {})
			for fact, dated in dated_facts(policy.gates).items()
		]

	def changes_on(self, facts: Facts) -> date | None:
		"""The first date with another decision about this person, if nothing more is recorded."""
		if facts.gate_decisions:
			return changes_on(self.policy, facts, self.on, self.today, self.next_policy_from)
		first = self._starts
		for name, dated, told_apart, known in self._facts:
			if fact := getattr(facts, name):
				entry = known.get(told_apart(fact)) if told_apart else None
				day = entry[1] if entry else self._first(facts, fact, dated, told_apart, known)
				if day and (first is None or day < first):
					first = day
		return first

	def _first(
		self, facts: Facts, fact: Any, dated: tuple[Dated, ...], told_apart: Callable | None, known: Known
	) -> date | None:
		"""The first day on which a gate says something else because of this fact alone."""
		turns = turns_of(self.policy, facts, self.on - self.today, dated)
		coming = [turn for turn in turns if turn[0] > self.on]
		day = first_change(self.policy, facts, self.on, self.today, coming)
		# The tier also looks at the attendance, which is everybody's own.
		if told_apart and Gate.TIER not in {gate for _day, gate in coming}:
			known[told_apart(fact)] = fact, day
		return day
