"""The app's own registers: suitability, discipline, suspension. The last two are closed: no record means none."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from pypika import Order, Query, Table

from mkd_hrms.facts.database import Binder, Database, rows
from mkd_hrms.facts.people import Person, Unit
from mkd_hrms.facts.scope import Scope
from mkd_hrms.policy.facts import Sanction, Suitability, Suspension

SUITABILITY = Table("tabMKD Suitability")
DISCIPLINE = Table("tabMKD Discipline Record")
SUSPENSION = Table("tabMKD Suspension")
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
		register[kind, reference] += (_suitability(kind, *decision),)
	return dict(register)


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

	return grouped(rows(database, build), Sanction)


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
		for employee, first, last, lifted, name in rows(database, build)
	)
	return grouped((entry for entry in found if entry[1] <= entry[2]), Suspension)


def _last_day(to_date: date, lifted_on: date | None) -> date:
	return min(to_date, lifted_on - timedelta(days=1)) if lifted_on else to_date


def grouped(found, kind) -> dict:
	"""Rows that begin with an employee, as tuples of `kind` by employee, in their order."""
	grouped = defaultdict(tuple)
	for employee, *entry in found:
		grouped[employee] += (kind(*entry),)
	return dict(grouped)
