"""Whom a change of a record concerns: the employees behind designations, units, holiday lists, cycles and companies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

from pypika import Query, Table
from pypika.queries import QueryBuilder
from pypika.terms import Criterion

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.people import COMPANY, DEPARTMENT, EMPLOYEE
from mkd_hrms.facts.performance import APPRAISAL, SUBMITTED

STANDING, KEPT = Table("tabMKD Eligibility"), Table("tabMKD Calendar")
# What a change may be about, by DocType.
PERSON, DESIGNATION, UNIT = "Employee", "Designation", "Department"
CYCLE, HOLIDAY_LIST = "Appraisal Cycle", "Holiday List"
ACTIVE = "Active"
Condition = Callable[[Binder, list], Criterion]


def read_concerned(database: Database, changed: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
	"""By company, the employees behind changed records (names by DocType), in two queries for each DocType.

	Somebody who is named himself need not be active; and where he has moved, the company that his standing still
	names is concerned as well. What concerns one Employee record concerns the active one of the same person.
	"""
	concerned: dict[str, set[str]] = defaultdict(set)
	for kind, condition in CONDITIONS.items():
		if names := changed.get(kind):
			for build in (_employees(kind, condition, names), _same_people(condition, names)):
				for employee, company in rows(database, build):
					concerned[company].add(employee)
	if names := changed.get(PERSON):
		for employee, company in rows(database, _standings(names)):
			concerned[company].add(employee)
	return dict(concerned)


def _employees(kind: str, condition: Condition, names: Collection[str]):
	def build(bind: Binder):
		query = _behind(condition, names, bind).select(EMPLOYEE.name, EMPLOYEE.company)
		return query if kind == PERSON else query.where(EMPLOYEE.status == bind(ACTIVE))

	return build


def _same_people(condition: Condition, names: Collection[str]):
	"""The active records of people of whom another record is behind the change."""
	his = EMPLOYEE.as_("his")

	def build(bind: Binder):
		query = _behind(condition, names, bind).join(his).on(his.mkd_nip == EMPLOYEE.mkd_nip)
		query = query.where(
			(his.mkd_nip > bind("")) & (his.status == bind(ACTIVE)) & (his.name != EMPLOYEE.name)
		)
		return query.select(his.name, his.company)

	return build


def _behind(condition: Condition, names: Collection[str], bind: Binder) -> QueryBuilder:
	query = Query.from_(EMPLOYEE).left_join(COMPANY).on(COMPANY.name == EMPLOYEE.company)
	return query.where(condition(bind, bind.all(sorted(names))))


def _standings(names: Collection[str]):
	def build(bind: Binder):
		named = STANDING.name.isin(bind.all(sorted(names)))
		return Query.from_(STANDING).select(STANDING.name, STANDING.company).where(named)

	return build


def _named(bind: Binder, names: list) -> Criterion:
	return EMPLOYEE.name.isin(names)


def _of_designations(bind: Binder, names: list) -> Criterion:
	return EMPLOYEE.designation.isin(names)


def _below_units(bind: Binder, names: list) -> Criterion:
	"""In the units themselves or anywhere below them."""
	unit, top = DEPARTMENT.as_("unit"), DEPARTMENT.as_("top")
	below = (
		Query.from_(unit)
		.join(top)
		.on((unit.lft >= top.lft) & (unit.rgt <= top.rgt))
		.select(unit.name)
		.where(top.name.isin(names))
	)
	return EMPLOYEE.department.isin(below)


def _of_cycles(bind: Binder, names: list) -> Criterion:
	rated = (
		Query.from_(APPRAISAL)
		.select(APPRAISAL.employee)
		.where(APPRAISAL.appraisal_cycle.isin(names) & (APPRAISAL.docstatus == SUBMITTED))
	)
	return EMPLOYEE.name.isin(rated)


def _of_holiday_lists(bind: Binder, names: list) -> Criterion:
	"""Whose own list it is, whose company's list it is, or in whose company it is kept for other years."""
	without_own = EMPLOYEE.holiday_list.isnull() | (EMPLOYEE.holiday_list == bind(""))
	kept = Query.from_(KEPT).select(KEPT.company).where(KEPT.holiday_list.isin(names))
	by_company = without_own & COMPANY.default_holiday_list.isin(names)
	return EMPLOYEE.holiday_list.isin(names) | by_company | EMPLOYEE.company.isin(kept)


CONDITIONS: dict[str, Condition] = {
	PERSON: _named,
	DESIGNATION: _of_designations,
	UNIT: _below_units,
	CYCLE: _of_cycles,
	HOLIDAY_LIST: _of_holiday_lists,
}
