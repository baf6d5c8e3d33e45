"""All facts of a scope in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mkd_hrms.facts.attendance import read_attendance
from mkd_hrms.facts.database import Database
from mkd_hrms.facts.decisions import read_agreements, read_gate_decisions, read_productive_months
from mkd_hrms.facts.people import Person, chain_of, marked_unit, read_units
from mkd_hrms.facts.registers import (
	read_sanctions,
	read_suitability,
	read_suspensions,
	suitability_of,
)
from mkd_hrms.facts.results import read_results
from mkd_hrms.facts.scope import Scope
from mkd_hrms.policy.dates import Calendar, absence_window
from mkd_hrms.policy.facts import Facts, ServiceUnit
from mkd_hrms.policy.model import Gate, Policy


def gather(
	database: Database,
	scope: Scope,
	people: Mapping[str, Person],
	calendars: Mapping[tuple[str, str | None], Calendar],
	policy: Policy,
	on: date,
	until: date,
	today: date,
	attendance_from: date | None,
) -> dict[str, Facts]:
	"""Facts by employee that hold for every MKD date from `on` to `until`, as known on `today`.

	Dates that lie in the past (a correction by HR) look back over a window of their own, so they are gathered
	one by one; dates from today on share one.
	"""
	window = absence_window(on, today, policy.absence_window_months, attendance_from)
	chains = read_units(database, scope)
	register = read_suitability(database, scope, on, until)
	results = read_results(database, scope, today, policy.score_field)
	attendance = read_attendance(database, scope, people, calendars, *window, policy.late_window_days)
	sanctions = read_sanctions(database, scope)
	suspensions = read_suspensions(database, scope, on)
	agreements, productive = {}, {}
	if Gate.AGREEMENT in policy.gates:
		agreements = read_agreements(database, scope, on)
	if Gate.TRK in policy.gates:
		productive = read_productive_months(database, scope, people, calendars, today)
	decisions = read_gate_decisions(database, scope, on)
	return {
		name: Facts(
			employee=name,
			status=person.status,
			employment_type=person.employment_type,
			joined_on=person.joined_on,
			suitability=suitability_of(person, chains, register),
			service_unit=_service_unit(person, chains),
			result=results.get(name),
			attendance=attendance.get(name),
			sanctions=sanctions.get(name, ()),
			suspensions=suspensions.get(name, ()),
			productive=productive.get(name),
			agreements=agreements.get(name, ()),
			gate_decisions=decisions.get(name, ()),
		)
		for name, person in people.items()
	}


def _service_unit(person: Person, chains) -> ServiceUnit | None:
	"""The nearest mark upwards; a unit without any mark above it serves nobody face to face."""
	chain = chain_of(person, chains)
	if not chain:
		return None
	marked = marked_unit(chain)
	return ServiceUnit(marked is not None and marked.public_service == "Yes", (marked or chain[0]).name)
