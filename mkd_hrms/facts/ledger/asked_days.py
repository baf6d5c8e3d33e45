"""Days that wait for a decision, with what their fair order goes by (rule W6): when and how they were asked for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from pypika import Query, Table
from pypika.functions import Max

from mkd_hrms.constants import PENDING_APPROVAL, REQUEST
from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.ledger.days import DAY
from mkd_hrms.policy.coverage import AWAY_STATES
from mkd_hrms.policy.model import PENDING

ASKED, WAITING = Table("tabMKD Request"), Table("tabMKD Waiting Place")


class AskedDay(NamedTuple):
	"""A day that somebody asks for, and the application in which he does."""

	name: str
	employee: str
	employee_name: str | None
	person: str
	mkd_date: date
	request: str
	applied_at: datetime
	special: bool


def read_asked_days(database: Database, days: Collection[str]) -> tuple[AskedDay, ...]:
	"""Of some days of the ledger those that wait for the superior, or for the second approval of what he approved."""
	if not days:
		return ()

	def build(bind: Binder):
		decided_once = ASKED.superior_approved_on.notnull()
		return (
			Query.from_(DAY)
			.join(ASKED)
			.on(ASKED.name == DAY.source_name)
			.select(DAY.name, DAY.employee, DAY.employee_name, DAY.person, DAY.mkd_date, DAY.source_name)
			.select(DAY.creation, ASKED.special_circumstances)
			.where(DAY.name.isin(bind.all(sorted(days))) & (DAY.status == bind(PENDING)))
			.where(DAY.source_doctype == bind(REQUEST))
			.where((ASKED.status == bind(PENDING_APPROVAL)) | decided_once)
			.orderby(DAY.name)
		)

	return tuple(AskedDay(*row[:-1], bool(row[-1])) for row in rows(database, build))


def read_last_granted(database: Database, persons: Collection[str], since: date) -> dict[str, datetime]:
	"""By person, when a day from a date on was last approved for him."""
	if not persons:
		return {}

	def build(bind: Binder):
		return (
			Query.from_(DAY)
			.join(ASKED)
			.on(ASKED.name == DAY.source_name)
			.select(DAY.person, Max(ASKED.decided_on))
			.where(DAY.person.isin(bind.all(sorted(persons))) & (DAY.mkd_date >= bind(since)))
			.where(DAY.status.isin(bind.all(AWAY_STATES)) & (DAY.source_doctype == bind(REQUEST)))
			.groupby(DAY.person)
		)

	return {person: moment for person, moment in rows(database, build) if moment}


def read_last_refused(database: Database, persons: Collection[str]) -> dict[str, datetime]:
	"""By person, when a wish of his was last refused for lack of room."""
	if not persons:
		return {}

	def build(bind: Binder):
		theirs = WAITING.person.isin(bind.all(sorted(persons)))
		query = Query.from_(WAITING).select(WAITING.person, Max(WAITING.since)).where(theirs)
		return query.groupby(WAITING.person)

	return {person: moment for person, moment in rows(database, build) if moment}
