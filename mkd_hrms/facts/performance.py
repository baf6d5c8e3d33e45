"""What people achieved: the newest result (rule E6) of Appraisals and MKD Performance Records, and TRK's minutes (E14)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from pypika import Order, Query, Table
from pypika.analytics import RowNumber

from mkd_hrms.facts.attendance.away import days_away, read_away
from mkd_hrms.facts.attendance.calendars import CalendarKey, calendar_key
from mkd_hrms.facts.database.queries import Binder, Database, rows, stream
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.dates import Calendar, days_between
from mkd_hrms.policy.facts import ProductiveMonth, Result
from mkd_hrms.policy.model import among

APPRAISAL, CYCLE = Table("tabAppraisal"), Table("tabAppraisal Cycle")
RECORD = Table("tabMKD Performance Record")
SUBMITTED = 1
# Appraisal's field for each choice that a policy has.
SCORE_FIELDS = {"Goal Score": "total_score", "Final Score": "final_score"}


def read_results(database: Database, scope: Scope, today: date, score_field: str) -> dict[str, Result]:
	"""By employee, the result whose period ended last, not after today; at the same end the Appraisal counts."""
	results = _of_people(scope, _newest_appraisals(database, scope, today, SCORE_FIELDS[score_field]))
	for employee, result in _of_people(scope, _newest_records(database, scope, today)).items():
		if employee not in results or result.period_end > results[employee].period_end:
			results[employee] = result
	return results


def _of_people(scope: Scope, found: dict[str, Result]) -> dict[str, Result]:
	"""Of several Employee records of a person the result that ended last; at the same end his own record's."""
	if not scope.whose:
		return found
	newest: dict[str, tuple[tuple, Result]] = {}
	for employee, result in found.items():
		for owner in scope.owners(employee):
			rank = (result.period_end, owner == employee, result.record)
			if owner not in newest or rank > newest[owner][0]:
				newest[owner] = rank, result
	return {owner: result for owner, (_rank, result) in newest.items()}


def _newest_appraisals(database: Database, scope: Scope, today: date, column: str) -> dict[str, Result]:
	"""By the end of the Appraisal Cycle: the dates on the Appraisal itself are never filled."""

	def build(bind: Binder):
		newest = (
			RowNumber()
			.over(APPRAISAL.employee)
			.orderby(CYCLE.end_date, order=Order.desc)
			.orderby(APPRAISAL.modified, APPRAISAL.name, order=Order.desc)
		)
		ranked = (
			Query.from_(APPRAISAL)
			.join(CYCLE)
			.on(CYCLE.name == APPRAISAL.appraisal_cycle)
			.select(APPRAISAL.employee, CYCLE.start_date, CYCLE.end_date, APPRAISAL[column].as_("score"))
			.select(APPRAISAL.name, newest.as_("place"))
			.where(
				(APPRAISAL.docstatus == SUBMITTED)
				& (CYCLE.end_date <= bind(today))
				& scope.has(APPRAISAL.employee, bind)
			)
		)
		return (
			Query.from_(ranked)
			.select(ranked.employee, ranked.start_date, ranked.end_date, ranked.score, ranked.name)
			.where(ranked.place == 1)
		)

	return {
		# HRMS stores 0 where nobody rated anything; a real score of 0 cannot be told from that.
		employee: Result("Appraisal", start, end, float(score) or None, None, name)
		for employee, start, end, score, name in stream(database, build)
	}


def _newest_records(database: Database, scope: Scope, today: date) -> dict[str, Result]:
	def build(bind: Binder):
		newest = (
			RowNumber()
			.over(RECORD.employee)
			.orderby(RECORD.period_end, RECORD.modified, RECORD.name, order=Order.desc)
		)
		ranked = (
			Query.from_(RECORD)
			.select(RECORD.employee, RECORD.source, RECORD.period_start, RECORD.period_end)
			.select(RECORD.score, RECORD.has_score, RECORD.predicate, RECORD.name, RECORD.innovation)
			.select(newest.as_("place"))
			.where(
				(RECORD.docstatus == SUBMITTED)
				& (RECORD.period_end <= bind(today))
				# A record that only holds productive minutes is no result.
				& ((RECORD.has_score == 1) | (RECORD.predicate > bind("")))
				& scope.has(RECORD.employee, bind)
			)
		)
		return (
			Query.from_(ranked)
			.select(ranked.employee, ranked.source, ranked.period_start, ranked.period_end)
			.select(ranked.score, ranked.has_score, ranked.predicate, ranked.name, ranked.innovation)
			.where(ranked.place == 1)
		)

	return {
		employee: Result(
			*(source, start, end, float(score) if has_score else None, predicate or None, name),
			innovation=bool(innovation),
		)
		for employee, source, start, end, score, has_score, predicate, name, innovation in stream(
			database, build
		)
	}


def read_words_but(database: Database, known: Collection[str]) -> dict[str, list[str]]:
	"""The predicates of submitted records but for the known ones in any spelling, and the employees of whom they are said.

	Which words there are is asked first: the records of all the years hold few of them, and an index has them together.
	"""
	words = rows(
		database, lambda _bind: Query.from_(RECORD).select(RECORD.predicate).groupby(RECORD.predicate)
	)
	strange = {word for (word,) in words if word and not among(word, known)}
	if not strange:
		return {}

	def build(bind: Binder):
		said = (RECORD.docstatus == SUBMITTED) & RECORD.predicate.isin(bind.all(sorted(strange)))
		query = Query.from_(RECORD).select(RECORD.predicate, RECORD.employee).distinct().where(said)
		return query.orderby(RECORD.predicate).orderby(RECORD.employee)

	found: dict[str, list[str]] = {}
	for word, employee in rows(database, build):
		found.setdefault(word, []).append(employee)
	return found


def last_closed_month(today: date) -> tuple[date, date]:
	"""The first and last day of the month before today's."""
	last = today.replace(day=1) - timedelta(days=1)
	return last.replace(day=1), last


def read_productive_months(
	database: Database,
	scope: Scope,
	people: Mapping[str, Person],
	calendars: Mapping[CalendarKey, Calendar],
	today: date,
) -> dict[str, ProductiveMonth]:
	"""The productive minutes that TRK reported for exactly the last closed month (rule E14)."""
	since, until = last_closed_month(today)

	def build(bind: Binder):
		return (
			Query.from_(RECORD)
			.select(RECORD.employee, RECORD.productive_minutes, RECORD.name)
			.where((RECORD.docstatus == SUBMITTED) & (RECORD.source == bind("TRK")))
			.where((RECORD.period_start == bind(since)) & (RECORD.period_end == bind(until)))
			.where(scope.has(RECORD.employee, bind))
			.orderby(RECORD.modified)
			.orderby(RECORD.name)
		)

	found = list(scope.folded(rows(database, build)))
	away = read_away(database, scope, since, until) if found else {}
	months = {}
	for employee, minutes, name in found:
		if employee not in people:
			continue
		calendar = calendars[calendar_key(people[employee])]
		working = {day for day in days_between(since, until) if calendar.is_working(day)}
		available = working - days_away(away.get(employee, ()), since, until)
		months[employee] = ProductiveMonth(since, until, int(minutes), len(working), len(available), name)
	return months
