"""Who is in the files: the people that the rules judge, and what a report says about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pypika import Query, Table

from mkd_hrms.facts.database.queries import Database, rows
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.people import EMPLOYEE, Person, read_people

UNIT = Table("tabDepartment")
ACTIVE = "Active"
# So many people who are not active are asked about at once; the active ones of a company are one question.
BATCH = 5000


@dataclass(frozen=True, slots=True)
class Profile:
	"""What a report says about a person and no rule looks at; `units` begins with the largest one."""

	nip: str | None
	echelon: str | None
	grade: str | None
	units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
	"""People who are read together."""

	scope: Scope
	people: Mapping[str, Person]


def read_groups(database: Database) -> Iterator[Group]:
	"""Everybody: the active people of each company, then those who are not active."""
	found = rows(
		database, lambda bind: Query.from_(EMPLOYEE).select(EMPLOYEE.name, EMPLOYEE.status, EMPLOYEE.company)
	)
	for company in sorted({company for _name, status, company in found if status == ACTIVE}):
		yield _group(database, Scope(company=company))
	others = sorted(name for name, status, _company in found if status != ACTIVE)
	for start in range(0, len(others), BATCH):
		yield _group(database, Scope(employees=tuple(others[start : start + BATCH])))


def _group(database: Database, scope: Scope) -> Group:
	return Group(scope, read_people(database, scope))


def read_profiles(database: Database) -> dict[str, Profile]:
	"""By employee, what the rules must not know: echelon and grade; and the units from the largest down."""
	paths = _paths(database)
	columns = (EMPLOYEE.name, EMPLOYEE.mkd_nip, EMPLOYEE.mkd_echelon, EMPLOYEE.grade, EMPLOYEE.department)
	return {
		name: Profile(nip, echelon, grade, paths.get(unit, ()))
		for name, nip, echelon, grade, unit in rows(
			database, lambda bind: Query.from_(EMPLOYEE).select(*columns)
		)
	}


def read_unit_labels(database: Database) -> dict[str, str]:
	"""By unit what people call it."""
	found = rows(database, lambda bind: Query.from_(UNIT).select(UNIT.name, UNIT.department_name))
	return {name: label or name for name, label in found}


def _paths(database: Database) -> dict[str, tuple[str, ...]]:
	"""For each unit the labels from the child of the root down to itself."""
	found = rows(
		database,
		lambda bind: Query.from_(UNIT).select(UNIT.name, UNIT.department_name, UNIT.parent_department),
	)
	labels = {name: label or name for name, label, _parent in found}
	parents = {name: parent for name, _label, parent in found}
	paths = {}
	for unit in parents:
		path, above = [labels[unit]], parents[unit]
		while above is not None:
			path.insert(0, labels[above])
			above = parents[above]
		paths[unit] = tuple(path[1:] or path)
	return paths
