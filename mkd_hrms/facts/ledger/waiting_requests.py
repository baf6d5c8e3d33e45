"""Applications that wait for a decision. Sets in, sets out."""

from __future__ import annotations

from datetime import date

from pypika import Query, Table

from mkd_hrms.constants import PENDING_APPROVAL
from mkd_hrms.facts.database.queries import Binder, Database, rows

REQUEST = Table("tabMKD Request")


def read_late_requests(database: Database, today: date) -> tuple[str, ...]:
	"""The applications that should have been decided before today, longest first (rule W4).

	Found by their state, which has an index: what was decided in all the years is not looked at.
	"""

	def build(bind: Binder):
		return (
			Query.from_(REQUEST)
			.select(REQUEST.name)
			.where((REQUEST.status == bind(PENDING_APPROVAL)) & (REQUEST.decide_by < bind(today)))
			.orderby(REQUEST.decide_by)
			.orderby(REQUEST.name)
		)

	return tuple(name for (name,) in rows(database, build))
