"""What was laid down for units: caps and minimums, counters with a roster, days on which nobody works away (W5, W7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from pypika import Order, Query, Table
from pypika.terms import Criterion

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.people import DEPARTMENT, EMPLOYEE
from mkd_hrms.policy.facts import covers

RULE, POINT = Table("tabMKD Coverage Rule"), Table("tabMKD Service Point")
MEMBER, OFFICE = Table("tabMKD Service Point Member"), Table("tabMKD Office Day")
SUBMITTED = 1
# As the register names them.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


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
class OfficeDay:
	"""Days on which nobody of a unit and those below it, or of a company, works away (W7).

	`weekday` is an ISO weekday, Monday = 1; None is every day of the period.
	"""

	name: str
	title: str
	kind: str
	company: str | None
	department: str | None
	since: date
	until: date
	weekday: int | None
	legal_basis: str

	def falls_on(self, day: date) -> bool:
		return covers(self.since, self.until, day) and self.weekday in (None, day.isoweekday())

	def concerns(self, company: str, chain: Collection[str]) -> bool:
		"""Whether somebody of a company is meant, given his unit and those above it."""
		if self.department:
			return self.department in chain
		return self.company == company


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


def read_points_with(database: Database, units: Collection[str]) -> frozenset[str]:
	"""The counters on whose roster somebody of some units stands."""
	if not units:
		return frozenset()

	def build(bind: Binder):
		query = Query.from_(MEMBER).join(EMPLOYEE).on(EMPLOYEE.name == MEMBER.employee)
		query = query.select(MEMBER.parent).distinct()
		return query.where(EMPLOYEE.department.isin(bind.all(sorted(units))))

	return frozenset(name for (name,) in rows(database, build))


def read_office_days(database: Database, since: date, until: date) -> tuple[OfficeDay, ...]:
	"""The office days in force of which some day may lie in a period, in order of their beginning."""

	def build(bind: Binder):
		query = Query.from_(OFFICE).select(OFFICE.name, OFFICE.title, OFFICE.kind)
		query = query.select(OFFICE.company, OFFICE.department, OFFICE.from_date, OFFICE.to_date)
		query = query.select(OFFICE.weekday, OFFICE.legal_basis).where(OFFICE.docstatus == SUBMITTED)
		query = query.where((OFFICE.from_date <= bind(until)) & (OFFICE.to_date >= bind(since)))
		return query.orderby(OFFICE.from_date).orderby(OFFICE.name)

	return tuple(
		OfficeDay(
			*(name, title, kind, company or None, department or None, first, last),
			*(WEEKDAYS.index(weekday) + 1 if weekday else None, basis or ""),
		)
		for name, title, kind, company, department, first, last, weekday, basis in rows(database, build)
	)


def read_tree(database: Database) -> dict[str, UnitPlace]:
	"""Every unit by name: the whole tree, in one query."""

	def build(bind: Binder):
		query = Query.from_(DEPARTMENT).select(DEPARTMENT.name, DEPARTMENT.lft, DEPARTMENT.rgt)
		return query.select(DEPARTMENT.company).orderby(DEPARTMENT.lft).orderby(DEPARTMENT.name)

	return {name: UnitPlace(name, *place, company or None) for name, *place, company in rows(database, build)}


def _in_period(table: Table, bind: Binder, since: date, until: date) -> Criterion:
	return (table.valid_from <= bind(until)) & (table.valid_to.isnull() | (table.valid_to >= bind(since)))
