"""The same people judged by two policies on one date (rule P1): the second asks only what the first has not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from mkd_hrms.facts.attendance.calendars import calendar_key, read_calendars
from mkd_hrms.facts.database.queries import Database
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.gather import gather_together
from mkd_hrms.facts.people import Person
from mkd_hrms.judging.everybody import looks_back_to
from mkd_hrms.policy.engine.many_people import Panel
from mkd_hrms.policy.engine.second_policy import Again
from mkd_hrms.policy.facts import AsOf, Facts
from mkd_hrms.policy.model import Decision, Policy

WEEK = timedelta(weeks=1)
Decide = Callable[[str], tuple[Decision, ...]]


class Both(NamedTuple):
	"""One person with a decision by each policy, and the working days of a full week of his, where they are known."""

	person: Person
	decisions: tuple[Decision, ...]
	workdays: int | None


def judge_by(
	database: Database, scope: Scope, people: Mapping[str, Person], policies: Sequence[Policy], when: AsOf
) -> Iterator[Both]:
	"""Decide about people of a scope by one policy or by two, in their order and a fixed number of queries."""
	first, last = looks_back_to(policies, when), max(when.on, when.today) + WEEK
	calendars = read_calendars(database, people.values(), first, last)
	facts = gather_together(database, scope, people, calendars, policies, when, until=when.on)
	weeks = {key: calendar.full_week(first, last) for key, calendar in calendars.items()}
	decide = _by_one(policies[0], facts[0], when) if len(policies) == 1 else _by_both(policies, facts, when)
	for name, person in people.items():
		yield Both(person, decide(name), weeks[calendar_key(person)])


def _by_one(policy: Policy, facts: Mapping[str, Facts], when: AsOf) -> Decide:
	panel = Panel(policy, when.on, when.today)
	return lambda name: (panel.evaluate(facts[name]),)


def _by_both(policies: Sequence[Policy], facts: Sequence[Mapping[str, Facts]], when: AsOf) -> Decide:
	"""Where both look at the same facts, gates that they ask alike are not asked twice."""
	(first, second), (known, other) = policies, facts
	again, panel = Again(first, second), Panel(first, when.on, when.today)
	its_own = Panel(second, when.on, when.today)

	def decide(name: str) -> tuple[Decision, ...]:
		before = panel.evaluate(known[name])
		if known is other:
			return before, again.evaluate(before, known[name])
		return before, its_own.evaluate(other[name])

	return decide
