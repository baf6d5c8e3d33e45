"""Daily reports by date and unit, or person: in time, late, missing, returned, and their hours (D4, D5, D7).

As day_counts.py, from an index alone and grouped in its order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from operator import add
from typing import NamedTuple

from pypika import Case, CustomFunction, Query
from pypika.functions import Count, Sum
from pypika.queries import QueryBuilder
from pypika.terms import Criterion, Term

from mkd_hrms.constants import MISSING, REJECTED, RETURNED, SUBMITTED, VERIFIED
from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.ledger.waiting_reports import REPORT
from mkd_hrms.facts.reports.day_counts import JsonArrayAgg, listed, month_of, within
from mkd_hrms.facts.reports.narrowed import Narrowed

# The states of what was handed in, whatever was decided about it.
HANDED_IN = (SUBMITTED, RETURNED, VERIFIED, REJECTED)
GROUP = (REPORT.mkd_date, REPORT.company, REPORT.department)
JsonArray = CustomFunction("JSON_ARRAY", ["employee", "status", "late", "returned", "minutes", "target"])


class Reports(NamedTuple):
	"""So many reports; the minutes, and those that the days asked for, are of what was handed in."""

	on_time: int
	late: int
	missing: int
	returned: int
	rejected: int
	verified: int
	minutes: int
	target: int


PLACE = {name: place for place, name in enumerate(Reports._fields)}
DECIDED = {REJECTED: PLACE["rejected"], VERIFIED: PLACE["verified"]}


class MonthReports(NamedTuple):
	"""The reports of a unit, or of one person of it, in a month ("2026-11")."""

	month: str
	department: str | None
	employee: str | None
	reports: Reports


def read_reports(
	database: Database, narrowed: Narrowed, since: date, until: date, by_person: bool
) -> Iterator[MonthReports]:
	"""The reports about days from since to until, both included; cancelled ones are none, nor are drafts."""
	found: dict[tuple, list[int]] = defaultdict(lambda: [0] * len(Reports._fields))
	if by_person or narrowed.is_many:
		for month, department, report in _read_each(database, narrowed, since, until):
			_add(found[month, department, report[0] if by_person else None], *report[1:])
	else:
		for month, department, counts in _read_counts(database, narrowed, since, until):
			sums = found[month, department, None]
			sums[:] = map(add, sums, map(int, counts))
	for group, sums in found.items():
		yield MonthReports(*group, Reports(*sums))


def _read_each(database: Database, narrowed: Narrowed, since: date, until: date) -> Iterator[tuple]:
	"""Month, unit, and what is counted of one report: a row for each would take longer to hand over than to count."""

	def build(bind: Binder):
		return _grouped(narrowed, since, until, bind).select(Count("*"), _each())

	for day, _company, unit, count, text in () if narrowed.is_empty else rows(database, build):
		month = month_of(day)
		for report in listed(text, count):
			if narrowed.shows(report[0]):
				yield month, unit, report


def _read_counts(database: Database, narrowed: Narrowed, since: date, until: date) -> Iterator[tuple]:
	def build(bind: Binder):
		return _grouped(narrowed, since, until, bind).select(*_counts(bind))

	for day, _company, unit, *counts in () if narrowed.is_empty else rows(database, build):
		yield month_of(day), unit, counts


def _grouped(narrowed: Narrowed, since: date, until: date, bind: Binder) -> QueryBuilder:
	query = Query.from_(REPORT).select(*GROUP).groupby(*GROUP)
	query = query.where(within(REPORT.mkd_date, since, until, bind) & narrowed.of(REPORT, bind))
	return query.where(REPORT.status.isin(bind.all((*HANDED_IN, MISSING))))


def _each() -> Term:
	"""All that is counted of each report, in one text."""
	returned = Case().when(REPORT.returned_on.notnull(), 1).else_(0)
	minutes = REPORT.total_minutes, REPORT.target_minutes
	return JsonArrayAgg(JsonArray(REPORT.employee, REPORT.status, REPORT.is_late, returned, *minutes))


def _add(
	sums: list[int], status: str, late: int, returned: int, minutes: int | None, target: int | None
) -> None:
	"""Count one report, as `_counts` does."""
	if status == MISSING:
		sums[PLACE["missing"]] += 1
		return
	sums[PLACE["late" if late else "on_time"]] += 1
	sums[PLACE["returned"]] += returned
	sums[PLACE["minutes"]] += minutes or 0
	sums[PLACE["target"]] += target or 0
	if status in DECIDED:
		sums[DECIDED[status]] += 1


def _counts(bind: Binder) -> tuple[Term, ...]:
	"""In the order of the fields."""
	came = REPORT.status.isin(bind.all(HANDED_IN))
	return (
		_how_many(came & (REPORT.is_late == 0)),
		_how_many(came & (REPORT.is_late == 1)),
		_how_many(REPORT.status == bind(MISSING)),
		_how_many(came & REPORT.returned_on.notnull()),
		_how_many(REPORT.status == bind(REJECTED)),
		_how_many(REPORT.status == bind(VERIFIED)),
		Sum(Case().when(came, REPORT.total_minutes).else_(0)),
		Sum(Case().when(came, REPORT.target_minutes).else_(0)),
	)


def _how_many(condition: Criterion) -> Term:
	return Count(Case().when(condition, 1))
