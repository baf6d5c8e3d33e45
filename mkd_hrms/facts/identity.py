"""Which Employee records are one person: a rehired civil servant has several, and one NIP."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from pypika import Query, Table

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.people import EMPLOYEE, Person, read_people, read_records_with, read_shared_records


def widened(database: Database, scope: Scope, people: Mapping[str, Person]) -> Scope:
	"""The scope with every Employee record of its people: what is recorded of any of them is told of the person.

	One query, and none where nobody has a NIP or where it is widened already.
	"""
	if scope.others is not None:
		return scope
	nips = {person.person for name, person in people.items() if person.person != name}
	records = defaultdict(list)
	for record in _records_of(database, scope, nips).values():
		records[record.person].append(record)
	others = {}
	for name, person in people.items():
		if more := tuple(record for record in records.get(person.person, ()) if record.employee != name):
			others[name] = more
	whose = defaultdict(tuple)
	for name, more in others.items():
		for record in (name, *(other.employee for other in more)):
			whose[record] += (name,)
	return replace(scope, others=others, whose=dict(whose))


def with_other_records(database: Database, employees: Collection[str]) -> Scope:
	"""Some Employee records, and the others of the same people."""
	asked = Scope(employees=tuple(sorted(employees)))
	return widened(database, asked, read_people(database, asked)) if employees else asked


def read_present(database: Database, employees: Collection[str]) -> tuple[Scope, dict[str, Person]]:
	"""The people behind some Employee records, each by the record that is active, if one is, and all their records."""
	if not employees:
		return Scope(), {}
	asked = Scope(employees=tuple(sorted(employees)))
	people = read_people(database, asked)
	others = widened(database, asked, people).others
	present = {}
	for name, person in people.items():
		active = (record for record in (person, *others.get(name, ())) if record.status == "Active")
		record = next(active, person)
		present[record.employee] = record
	return widened(database, Scope(employees=tuple(sorted(present))), present), present


def read_all_records(database: Database, employees: Collection[str]) -> list[Person]:
	"""Some Employee records, and the others of the same people."""
	asked = Scope(employees=tuple(sorted(employees)))
	people = read_people(database, asked)
	others = widened(database, asked, people).others
	found = {**people, **{record.employee: record for records in others.values() for record in records}}
	return list(found.values())


def _records_of(database: Database, scope: Scope, nips: Collection[str]) -> dict[str, Person]:
	"""Of a whole company only those are asked for who have several records; they are few."""
	if not nips:
		return {}
	return (
		read_records_with(database, nips) if scope.employees or scope.units else read_shared_records(database)
	)


def read_nip(database: Database, employee: str) -> str | None:
	"""The number of a civil servant; None where the record has none."""

	def build(bind: Binder):
		return Query.from_(EMPLOYEE).select(EMPLOYEE.mkd_nip).where(EMPLOYEE.name == bind(employee))

	return next((nip for (nip,) in rows(database, build)), None) or None


def read_same_person(database: Database, employee: str) -> list[str]:
	"""An Employee record and those of the same NIP."""
	nip = read_nip(database, employee)
	if not nip:
		return [employee]

	def build(bind: Binder):
		query = Query.from_(EMPLOYEE).select(EMPLOYEE.name).where(EMPLOYEE.mkd_nip == bind(nip))
		return query.orderby(EMPLOYEE.name)

	return [name for (name,) in rows(database, build)]


def read_records_of_user(database: Database, user: str) -> list[str]:
	"""Every Employee record whose user somebody is, and no other of the same NIP."""

	def build(bind: Binder):
		return Query.from_(EMPLOYEE).select(EMPLOYEE.name).where(EMPLOYEE.user_id == bind(user))

	return sorted(name for (name,) in rows(database, build))


def read_records_of(database: Database, user: str) -> list[str]:
	"""Every Employee record of a user, and those of the same NIP."""
	own = read_records_of_user(database, user)
	return sorted({name for employee in own for name in read_same_person(database, employee)})


def read_other_with_nip(database: Database, nip: str, but: Collection[str]) -> tuple[str, str] | None:
	"""Name and employee name of an active record with a NIP, besides those that may have it."""

	def build(bind: Binder):
		others = (EMPLOYEE.mkd_nip == bind(nip)) & (EMPLOYEE.status == bind("Active"))
		query = Query.from_(EMPLOYEE).select(EMPLOYEE.name, EMPLOYEE.employee_name).where(others)
		return query.where(EMPLOYEE.name.notin(bind.all(but))).limit(1)

	return next(iter(rows(database, build)), None)


def read_orphans(
	database: Database, doctype: str, column: str, kind: str, kind_column: str | None = None
) -> set[str]:
	"""The records of a DocType of ours whose column names an Employee or a Department (`kind`) that is not there.

	With `kind_column` only those that say there that they name one of that kind.
	"""
	table, named = Table(f"tab{doctype}"), Table(f"tab{kind}").as_("named")

	def build(bind: Binder):
		query = Query.from_(table).left_join(named).on(named.name == table[column]).select(table.name)
		query = query.where((table[column] != bind("")) & named.name.isnull())
		return query.where(table[kind_column] == bind(kind)) if kind_column else query

	return {name for (name,) in rows(database, build)}
