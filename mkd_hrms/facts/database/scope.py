"""Whom a query is about: some employees, everybody active in units, in a company or in a share of it; and all their Employee records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pypika import Query, Table
from pypika.terms import Criterion, Term

from mkd_hrms.facts.database.queries import Binder

if TYPE_CHECKING:
	from mkd_hrms.facts.people import Person


@dataclass(frozen=True, slots=True)
class Share:
	"""Some of a company's Employee records: those from one name on and before another, so that an index finds them.

	None is no border. `also` and `without` keep the active records of one person together in one share.
	"""

	since: str | None = None
	before: str | None = None
	also: tuple[str, ...] = ()
	without: tuple[str, ...] = ()

	def holds(self, name: Term, bind: Callable[[str], Any]) -> Criterion | None:
		"""The condition on a column that holds an employee; None where the share is everybody."""
		conditions = []
		if self.since is not None:
			conditions.append(name >= bind(self.since))
		if self.before is not None:
			conditions.append(name < bind(self.before))
		if self.without:
			conditions.append(name.notin([bind(each) for each in self.without]))
		within = Criterion.all(conditions) if conditions else None
		return within | name.isin([bind(each) for each in self.also]) if within and self.also else within


EVERYBODY = Share()


@dataclass(frozen=True, slots=True)
class Scope:
	"""Named employees, or all active employees of some units, of a company, or of a share of it.

	Once it is widened (see facts/identity.py) it holds the other Employee records of these people as well: `others`
	by employee, and of each record of somebody with several `whose` it is. None: nobody has looked yet.
	"""

	employees: tuple[str, ...] = ()
	company: str | None = None
	share: Share = EVERYBODY
	others: Mapping[str, tuple[Person, ...]] | None = field(default=None, compare=False)
	whose: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
	units: tuple[str, ...] = ()

	def of(self, employee: Table, bind: Binder) -> Criterion:
		"""The condition on a table of employees."""
		if self.employees:
			return employee.name.isin(bind.all(dict.fromkeys((*self.employees, *self.whose))))
		active = (employee.status == bind("Active")) & self._place(employee, bind)
		if within := self.share.holds(employee.name, bind):
			active &= within
		return active | employee.name.isin(bind.all(self.whose)) if self.whose else active

	def _place(self, employee: Table, bind: Binder) -> Criterion:
		if self.units:
			return employee.department.isin(bind.all(self.units))
		return employee.company == bind(self.company)

	def has(self, column: Term, bind: Binder) -> Criterion:
		"""The condition on a column that holds an employee."""
		if self.employees:
			return column.isin(bind.all(dict.fromkeys((*self.employees, *self.whose))))
		employee = Table("tabEmployee")
		return column.isin(Query.from_(employee).select(employee.name).where(self.of(employee, bind)))

	def owners(self, employee: str) -> tuple[str, ...]:
		"""Who of the people in question an Employee record is: himself, unless it is another record of somebody."""
		return self.whose.get(employee, (employee,))

	def folded(self, found: Iterable[tuple]) -> Iterable[tuple]:
		"""Rows that begin with an Employee record, as rows that begin with whoever that is."""
		return self._fold(found) if self.whose else found

	def _fold(self, found: Iterable[tuple]) -> Iterator[tuple]:
		for employee, *rest in found:
			for owner in self.owners(employee):
				yield owner, *rest
