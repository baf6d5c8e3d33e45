"""How alike the people of a unit were treated in a period (rule W6): their days, and wishes for which there was no room."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from mkd_hrms.facts.agency import read_units_below
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.shared_days import read_days_of_each, read_eligible_people, read_refused_wishes
from mkd_hrms.policy.fair_order import equality


@dataclass
class UnitFairness:
	"""One unit in a period. Whoever may work away counts, also with no day; by employee his `shares`."""

	department: str
	shares: dict[str, int] = field(default_factory=dict)
	eligible: int = 0
	refused: int = 0
	told: int = 0

	@property
	def days(self) -> int:
		return sum(self.shares.values())

	@property
	def fewest(self) -> int:
		return min(self.shares.values(), default=0)

	@property
	def median(self) -> float:
		return median(self.shares.values()) if self.shares else 0

	@property
	def most(self) -> int:
		return max(self.shares.values(), default=0)

	@property
	def equality(self) -> float | None:
		return equality(self.shares.values())


def of_units(
	company: str, since: date, until: date, department: str | None, people: Collection[str] | None
) -> list[UnitFairness]:
	"""The units of a company, or one with all below it, by name: three queries for any number of units.

	`people` are those who may be shown; None is everybody. Who is eligible is known for today alone.
	"""
	database = SiteDatabase()
	below = read_units_below(database, department) if department else None
	units = _Units(None if below is None else frozenset(below), people)
	for name, employee in read_eligible_people(database, company):
		for unit in units.of(name, employee):
			unit.shares[employee] = 0
			unit.eligible += 1
	for name, employee, days in read_days_of_each(database, company, since, until):
		for unit in units.of(name, employee):
			unit.shares[employee] = days
	for name, employee, wishes, told in read_refused_wishes(database, company, since, until):
		for unit in units.of(name, employee):
			unit.refused += wishes
			unit.told += told
	return [units.found[name] for name in sorted(units.found)]


@dataclass
class _Units:
	"""The units that were met, of those that are asked for, by the people who may be shown."""

	below: Collection[str] | None
	people: Collection[str] | None
	found: dict[str, UnitFairness] = field(default_factory=dict)

	def of(self, name: str | None, employee: str) -> list[UnitFairness]:
		"""The unit of an employee, or none where it is not asked for."""
		shown = self.people is None or employee in self.people
		if not (name and shown and (self.below is None or name in self.below)):
			return []
		return [self.found.setdefault(name, UnitFairness(name))]
