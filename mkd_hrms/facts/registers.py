"""The app's own registers: suitability, discipline, suspension, agreements, decisions about gates.

All but suitability are closed: no record means none. They tell of a person, through whichever Employee record it was
entered; only an agreement is signed for one employment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from pypika import Order, Query, Table

from mkd_hrms.facts.database.queries import Binder, Database, grouped, rows, stream
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.people import Person, Unit
from mkd_hrms.policy.facts import Agreement, GateDecision, Sanction, Suitability, Suspension

SUITABILITY = Table("tabMKD Suitability")
DISCIPLINE = Table("tabMKD Discipline Record")
SUSPENSION = Table("tabMKD Suspension")
AGREEMENT = Table("tabMKD Agreement")
DECISION = Table("tabMKD Gate Decision")
EMPLOYEE = Table("tabEmployee")
SUBMITTED = 1

Register = dict[tuple[str, str], tuple[Suitability, ...]]


def read_suitability(database: Database, scope: Scope, since: date, until: date) -> Register:
	"""The decisions in force at some time in the period, by what they refer to, newest first."""

	def build(bind: Binder):
		designations = Query.from_(EMPLOYEE).select(EMPLOYEE.designation).where(scope.of(EMPLOYEE, bind))
		kind, name = SUITABILITY.reference_doctype, SUITABILITY.reference_name
		concerned = (
			(kind == bind("Department"))
			| ((kind == bind("Designation")) & name.isin(designations))
			| ((kind == bind("Employee")) & scope.has(name, bind))
		)
		in_period = (SUITABILITY.valid_from <= bind(until)) & (
			SUITABILITY.valid_to.isnull() | (SUITABILITY.valid_to >= bind(since))
		)
		return (
			Query.from_(SUITABILITY)
			.select(
				kind,
				name,
				SUITABILITY.verdict,
				SUITABILITY.valid_from,
				SUITABILITY.valid_to,
				SUITABILITY.name,
			)
			.where(concerned & in_period)
			.orderby(SUITABILITY.valid_from, order=Order.desc)
			.orderby(SUITABILITY.name)
		)

	register: Register = defaultdict(tuple)
	for kind, reference, *decision in rows(database, build):
		for name in scope.owners(reference) if kind == "Employee" else (reference,):
			register[kind, name] += (_suitability(kind, *decision),)
	return dict(register)


def read_suitability_of(
	database: Database, references: Collection[tuple[str, str]], since: date
) -> tuple[Suitability, ...]:
	"""The decisions about designations and units, given as (DocType, name), that hold on a day or later.

	In order of precedence: as the references are given, of each the newest first.
	"""
	names = {name for _kind, name in references}
	if not names:
		return ()

	def build(bind: Binder):
		lasting = SUITABILITY.valid_to.isnull() | (SUITABILITY.valid_to >= bind(since))
		return (
			Query.from_(SUITABILITY)
			.select(
				SUITABILITY.reference_doctype,
				SUITABILITY.reference_name,
				SUITABILITY.verdict,
				SUITABILITY.valid_from,
				SUITABILITY.valid_to,
				SUITABILITY.name,
			)
			.where(lasting & SUITABILITY.reference_name.isin(bind.all(sorted(names))))
			.orderby(SUITABILITY.valid_from, order=Order.desc)
			.orderby(SUITABILITY.name)
		)

	register: Register = defaultdict(tuple)
	for kind, reference, *decision in rows(database, build):
		register[kind, reference] += (_suitability(kind, *decision),)
	return tuple(entry for reference in references for entry in register.get(reference, ()))


def _suitability(
	kind: str, verdict: str, valid_from: date, valid_to: date | None, record: str
) -> Suitability:
	return Suitability(verdict, kind, valid_from, valid_to, record)


def suitability_of_post(
	person: Person, chain: tuple[Unit, ...], register: Register
) -> tuple[Suitability, ...]:
	"""What is decided about a person's post, in order of precedence: his designation, his unit, units above."""
	references = [("Designation", person.designation), *(("Department", unit.name) for unit in chain)]
	return tuple(entry for reference in references for entry in register.get(reference, ()))


def read_sanctions(database: Database, scope: Scope) -> dict[str, tuple[Sanction, ...]]:
	"""The submitted disciplinary cases that were not annulled."""

	def build(bind: Binder):
		return (
			Query.from_(DISCIPLINE)
			.select(
				DISCIPLINE.employee,
				DISCIPLINE.level,
				DISCIPLINE.stage,
				DISCIPLINE.from_date,
				DISCIPLINE.to_date,
				DISCIPLINE.name,
			)
			.where(
				(DISCIPLINE.docstatus == SUBMITTED)
				& (DISCIPLINE.stage != bind("Annulled"))
				& scope.has(DISCIPLINE.employee, bind)
			)
			.orderby(DISCIPLINE.name)
		)

	return grouped(scope.folded(rows(database, build)), Sanction)


def read_suspensions(database: Database, scope: Scope, since: date) -> dict[str, tuple[Suspension, ...]]:
	"""The submitted suspensions that last until `since` or longer. One that was lifted lasts until the day before."""

	def build(bind: Binder):
		return (
			Query.from_(SUSPENSION)
			.select(
				SUSPENSION.employee,
				SUSPENSION.from_date,
				SUSPENSION.to_date,
				SUSPENSION.lifted_on,
				SUSPENSION.name,
			)
			.where(
				(SUSPENSION.docstatus == SUBMITTED)
				& (SUSPENSION.to_date >= bind(since))
				& (SUSPENSION.lifted_on.isnull() | (SUSPENSION.lifted_on > bind(since)))
				& scope.has(SUSPENSION.employee, bind)
			)
			.orderby(SUSPENSION.name)
		)

	found = (
		(employee, first, _last_day(last, lifted), name)
		for employee, first, last, lifted, name in scope.folded(rows(database, build))
	)
	return grouped((entry for entry in found if entry[1] <= entry[2]), Suspension)


def _last_day(to_date: date, lifted_on: date | None) -> date:
	return min(to_date, lifted_on - timedelta(days=1)) if lifted_on else to_date


def read_agreements(
	database: Database, scope: Scope, since: date, ending_until: date | None = None
) -> dict[str, tuple[Agreement, ...]]:
	"""The signed agreements that last until `since` or longer; with `ending_until` only of those employees of whose
	agreements one ends by then. Whoever is employed anew signs anew."""

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

	return grouped(scope.folded(rows(database, build)), _decision)


def _decision(
	gate: str, about: str, decision: str, since: date, until: date | None, record: str
) -> GateDecision:
	return GateDecision(gate, about, decision == "Accepted", since, until, record)
