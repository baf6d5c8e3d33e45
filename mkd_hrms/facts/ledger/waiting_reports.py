"""Daily reports that wait for their verification. Sets in, sets out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from pypika import Query, Table

from mkd_hrms.facts.database.queries import Binder, Database, rows

REPORT = Table("tabMKD Daily Report")


class WaitingReport(NamedTuple):
	"""A report that nobody verified, and until when somebody should have."""

	name: str
	employee: str
	verify_by: datetime


def read_overdue_reports(
	database: Database, states: Collection[str], now: datetime
) -> tuple[WaitingReport, ...]:
	"""The reports that should have been verified before now and were not passed on yet, longest first (rule D5).

	Found by their state, which has an index: what was verified in all the years is not looked at.
	"""

	def build(bind: Binder):
		waits = REPORT.status.isin(bind.all(states)) & (REPORT.docstatus == 1)
		return (
			Query.from_(REPORT)
			.select(REPORT.name, REPORT.employee, REPORT.verify_by)
			.where(waits & REPORT.escalated_on.isnull() & (REPORT.verify_by < bind(now)))
			.orderby(REPORT.verify_by)
			.orderby(REPORT.name)
		)

	return tuple(WaitingReport(*row) for row in rows(database, build))
