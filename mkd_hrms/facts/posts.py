"""Since when people hold their present posts: promotions, transfers, and the work history of the Employee (rule E3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import NamedTuple

from pypika import Query, Table
from pypika.terms import Term

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.model import folded

PROMOTION, TRANSFER = Table("tabEmployee Promotion"), Table("tabEmployee Transfer")
CHANGE, HISTORY = Table("tabEmployee Property History"), Table("tabEmployee Internal Work History")
# What makes another post. A new grade or branch makes none.
POST = ("designation", "department")
SUBMITTED = 1


class Move(NamedTuple):
	"""Somebody was given a designation or a department on a day."""

	employee: str
	day: date
	field: str
	value: str


def read_posts(database: Database, scope: Scope, people: Mapping[str, Person]) -> dict[str, tuple[date, ...]]:
	"""By employee, the days on which he came into his present designation or department; nobody without one."""
	moves: dict[tuple[str, str], list[Move]] = defaultdict(list)
	for move in _read_moves(database, scope):
		moves[move.employee, move.field].append(move)
	found: dict[str, set[date]] = defaultdict(set)
	for (employee, field), entries in moves.items():
		if person := people.get(employee):
			found[employee].update(_arrivals(entries, getattr(person, field)))
	return {employee: tuple(sorted(days)) for employee, days in found.items() if days}


def _arrivals(moves: Iterable[Move], present: str | None) -> Iterator[date]:
	"""The first day of each stretch in which the records say what is true at present; saying it again is no move."""
	ordered = sorted(moves, key=lambda move: move.day)
	for value, stretch in groupby(ordered, key=lambda move: folded(move.value)):
		if value == folded(present or ""):
			yield next(stretch).day


def _read_moves(database: Database, scope: Scope) -> Iterator[Move]:
	for employee, day, field, value in _read_changes(database, scope, PROMOTION, PROMOTION.promotion_date):
		yield Move(employee, day, field, value)
	taken_along = TRANSFER.new_employee_id
	for employee, day, field, value, new in _read_changes(
		database, scope, TRANSFER, TRANSFER.transfer_date, taken_along
	):
		# Where the transfer made a new record, the post is that of the new one.
		yield Move(new or employee, day, field, value)
	for employee, day, *values in _read_history(database, scope):
		for field, value in zip(POST, values, strict=True):
			if value:
				yield Move(employee, day, field, value)


def _read_changes(database: Database, scope: Scope, document: Table, day: Term, *also: Term):
	"""What submitted documents of a kind changed in the post, in the order of their names."""

	def build(bind: Binder):
		whose = scope.has(document.employee, bind)
		for other in also:
			whose |= scope.has(other, bind)
		changed = CHANGE.fieldname.isin(bind.all(POST)) & (CHANGE.new > bind(""))
		return (
			Query.from_(document)
			.join(CHANGE)
			.on(CHANGE.parent == document.name)
			.select(document.employee, day, CHANGE.fieldname, CHANGE.new, *also)
			.where((document.docstatus == SUBMITTED) & changed & whose)
			.orderby(document.name)
		)

	return rows(database, build)


def _read_history(database: Database, scope: Scope):
	def build(bind: Binder):
		return (
			Query.from_(HISTORY)
			.select(HISTORY.parent, HISTORY.from_date, *(HISTORY[field] for field in POST))
			.where(HISTORY.from_date.notnull() & scope.has(HISTORY.parent, bind))
			.orderby(HISTORY.parent)
			.orderby(HISTORY.from_date)
		)

	return rows(database, build)
