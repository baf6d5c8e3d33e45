"""Whose rows a report counts: those of a company, perhaps of some units, perhaps of the people whom the reader may see."""

from __future__ import annotations

from typing import NamedTuple

from pypika import Table
from pypika.terms import Criterion

from mkd_hrms.facts.database.queries import Binder

# Of more people than these the database is not told the names: it would look for each row in a list as long as the agency.
FEW = 500


class Narrowed(NamedTuple):
	"""`units` and `people`, both by name; None is every unit of the company, and everybody."""

	company: str
	units: tuple[str, ...] | None = None
	people: frozenset[str] | None = None

	@property
	def is_empty(self) -> bool:
		"""Whether nothing is left, so that nobody has to ask: a condition without a value is none."""
		return self.units == () or self.people == frozenset()

	@property
	def is_few(self) -> bool:
		"""Whether the database is told whose rows are asked for."""
		return self.people is not None and len(self.people) <= FEW

	@property
	def is_many(self) -> bool:
		"""Whether whose rows are asked for is looked at here, row by row: see `shows`."""
		return self.people is not None and not self.is_few

	def of(self, table: Table, bind: Binder) -> Criterion:
		"""The condition on a table of which each row carries a company, a unit and an employee; `shows` says the rest."""
		found = table.company == bind(self.company)
		if self.units is not None:
			found &= table.department.isin(bind.all(self.units))
		return found & table.employee.isin(bind.all(sorted(self.people))) if self.is_few else found

	def shows(self, employee: str) -> bool:
		"""Whether the rows of an employee are asked for, as far as it depends on who he is."""
		return self.people is None or employee in self.people
