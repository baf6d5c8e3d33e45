"""What people signed or decided: agreements, gate decisions, and the productive minutes of the last month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from pypika import Order, Query, Table

from mkd_hrms.facts.away import days_away, read_away
from mkd_hrms.facts.calendars import calendar_key
from mkd_hrms.facts.database import Binder, Database, rows, stream
from mkd_hrms.facts.people import Person
from mkd_hrms.facts.registers import SUBMITTED, grouped
from mkd_hrms.facts.scope import Scope
from mkd_hrms.policy.dates import Calendar, days_between
from mkd_hrms.policy.facts import Agreement, GateDecision, ProductiveMonth

AGREEMENT = Table("tabMKD Agreement")
DECISION = Table("tabMKD Gate Decision")
RECORD = Table("tabMKD Performance Record")


def read_agreements(
	database: Database, scope: Scope, since: date, ending_until: date | None = None
) -> dict[str, tuple[Agreement, ...]]:
	"""The signed agreements that last until `since` or longer; with `ending_until` only of those employees of whose
	agreements one ends by then."""

	def build(bind: Binder):
		lasting = AGREEMENT.signed_on.notnull() & (AGREEMENT.valid_to >= bind(since))
		query = (
			Query.from_(AGREEMENT)
			.select(
				AGREEMENT.employee,
				AGREEMENT.valid_from,
				AGREEMENT.valid_to,
				AGREEMENT.signed_on,
				AGREEMENT.name,
			)
			.where(lasting & scope.has(AGREEMENT.employee, bind))
			.orderby(AGREEMENT.name)
		)
		if ending_until is None:
			return query
		ending = Query.from_(AGREEMENT).select(AGREEMENT.employee)
		return query.where(
			AGREEMENT.employee.isin(ending.where(lasting & (AGREEMENT.valid_to <= bind(ending_until))))
		)

	return grouped(stream(database, build), Agreement)


def read_gate_decisions(database: Database, scope: Scope, since: date) -> dict[str, tuple[GateDecision, ...]]:
	"""The submitted decisions about single gates that are valid until `since` or longer, newest first."""

	def build(bind: Binder):
		return (
			Query.from_(DECISION)
			.select(
				DECISION.employee,
				DECISION.gate,
				DECISION.about,
				DECISION.decision,
				DECISION.valid_from,
				DECISION.valid_until,
				DECISION.name,
			)
			.where((DECISION.docstatus == SUBMITTED) & (DECISION.valid_until >= bind(since)))
			.where(scope.has(DECISION.employee, bind))
			.orderby(DECISION.creation, order=Order.desc)
			.orderby(DECISION.name, order=Order.desc)
		)

	return grouped(rows(database, build), _decision)


def _decision(
	gate: str, about: str, decision: str, since: date, until: date | None, record: str
) -> GateDecision:
	return GateDecision(gate, about, decision == "Accepted", since, until, record)


def last_closed_month(today: date) -> tuple[date, date]:
	"""The first and last day of the month before today's."""
	last = today.replace(day=1) - timedelta(days=1)
	return last.replace(day=1), last


def read_productive_months(
	database: Database,
	scope: Scope,
	people: Mapping[str, Person],
	calendars: Mapping[tuple[str, str | None], Calendar],
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

	found = rows(database, build)
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
