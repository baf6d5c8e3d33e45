"""Open early warnings (rule D10): of whom no evaluation tells any more, and who has not been told."""

from __future__ import annotations

from typing import NamedTuple

from pypika import Query, Table

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.people import EMPLOYEE
from mkd_hrms.facts.superiors import USER

WARNING = Table("tabMKD Early Warning")
OPEN, ACTIVE = "Open", "Active"


class Waiting(NamedTuple):
	"""An open warning of which somebody is still to be told; users who cannot log in are None."""

	name: str
	told: bool
	superior_told: bool
	user: str | None
	superiors_user: str | None


def read_warnings_of_leavers(database: Database) -> list[str]:
	"""The open warnings of people who are not active."""

	def build(bind: Binder):
		left = EMPLOYEE.name.isnull() | (EMPLOYEE.status != bind(ACTIVE))
		return (
			Query.from_(WARNING)
			.left_join(EMPLOYEE)
			.on(EMPLOYEE.name == WARNING.employee)
			.select(WARNING.name)
			.where((WARNING.status == bind(OPEN)) & left)
		)

	return [name for (name,) in rows(database, build)]


def read_untold_warnings(database: Database) -> list[Waiting]:
	"""The open warnings of active people that they or their active superiors have not been told of."""
	superior, his_user = EMPLOYEE.as_("superior"), USER.as_("his_user")

	def build(bind: Binder):
		untold = WARNING.told_on.isnull() | WARNING.superior_told_on.isnull()
		return (
			Query.from_(WARNING)
			.join(EMPLOYEE)
			.on((EMPLOYEE.name == WARNING.employee) & (EMPLOYEE.status == bind(ACTIVE)))
			.left_join(USER)
			.on((USER.name == EMPLOYEE.user_id) & (USER.enabled == 1))
			.left_join(superior)
			.on((superior.name == EMPLOYEE.reports_to) & (superior.status == bind(ACTIVE)))
			.left_join(his_user)
			.on((his_user.name == superior.user_id) & (his_user.enabled == 1))
			.select(WARNING.name, WARNING.told_on, WARNING.superior_told_on, USER.name, his_user.name)
			.where((WARNING.status == bind(OPEN)) & untold)
		)

	return [
		Waiting(name, bool(told), bool(superior_told), *users)
		for name, told, superior_told, *users in rows(database, build)
	]
