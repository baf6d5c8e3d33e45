"""How the days of a period were shared among the people of each unit, and wishes for which there was no room (rule W6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from pypika import Query, Table
from pypika.functions import Count

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.reports.day_counts import read_days_of_people
from mkd_hrms.facts.reports.narrowed import Narrowed
from mkd_hrms.policy.coverage import AWAY_STATES
from mkd_hrms.policy.model import Outcome

STANDING, WAITING = Table("tabMKD Eligibility"), Table("tabMKD Waiting Place")


def read_eligible_people(database: Database, narrowed: Narrowed) -> Sequence[tuple[str | None, str]]:
	"""Unit and employee of whoever may work away, as the last evaluation found."""

	def build(bind: Binder):
		query = Query.from_(STANDING).select(STANDING.department, STANDING.employee)
		return query.where(narrowed.of(STANDING, bind) & (STANDING.outcome == bind(Outcome.ELIGIBLE.value)))

	if narrowed.is_empty:
		return ()
	return [row for row in rows(database, build) if narrowed.shows(row[1])]


def read_days_of_each(
	database: Database, narrowed: Narrowed, since: date, until: date
) -> Sequence[tuple[str | None, str, int]]:
	"""Unit, employee and how many MKD days from since to until, of everybody who had any."""
	found: Counter[tuple[str | None, str]] = Counter()
	for row in read_days_of_people(database, narrowed, since, until, AWAY_STATES):
		found[row.department, row.employee] += row.days
	return [(*whose, days) for whose, days in found.items()]


def read_refused_wishes(
	database: Database, narrowed: Narrowed, since: date, until: date
) -> Sequence[tuple[str | None, str, int, int]]:
	"""Unit, employee, how many of his wishes for dates of a period found no room, and of how many places he was told."""

	def build(bind: Binder):
		return (
			Query.from_(WAITING)
			.select(WAITING.department, WAITING.employee, Count(WAITING.name), Count(WAITING.told_on))
			.where((WAITING.mkd_date >= bind(since)) & (WAITING.mkd_date <= bind(until)))
			.where(narrowed.of(WAITING, bind))
			.groupby(WAITING.department, WAITING.employee)
		)

	if narrowed.is_empty:
		return ()
	return [row for row in rows(database, build) if narrowed.shows(row[1])]
