"""What users decided about employees: asked before two of them become one, and for a list of what one has decided."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import reduce
from typing import NamedTuple

from pypika import Query, Table
from pypika.queries import QueryBuilder
from pypika.terms import PseudoColumn

from mkd_hrms.facts.database.queries import Binder, Database, rows

# By DocType, the columns that name who decided about the employee, or who keeps a record by which he is judged.
DECIDED = {
	"MKD Request": ("decided_by", "superior_approved_by"),
	"MKD Day": ("confirmed_by",),
	"MKD Daily Report": ("verifier",),
	"MKD Gate Decision": ("decided_by",),
	"MKD Objection": ("decided_by",),
	"MKD Day Swap": ("decided_by",),
	"MKD Suspension": ("lifted_by", "annulled_by", "owner", "modified_by"),
	"MKD Warning": ("annulled_by", "owner", "modified_by"),
	"MKD Discipline Record": ("owner",),
	"MKD Performance Record": ("owner",),
	"MKD Talent Record": ("owner",),
}


class Decided(NamedTuple):
	"""A record about an employee, and the user who decided it."""

	doctype: str
	name: str
	employee: str
	user: str


def read_decided_among(
	database: Database, employees: Collection[str], users: Collection[str]
) -> Decided | None:
	"""One record about some employees that one of some users decided or keeps; None where there is none."""
	if not (employees and users):
		return None
	for doctype, columns in DECIDED.items():
		for column in columns:
			if found := rows(database, _decided(Table(f"tab{doctype}"), column, employees, users)):
				return Decided(doctype, *found[0])
	return None


def read_who_is_named_for(
	database: Database,
	doctype: str,
	named: Collection[tuple[str, str]],
	states: Collection[str] = (),
	but: str = "",
) -> frozenset[str]:
	"""The employees of the rows whose column names a user, for pairs of column and user; only of rows in some states.

	Each pair is found in an index that begins with its column and holds the employee: no row itself is read. Left out are
	the employees of whose record the condition `but` is true, which is text of SQL made of escaped values.
	"""
	if not named:
		return frozenset()
	table = Table(f"tab{doctype}")

	def build(bind: Binder) -> QueryBuilder:
		found = reduce(
			lambda query, other: query.union(other), (naming(bind, column, user) for column, user in named)
		)
		return _without(found, but) if but else found

	def naming(bind: Binder, column: str, user: str) -> QueryBuilder:
		query = Query.from_(table).select(table.employee).distinct().where(table[column] == bind(user))
		return query.where(table.status.isin(bind.all(states))) if states else query

	return frozenset(employee for (employee,) in rows(database, build) if employee)


def _without(found: QueryBuilder, condition: str) -> QueryBuilder:
	who = found.as_("who")
	theirs = condition.replace("%", "%%")
	left_out = f"not exists (select 1 from `tabEmployee` where `name` = `who`.`employee` and ({theirs}))"  # noqa: S608 -- made of escaped values
	return Query.from_(who).select(who.employee).where(PseudoColumn(left_out))


def _decided(
	table: Table, column: str, employees: Collection[str], users: Collection[str]
) -> Callable[[Binder], QueryBuilder]:
	def build(bind: Binder) -> QueryBuilder:
		decided = table.employee.isin(bind.all(employees)) & table[column].isin(bind.all(users))
		query = Query.from_(table).select(table.name, table.employee, table[column]).where(decided)
		return query.orderby(table.name).limit(1)

	return build
