"""How many days are used in each ISO week, by Employee record: for an agency as a whole, one line for each of them.

The days are counted before anybody's record is looked up: to sort them with all that stands in it takes longer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from pypika import Case, CustomFunction, Query
from pypika.functions import Count

from mkd_hrms.constants import COLLECTIVE_DAY
from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.ledger.days import DAY
from mkd_hrms.facts.people import EMPLOYEE

ACTIVE = "Active"
# A day keeps its ISO week; made from its date it need not be looked up.
WEEK_OF, ISO_WEEK = CustomFunction("DATE_FORMAT", ["day", "format"]), "%x-W%v"


class HeldWeek(NamedTuple):
	"""The days (a number) that a person uses in an ISO week through one Employee record, and what that record says.

	So many `collective` ones of them are by circular.
	"""

	person: str
	employee: str
	week: str
	days: int
	collective: int
	nip: str | None
	status: str | None
	company: str | None
	joined_on: date | None
	relieved_on: date | None
	contract_ends_on: date | None
	holiday_list: str | None

	@property
	def is_of_its_record(self) -> bool:
		"""Whether the days are counted for whom the record is."""
		return self.person in (self.employee, self.nip)

	def serves(self, since: date, until: date) -> bool:
		"""Whether somebody is active from since to until, both included (rule Q10)."""
		ends = (day for day in (self.relieved_on, self.contract_ends_on) if day)
		begun = not self.joined_on or self.joined_on <= since
		return self.status == ACTIVE and begun and all(day >= until for day in ends)


_RECORD = tuple(
	EMPLOYEE[column]
	for column in (
		*("mkd_nip", "status", "company", "date_of_joining", "relieving_date", "contract_end_date"),
		"holiday_list",
	)
)


def read_held_weeks(
	database: Database, since: date, until: date, states: Iterable[str]
) -> tuple[HeldWeek, ...]:
	"""Everybody's days of some states from since to until, both included, counted in an index: no row itself is read."""

	def build(bind: Binder):
		whose = (DAY.person, DAY.employee, WEEK_OF(DAY.mkd_date, bind(ISO_WEEK)).as_("iso_week"))
		by_circular = Count(Case().when(DAY.source_doctype == bind(COLLECTIVE_DAY), 1))
		counted = (
			Query.from_(DAY)
			.select(*whose, Count("*").as_("days"), by_circular.as_("collective"))
			.where((DAY.mkd_date >= bind(since)) & (DAY.mkd_date <= bind(until)))
			.where(DAY.status.isin(bind.all(states)) & DAY.person.notnull())
			.groupby(*whose)
			.as_("counted")
		)
		columns = (counted[name] for name in ("person", "employee", "iso_week", "days", "collective"))
		query = Query.from_(counted).left_join(EMPLOYEE).on(EMPLOYEE.name == counted.employee)
		return query.select(*columns, *_RECORD)

	return tuple(HeldWeek(*row) for row in rows(database, build))


def read_shared_nips(database: Database) -> frozenset[str]:
	"""The numbers that several Employee records have."""

	def build(bind: Binder):
		query = Query.from_(EMPLOYEE).select(EMPLOYEE.mkd_nip).where(EMPLOYEE.mkd_nip > bind(""))
		return query.groupby(EMPLOYEE.mkd_nip).having(Count("*") > 1)

	return frozenset(nip for (nip,) in rows(database, build))
