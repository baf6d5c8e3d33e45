"""How many people a report is about, by employment type, and what measures they were given in a period."""

from __future__ import annotations

from collections import Counter
from datetime import date

from pypika import Query, Table

from mkd_hrms.facts.agency import ACTIVE
from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.people import EMPLOYEE
from mkd_hrms.facts.reports.day_counts import within
from mkd_hrms.facts.reports.narrowed import Narrowed

SUBMITTED = 1


def count_by_type(database: Database, narrowed: Narrowed) -> Counter[str]:
	"""The active people by employment type; an empty name is that of whom nothing is said."""
	if narrowed.is_empty:
		return Counter()

	def build(bind: Binder):
		query = Query.from_(EMPLOYEE).select(EMPLOYEE.name, EMPLOYEE.employment_type)
		query = query.where((EMPLOYEE.company == bind(narrowed.company)) & (EMPLOYEE.status == bind(ACTIVE)))
		if narrowed.units is not None:
			query = query.where(EMPLOYEE.department.isin(bind.all(narrowed.units)))
		return query

	return Counter(kind or "" for employee, kind in rows(database, build) if narrowed.shows(employee))


def count_measures(
	database: Database, doctype: str, narrowed: Narrowed, since: date, until: date, but: str
) -> int:
	"""How many warnings or suspensions of some people begin in a period; `but` is the state of those that are void."""
	if narrowed.is_empty:
		return 0
	measure = Table(f"tab{doctype}")

	def build(bind: Binder):
		query = Query.from_(measure).join(EMPLOYEE).on(EMPLOYEE.name == measure.employee)
		query = query.select(measure.employee).where(EMPLOYEE.company == bind(narrowed.company))
		if narrowed.units is not None:
			query = query.where(EMPLOYEE.department.isin(bind.all(narrowed.units)))
		query = query.where(within(measure.from_date, since, until, bind) & (measure.status != bind(but)))
		return query.where(measure.docstatus == bind(SUBMITTED))

	return sum(narrowed.shows(employee) for (employee,) in rows(database, build))
