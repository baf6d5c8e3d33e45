"""Whose rows a report counts: those of a company, perhaps of some units, perhaps of the people whom the reader may see."""

from __future__ import annotations

from typing import NamedTuple

from pypika import Table
from pypika.terms import Criterion

from mkd_hrms.facts.database.queries import Binder


class Narrowed(NamedTuple):
	"""`units` and `people`, both by name; None is every unit of the company, and everybody."""

	company: str
	units: tuple[str, ...] | None = None
	people: frozenset[str] | None = None

	@property
	def is_empty(self) -> bool:
		"""Whether nothing is left, so that nobody has to ask: a condition without a value is none."""
		return self.units == () or self.people == frozenset()

	def of(self, table: Table, bind: Binder) -> Criterion:
		"""The condition on a table of which each row carries a company, a unit and an employee."""
		found = table.company == bind(self.company)
		if self.units is not None:
			found &= table.department.isin(bind.all(self.units))
		return found & self.among(table, bind) if self.people is not None else found

	def among(self, table: Table, bind: Binder) -> Criterion:
		"""The condition on whose a row is, where the reader sees some people only."""
		return table.employee.isin(bind.all(sorted(self.people or ())))
