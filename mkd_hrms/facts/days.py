"""The ledger as it stands: which MKD days a person uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pypika import Query, Table

from mkd_hrms.facts.database import Binder, Database, rows

DAY = Table("tabMKD Day")


@dataclass(frozen=True, slots=True)
class UsedDay:
	"""A day that holds a place in its week, and the document it came from."""

	name: str
	mkd_date: date
	iso_week: str
	slot: int
	status: str
	source_doctype: str
	source_name: str


def read_used_days(database: Database, person: str, weeks: Iterable[str]) -> tuple[UsedDay, ...]:
	"""The used days of a person in some ISO weeks, by date. A released day belongs to no person any more."""
	wanted = sorted(weeks)
	if not wanted:
		return ()

	def build(bind: Binder):
		return (
			Query.from_(DAY)
			.select(
				DAY.name,
				DAY.mkd_date,
				DAY.iso_week,
				DAY.slot,
				DAY.status,
				DAY.source_doctype,
				DAY.source_name,
			)
			.where((DAY.person == bind(person)) & DAY.iso_week.isin(bind.all(wanted)))
			.orderby(DAY.mkd_date)
		)

	return tuple(UsedDay(*row) for row in rows(database, build))
