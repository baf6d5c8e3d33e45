"""The attendance rows that name an MKD day, and what each remembers of the time before it (rule D6)."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from pypika import Query

from mkd_hrms.facts.attendance.records import ATTENDANCE, SUBMITTED
from mkd_hrms.facts.database.queries import Binder, Database, rows


class Linked(NamedTuple):
	"""A draft or submitted row; `before` is what stood there before MKD changed it."""

	name: str
	mkd_day: str
	before: str | None
	status: str


def read_linked(database: Database, days: Collection[str]) -> list[Linked]:
	"""The rows that name one of some MKD days."""
	if not days:
		return []

	def build(bind: Binder):
		query = Query.from_(ATTENDANCE)
		query = query.select(ATTENDANCE.name, ATTENDANCE.mkd_day, ATTENDANCE.mkd_before, ATTENDANCE.status)
		query = query.where(ATTENDANCE.mkd_day.isin(bind.all(days)) & (ATTENDANCE.docstatus <= SUBMITTED))
		return query.orderby(ATTENDANCE.name)

	return [Linked(*row) for row in rows(database, build)]


def stands_and_remembers(database: Database, row: str, before: str) -> bool:
	"""Whether a row is submitted and remembers just this of the time before it."""

	def build(bind: Binder):
		found = (ATTENDANCE.name == bind(row)) & (ATTENDANCE.docstatus == SUBMITTED)
		return (
			Query.from_(ATTENDANCE)
			.select(ATTENDANCE.name)
			.where(found & (ATTENDANCE.mkd_before == bind(before)))
		)

	return bool(rows(database, build))


class Kept(NamedTuple):
	"""A row as it stands before MKD changes it: what is remembered of it, and what makes it tell of somebody."""

	employee: str
	docstatus: int
	status: str | None
	half_day_status: str | None
	modify_half_day_status: int
	late_entry: int
	early_exit: int


def read_kept(database: Database, names: Collection[str]) -> dict[str, Kept]:
	"""Some rows by their names, as they stand."""
	if not names:
		return {}

	def build(bind: Binder):
		columns = (ATTENDANCE[column] for column in Kept._fields)
		return (
			Query.from_(ATTENDANCE)
			.select(ATTENDANCE.name, *columns)
			.where(ATTENDANCE.name.isin(bind.all(names)))
		)

	return {name: Kept(*row) for name, *row in rows(database, build)}
