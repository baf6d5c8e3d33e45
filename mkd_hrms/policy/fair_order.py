"""In which order those come who ask for the same date of a unit (rule W6), and what puts each behind the one before him."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from hashlib import sha256


class Criterion(str, Enum):
	"""What parts two who ask, in the order in which it is looked at."""

	TOLD = "Told"
	FEWER_DAYS = "Fewer Days"
	REFUSED_BEFORE = "Refused Before"
	SPECIAL = "Special Circumstances"
	EARLIER = "Earlier"
	LOT = "Lot"

	__hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Candidate:
	"""Somebody who asks for a date of his unit.

	`days`: his MKD days in the policy's `fair_order_days` before the date. `refused_before`: his last wish was refused for
	lack of room. `told`: he was told of a free place of this date. `applied_at` is local time.
	"""

	person: str
	days: int
	applied_at: datetime
	refused_before: bool = False
	special: bool = False
	told: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
	"""A candidate with his rank, from 1 on, and what puts him behind the one before; None for the first."""

	candidate: Candidate
	rank: int
	behind_by: Criterion | None


def fair_order(unit: str, day: date, candidates: Iterable[Candidate]) -> tuple[Placed, ...]:
	"""Fewest days first, then who was refused last time, then special circumstances, then who applied earlier (rule W6).

	Before all of them comes who was told of a free place. Equals draw lots.
	"""
	ordered = sorted(
		(_standing(unit, day, candidate), candidate.person, candidate) for candidate in candidates
	)
	placed, before = [], None
	for rank, (standing, _person, candidate) in enumerate(ordered, 1):
		placed.append(Placed(candidate, rank, _parting(before, standing) if before else None))
		before = standing
	return tuple(placed)


def lot(unit: str, day: date, person: str) -> str:
	"""The lot that somebody draws for a date: the SHA-256 of unit, date and person, the lowest first.

	Anybody can work it out again, and another date brings another order.
	"""
	return sha256(f"{unit}|{day.isoformat()}|{person}".encode()).hexdigest()


def _standing(unit: str, day: date, candidate: Candidate) -> tuple:
	"""What is compared, one value for each criterion; the lower one comes first."""
	return (
		not candidate.told,
		candidate.days,
		not candidate.refused_before,
		not candidate.special,
		candidate.applied_at,
		lot(unit, day, candidate.person),
	)


def _parting(first: tuple, second: tuple) -> Criterion:
	return next(
		(criterion for criterion, one, other in zip(Criterion, first, second, strict=True) if one != other),
		Criterion.LOT,
	)


def equality(counts: Iterable[int]) -> float | None:
	"""How alike some people were treated: 1 where all have as many days, near 0 where one has them all (1 - Gini).

	None where nobody has any.
	"""
	ordered = sorted(counts)
	total, people = sum(ordered), len(ordered)
	if not total:
		return None
	apart = sum((rank - (people + 1 - rank)) * count for rank, count in enumerate(ordered, 1))
	return 1 - apart / (people * total)
