"""How alike the people of a unit were treated in a period (rule W6): their days, and wishes for which there was no room."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from statistics import median

from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.reports.narrowed import Narrowed
from mkd_hrms.facts.reports.shared_days import read_days_of_each, read_eligible_people, read_refused_wishes
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


def of_units(narrowed: Narrowed, since: date, until: date) -> list[UnitFairness]:
	"""The units that are asked for, by name: three queries for any number of units.

	Who is eligible is known for today alone.
	"""
	database, found = SiteDatabase(), {}

	def of(name: str) -> UnitFairness:
		return found.get(name) or found.setdefault(name, UnitFairness(name))

	for name, employee in read_eligible_people(database, narrowed):
		if name:
			of(name).shares[employee] = 0
			of(name).eligible += 1
	for name, employee, days in read_days_of_each(database, narrowed, since, until):
		if name:
			of(name).shares[employee] = days
	for name, _employee, wishes, told in read_refused_wishes(database, narrowed, since, until):
		if name:
			of(name).refused += wishes
			of(name).told += told
	return [found[name] for name in sorted(found)]
