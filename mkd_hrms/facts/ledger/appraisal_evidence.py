"""What the ledger and the reports say about somebody's MKD in a period: evidence for an appraisal, never a score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pypika import Query, Table
from pypika.functions import Count, Sum

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.ledger.days import DAY
from mkd_hrms.policy.model import NO_SHOW, WORKED

REPORT, ACTIVITY = Table("tabMKD Daily Report"), Table("tabMKD Daily Report Activity")
SUBMITTED, VERIFIED = 1, "Verified"


@dataclass(frozen=True, slots=True)
class Output:
	"""What came of a verified activity."""

	mkd_date: date
	activity: str
	output: str
	minutes: int
	goal: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
	"""Counts of days and reports; `outputs` are those of verified reports, in order of date."""

	worked: int = 0
	no_shows: int = 0
	on_time: int = 0
	late: int = 0
	missing: int = 0
	outputs: tuple[Output, ...] = ()

	@property
	def verified_minutes(self) -> int:
		return sum(output.minutes for output in self.outputs)


def read_evidence(database: Database, scope: Scope, since: date, until: date) -> dict[str, Evidence]:
	"""By employee, in three queries, however many people; whoever had nothing to do with MKD is left out.

	Of a scope that was widened the days of all Employee records of a person are told of him.
	"""
	days = _days(database, scope, since, until)
	reports = _reports(database, scope, since, until)
	outputs = read_outputs(database, scope, since, until)
	return {
		employee: Evidence(
			worked=days[employee][WORKED],
			no_shows=days[employee][NO_SHOW],
			missing=days[employee]["missing"],
			on_time=reports[employee][False],
			late=reports[employee][True],
			outputs=outputs.get(employee, ()),
		)
		for employee in {*days, *reports, *outputs}
	}


def _days(database: Database, scope: Scope, since: date, until: date) -> Mapping[str, Mapping[str, int]]:
	"""Days by state; `missing` are those among them whose report never came."""

	def build(bind: Binder):
		return (
			Query.from_(DAY)
			.select(DAY.employee, DAY.status, Count(DAY.name), Sum(DAY.report_missing))
			.where((DAY.mkd_date >= bind(since)) & (DAY.mkd_date <= bind(until)))
			.where(DAY.status.isin(bind.all((WORKED, NO_SHOW))) & scope.has(DAY.employee, bind))
			.groupby(DAY.employee, DAY.status)
		)

	found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
	for employee, status, count, missing in scope.folded(rows(database, build)):
		found[employee][status] += int(count)
		found[employee]["missing"] += int(missing or 0)
	return found


def _reports(database: Database, scope: Scope, since: date, until: date) -> Mapping[str, Mapping[bool, int]]:
	"""Reports that were handed in, by whether they were late."""

	def build(bind: Binder):
		return (
			Query.from_(REPORT)
			.select(REPORT.employee, REPORT.is_late, Count(REPORT.name))
			.where((REPORT.docstatus == SUBMITTED) & scope.has(REPORT.employee, bind))
			.where((REPORT.mkd_date >= bind(since)) & (REPORT.mkd_date <= bind(until)))
			.groupby(REPORT.employee, REPORT.is_late)
		)

	found: dict[str, dict[bool, int]] = defaultdict(lambda: defaultdict(int))
	for employee, late, count in scope.folded(rows(database, build)):
		found[employee][bool(late)] += int(count)
	return found


def read_outputs(database: Database, scope: Scope, since: date, until: date) -> dict[str, tuple[Output, ...]]:
	"""By employee, what came of the activities of verified reports."""

	def build(bind: Binder):
		return (
			Query.from_(REPORT)
			.join(ACTIVITY)
			.on(ACTIVITY.parent == REPORT.name)
			.select(REPORT.employee, REPORT.mkd_date, ACTIVITY.activity, ACTIVITY.output)
			.select(ACTIVITY.minutes, ACTIVITY.goal)
			.where((REPORT.docstatus == SUBMITTED) & (REPORT.status == bind(VERIFIED)))
			.where((REPORT.mkd_date >= bind(since)) & (REPORT.mkd_date <= bind(until)))
			.where(scope.has(REPORT.employee, bind))
			.orderby(REPORT.mkd_date)
			.orderby(ACTIVITY.idx)
		)

	found: dict[str, list[Output]] = defaultdict(list)
	for employee, day, activity, output, minutes, goal in scope.folded(rows(database, build)):
		found[employee].append(Output(day, activity, output, int(minutes or 0), goal or None))
	return {employee: tuple(outputs) for employee, outputs in found.items()}


def read_verified_minutes(database: Database, goals: list[str]) -> dict[str, int]:
	"""By goal, the minutes of the activities of verified reports that name it."""
	if not goals:
		return {}

	def build(bind: Binder):
		return (
			Query.from_(ACTIVITY)
			.join(REPORT)
			.on(REPORT.name == ACTIVITY.parent)
			.select(ACTIVITY.goal, Sum(ACTIVITY.minutes))
			.where((REPORT.docstatus == SUBMITTED) & (REPORT.status == bind(VERIFIED)))
			.where(ACTIVITY.goal.isin(bind.all(sorted(goals))))
			.groupby(ACTIVITY.goal)
		)

	return {goal: int(minutes or 0) for goal, minutes in rows(database, build)}
