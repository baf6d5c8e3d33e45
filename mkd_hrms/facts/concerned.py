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
from mkd_hrms.facts.shift_lists import ASSIGNMENT, SHIFT

STANDING, KEPT = Table("tabMKD Eligibility"), Table("tabMKD Calendar")
# What a change may be about, by DocType.
PERSON, DESIGNATION, UNIT = "Employee", "Designation", "Department"
CYCLE, HOLIDAY_LIST, SHIFT_TYPE = "Appraisal Cycle", "Holiday List", "Shift Type"


def read_concerned(database: Database, changed: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
	"""By company, the employees behind changed records (names by DocType), in one query for each DocType.

	Somebody who is named himself need not be active; and where he has moved, the company that his standing still
	names is concerned as well.
	"""
	concerned: dict[str, set[str]] = defaultdict(set)
	for kind, condition in CONDITIONS.items():
		if names := changed.get(kind):
			for employee, company in rows(database, _employees(condition, names)):
				concerned[company].add(employee)
	if names := changed.get(PERSON):
		for employee, company in rows(database, _standings(names)):
			concerned[company].add(employee)
	return dict(concerned)


def _employees(condition: Callable[[Binder, list], Criterion], names: Collection[str]):
	def build(bind: Binder):
		return (
			Query.from_(EMPLOYEE)
			.left_join(COMPANY)
			.on(COMPANY.name == EMPLOYEE.company)
			.select(EMPLOYEE.name, EMPLOYEE.company)
			.where(condition(bind, bind.all(sorted(names))))
		)

	return build


def _standings(names: Collection[str]):
	def build(bind: Binder):
		named = STANDING.name.isin(bind.all(sorted(names)))
		return Query.from_(STANDING).select(STANDING.name, STANDING.company).where(named)

	return build


def _active(bind: Binder) -> Criterion:
	return EMPLOYEE.status == bind("Active")


def _named(bind: Binder, names: list) -> Criterion:
	return EMPLOYEE.name.isin(names)


def _of_designations(bind: Binder, names: list) -> Criterion:
	return EMPLOYEE.designation.isin(names) & _active(bind)


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
	return EMPLOYEE.department.isin(below) & _active(bind)


def _of_cycles(bind: Binder, names: list) -> Criterion:
	rated = (
		Query.from_(APPRAISAL)
		.select(APPRAISAL.employee)
		.where(APPRAISAL.appraisal_cycle.isin(names) & (APPRAISAL.docstatus == SUBMITTED))
	)
	return EMPLOYEE.name.isin(rated) & _active(bind)


def _of_shifts(bind: Binder, names: list) -> Criterion:
	return _on_shifts(names) & _active(bind)


def _on_shifts(names: list | QueryBuilder) -> Criterion:
	"""Whose usual shift it is, or who is or was assigned to it."""
	assigned = (
		Query.from_(ASSIGNMENT)
		.select(ASSIGNMENT.employee)
		.where(ASSIGNMENT.shift_type.isin(names) & (ASSIGNMENT.docstatus == SUBMITTED))
	)
	return EMPLOYEE.default_shift.isin(names) | EMPLOYEE.name.isin(assigned)


def _of_holiday_lists(bind: Binder, names: list) -> Criterion:
	"""Whose own list it is, whose shift's or company's list, or in whose company it is kept for other years."""
	without_own = EMPLOYEE.holiday_list.isnull() | (EMPLOYEE.holiday_list == bind(""))
	kept = Query.from_(KEPT).select(KEPT.company).where(KEPT.holiday_list.isin(names))
	by_company = without_own & COMPANY.default_holiday_list.isin(names)
	by_shift = _on_shifts(Query.from_(SHIFT).select(SHIFT.name).where(SHIFT.holiday_list.isin(names)))
	own = EMPLOYEE.holiday_list.isin(names)
	return (own | by_company | by_shift | EMPLOYEE.company.isin(kept)) & _active(bind)


CONDITIONS: dict[str, Callable[[Binder, list], Criterion]] = {
	PERSON: _named,
	DESIGNATION: _of_designations,
	UNIT: _below_units,
	CYCLE: _of_cycles,
	HOLIDAY_LIST: _of_holiday_lists,
	SHIFT_TYPE: _of_shifts,
}
