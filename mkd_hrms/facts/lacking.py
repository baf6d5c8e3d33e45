"""Which active employees of a company lack something that MKD needs: each in one statement, of whoever lacks it alone."""

from __future__ import annotations

from collections.abc import Callable

from pypika import Query, Table
from pypika.queries import QueryBuilder

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.people import EMPLOYEE
from mkd_hrms.facts.superiors import ACTIVE, USER

STANDING, SUPERIOR = Table("tabMKD Eligibility"), EMPLOYEE.as_("superior")


def read_without_user(database: Database, company: str) -> list[str]:
	"""Whoever cannot log in."""

	def build(bind: Binder):
		query = _active(company, bind).left_join(USER)
		return query.on((USER.name == EMPLOYEE.user_id) & (USER.enabled == 1)).where(USER.name.isnull())

	return _names(database, build)


def read_without_unit(database: Database, company: str) -> list[str]:
	"""Whoever's record names no unit."""

	def build(bind: Binder):
		return _active(company, bind).where(EMPLOYEE.department.isnull() | (EMPLOYEE.department == bind("")))

	return _names(database, build)


def read_without_superior(database: Database, company: str) -> list[str]:
	"""Whoever reports to nobody active who can log in, or to himself; the head of his unit may decide about him."""

	def build(bind: Binder):
		query = _active(company, bind).left_join(SUPERIOR)
		query = query.on((SUPERIOR.name == EMPLOYEE.reports_to) & (SUPERIOR.status == bind(ACTIVE)))
		query = query.left_join(USER).on((USER.name == SUPERIOR.user_id) & (USER.enabled == 1))
		return query.where(USER.name.isnull() | (USER.name == EMPLOYEE.user_id))

	return _names(database, build)


def read_without_standing(database: Database, company: str) -> list[str]:
	"""Whoever was not evaluated in this company."""

	def build(bind: Binder):
		query = _active(company, bind).left_join(STANDING)
		its = (STANDING.employee == EMPLOYEE.name) & (STANDING.company == bind(company))
		return query.on(its).where(STANDING.name.isnull())

	return _names(database, build)


def read_unknown_gates(database: Database, company: str) -> dict[str, str]:
	"""By employee the gates of which his standing says that something is not known, as they are stored."""

	def build(bind: Binder):
		query = _active(company, bind).join(STANDING).on(STANDING.employee == EMPLOYEE.name)
		query = query.select(STANDING.unknown_gates).where(STANDING.company == bind(company))
		return query.where(STANDING.unknown_gates > bind(""))

	return dict(rows(database, build))


def read_holiday_lists(database: Database, company: str) -> set[str | None]:
	"""The holiday lists that the records name; None is the company's own."""

	def build(bind: Binder):
		query = Query.from_(EMPLOYEE).select(EMPLOYEE.holiday_list).distinct()
		return query.where((EMPLOYEE.company == bind(company)) & (EMPLOYEE.status == bind(ACTIVE)))

	return {name or None for (name,) in rows(database, build)}


def read_with_holiday_list(database: Database, company: str, names: set[str | None]) -> list[str]:
	"""Whose record names one of some lists; None is the company's own."""
	if not names:
		return []

	def build(bind: Binder):
		named = EMPLOYEE.holiday_list.isin(bind.all(sorted(filter(None, names)) or [""]))
		if None in names:
			named |= EMPLOYEE.holiday_list.isnull() | (EMPLOYEE.holiday_list == bind(""))
		return _active(company, bind).where(named)

	return _names(database, build)


def _active(company: str, bind: Binder) -> QueryBuilder:
	query = Query.from_(EMPLOYEE).select(EMPLOYEE.name)
	return query.where((EMPLOYEE.company == bind(company)) & (EMPLOYEE.status == bind(ACTIVE)))


def _names(database: Database, build: Callable[[Binder], QueryBuilder]) -> list[str]:
	return [name for (name,) in rows(database, build)]
