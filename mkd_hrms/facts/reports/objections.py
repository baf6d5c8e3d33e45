"""Objections that were filed in a period: against what, until when they were to be decided, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from pypika import Query, Table

from mkd_hrms.constants import CANCELLED, DRAFT
from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.people import EMPLOYEE
from mkd_hrms.facts.reports.narrowed import Narrowed

OBJECTION = Table("tabMKD Objection")


class Filed(NamedTuple):
	"""An objection; `outcome` is a sentence about what became of the decision that it was against."""

	name: str
	employee: str
	employee_name: str
	against_doctype: str
	against_name: str
	status: str
	filed_on: datetime
	decide_by: date | None
	decided_on: datetime | None
	outcome: str | None
	department: str | None


def read_filed(database: Database, narrowed: Narrowed, since: date, until: date) -> Sequence[Filed]:
	"""Those that were filed from since to until, both included, by time; the unit is that of the employee today."""
	if narrowed.is_empty:
		return []

	def build(bind: Binder):
		columns = (OBJECTION[name] for name in Filed._fields[:-1])
		query = (
			Query.from_(OBJECTION)
			.left_join(EMPLOYEE)
			.on(EMPLOYEE.name == OBJECTION.employee)
			.select(*columns, EMPLOYEE.department)
			.where(OBJECTION.filed_on >= bind(datetime.combine(since, time.min)))
			.where(OBJECTION.filed_on < bind(datetime.combine(until + timedelta(days=1), time.min)))
			.where(OBJECTION.status.notin(bind.all((DRAFT, CANCELLED))))
			.where(OBJECTION.company == bind(narrowed.company))
		)
		if narrowed.is_few:
			query = query.where(OBJECTION.employee.isin(bind.all(sorted(narrowed.people))))
		if narrowed.units is not None:
			query = query.where(EMPLOYEE.department.isin(bind.all(narrowed.units)))
		return query.orderby(OBJECTION.filed_on).orderby(OBJECTION.name)

	filed = (Filed(*row) for row in rows(database, build))
	return [entry for entry in filed if narrowed.shows(entry.employee)]
