"""Daily reports, counted by unit or person and month: in time, late, missing, returned, and their hours (D4, D5, D7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pypika import Case, Query
from pypika.functions import Count, Sum
from pypika.terms import Criterion, Term

from mkd_hrms.constants import MISSING, REJECTED, RETURNED, SUBMITTED, VERIFIED
from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.ledger.waiting_reports import REPORT
from mkd_hrms.facts.reports.day_counts import named, with_month, within, year_and_month
from mkd_hrms.facts.reports.narrowed import Narrowed

# The states of what was handed in, whatever was decided about it.
HANDED_IN = (SUBMITTED, RETURNED, VERIFIED, REJECTED)


class MonthReports(NamedTuple):
	"""The reports of a unit, or of one person of it, in a month ("2026-11"); minutes are those of what was handed in."""

	department: str | None
	employee: str | None
	employee_name: str | None
	month: str
	on_time: int
	late: int
	missing: int
	returned: int
	rejected: int
	verified: int
	minutes: int
	target: int


COUNTED = MonthReports._fields[4:]


def read_reports_of_months(
	database: Database, narrowed: Narrowed, since: date, until: date, by_person: bool
) -> Sequence[MonthReports]:
	"""The reports about days from since to until, both included; cancelled ones are none."""
	if narrowed.is_empty:
		return []

	def build(bind: Binder):
		by = (REPORT.department, REPORT.employee) if by_person else (REPORT.department,)
		by = (*by, *year_and_month(REPORT.mkd_date))
		counted = Query.from_(REPORT).select(*by, *_counts(bind)).groupby(*by)
		counted = counted.where(narrowed.of(REPORT, bind) & within(REPORT.mkd_date, since, until, bind))
		counted = counted.where(REPORT.status.isin(bind.all((*HANDED_IN, MISSING))))
		return named(counted, by_person, COUNTED)

	return [
		MonthReports(*whose, *map(int, counts))
		for *whose, counts in ((*row[:4], row[4:]) for row in with_month(rows(database, build), by_person))
	]


def _counts(bind: Binder) -> list[Term]:
	"""In the order of the fields."""
	came = REPORT.status.isin(bind.all(HANDED_IN))
	found = (
		_how_many(came & (REPORT.is_late == 0)),
		_how_many(came & (REPORT.is_late == 1)),
		_how_many(REPORT.status == bind(MISSING)),
		_how_many(came & REPORT.returned_on.notnull()),
		_how_many(REPORT.status == bind(REJECTED)),
		_how_many(REPORT.status == bind(VERIFIED)),
		Sum(Case().when(came, REPORT.total_minutes).else_(0)),
		Sum(Case().when(came, REPORT.target_minutes).else_(0)),
	)
	return [term.as_(name) for term, name in zip(found, COUNTED, strict=True)]


def _how_many(condition: Criterion) -> Term:
	return Count(Case().when(condition, 1))
