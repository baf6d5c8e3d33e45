"""Whom a query is about: some employees, or everybody active in a company."""

from __future__ import annotations

from dataclasses import dataclass

from pypika import Query, Table
from pypika.terms import Criterion, Term

from mkd_hrms.facts.database import Binder


@dataclass(frozen=True, slots=True)
class Scope:
	"""Either named employees or all active employees of a company; perhaps only those of one holiday list.

	`holiday_list` narrows to people whose own list it is; with `or_default`, also to people without an own list.
	"""

	employees: tuple[str, ...] = ()
	company: str | None = None
	holiday_list: str | None = None
	or_default: bool = False

	def of(self, employee: Table, bind: Binder) -> Criterion:
		"""The condition on a table of employees."""
		if self.employees:
			return employee.name.isin(bind.all(self.employees))
		condition = (employee.status == bind("Active")) & (employee.company == bind(self.company))
		if self.holiday_list is None and not self.or_default:
			return condition
		own = employee.holiday_list == bind(self.holiday_list)
		if self.or_default:
			own = own | employee.holiday_list.isnull() | (employee.holiday_list == bind(""))
		return condition & own

	def has(self, column: Term, bind: Binder) -> Criterion:
		"""The condition on a column that holds an employee."""
		if self.employees:
			return column.isin(bind.all(self.employees))
		employee = Table("tabEmployee")
		return column.isin(Query.from_(employee).select(employee.name).where(self.of(employee, bind)))
