"""Goals, and the Appraisal Cycles in which they count."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from pypika import Query, Table

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.people import EMPLOYEE
from mkd_hrms.facts.performance import CYCLE

GOAL = Table("tabGoal")
# What people have put away stays as they left it.
PUT_AWAY = ("Archived", "Closed")


class Followed(NamedTuple):
	"""A goal with planned minutes of MKD; its progress is a percentage."""

	name: str
	progress: float
	minutes: int


def read_own_goals(database: Database, employee: str, names: Collection[str]) -> set[str]:
	"""Those among some goals that are the employee's own."""
	if not names:
		return set()

	def build(bind: Binder):
		own = (GOAL.employee == bind(employee)) & GOAL.name.isin(bind.all(sorted(names)))
		return Query.from_(GOAL).select(GOAL.name).where(own)

	return {name for (name,) in rows(database, build)}


def read_followed_goals(database: Database, names: Collection[str]) -> list[Followed]:
	"""Those among some goals whose progress is still open and follows planned minutes.

	Settled is the result of a goal that was put away, whose cycle is completed, or whose employee is inactive.
	"""
	if not names:
		return []

	def build(bind: Binder):
		planned = (GOAL.mkd_target_minutes > 0) & (GOAL.is_group == 0)
		return (
			Query.from_(GOAL)
			.join(EMPLOYEE)
			.on(EMPLOYEE.name == GOAL.employee)
			.left_join(CYCLE)
			.on(CYCLE.name == GOAL.appraisal_cycle)
			.select(GOAL.name, GOAL.progress, GOAL.mkd_target_minutes)
			.where(GOAL.name.isin(bind.all(sorted(names))) & planned)
			.where(GOAL.status.notin(bind.all(PUT_AWAY)) & (EMPLOYEE.status != bind("Inactive")))
			.where(CYCLE.status.isnull() | (CYCLE.status != bind("Completed")))
			.orderby(GOAL.name)
		)

	return [Followed(*row) for row in rows(database, build)]


def read_period(database: Database, cycle: str) -> tuple[date | None, date | None]:
	"""The first and last day of an Appraisal Cycle."""

	def build(bind: Binder):
		return Query.from_(CYCLE).select(CYCLE.start_date, CYCLE.end_date).where(CYCLE.name == bind(cycle))

	return next(iter(rows(database, build)), (None, None))
