"""How many MKD days a week holds (rules Q1-Q10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mkd_hrms.policy.dates import iso_week
from mkd_hrms.policy.model import Policy


@dataclass(frozen=True, slots=True)
class WeekUse:
	"""One ISO week of one person, in days: the limit, what is used already, what is asked for.

	A week knows nothing of its neighbours: nothing is carried over and nothing is borrowed (rule Q7).
	"""

	week: str
	limit: int
	used: int
	asked: int

	@property
	def fits(self) -> bool:
		return self.used + self.asked <= self.limit


def weekly_limit(policy: Policy, tier: int, workdays: int, special: bool = False) -> int:
	"""Most MKD days in one ISO week: at least `min_office_days` of its working days stay in the office (rule Q1).

	The smallest of the policy's limit, the personal tier, the legal ceiling where there is one, and the working
	days that remain; never negative. Special circumstances open all working days of the week (rule Q9).
	"""
	if special:
		return max(0, workdays)
	limits = [policy.weekly_limit, tier, max(0, workdays - policy.min_office_days)]
	if policy.legal_ceiling is not None:
		limits.append(policy.legal_ceiling)
	return max(0, min(limits))


def strictest_limit(
	policies: Iterable[Policy], tier: int | None, workdays: int, special: bool = False
) -> int | None:
	"""The limit, in days, of a week in which several policies are in force: each number from the strictest (rule Q1).

	Without a tier each policy gives its general limit. None without a policy.
	"""
	return min(
		(
			weekly_limit(policy, policy.weekly_limit if tier is None else tier, workdays, special)
			for policy in policies
		),
		default=None,
	)


def by_week(days: Iterable[date]) -> dict[str, int]:
	"""How many of the days fall into each ISO week."""
	return dict(Counter(iso_week(day) for day in days))


def weigh(asked: Iterable[date], used: Mapping[str, int], limits: Mapping[str, int]) -> tuple[WeekUse, ...]:
	"""Each week that the asked days touch, with its limit and use, in order (rule Q5)."""
	return tuple(
		WeekUse(week, limits[week], used.get(week, 0), count)
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


def places(limits: Sequence[int]) -> tuple[int, ...] | None:
	"""A slot for each day of one week, none twice and each within the limit (days) that its day was booked under.

	None where there are more days than their limits allow.
	"""
	order = sorted(range(len(limits)), key=lambda number: limits[number])
	slots = {number: slot for slot, number in enumerate(order, 1)}
	if any(slots[number] > limit for number, limit in enumerate(limits)):
		return None
	return tuple(slots[number] for number in range(len(limits)))
