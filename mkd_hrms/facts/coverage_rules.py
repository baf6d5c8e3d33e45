"""What was laid down for units: caps and minimums, counters with a roster, days on which nobody works away (W5, W7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pypika import Order, Query, Table
from pypika.terms import Criterion

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.people import DEPARTMENT
from mkd_hrms.policy.facts import covers

RULE, POINT = Table("tabMKD Coverage Rule"), Table("tabMKD Service Point")
MEMBER = Table("tabMKD Service Point Member")


@dataclass(frozen=True, slots=True)
class CoverageRule:
	"""What holds for a unit, and for those below it that have none, in a period: percent, people, percent."""

	name: str
	department: str
	company: str
	valid_from: date
	valid_to: date | None
	cap_percent: float
	min_on_site: int
	min_on_site_percent: float
	counts_together: bool
	legal_basis: str

	def holds_on(self, day: date) -> bool:
		return covers(self.valid_from, self.valid_to, day)


@dataclass(frozen=True, slots=True)
class ServicePoint:
	"""A counter: of its roster so many people are on site on every day of a period."""

	name: str
	title: str
	department: str
	min_on_site: int
	valid_from: date
	valid_to: date | None
	employees: tuple[str, ...]

	def holds_on(self, day: date) -> bool:
		return covers(self.valid_from, self.valid_to, day)


@dataclass(frozen=True, slots=True)
class UnitPlace:
	"""A unit in the tree; `company` is whose policy holds for it."""

	name: str
	lft: int
	rgt: int
	company: str | None

	def holds(self, other: UnitPlace) -> bool:
		"""Whether another unit is this one or below it."""
		return self.lft <= other.lft and other.rgt <= self.rgt


def read_coverage_rules(database: Database, since: date, until: date) -> tuple[CoverageRule, ...]:
	"""The rules that hold on some day of a period, for whichever unit, newest first; they are few."""

	def build(bind: Binder):
		query = Query.from_(RULE).select(RULE.name, RULE.department, RULE.company)
		query = query.select(RULE.valid_from, RULE.valid_to)
		query = query.select(RULE.cap_percent, RULE.min_on_site, RULE.min_on_site_percent)
		query = query.select(RULE.counts_together, RULE.legal_basis).where(
			_in_period(RULE, bind, since, until)
		)
		return query.orderby(RULE.valid_from, order=Order.desc).orderby(RULE.name)

	return tuple(
		CoverageRule(*row, bool(together), basis or "") for *row, together, basis in rows(database, build)
	)


def read_service_points(
	database: Database, since: date, until: date, employees: Iterable[str] | None = None
) -> tuple[ServicePoint, ...]:
	"""The counters of a period with their whole rosters, by name; with `employees` only those that name one of them."""

	def build(bind: Binder):
		query = Query.from_(POINT).join(MEMBER).on(MEMBER.parent == POINT.name)
		query = query.select(POINT.name, POINT.service_point_name, POINT.department, POINT.min_on_site)
		query = query.select(POINT.valid_from, POINT.valid_to, MEMBER.employee)
		query = (
			query.where(_in_period(POINT, bind, since, until)).orderby(POINT.name).orderby(MEMBER.employee)
		)
		if employees is None:
			return query
		named = Query.from_(MEMBER).select(MEMBER.parent)
		return query.where(POINT.name.isin(named.where(MEMBER.employee.isin(bind.all(sorted(employees))))))

	found: dict[tuple, list[str]] = {}
	for *point, employee in rows(database, build):
		found.setdefault(tuple(point), []).append(employee)
	return tuple(ServicePoint(*point, tuple(names)) for point, names in found.items())


def read_tree(database: Database) -> dict[str, UnitPlace]:
	"""Every unit by name: the whole tree, in one query."""

	def build(bind: Binder):
		query = Query.from_(DEPARTMENT).select(DEPARTMENT.name, DEPARTMENT.lft, DEPARTMENT.rgt)
		return query.select(DEPARTMENT.company).orderby(DEPARTMENT.lft).orderby(DEPARTMENT.name)

	return {name: UnitPlace(name, *place, company or None) for name, *place, company in rows(database, build)}


def _in_period(table: Table, bind: Binder, since: date, until: date) -> Criterion:
	return (table.valid_from <= bind(until)) & (table.valid_to.isnull() | (table.valid_to >= bind(since)))
