"""How many of a unit may work away on a date, so that the public keeps its full service (rule W5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from mkd_hrms.policy.model import APPROVED, NO_SHOW, SUSPENDED, WORKED, Policy

# Days that take room in their unit. A suspended one keeps its room, as it keeps its place in the week: it may be approved
# again before its date. Whoever was called back is in the office.
AWAY_STATES = (APPROVED, SUSPENDED, WORKED, NO_SHOW)


class Where(str, Enum):
	"""Where somebody of a unit is on a date, as far as coverage asks; nobody is in two places."""

	OFFICE = "Office"
	# Asked for, and not decided: he counts as being in the office until somebody approves it.
	PENDING = "Asked"
	MKD = "MKD"
	LEAVE = "Leave"
	TRIP = "Trip"
	# Not in service on the date, or on long leave: he is not of the headcount.
	OUT = "Out"

	__hash__ = str.__hash__


class Bound(str, Enum):
	"""Which of the two limits leaves the least room."""

	CAP = "Cap"
	MINIMUM = "Minimum"
	ONLY_ONE = "Only One"

	__hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Limits:
	"""How much of a unit may be away: percent of the headcount, people, percent of the headcount.

	`single` says whether the only person of a unit may work away; None knows no difference. `record` names the MKD Coverage Rule, the MKD Service
	Point or the MKD Policy that says so; `cap_source` and `minimum_source` are the clauses.
	"""

	cap_percent: float
	min_on_site: int
	min_on_site_percent: float
	single: bool | None
	record: str
	cap_source: str
	minimum_source: str

	@property
	def refuses_nobody(self) -> bool:
		"""Whether these limits leave room for everybody, however many there are."""
		whole = Fraction(str(self.cap_percent)) >= 100
		least = self.min_on_site or self.min_on_site_percent
		return whole and self.single is not False and not least


class Headcount(NamedTuple):
	"""How many people of a unit are in service on a date, and where they are; pending ones are in none of the others."""

	headcount: int
	leave: int = 0
	trip: int = 0
	mkd: int = 0
	pending: int = 0

	@property
	def on_site(self) -> int:
		return self.headcount - self.leave - self.trip - self.mkd


class Room(NamedTuple):
	"""What the limits say about a date: how many more may work away, below 0 where there are too many already."""

	cap: int
	minimum: int
	room: int
	bound: Bound


def limits_of_policy(policy: Policy) -> Limits:
	"""What holds for every unit without a rule of its own."""
	return Limits(
		policy.unit_cap_percent,
		policy.min_on_site,
		policy.min_on_site_percent,
		policy.single_person_units,
		policy.name,
		policy.clause("unit_cap_percent"),
		policy.clause("min_on_site"),
	)


def count(places: Iterable[Where]) -> Headcount:
	"""The people of a unit by where they are."""
	found = list(places)
	return Headcount(
		sum(place is not Where.OUT for place in found),
		*(found.count(place) for place in (Where.LEAVE, Where.TRIP, Where.MKD, Where.PENDING)),
	)


def together(counts: Iterable[Headcount]) -> Headcount:
	"""Several units counted as one; nobody is in two of them."""
	return Headcount(*map(sum, zip(*counts, strict=True)))


def most_away(limits: Limits, headcount: int) -> int:
	"""The most MKD days of one date: the percentage of the headcount, rounded down.

	The only person of a unit works away where the policy allows it, whatever the percentage would leave of him.
	"""
	if headcount == 1 and limits.single is not None:
		return int(limits.single)
	return floor(_share(limits.cap_percent, headcount))


def least_on_site(limits: Limits, headcount: int) -> int:
	"""The fewest people who must be in the office: a number or a percentage, rounded up, whichever is more."""
	if headcount == 1 and limits.single:
		return 0
	return max(limits.min_on_site, ceil(_share(limits.min_on_site_percent, headcount)))


def room_on(limits: Limits, there: Headcount) -> Room:
	"""How many more of a unit may work away on a date (rule W5)."""
	cap, minimum = most_away(limits, there.headcount), least_on_site(limits, there.headcount)
	by_cap, by_minimum = cap - there.mkd, there.on_site - minimum
	if there.headcount == 1 and limits.single is False:
		bound = Bound.ONLY_ONE
	else:
		bound = Bound.CAP if by_cap <= by_minimum else Bound.MINIMUM
	return Room(cap, minimum, min(by_cap, by_minimum), bound)


def _share(percent: float, headcount: int) -> Fraction:
	"""Exactly: 29 % of a hundred people are 29, and not a little less as a float has it."""
	return Fraction(str(percent)) * headcount / 100
