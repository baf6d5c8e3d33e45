"""The agency as a whole: its companies, its units, and how many people are active in them."""

from __future__ import annotations

from collections.abc import Collection

from pypika import Query
from pypika.functions import Count

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.people import COMPANY, DEPARTMENT, EMPLOYEE

ACTIVE = "Active"


def read_companies(database: Database) -> list[str]:
	"""All companies, in the order of their names."""
	found = rows(database, lambda bind: Query.from_(COMPANY).select(COMPANY.name).orderby(COMPANY.name))
	return [name for (name,) in found]


def read_companies_with_people(database: Database) -> list[str]:
	"""The companies in which somebody is active."""

	def build(bind: Binder):
		query = Query.from_(EMPLOYEE).select(EMPLOYEE.company).distinct()
		return query.where(EMPLOYEE.status == bind(ACTIVE)).orderby(EMPLOYEE.company)

	return [name for (name,) in rows(database, build)]


def count_active(database: Database, companies: Collection[str]) -> int:
	"""How many people are active in some companies."""
	if not companies:
		return 0

	def build(bind: Binder):
		query = Query.from_(EMPLOYEE).select(Count("*")).where(EMPLOYEE.status == bind(ACTIVE))
		return query.where(EMPLOYEE.company.isin(bind.all(companies)))

	return rows(database, build)[0][0]


def count_active_in(database: Database, company: str, units: Collection[str] | None) -> int:
	"""How many people are active in some units of a company; None is all of them."""
	if units is not None and not units:
		return 0

	def build(bind: Binder):
		query = Query.from_(EMPLOYEE).select(Count("*")).where(EMPLOYEE.status == bind(ACTIVE))
		query = query.where(EMPLOYEE.company == bind(company))
		return query if units is None else query.where(EMPLOYEE.department.isin(bind.all(units)))

	return rows(database, build)[0][0]


def count_active_by(database: Database, column: str) -> dict[str, int]:
	"""By what a column of Employee says, a designation or unit for instance, how many people are active in it."""
	value = EMPLOYEE[column]

	def build(bind: Binder):
		query = Query.from_(EMPLOYEE).select(value, Count("*")).groupby(value)
		return query.where((EMPLOYEE.status == bind(ACTIVE)) & value.notnull() & (value != bind("")))

	return dict(rows(database, build))


def count_active_by_type(database: Database) -> dict[tuple[str, str], int]:
	"""By company and employment type, how many people are active."""
	by = EMPLOYEE.company, EMPLOYEE.employment_type

	def build(bind: Binder):
		query = Query.from_(EMPLOYEE).select(*by, Count("*")).groupby(*by)
		return query.where((EMPLOYEE.status == bind(ACTIVE)) & (EMPLOYEE.employment_type > bind("")))

	return {(company, kind): count for company, kind, count in rows(database, build)}


def read_company_of(database: Database, department: str) -> str | None:
	"""The company of a unit; None where it belongs to none."""
	return read_companies_of_units(database, [department]).get(department) or None


def read_companies_of_units(database: Database, departments: Collection[str]) -> dict[str, str | None]:
	"""By unit the company to which it belongs."""
	if not departments:
		return {}

	def build(bind: Binder):
		named = DEPARTMENT.name.isin(bind.all(sorted(departments)))
		return Query.from_(DEPARTMENT).select(DEPARTMENT.name, DEPARTMENT.company).where(named)

	return dict(rows(database, build))


def read_units_below(database: Database, department: str) -> list[str]:
	"""A unit and everything below it; nothing where there is no such unit."""

	def build(bind: Binder):
		top, unit = DEPARTMENT.as_("top"), DEPARTMENT.as_("unit")
		return (
			Query.from_(top)
			.join(unit)
			.on((unit.lft >= top.lft) & (unit.rgt <= top.rgt))
			.select(unit.name)
			.where(top.name == bind(department))
			.orderby(unit.lft)
		)

	return [name for (name,) in rows(database, build)]


def is_company(database: Database, name: str) -> bool:
	"""Whether there is a company of this name."""

	def build(bind: Binder):
		return Query.from_(COMPANY).select(COMPANY.name).where(COMPANY.name == bind(name))

	return bool(rows(database, build))
