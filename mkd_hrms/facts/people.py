"""Who the employees are: the Employee records, the unit tree above them, and where people stand in the agency."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pypika import Order, Query, Table
from pypika.functions import Count, Max
from pypika.queries import QueryBuilder

from mkd_hrms.facts.database.queries import Binder, Database, rows, stream
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.shift_lists import SHIFT, ListPeriod, periods_of, read_assigned

EMPLOYEE, DEPARTMENT, COMPANY = Table("tabEmployee"), Table("tabDepartment"), Table("tabCompany")
# What people are counted by, in the order of the values that `read_placements` gives. No rule looks at it: every grade
# can qualify.
BREAKDOWNS = ("unit", "designation", "grade", "employment_type")
_PLACEMENT = (EMPLOYEE.department, EMPLOYEE.designation, EMPLOYEE.grade, EMPLOYEE.employment_type)


@dataclass(frozen=True, slots=True)
class Person:
	"""One Employee record. `person` is the NIP where there is one: a rehired person has one quota."""

	employee: str
	employee_name: str
	person: str
	status: str | None
	company: str
	department: str | None
	designation: str | None
	employment_type: str | None
	joined_on: date | None
	relieved_on: date | None
	contract_ends_on: date | None
	holiday_list: str | None
	user: str | None
	reports_to: str | None
	default_holiday_list: str | None
	shift_lists: tuple[ListPeriod, ...] = ()

	@property
	def last_day(self) -> date | None:
		"""The last day of service, as far as one is known."""
		return min((day for day in (self.relieved_on, self.contract_ends_on) if day), default=None)


@dataclass(frozen=True, slots=True)
class Unit:
	"""A Department with its place in the tree; `public_service` is Yes, No, or empty to inherit."""

	name: str
	lft: int
	rgt: int
	public_service: str


# The columns of an Employee, in the order of Person's fields, but for those that come from elsewhere.
_COLUMNS = (
	"name employee_name mkd_nip status company department designation employment_type date_of_joining"
	" relieving_date contract_end_date holiday_list user_id reports_to"
).split()


def read_people(database: Database, scope: Scope) -> dict[str, Person]:
	"""The people of a scope by employee. Whose shift it is on which date is asked only where a shift has a holiday list."""
	return _read(database, lambda bind: _records().where(scope.of(EMPLOYEE, bind)), scope)


def read_records_with(database: Database, nips: Collection[str]) -> dict[str, Person]:
	"""Every Employee record with one of some NIPs."""
	if not nips:
		return {}
	return _read(database, lambda bind: _records().where(EMPLOYEE.mkd_nip.isin(bind.all(sorted(nips)))))


def read_named_like(database: Database, text: str, at_most: int) -> list[str]:
	"""Some Employee records in whose names a text stands, or so many of them, whatever their status."""
	pattern = "%" + re.sub(r"([\\\\%_])", r"\\\1", text) + "%"

	def build(bind: Binder):
		query = Query.from_(EMPLOYEE).select(EMPLOYEE.name).where(EMPLOYEE.employee_name.like(bind(pattern)))
		return query.limit(at_most)

	return [name for (name,) in rows(database, build)]


def read_shared_records(database: Database) -> dict[str, Person]:
	"""Every Employee record whose NIP another one has, too."""

	def build(bind: Binder):
		several = Query.from_(EMPLOYEE).select(EMPLOYEE.mkd_nip).where(EMPLOYEE.mkd_nip > bind(""))
		several = several.groupby(EMPLOYEE.mkd_nip).having(Count("*") > 1).as_("several")
		return _records().join(several).on(several.mkd_nip == EMPLOYEE.mkd_nip)

	return _read(database, build)


def _records() -> QueryBuilder:
	any_list = Query.from_(SHIFT).select(Max(SHIFT.holiday_list))
	return (
		Query.from_(EMPLOYEE)
		.left_join(COMPANY)
		.on(COMPANY.name == EMPLOYEE.company)
		.left_join(SHIFT)
		.on(SHIFT.name == EMPLOYEE.default_shift)
		.select(*(EMPLOYEE[column] for column in _COLUMNS), COMPANY.default_holiday_list)
		.select(SHIFT.holiday_list, any_list)
	)


def _read(
	database: Database, build: Callable[[Binder], QueryBuilder], scope: Scope | None = None
) -> dict[str, Person]:
	shared: dict[str, str] = {}
	people: dict[str, Person] = {}
	usual: dict[str, str | None] = {}
	any_list = None
	for *row, usual_list, any_list in stream(database, build):
		people[row[0]] = _person(shared, *row)
		if any_list:
			usual[row[0]] = usual_list or None
	if not any_list:
		return people
	return _with_shifts(database, scope or Scope(employees=tuple(people)), people, usual)


def _person(shared: dict[str, str], employee: str, employee_name: str, nip: str | None, *rest) -> Person:
	"""Of what many have in common, the name of a unit for instance, one copy is kept for all of them."""
	rest = [(shared.setdefault(value, value) if value else None) for value in rest]
	return Person(employee, employee_name or None, nip or employee, *rest)


def _with_shifts(
	database: Database, scope: Scope, people: Mapping[str, Person], usual: Mapping[str, str | None]
) -> dict[str, Person]:
	"""The people with the holiday lists of their shifts; `usual` is that of each one's usual shift."""
	assigned = read_assigned(database, scope)
	lists = {name: periods_of(usual[name], assigned.get(name, ())) for name in people}
	return {
		name: replace(person, shift_lists=lists[name]) if lists[name] else person
		for name, person in people.items()
	}


# For each unit: itself, then every unit above, nearest first.
Chains = Mapping[str, tuple[Unit, ...]]


def read_units(database: Database, scope: Scope) -> dict[str, tuple[Unit, ...]]:
	"""For each unit in which somebody of the scope works: the unit itself, then every unit above, nearest first."""

	def build(bind: Binder):
		unit, above = DEPARTMENT.as_("unit"), DEPARTMENT.as_("above")
		worked_in = Query.from_(EMPLOYEE).select(EMPLOYEE.department).where(scope.of(EMPLOYEE, bind))
		return (
			Query.from_(unit)
			.join(above)
			.on((above.lft <= unit.lft) & (above.rgt >= unit.rgt))
			.select(unit.name, above.name, above.lft, above.rgt, above.mkd_public_service)
			.where(unit.name.isin(worked_in))
			.orderby(unit.name)
			.orderby(above.lft)
		)

	chains: dict[str, tuple[Unit, ...]] = {}
	for unit, *above in rows(database, build):
		name, lft, rgt, public_service = above
		chains[unit] = (Unit(name, lft, rgt, public_service or ""), *chains.get(unit, ()))
	return chains


def read_chain(database: Database, department: str) -> tuple[Unit, ...]:
	"""A unit itself, then every unit above, nearest first; empty where there is no such unit."""

	def build(bind: Binder):
		unit, above = DEPARTMENT.as_("unit"), DEPARTMENT.as_("above")
		return (
			Query.from_(unit)
			.join(above)
			.on((above.lft <= unit.lft) & (above.rgt >= unit.rgt))
			.select(above.name, above.lft, above.rgt, above.mkd_public_service)
			.where(unit.name == bind(department))
			.orderby(above.lft, order=Order.desc)
		)

	return tuple(Unit(name, lft, rgt, mark or "") for name, lft, rgt, mark in rows(database, build))


def marked_unit(chain: Iterable[Unit]) -> Unit | None:
	"""The nearest unit of a chain that says whether it serves the public face to face."""
	return next((unit for unit in chain if unit.public_service), None)


def chain_of(person: Person, chains: Chains) -> tuple[Unit, ...]:
	"""The person's unit and all above it, nearest first; empty without a unit."""
	return chains.get(person.department, ()) if person.department else ()


def read_placements(database: Database, scope: Scope) -> dict[str, tuple[str | None, ...]]:
	"""By employee his Department, Designation, Employee Grade and Employment Type; None where there is none."""

	def build(bind: Binder):
		return Query.from_(EMPLOYEE).select(EMPLOYEE.name, *_PLACEMENT).where(scope.of(EMPLOYEE, bind))

	return {name: tuple(value or None for value in values) for name, *values in rows(database, build)}
