"""Early warnings of a company (rule D10), as they were found: the sentence is made by whoever shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from pypika import Query

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.early_warnings import WARNING
from mkd_hrms.facts.reports.narrowed import Narrowed


class Warned(NamedTuple):
	"""One early warning; `until` is the last good day where there is one, `told_on` when he was told himself."""

	name: str
	employee: str
	employee_name: str
	department: str | None
	status: str
	gate: str
	reason: str
	actual: str | None
	limit_value: str | None
	source: str | None
	until: date | None
	record: str | None
	creation: datetime
	told_on: datetime | None
	superior_told_on: datetime | None
	ended_on: datetime | None


def read_warned(
	database: Database, narrowed: Narrowed, status: str, gate: str | None = None
) -> Sequence[Warned]:
	"""Those of one state, or of one gate too; what ends first comes first, and what has no end last."""
	if narrowed.is_empty:
		return []

	def build(bind: Binder):
		query = Query.from_(WARNING).select(*(WARNING[name] for name in Warned._fields))
		query = query.where(narrowed.of(WARNING, bind) & (WARNING.status == bind(status)))
		if gate:
			query = query.where(WARNING.gate == bind(gate))
		return query.orderby(WARNING.department).orderby(WARNING.employee_name).orderby(WARNING.name)

	found = (Warned(*row) for row in rows(database, build))
	found = [warned for warned in found if narrowed.shows(warned.employee)]
	return sorted(found, key=lambda warned: (warned.until is None, warned.until or date.max))
