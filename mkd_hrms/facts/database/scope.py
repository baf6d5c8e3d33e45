"""Whom a query is about: some employees, or everybody active in a company."""

from __future__ import annotations

from dataclasses import dataclass

from pypika import Query, Table
from pypika.terms import Criterion, Term

from mkd_hrms.facts.database.queries import Binder


@dataclass(frozen=True, slots=True)
class Scope:
	"""Either named employees or all active employees of a company."""

	employees: tuple[str, ...] = ()
	company: str | None = None

	def of(self, employee: Table, bind: Binder) -> Criterion:
		"""The condition on a table of employees."""
		if self.employees:
			return employee.name.isin(bind.all(self.employees))
		return (employee.status == bind("Active")) & (employee.company == bind(self.company))

	def has(self, column: Term, bind: Binder) -> Criterion:
		"""The condition on a column that holds an employee."""
		if self.employees:
			return column.isin(bind.all(self.employees))
		employee = Table("tabEmployee")
		return column.isin(Query.from_(employee).select(employee.name).where(self.of(employee, bind)))
