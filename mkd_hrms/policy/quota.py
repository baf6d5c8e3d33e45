"""How many MKD days a week holds (rules Q1-Q10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import islice

from mkd_hrms.policy.dates import iso_week
from mkd_hrms.policy.model import Policy


@dataclass(frozen=True, slots=True)
class WeekUse:
	"""One ISO week of one person, in days: the limit, what is used already, what is asked for.

	`collective` of the used days are by circular. A week knows nothing of its neighbours: nothing is carried over and nothing is borrowed (rule Q7).
	"""

	week: str
	limit: int
	used: int
	asked: int
	collective: int = 0

	@property
	def fits(self) -> bool:
		return self.used + self.asked <= self.limit


class Bound(str, Enum):
	"""What bounds the days of a week."""

	WEEKLY = "Weekly Limit"
	TIER = "Track Record"
	WORKDAYS = "Working Days"
	CEILING = "Legal Ceiling"

	__hash__ = str.__hash__


def bounds(
	policy: Policy, tier: int, workdays: int, special: bool = False, collective: int = 0
) -> dict[Bound, int]:
	"""What bounds the MKD days of one ISO week, in days each; the smallest is the limit (rule Q1).

	At least `min_office_days` of its working days stay in the office. Special circumstances open all working days of the
	week (rule Q9).

	So many `collective` days of the week are by circular. Where the policy does not count them in a number, that number
	bounds the others alone, so the week holds these besides; the days in the office are kept in any case (rule Q3).
	"""
	if special:
		return {Bound.WORKDAYS: workdays}
	beside = 0 if policy.count_collective_days else collective
	found = {
		Bound.WEEKLY: policy.weekly_limit + beside,
		Bound.TIER: tier + beside,
		Bound.WORKDAYS: workdays - policy.min_office_days,
	}
	if policy.legal_ceiling is not None:
		found[Bound.CEILING] = policy.legal_ceiling + (0 if policy.collective_in_ceiling else collective)
	return found


def weekly_limit(policy: Policy, tier: int, workdays: int, special: bool = False, collective: int = 0) -> int:
	"""Most MKD days in one ISO week: the smallest of its bounds, and never negative (rule Q1)."""
	return max(0, min(bounds(policy, tier, workdays, special, collective).values()))


def strictest_bounds(
	policies: Iterable[Policy], tier: int | None, workdays: int, special: bool = False, collective: int = 0
) -> dict[Bound, int]:
	"""What bounds a week in which several policies are in force: each number from the strictest (rule Q1).

	Without a tier each policy gives its general limit. Empty without a policy.
	"""
	found: dict[Bound, int] = {}
	for policy in policies:
		earned = policy.weekly_limit if tier is None else tier
		for bound, days in bounds(policy, earned, workdays, special, collective).items():
			found[bound] = min(days, found.get(bound, days))
	return found


def strictest_limit(
	policies: Iterable[Policy], tier: int | None, workdays: int, special: bool = False, collective: int = 0
) -> int | None:
	"""The limit of such a week, in days. None without a policy."""
	found = strictest_bounds(policies, tier, workdays, special, collective)
	return max(0, min(found.values())) if found else None


def binding(found: Mapping[Bound, int]) -> tuple[Bound, ...]:
	"""Which of the bounds make the limit what it is: those that allow no more than the strictest one.

	Of a tier that equals the general limit the limit is the reason.
	"""
	least = min(found.values(), default=0)
	smallest = tuple(bound for bound, days in found.items() if days <= max(0, least))
	general = found.get(Bound.WEEKLY) == found.get(Bound.TIER)
	return tuple(bound for bound in smallest if not (general and bound is Bound.TIER))


def by_week(days: Iterable[date]) -> dict[str, int]:
	"""How many of the days fall into each ISO week."""
	return dict(Counter(iso_week(day) for day in days))


def weigh(
	asked: Iterable[date],
	used: Mapping[str, int],
	limits: Mapping[str, int],
	collective: Mapping[str, int] | None = None,
) -> tuple[WeekUse, ...]:
	"""Each week that the asked days touch, with its limit and use, in order (rule Q5)."""
	by_circular = collective or {}
	return tuple(
		WeekUse(week, limits[week], used.get(week, 0), count, by_circular.get(week, 0))
		for week, count in sorted(by_week(asked).items())
	)


def offending(weeks: Iterable[WeekUse]) -> tuple[WeekUse, ...]:
	"""The weeks into which the asked days do not fit."""
	return tuple(week for week in weeks if not week.fits)


def free_slots(taken: Iterable[int], limit: int) -> tuple[int, ...]:
	"""The places 1..limit that are still open, lowest first: as many as the limit exceeds the places held (rule Q6).

	A place above a limit that fell counts like any other. Of two writers who see the same week each goes for the
	lowest one, so that the database refuses the second, and what an older look at the week offers is never more
	than what is open by now.
	"""
	held = frozenset(taken)
	unheld = [slot for slot in range(1, limit + 1) if slot not in held]
	return tuple(unheld[: max(0, limit - len(held))])


def next_slots(taken: Iterable[int], count: int) -> tuple[int, ...]:
	"""So many places that nobody holds, lowest first, whatever the limit: for days by circular."""
	held = frozenset(taken)
	unheld = (slot for slot in range(1, len(held) + count + 1) if slot not in held)
	return tuple(islice(unheld, count))


def to_release(held: int, limit: int, pending: Sequence[str]) -> tuple[str, ...]:
	"""Which own days that still wait for approval give way to a day by circular: as few as needed.

	`pending` are ordered by who gives way first; `held` counts all days of the week, that of the circular included.
	"""
	return tuple(pending[: max(0, held - limit)])


def places(limits: Sequence[int]) -> tuple[int, ...] | None:
	"""A slot for each day of one week, none twice and each within the limit (days) that its day was booked under.

	None where there are more days than their limits allow.
	"""
	order = sorted(range(len(limits)), key=lambda number: limits[number])
	slots = {number: slot for slot, number in enumerate(order, 1)}
	if any(slots[number] > limit for number, limit in enumerate(limits)):
		return None
	return tuple(slots[number] for number in range(len(limits)))
