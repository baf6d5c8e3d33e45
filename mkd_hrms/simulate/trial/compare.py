"""Two policies tried on the people in the files (rule P1): everybody active is judged by both, on one date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pypika import Order, Query
from pypika.functions import Count, Min

from mkd_hrms.facts.agency import read_companies_with_people
from mkd_hrms.facts.database.queries import Database, rows
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.people import BREAKDOWNS, EMPLOYEE, read_people, read_placements
from mkd_hrms.judging.two_policies import judge_by
from mkd_hrms.policy.facts import AsOf
from mkd_hrms.policy.impact.totals import Impact
from mkd_hrms.policy.model import Policy
from mkd_hrms.simulate.check.judging import next_working_day
from mkd_hrms.simulate.check.profiles import ACTIVE, Group


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
	when: AsOf,
	advance: Callable[[int], None] = lambda count: None,
) -> Impact:
	"""What the second policy would change for everybody active; a policy that begins later counts as in force."""
	before, after = (as_in_force(policy, when.on) for policy in policies)
	impact = Impact(before, after, BREAKDOWNS)
	for company in read_companies_with_people(database):
		advance(add_company(database, company, impact, when))
	return impact


def add_company(database: Database, company: str, impact: Impact, when: AsOf, named: bool = True) -> int:
	"""Judge the active people of a company by both policies and count them; returns how many there are.

	What changes for whom is only kept if they are to be `named`.
	"""
	scope = Scope(company=company)
	people = read_people(database, scope)
	placements, add = read_placements(database, scope), impact.add if named else impact.count
	for person, decisions, workdays in judge_by(database, scope, people, impact.policies, when):
		add(*decisions, placements[person.employee], workdays)
	return len(people)
