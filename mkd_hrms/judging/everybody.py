"""One policy, one date, all people of a scope: each with the facts and the decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from mkd_hrms.facts.attendance.calendars import CalendarKey, read_calendars
from mkd_hrms.facts.database.queries import Database
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.gather import gather_each
from mkd_hrms.facts.people import Person
from mkd_hrms.facts.performance import last_closed_month
from mkd_hrms.policy.dates import Calendar, absence_window
from mkd_hrms.policy.engine.many_people import Panel
from mkd_hrms.policy.facts import AsOf, Facts, Readiness
from mkd_hrms.policy.model import Decision, Policy

Calendars = Mapping[CalendarKey, Calendar]
# Is told of a person whom the rules cannot judge, and why, while the error is being handled.
Obstacle = Callable[[Person, Exception], None]


class Judged(NamedTuple):
	"""One person as judged: from which facts, with which decision."""

	person: Person
	facts: Facts
	decision: Decision


def looks_back_to(policies: Iterable[Policy], when: AsOf) -> date:
	"""The first day that matters to any of the policies: of its absence window, or of the last closed month."""
	months = max(policy.absence_window_months for policy in policies)
	return min(absence_window(when.on, when.today, months, None)[0], last_closed_month(when.today)[0])


def calendars_of_all(
	database: Database, people: Iterable[Person], policy: Policy, when: AsOf, until: date
) -> Calendars:
	"""The calendars of people for all days that the policy looks back at, and on to a day."""
	return read_calendars(database, people, looks_back_to([policy], when), until)


def judge_each(
	database: Database,
	scope: Scope,
	people: Mapping[str, Person],
	calendars: Calendars,
	policy: Policy,
	when: AsOf,
	*,
	since: date | None = None,
	until: date | None = None,
	agreements_ending_until: date | None = None,
	declared: Mapping[str, Readiness] | None = None,
	obstacle: Obstacle | None = None,
) -> Iterator[Judged]:
	"""Decide about one person after the other, in no certain order, in as many queries for one as for all.

	The facts hold for the dates from `since` to `until`, both that of the question unless said otherwise. `declared`
	is what people said on their requests. Whoever cannot be judged is passed over and told to `obstacle`; without one
	the error ends it. The database is not to be asked for anything else meanwhile.
	"""
	gathered = gather_each(
		*(database, scope, people, calendars, policy),
		replace(when, on=since or when.on),
		until=until or when.on,
		agreements_ending_until=agreements_ending_until,
	)
	panel, declared = Panel(policy, when.on, when.today), declared or {}
	for facts in gathered:
		person = people[facts.employee]
		if ready := declared.get(facts.employee):
			facts = replace(facts, readiness=ready)
		try:
			decision = panel.evaluate(facts)
		except Exception as error:
			# One broken record is no reason to leave everybody else without a decision.
			if obstacle is None:
				raise
			obstacle(person, error)
		else:
			yield Judged(person, facts, decision)
