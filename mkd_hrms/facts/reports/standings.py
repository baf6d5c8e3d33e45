"""Who may work away as the last evaluation found (MKD Eligibility), and how many days a week that makes in each unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from pypika import CustomFunction, Query, Table
from pypika.terms import Term

from mkd_hrms.facts.agency import ACTIVE
from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.people import EMPLOYEE
from mkd_hrms.facts.reports.narrowed import Narrowed
from mkd_hrms.policy.as_json import finding_in
from mkd_hrms.policy.model import Finding, Gate, Outcome

STANDING = Table("tabMKD Eligibility")
# A night stores a dozen findings of everybody: the database hands over the one that is asked for.
Locate = CustomFunction("LOCATE", ["part", "text"])
Substring = CustomFunction("SUBSTRING", ["text", "start"])
SubstringIndex = CustomFunction("SUBSTRING_INDEX", ["text", "end", "count"])
FRESHNESS = f'"gate":"{Gate.FRESHNESS.value}"'


class Standing(NamedTuple):
	"""One person as he was evaluated; `freshness` is what was found about the age of his result."""

	employee: str
	employee_name: str
	department: str | None
	outcome: str
	tier_limit: int
	changes_on: date | None
	failed_gates: str | None
	unknown_gates: str | None
	freshness: Finding | None


class Allowance(NamedTuple):
	"""So many people of a unit who follow the same holiday list (None: their company's) earned so many days a week.

	Nobody says here what they earned where `tier` is None.
	"""

	department: str | None
	holiday_list: str | None
	tier: int | None
	people: int


def read_standings(
	database: Database, narrowed: Narrowed, outcome: str | None = None
) -> tuple[Standing, ...]:
	"""The standings of some people, or those with one outcome, by unit and name."""
	if narrowed.is_empty:
		return ()

	def build(bind: Binder):
		columns = (STANDING[column] for column in Standing._fields[:-1])
		query = Query.from_(STANDING).select(*columns, _freshness(bind)).where(narrowed.of(STANDING, bind))
		if outcome:
			query = query.where(STANDING.outcome == bind(outcome))
		return query

	found = [row for row in rows(database, build) if narrowed.shows(row[0])]
	# The database would have to carry the texts along while it sorts.
	found.sort(key=lambda row: (row[2] or "", row[1] or "", row[0]))
	return tuple(Standing(*row, finding_in(text)) for *row, text in found)


def read_outcomes(database: Database, narrowed: Narrowed, outcome: str | None = None) -> Counter[str]:
	"""By outcome of how many people it was found, or how many have one of them, from an index alone."""
	if narrowed.is_empty:
		return Counter()

	def build(bind: Binder):
		query = Query.from_(STANDING).select(STANDING.employee, STANDING.outcome)
		query = query.where(narrowed.of(STANDING, bind))
		return query.where(STANDING.outcome == bind(outcome)) if outcome else query

	return Counter(found for employee, found in rows(database, build) if narrowed.shows(employee))


def _freshness(bind: Binder) -> Term:
	"""The text of one finding, from its gate on to its end; empty where there is none."""
	its = Substring(STANDING.findings, Locate(bind(FRESHNESS), STANDING.findings))
	return SubstringIndex(its, bind("}"), bind(1))


def read_tiers(database: Database, company: str) -> dict[str, int]:
	"""By employee the days a week that the track record earned; whoever has none is held to the policy alone."""

	def build(bind: Binder):
		query = Query.from_(STANDING).select(STANDING.employee, STANDING.tier_limit)
		return query.where(STANDING.company == bind(company))

	return dict(rows(database, build))


def read_allowances(database: Database, narrowed: Narrowed) -> list[Allowance]:
	"""Of whoever may work away, what the people of each unit have earned; as many rows as there are kinds of people."""
	if narrowed.is_empty:
		return []

	def build(bind: Binder):
		query = Query.from_(STANDING).join(EMPLOYEE).on(EMPLOYEE.name == STANDING.employee)
		query = query.select(
			STANDING.employee, STANDING.department, EMPLOYEE.holiday_list, STANDING.tier_limit
		)
		query = query.where(narrowed.of(STANDING, bind))
		return query.where(STANDING.outcome == bind(Outcome.ELIGIBLE.value))

	return _counted(narrowed, rows(database, build))


def read_active(database: Database, narrowed: Narrowed) -> list[Allowance]:
	"""The active people of each unit, whatever was found about them and whatever they earned."""
	if narrowed.is_empty:
		return []

	def build(bind: Binder):
		query = Query.from_(EMPLOYEE).select(EMPLOYEE.name, EMPLOYEE.department, EMPLOYEE.holiday_list, None)
		query = query.where((EMPLOYEE.status == bind(ACTIVE)) & (EMPLOYEE.company == bind(narrowed.company)))
		if narrowed.units is not None:
			query = query.where(EMPLOYEE.department.isin(bind.all(narrowed.units)))
		return (
			query.where(EMPLOYEE.name.isin(bind.all(sorted(narrowed.people)))) if narrowed.is_few else query
		)

	return _counted(narrowed, rows(database, build))


def _counted(narrowed: Narrowed, found: Iterable[tuple]) -> list[Allowance]:
	kinds = Counter(
		(unit, holiday_list or None, tier)
		for employee, unit, holiday_list, tier in found
		if narrowed.shows(employee)
	)
	return [Allowance(*kind, people) for kind, people in kinds.items()]
