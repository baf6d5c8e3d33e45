"""Whether the daily reports of people are in order (E13): how many never came, how many were rejected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from pypika import Query, Table
from pypika.functions import Count

from mkd_hrms.constants import MISSING, REJECTED
from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.policy.facts import Reports

REPORT = Table("tabMKD Daily Report")


def read_kept_reports(
	database: Database, scope: Scope, people: Iterable[str], since: date, until: date
) -> dict[str, Reports]:
	"""Of each of the people the reports of MKD days in a period, both ends included.

	The app writes every report itself, also one that never came. So whoever has none has none that is not in order.
	"""

	def build(bind: Binder):
		missing = (REPORT.status == bind(MISSING)) & (REPORT.docstatus == 0)
		rejected = (REPORT.status == bind(REJECTED)) & (REPORT.docstatus == 1)
		return (
			Query.from_(REPORT)
			.select(REPORT.employee, REPORT.status, Count(REPORT.name))
			.where((REPORT.mkd_date >= bind(since)) & (REPORT.mkd_date <= bind(until)))
			.where((missing | rejected) & scope.has(REPORT.employee, bind))
			.groupby(REPORT.employee, REPORT.status)
		)

	counted: Counter[tuple[str, str]] = Counter()
	for employee, status, number in scope.folded(rows(database, build)):
		counted[employee, status] += number
	in_order = Reports(since, until, overdue=0, rejected=0)
	found = {employee for employee, _status in counted}
	return {
		employee: Reports(since, until, counted[employee, MISSING], counted[employee, REJECTED])
		if employee in found
		else in_order
		for employee in people
	}
