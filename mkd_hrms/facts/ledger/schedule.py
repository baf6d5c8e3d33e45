"""Who works away on a date: of a company, or of some of its units. A query a date, from the index of the ledger alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from pypika import Query

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.ledger.days import DAY
from mkd_hrms.facts.people import EMPLOYEE


def read_scheduled(
	database: Database, company: str, units: Collection[str] | None, day: date, states: Collection[str]
) -> list[tuple[str, str | None]]:
	"""Employee and unit of each day in some states on a date; of some units only, where there are any named."""

	def build(bind: Binder):
		own = (DAY.mkd_date == bind(day)) & (DAY.company == bind(company))
		own &= DAY.status.isin(bind.all(states))
		query = Query.from_(DAY).select(DAY.employee, DAY.department).where(own)
		return query if units is None else query.where(DAY.department.isin(bind.all(units)))

	return list(rows(database, build)) if units is None or units else []


def read_nips(database: Database, employees: Collection[str]) -> dict[str, str]:
	"""The numbers of some employees as civil servants, by Employee record, of those that have one."""

	def build(bind: Binder):
		query = Query.from_(EMPLOYEE).select(EMPLOYEE.name, EMPLOYEE.mkd_nip)
		return query.where(EMPLOYEE.name.isin(bind.all(employees)) & (EMPLOYEE.mkd_nip > bind("")))

	return dict(rows(database, build)) if employees else {}
