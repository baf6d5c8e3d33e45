"""The newest performance result of each employee (rule E6): submitted Appraisals and MKD Performance Records."""

from __future__ import annotations

from datetime import date

from pypika import Order, Query, Table
from pypika.analytics import RowNumber

from mkd_hrms.facts.database import Binder, Database, stream
from mkd_hrms.facts.scope import Scope
from mkd_hrms.policy.facts import Result

APPRAISAL, CYCLE = Table("tabAppraisal"), Table("tabAppraisal Cycle")
RECORD = Table("tabMKD Performance Record")
SUBMITTED = 1
# Appraisal's field for each choice that a policy has.
SCORE_FIELDS = {"Goal Score": "total_score", "Final Score": "final_score"}


def read_results(database: Database, scope: Scope, today: date, score_field: str) -> dict[str, Result]:
	"""By employee, the result whose period ended last, not after today; at the same end the Appraisal counts."""
	results = _newest_appraisals(database, scope, today, SCORE_FIELDS[score_field])
	for employee, result in _newest_records(database, scope, today).items():
		if employee not in results or result.period_end > results[employee].period_end:
			results[employee] = result
	return results


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
			.select(RECORD.score, RECORD.has_score, RECORD.predicate, RECORD.name, newest.as_("place"))
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
			.select(ranked.score, ranked.has_score, ranked.predicate, ranked.name)
			.where(ranked.place == 1)
		)

	return {
		employee: Result(source, start, end, float(score) if has_score else None, predicate or None, name)
		for employee, source, start, end, score, has_score, predicate, name in stream(database, build)
	}
