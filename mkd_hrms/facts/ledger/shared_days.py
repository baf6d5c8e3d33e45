"""How the days of a period were shared among the people of each unit, and wishes for which there was no room (rule W6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pypika import Query, Table
from pypika.functions import Count

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.ledger.days import DAY
from mkd_hrms.policy.coverage import AWAY_STATES
from mkd_hrms.policy.model import Outcome

STANDING, WAITING = Table("tabMKD Eligibility"), Table("tabMKD Waiting Place")


def read_eligible_people(database: Database, company: str) -> Sequence[tuple[str | None, str]]:
	"""Unit and employee of everybody in a company who may work away, as the last evaluation found."""

	def build(bind: Binder):
		query = Query.from_(STANDING).select(STANDING.department, STANDING.employee)
		query = query.where(STANDING.company == bind(company))
		return query.where(STANDING.outcome == bind(Outcome.ELIGIBLE.value)).orderby(STANDING.employee)

	return rows(database, build)


def read_days_of_each(
	database: Database, company: str, since: date, until: date
) -> Sequence[tuple[str | None, str, int]]:
	"""Unit, employee and how many MKD days from since to until, of everybody in a company who had any."""

	def build(bind: Binder):
		return (
			Query.from_(DAY)
			.select(DAY.department, DAY.employee, Count(DAY.name))
			.where(DAY.status.isin(bind.all(AWAY_STATES)) & (DAY.company == bind(company)))
			.where((DAY.mkd_date >= bind(since)) & (DAY.mkd_date <= bind(until)))
			.groupby(DAY.department, DAY.employee)
		)

	return rows(database, build)


def read_refused_wishes(
	database: Database, company: str, since: date, until: date
) -> Sequence[tuple[str | None, str, int, int]]:
	"""Unit, employee, how many of his wishes for dates of a period found no room, and of how many places he was told."""

	def build(bind: Binder):
		return (
			Query.from_(WAITING)
			.select(WAITING.department, WAITING.employee, Count(WAITING.name), Count(WAITING.told_on))
			.where((WAITING.mkd_date >= bind(since)) & (WAITING.mkd_date <= bind(until)))
			.where(WAITING.company == bind(company))
			.groupby(WAITING.department, WAITING.employee)
		)

	return rows(database, build)
