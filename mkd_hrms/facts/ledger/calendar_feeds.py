"""Links under which a calendar program reads MKD days, and the days that they hold."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from pypika import Query, Table
from pypika.functions import Count

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.ledger.days import DAY
from mkd_hrms.facts.superiors import ACTIVE, EMPLOYEE, USER

FEED = Table("tabMKD Calendar Feed")


@dataclass(frozen=True, slots=True)
class Feed:
	"""A link that was not revoked: whose it is, and of whom it tells (an Employee or a Department)."""

	name: str
	user: str
	doctype: str
	about: str


@dataclass(frozen=True, slots=True)
class FedDay:
	"""A day as a feed tells it: no reason, no place, no state."""

	name: str
	employee: str
	mkd_date: date
	changed_on: datetime


def read_feed(database: Database, token_hash: str) -> Feed | None:
	"""The link of a token, if nobody revoked it and its user can log in."""

	def build(bind: Binder):
		return (
			Query.from_(FEED)
			.join(USER)
			.on((USER.name == FEED.user) & (USER.enabled == 1))
			.select(FEED.name, FEED.user, FEED.reference_doctype, FEED.reference_name)
			.where((FEED.token_hash == bind(token_hash)) & FEED.revoked_on.isnull())
		)

	return next((Feed(*row) for row in rows(database, build)), None)


def count_feeds(database: Database, user: str) -> int:
	"""How many links of a user nobody revoked."""

	def build(bind: Binder):
		query = Query.from_(FEED).select(Count("*"))
		return query.where((FEED.user == bind(user)) & FEED.revoked_on.isnull())

	return rows(database, build)[0][0]


def is_active_record(database: Database, employee: str, user: str) -> bool:
	"""Whether an Employee record is active, and the user's."""

	def build(bind: Binder):
		own = (EMPLOYEE.name == bind(employee)) & (EMPLOYEE.user_id == bind(user))
		return Query.from_(EMPLOYEE).select(EMPLOYEE.name).where(own & (EMPLOYEE.status == bind(ACTIVE)))

	return bool(rows(database, build))


def read_fed_days(
	database: Database, employees: Collection[str], since: date, until: date, states: Collection[str]
) -> list[FedDay]:
	"""The days of some states from since to until, both included, by date: by whichever Employee record of a person."""
	if not employees:
		return []

	def build(bind: Binder):
		own = EMPLOYEE.name.isin(bind.all(sorted(employees)))
		days = (DAY.mkd_date >= bind(since)) & (DAY.mkd_date <= bind(until))
		days &= DAY.status.isin(bind.all(states)) & DAY.person.notnull()
		columns = (DAY.name, EMPLOYEE.name, DAY.mkd_date, DAY.modified)
		by_record = Query.from_(EMPLOYEE).join(DAY).on(DAY.employee == EMPLOYEE.name).select(*columns)
		by_nip = Query.from_(EMPLOYEE).join(DAY).on(DAY.person == EMPLOYEE.mkd_nip).select(*columns)
		# Each is found by its index; one condition for both might be none.
		return by_record.where(own & days).union(by_nip.where(own & days & (EMPLOYEE.mkd_nip > bind(""))))

	return sorted((FedDay(*row) for row in rows(database, build)), key=lambda day: (day.mkd_date, day.name))
