"""Days that are booked are judged again together with their person (rule W12).

Whatever changed, the evaluation brings the facts; this file finds which of the days ahead they close, open again or
move, and leaves the writing to `suspending`. Days that have begun are never touched: what was worked was lawful then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import frappe
from frappe.model.document import Document

from mkd_hrms.constants import AHEAD_STATES, APPROVED, COLLECTIVE_DAY, PERSON, REQUEST, SUSPENDED
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.gather import gather
from mkd_hrms.facts.identity import read_all_records
from mkd_hrms.facts.ledger.days import BookedDay, read_booked, read_holders
from mkd_hrms.facts.people import Person, read_people
from mkd_hrms.judging.everybody import calendars_of_all
from mkd_hrms.policy.collective import kept_in
from mkd_hrms.policy.dates import iso_week, week_days
from mkd_hrms.policy.engine.evaluate import evaluate
from mkd_hrms.policy.facts import AsOf, Facts
from mkd_hrms.policy.model import Decision, Outcome, Policy
from mkd_hrms.policy.recheck import beside, beyond, earned, outside_service, over_tier
from mkd_hrms.services.booked_days import apply_changes
from mkd_hrms.services.booked_days.day_changes import Change
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.decisions.evaluate import attendance_from
from mkd_hrms.services.platform.transactions import in_sets
from mkd_hrms.services.policies.in_force import in_force, submitted_policies

if TYPE_CHECKING:
	from mkd_hrms.services.standing.refresh import Evaluated

LEFT = "Left"
# By circular: whether it exempts public service, and whether whoever fails another condition stays.
Circulars = Mapping[str, tuple[bool, bool]]


@dataclass(slots=True)
class Booked:
	"""Somebody's days from this Monday on, the policy of each date ahead, and the facts as each policy sees them."""

	person: Person
	days: tuple[BookedDay, ...]
	today: date
	policies: Mapping[date, Policy | None]
	facts: dict[str, Facts] = field(default_factory=dict)

	@property
	def ahead(self) -> list[BookedDay]:
		"""His own days that have not begun and come from an application or a circular."""
		return [
			day
			for day in self.days
			if day.mkd_date > self.today
			and day.employee == self.person.employee
			and day.source_doctype in (REQUEST, COLLECTIVE_DAY)
			and day.status in AHEAD_STATES
		]

	def decide(self, day: date, extra: Iterable = ()) -> Decision:
		policy, person = self.policies[day], self.person
		found = [*outside_service(policy, day, person.joined_on, person.last_day), *extra]
		return evaluate(policy, self.facts[policy.name], day, self.today, found)


def notice(batch: Sequence[Evaluated]) -> None:
	"""Told of everybody who was evaluated; what follows for his days is written once the standings are stored.

	One query for the batch, and a fixed number more where another policy decides about the days, or where somebody
	has more days than he earns.
	"""
	entries = {entry.person.employee: entry for entry in batch}
	booked = [
		entry
		for entry in _booked([entry.person for entry in batch])
		if _may_change(entry, entries[entry.person.employee])
	]
	for entry in booked:
		evaluated = entries[entry.person.employee]
		entry.facts[evaluated.decision.policy] = evaluated.facts
	_hand_over(booked)


def at_once(doc: Document, method: str | None = None) -> None:
	"""Whom a suspension or a discipline record closes out is not left with approved days until a worker comes.

	Nor through another Employee record of the same person.
	"""
	closed_out = getattr(frappe.local, "mkd_closed_out", None)
	if closed_out is None:
		closed_out = frappe.local.mkd_closed_out = {}
		frappe.db.after_commit.add(_judge_closed_out)
		frappe.db.after_rollback.add(_forget_closed_out)
	closed_out[doc.employee] = True


def _judge_closed_out() -> None:
	employees = list(frappe.local.mkd_closed_out or ())
	_forget_closed_out()
	_judge_again(employees)


def _forget_closed_out() -> None:
	frappe.local.mkd_closed_out = None


def _judge_again(employees: Sequence[str]) -> None:
	"""What was stored stays stored if this fails: the evaluation that was asked for looks at the days again."""
	in_sets(
		employees,
		lambda some: _hand_over(_booked(read_all_records(SiteDatabase(), some))),
		lambda employee: (f"MKD: the days of {employee} could not be judged at once", PERSON, employee),
	)


def look_after(company: str, employees: Collection[str] = (), governed: bool = True) -> None:
	"""The booked days of those whom no evaluation judges: they are not active, or no policy governs their company."""
	database, today = SiteDatabase(), clock.today()
	names = read_holders(database, company, employees, today, AHEAD_STATES, inactive=governed)
	if names:
		_hand_over(_booked(read_people(database, Scope(employees=names)).values()))
		frappe.db.commit()


def _booked(people: Iterable[Person]) -> list[Booked]:
	"""Those of the people who have days ahead."""
	people, today, policies = list(people), clock.today(), submitted_policies()
	if not people:
		return []
	monday = week_days(iso_week(today))[0]
	days = read_booked(SiteDatabase(), {person.person for person in people}, monday)
	found = [Booked(person, days[person.person], today, {}) for person in people if person.person in days]
	known: dict[tuple[str, date], Policy | None] = {}
	for entry in found:
		for day in entry.ahead:
			key = (entry.person.company, day.mkd_date)
			if key not in known:
				known[key] = in_force(policies, *key)
		entry.policies = {day.mkd_date: known[entry.person.company, day.mkd_date] for day in entry.ahead}
	return [entry for entry in found if entry.policies]


def _may_change(booked: Booked, evaluated: Evaluated) -> bool:
	"""Whether anything can be said about the days that was not said when they were approved.

	Who is eligible for tomorrow, and stays so until after his last day, needs no second look at each of his days.
	"""
	ahead, person, decision = booked.ahead, booked.person, evaluated.decision
	if any(day.status == SUSPENDED or _moved(day, person) for day in ahead):
		return True
	if decision.failed or (evaluated.turns and evaluated.turns <= ahead[-1].mkd_date):
		return True
	if any(
		outside_service(booked.policies[day.mkd_date], day.mkd_date, person.joined_on, person.last_day)
		for day in ahead
	):
		return True
	weeks: dict[str, int] = defaultdict(int)
	for day in booked.days:
		weeks[day.iso_week] += 1
	limit = earned(decision)
	return limit is not None and any(count > limit for count in weeks.values())


def _moved(day: BookedDay, person: Person) -> bool:
	return (day.department, day.company) != (person.department, person.company)


def _hand_over(booked: Sequence[Booked]) -> None:
	"""Judge, and have the changes written after the commit: each person's in a transaction of their own."""
	_complete_facts(booked)
	special, circulars = _special(booked), _circulars(booked)
	changes = [change for entry in booked if (change := judge(entry, special, circulars))]
	if changes:
		frappe.db.after_commit.add(lambda: apply_changes.carry_out(changes))


def _complete_facts(booked: Sequence[Booked]) -> None:
	"""Read what other policies look at, for everybody at once: so many queries for each such policy."""
	wanted: dict[str, tuple[Policy, dict[str, Booked]]] = {}
	for entry in booked:
		for policy in entry.policies.values():
			if policy and policy.name not in entry.facts:
				wanted.setdefault(policy.name, (policy, {}))[1][entry.person.employee] = entry
	for name, (policy, entries) in wanted.items():
		for employee, facts in _gather(policy, [entry.person for entry in entries.values()]).items():
			entries[employee].facts[name] = facts


def _gather(policy: Policy, people: Iterable[Person]) -> dict[str, Facts]:
	database, today = SiteDatabase(), clock.today()
	tomorrow, by_name = today + timedelta(days=1), {person.employee: person for person in people}
	when = AsOf(on=tomorrow, today=today, attendance_from=attendance_from())
	calendars = calendars_of_all(database, by_name.values(), policy, when, tomorrow)
	scope = Scope(employees=tuple(sorted(by_name)))
	return gather(database, scope, by_name, calendars, policy, when, until=date.max)


def _special(booked: Sequence[Booked]) -> frozenset[str]:
	"""The requests that were approved above the limit (rule Q9), of weeks that hold many days."""
	names = {day.source_name for entry in booked for day in entry.ahead}
	if not names:
		return frozenset()
	filters = {"name": ("in", sorted(names)), "special_circumstances": 1}
	return frozenset(frappe.get_all(REQUEST, filters=filters, pluck="name"))


def _circulars(booked: Sequence[Booked]) -> Circulars:
	"""By circular whether it leaves in the office who serves the public, and who fails another condition."""
	names = {day.source_name for entry in booked for day in entry.ahead if day.is_collective}
	if not names:
		return {}
	fields = ["name", "exempt_public_service", "excluded_stay"]
	rows = frappe.get_all(COLLECTIVE_DAY, {"name": ("in", sorted(names))}, fields)
	return {row.name: (bool(row.exempt_public_service), bool(row.excluded_stay)) for row in rows}


def _outcome(day: BookedDay, decision: Decision, circulars: Circulars) -> Outcome:
	"""What a decision means for a day; a circular itself says whom it leaves in the office, and sends who is unknown."""
	if not day.is_collective:
		return decision.outcome
	stays = kept_in(decision.failed, *circulars.get(day.source_name, (True, True)))
	return Outcome.NOT_ELIGIBLE if stays else Outcome.ELIGIBLE


def judge(booked: Booked, special: Collection[str], circulars: Circulars) -> Change | None:
	"""What the rules of today say about somebody's days ahead; None where they stay as they are."""
	person, ahead = booked.person, booked.ahead
	gone = [day for day in ahead if _has_no_way_back(booked, day)]
	judged = [day for day in ahead if day not in gone]
	decisions = {day.mkd_date: booked.decide(day.mkd_date) for day in judged}
	decisions |= _beyond_tier(booked, judged, decisions, special)
	outcomes = {day: _outcome(day, decisions[day.mkd_date], circulars) for day in judged}
	suspend = [
		d for d, outcome in outcomes.items() if (d.status, outcome) == (APPROVED, Outcome.NOT_ELIGIBLE)
	]
	resume = [d for d, outcome in outcomes.items() if (d.status, outcome) == (SUSPENDED, Outcome.ELIGIBLE)]
	moved = [day for day in judged if _moved(day, person)]
	if not (gone or suspend or resume or moved):
		return None
	policies = {day: policy for day, policy in booked.policies.items() if policy}
	return Change(person, gone, suspend, resume, moved, decisions, policies)


def _has_no_way_back(booked: Booked, day: BookedDay) -> bool:
	"""Whoever has left does not come back through this record, and without a policy there is no MKD."""
	person = booked.person
	left = person.status == LEFT and person.last_day and person.last_day < day.mkd_date
	return bool(left) or booked.policies[day.mkd_date] is None


def _beyond_tier(
	booked: Booked, ahead: Sequence[BookedDay], decisions: Mapping[date, Decision], special: Collection[str]
) -> dict[date, Decision]:
	"""Other decisions for days that their weeks have no room for, now that the track record earns fewer (rule Q8).

	Where it earns as many as when they were booked, a circular or a shorter week is why there are too many: nothing that
	was approved is touched then, and the week is listed (rule W11).
	"""
	found: dict[date, Decision] = {}
	for week in {day.iso_week for day in ahead}:
		held = [day for day in booked.days if day.iso_week == week]
		if any(day.source_name in special for day in held):
			continue
		# A day that still waits for its approval takes no place from one that has it.
		own = [day for day in ahead if day.iso_week == week and not day.is_collective]
		open_to = [
			day.mkd_date
			for day in own
			if day.status in (APPROVED, SUSPENDED) and not decisions[day.mkd_date].failed
		]
		limits = [limit for day in open_to if (limit := earned(decisions[day])) is not None]
		if not limits or min(limits) >= max(day.limit for day in own):
			continue
		policies = (booked.policies[day] for day in open_to)
		collective = sum(day.is_collective for day in held)
		begun = beside(filter(None, policies), len(held) - len(own), collective)
		for day in beyond(min(limits) - begun, open_to):
			extra = over_tier(booked.policies[day], begun + len(open_to), min(limits))
			found[day] = booked.decide(day, [extra])
	return found
