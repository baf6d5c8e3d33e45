"""Who the employees are: the Employee records and the unit tree above them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pypika import Query, Table

from mkd_hrms.facts.database import Binder, Database, rows
from mkd_hrms.facts.scope import Scope

EMPLOYEE, DEPARTMENT, COMPANY = Table("tabEmployee"), Table("tabDepartment"), Table("tabCompany")


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
	default_holiday_list: str | None
	user: str | None
	reports_to: str | None

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


def read_people(database: Database, scope: Scope) -> dict[str, Person]:
	"""The people of a scope by employee."""

	def build(bind: Binder):
		own = (
			"employee_name status company department designation employment_type date_of_joining relieving_date"
			" contract_end_date holiday_list user_id reports_to mkd_nip"
		).split()
		return (
			Query.from_(EMPLOYEE)
			.left_join(COMPANY)
			.on(COMPANY.name == EMPLOYEE.company)
			.select(EMPLOYEE.name, *(EMPLOYEE[column] for column in own), COMPANY.default_holiday_list)
			.where(scope.of(EMPLOYEE, bind))
		)

	people = {}
	for row in rows(database, build):
		name, full_name, status, company, unit, designation, kind, joined, left, ends, holidays, user, boss, nip, default = row
		people[name] = Person(
			employee=name,
			employee_name=full_name,
			person=nip or name,
			status=status or None,
			company=company,
			department=unit or None,
			designation=designation or None,
			employment_type=kind or None,
			joined_on=joined,
			relieved_on=left,
			contract_ends_on=ends,
			holiday_list=holidays or None,
			default_holiday_list=default or None,
			user=user or None,
			reports_to=boss or None,
		)
	return people


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


def marked_unit(chain: Iterable[Unit]) -> Unit | None:
	"""The nearest unit of a chain that says whether it serves the public face to face."""
	return next((unit for unit in chain if unit.public_service), None)


def chain_of(person: Person, chains: Mapping[str, tuple[Unit, ...]]) -> tuple[Unit, ...]:
	"""The person's unit and all above it, nearest first; empty without a unit."""
	return chains.get(person.department, ()) if person.department else ()
