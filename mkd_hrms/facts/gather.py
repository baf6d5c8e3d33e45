"""All facts of a scope in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from mkd_hrms.facts.attendance.calendars import CalendarKey, calendar_key, read_calendars
from mkd_hrms.facts.attendance.outages import Excuses, read_outages_of_posts
from mkd_hrms.facts.attendance.records import each_attendance
from mkd_hrms.facts.database.queries import Database
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.identity import widened
from mkd_hrms.facts.ledger.kept_reports import read_kept_reports
from mkd_hrms.facts.people import Chains, Person, Unit, chain_of, marked_unit, read_units
from mkd_hrms.facts.performance import read_productive_months, read_results
from mkd_hrms.facts.posts import read_posts
from mkd_hrms.facts.registers import (
	Register,
	read_agreements,
	read_gate_decisions,
	read_sanctions,
	read_suitability,
	read_suspensions,
	suitability_of_post,
)
from mkd_hrms.facts.talent import read_talent_boxes
from mkd_hrms.policy.dates import Calendar, absence_window, days_before
from mkd_hrms.policy.day.working_hours import working_time
from mkd_hrms.policy.facts import AsOf, AttendanceRecord, Facts, ServiceUnit, Suitability
from mkd_hrms.policy.model import JOINING, POST, Gate, Policy

# What `gather` reads of a policy, besides its gates and from when on somebody is new: those only say which registers are
# read at all.
# The working hours say what an outage touches.
HOURS = "working_hours"
LOOKED_AT = (
	*("absence_window_months", "late_window_days", "score_field"),
	*("report_window_days", "expiry_time", "report_due_time", HOURS),
)


def gather(
	database: Database,
	scope: Scope,
	people: Mapping[str, Person],
	calendars: Mapping[CalendarKey, Calendar],
	policy: Policy,
	when: AsOf,
	*,
	until: date,
) -> dict[str, Facts]:
	"""Facts by employee that hold for every MKD date from that of the question to `until`.

	They tell of the person: what stands on another Employee record of the same NIP counts as well.

	Dates that lie in the past (a correction by HR) look back over a window of their own, so they are gathered
	one by one; dates from today on share one.
	"""
	each = gather_each(database, scope, people, calendars, policy, when, until=until)
	return {facts.employee: facts for facts in each}


def gather_each(
	database: Database,
	scope: Scope,
	people: Mapping[str, Person],
	calendars: Mapping[CalendarKey, Calendar],
	policy: Policy,
	when: AsOf,
	*,
	until: date,
	agreements_ending_until: date | None = None,
) -> Iterator[Facts]:
	"""As `gather`, one person after the other, in no certain order.

	The attendance is asked for first, because it takes longest; everything else is read meanwhile.
	Where the policy asks for no agreement, the end of one is told all the same (rule D10): then agreements are only
	read of people of whom one ends until `agreements_ending_until`, and of nobody without this date.
	"""
	on, today, scope = when.on, when.today, widened(database, scope, people)
	calendars = _calendars_of_all_records(database, scope, calendars, when, policy)
	window = absence_window(on, today, policy.absence_window_months, when.attendance_from)
	outages = read_outages_of_posts(database, scope, *window)
	excuses = Excuses(outages, partial(working_time, policy), *window)
	attendance = each_attendance(
		database, scope, people, calendars, *window, policy.late_window_days, excuses
	)
	posts = _Posts(read_units(database, scope), read_suitability(database, scope, on, until))
	found = _read_registers(database, scope, policy, on, today, agreements_ending_until)
	if policy.new_counts_from == POST:
		found["posts"] = read_posts(database, scope, people)
	if Gate.REPORTS in policy.gates:
		period = days_before(min(on, today), policy.report_window_days)
		found["reports"] = read_kept_reports(database, scope, people, *period)
	if Gate.TRK in policy.gates:
		found["productive"] = read_productive_months(database, scope, people, calendars, today)
	if window[0] > window[1]:
		yield from (_facts(person, None, posts, found) for person in people.values())
		return
	for employee, record in attendance:
		yield _facts(people[employee], record, posts, found)


def _calendars_of_all_records(
	database: Database,
	scope: Scope,
	calendars: Mapping[tuple[str, str | None], Calendar],
	when: AsOf,
	policy: Policy,
) -> Mapping[tuple[str, str | None], Calendar]:
	"""The calendars, and those that only other Employee records of these people follow."""
	others = [record for records in scope.others.values() for record in records]
	missing = [record for record in others if calendar_key(record) not in calendars]
	if not missing:
		return calendars
	since, until = absence_window(when.on, when.today, policy.absence_window_months, when.attendance_from)
	return {**calendars, **read_calendars(database, missing, since, until)}


def _read_registers(
	database: Database,
	scope: Scope,
	policy: Policy,
	on: date,
	today: date,
	agreements_ending_until: date | None,
) -> dict[str, Mapping]:
	"""By fact and employee; what only some policies ask for is only read for them."""
	found = {
		"result": read_results(database, scope, today, policy.score_field),
		"sanctions": read_sanctions(database, scope),
		"suspensions": read_suspensions(database, scope, on),
		"gate_decisions": read_gate_decisions(database, scope, on),
	}
	if Gate.TALENT_BOX in policy.gates:
		found["talent_box"] = read_talent_boxes(database, scope, today)
	if Gate.AGREEMENT in policy.gates:
		found["agreements"] = read_agreements(database, scope, on)
	elif agreements_ending_until:
		found["agreements"] = read_agreements(database, scope, on, agreements_ending_until)
	return found


def _facts(
	person: Person, attendance: AttendanceRecord | None, posts: _Posts, found: Mapping[str, Mapping]
) -> Facts:
	"""What was found about one person; what was not found keeps the meaning that Facts gives to its absence."""
	employee = person.employee
	suitability, service_unit = posts.of(person)
	return Facts(
		employee=employee,
		status=person.status,
		employment_type=person.employment_type,
		joined_on=person.joined_on,
		suitability=suitability,
		service_unit=service_unit,
		attendance=attendance,
		**{fact: entries[employee] for fact, entries in found.items() if employee in entries},
	)


class _Posts:
	"""What a designation and a unit say about their people, worked out once for each pair of them."""

	def __init__(self, chains: Chains, register: Register) -> None:
		self._chains, self._register = chains, register
		self._known: dict[tuple, tuple] = {}

	def of(self, person: Person) -> tuple[tuple[Suitability, ...], ServiceUnit | None]:
		"""What is decided about the person, in order of precedence, and whether the unit serves the public."""
		key = person.designation, person.department
		known = self._known.get(key)
		if known is None:
			chain = chain_of(person, self._chains)
			known = self._known[key] = (
				suitability_of_post(person, chain, self._register),
				_service_unit(chain),
			)
		own = self._register.get(("Employee", person.employee))
		return (own + known[0], known[1]) if own else known


def _service_unit(chain: tuple[Unit, ...]) -> ServiceUnit | None:
	"""The nearest mark upwards; a unit without any mark above it serves nobody face to face."""
	if not chain:
		return None
	marked = marked_unit(chain)
	return ServiceUnit(marked is not None and marked.public_service == "Yes", (marked or chain[0]).name)


def gather_together(
	database: Database,
	scope: Scope,
	people: Mapping[str, Person],
	calendars: Mapping[CalendarKey, Calendar],
	policies: Sequence[Policy],
	when: AsOf,
	*,
	until: date,
) -> list[dict[str, Facts]]:
	"""The facts for each policy, as `gather` finds them for all that any of the policies asks."""
	gates, scope = frozenset().union(*(policy.gates for policy in policies)), widened(database, scope, people)
	start = POST if any(policy.new_counts_from == POST for policy in policies) else JOINING
	readings: dict[tuple, dict[str, Facts]] = {}
	for policy in policies:
		look = look_of(policy, when.today)
		if look not in readings:
			asked = replace(policy, gates=gates, new_counts_from=start)
			readings[look] = gather(database, scope, people, calendars, asked, when, until=until)
	return [readings[look_of(policy, when.today)] for policy in policies]


def look_of(policy: Policy, today: date) -> tuple:
	"""Policies with the same look find the same facts. Hours that begin later, next year's Ramadan, tell of no day yet."""
	begun = tuple(row for row in policy.working_hours if row.from_date <= today)
	return (*(getattr(policy, name) for name in LOOKED_AT if name != HOURS), begun)
