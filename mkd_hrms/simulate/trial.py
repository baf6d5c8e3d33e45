"""Two policies tried on the people in the files (rule P1): everybody active is judged by both, on one date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pypika import Order, Query
from pypika.functions import Count, Min

from mkd_hrms.facts.attendance.calendars import calendar_key, read_calendars
from mkd_hrms.facts.database.queries import Database, rows
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.gather import gather_together
from mkd_hrms.facts.people import BREAKDOWNS, EMPLOYEE, read_people, read_placements
from mkd_hrms.facts.performance import last_closed_month
from mkd_hrms.policy.dates import absence_window
from mkd_hrms.policy.engine.evaluate import evaluate
from mkd_hrms.policy.engine.many_people import Panel
from mkd_hrms.policy.engine.second_policy import Again
from mkd_hrms.policy.facts import Facts
from mkd_hrms.policy.impact.totals import Impact
from mkd_hrms.policy.model import Decision, Policy
from mkd_hrms.simulate.judging import Calendars, next_working_day
from mkd_hrms.simulate.profiles import ACTIVE, Group


@dataclass(frozen=True, slots=True)
class When:
	"""For which MKD date, as known on which day, and since when attendance is kept."""

	on: date
	today: date
	attendance_from: date | None


def first_common_day(database: Database, policies: Sequence[Policy], today: date) -> date:
	"""The first working day after today on which both policies are in force, by the most common calendar."""
	begin = max(today, *(policy.effective_from - timedelta(days=1) for policy in policies))
	found = rows(
		database,
		lambda bind: (
			Query.from_(EMPLOYEE)
			.select(Min(EMPLOYEE.name))
			.where(EMPLOYEE.status == bind(ACTIVE))
			.groupby(EMPLOYEE.company, EMPLOYEE.holiday_list)
			.orderby(Count("*"), order=Order.desc)
			.orderby(Min(EMPLOYEE.name))
			.limit(1)
		),
	)
	scope = Scope(employees=tuple(name for (name,) in found))
	groups = [Group(scope, read_people(database, scope))] if found else []
	return next_working_day(database, groups, begin)


def as_in_force(policy: Policy, on: date) -> Policy:
	"""The policy as it would stand if it were in force on a date before its own."""
	return replace(policy, effective_from=min(policy.effective_from, on))


def simulate(
	database: Database,
	policies: Sequence[Policy],
	when: When,
	advance: Callable[[int], None] = lambda count: None,
) -> Impact:
	"""What the second policy would change for everybody active; a policy that begins later counts as in force."""
	before, after = (as_in_force(policy, when.on) for policy in policies)
	impact = Impact(before, after, BREAKDOWNS)
	for company in read_companies(database):
		advance(add_company(database, company, impact, when))
	return impact


def read_companies(database: Database) -> list[str]:
	"""The companies in which somebody is active."""

	def build(bind):
		return (
			Query.from_(EMPLOYEE)
			.select(EMPLOYEE.company)
			.distinct()
			.where(EMPLOYEE.status == bind(ACTIVE))
			.orderby(EMPLOYEE.company)
		)

	return [company for (company,) in rows(database, build)]


def add_company(database: Database, company: str, impact: Impact, when: When, named: bool = True) -> int:
	"""Judge the active people of a company by both policies and count them; returns how many there are.

	What changes for whom is only kept if they are to be `named`.
	"""
	scope = Scope(company=company)
	people = read_people(database, scope)
	first, last = _looked_at(impact.policies, when)
	calendars = read_calendars(database, people.values(), first, last)
	facts = gather_together(
		*(database, scope, people, calendars, impact.policies, when.on, when.on, when.today),
		when.attendance_from,
	)
	placements, weeks = read_placements(database, scope), dict(_full_weeks(calendars, first, last))
	decide, add = _both(impact.policies, facts, when), impact.add if named else impact.count
	for name, person in people.items():
		add(*decide(name), placements[name], weeks[calendar_key(person)])
	return len(people)


def _both(
	policies: Sequence[Policy], facts: Sequence[Mapping[str, Facts]], when: When
) -> Callable[[str], tuple[Decision, Decision]]:
	"""How both policies decide about an employee; the second asks only what the first has not, if facts are shared."""
	(first, second), (known, other) = policies, facts
	again, panel = Again(first, second), Panel(first, when.on, when.today)

	def decide(name: str) -> tuple[Decision, Decision]:
		before = panel.evaluate(known[name])
		if known is other:
			return before, again.evaluate(before, known[name])
		return before, evaluate(second, other[name], when.on, when.today)

	return decide


def _looked_at(policies: Sequence[Policy], when: When) -> tuple[date, date]:
	"""The days of which the calendars must tell: what any policy looks back at, and the week of the date."""
	months = max(policy.absence_window_months for policy in policies)
	first = absence_window(when.on, when.today, months, None)[0]
	return min(first, last_closed_month(when.today)[0]), max(when.on, when.today) + timedelta(days=7)


def _full_weeks(calendars: Calendars, first: date, last: date) -> Iterator[tuple[tuple, int | None]]:
	return ((key, calendar.full_week(first, last)) for key, calendar in calendars.items())
