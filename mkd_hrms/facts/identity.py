"""Which Employee records are one person: a rehired civil servant has several, and one NIP."""

from __future__ import annotations

from collections.abc import Collection

from pypika import Query, Table

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.people import EMPLOYEE


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


def read_records_of(database: Database, user: str) -> list[str]:
	"""Every Employee record of a user, and those of the same NIP."""

	def build(bind: Binder):
		return Query.from_(EMPLOYEE).select(EMPLOYEE.name).where(EMPLOYEE.user_id == bind(user))

	own = [name for (name,) in rows(database, build)]
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
