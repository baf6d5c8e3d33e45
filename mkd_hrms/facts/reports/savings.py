"""What savings rest on: factors, bills, and in which units nobody was in the office on the dates of a circular.

By unit and date, in a statement each, whatever the number of people; presence is read from an index alone
(`mkd_department_date` in setup/indexes.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from pypika import Case, Query, Table
from pypika.functions import Count

from mkd_hrms.facts.agency import ACTIVE
from mkd_hrms.facts.attendance.records import ABSENT, ATTENDANCE, HALF_DAY, ON_LEAVE, PRESENT
from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.people import EMPLOYEE
from mkd_hrms.facts.reports.day_counts import within
from mkd_hrms.facts.reports.narrowed import Narrowed

FACTOR, BILL = Table("tabMKD Savings Factor"), Table("tabMKD Utility Bill")
SUBMITTED, LEFT, WORK_FROM_HOME = 1, "Left", "Work From Home"
# Half a day in the office is light and air for it.
THERE, AWAY = (PRESENT, HALF_DAY), (WORK_FROM_HOME, ON_LEAVE, ABSENT)
Key = tuple[str, date]


class FactorRow(NamedTuple):
	"""A factor as it is kept; without a company it holds for all that have none of their own."""

	factor: str
	company: str | None
	valid_from: date
	low: float
	middle: float
	high: float
	source: str
	year: int
	trust: str


class Bill(NamedTuple):
	"""What was used and paid in a month, by the day on which that begins; None is not known."""

	department: str | None
	building: str | None
	kind: str
	month: date
	amount: float | None
	consumption: float | None


def read_factors(database: Database, company: str) -> list[FactorRow]:
	"""Those in use, of a company and of all, by the day since when they hold; the company's own come last."""

	def build(bind: Binder):
		query = Query.from_(FACTOR).select(*(FACTOR[name] for name in FactorRow._fields))
		of_it = FACTOR.company.isnull() | (FACTOR.company == bind("")) | (FACTOR.company == bind(company))
		return query.where((FACTOR.in_use == 1) & of_it)

	found = (FactorRow(*row) for row in rows(database, build))
	return sorted(found, key=lambda row: (bool(row.company), row.valid_from))


def read_bills(database: Database, narrowed: Narrowed, since: date, until: date) -> list[Bill]:
	"""The bills of the months from since to until, and of the same months a year before."""
	if narrowed.units == ():
		return []

	def build(bind: Binder):
		now = within(BILL.month, since, until, bind)
		before = within(BILL.month, *(_a_year_before(day) for day in (since, until)), bind)
		query = Query.from_(BILL).select(*(BILL[name] for name in Bill._fields)).where(now | before)
		query = query.where(BILL.company == bind(narrowed.company))
		if narrowed.units is not None:
			query = query.where(BILL.department.isin(bind.all(narrowed.units)))
		return query

	return [Bill(*row, amount or None, used or None) for *row, amount, used in rows(database, build)]


def _a_year_before(day: date) -> date:
	"""The last day of February is the 28th there."""
	return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def read_presence(database: Database, dates: Collection[Key]) -> dict[Key, tuple[int, int]]:
	"""By unit and date how many are recorded as being there, and how many as away; of more units and dates than asked for."""
	if not dates:
		return {}

	def build(bind: Binder):
		group = (ATTENDANCE.department, ATTENDANCE.attendance_date, ATTENDANCE.status)
		query = Query.from_(ATTENDANCE).select(*group, Count("*")).groupby(*group)
		query = query.where(ATTENDANCE.department.isin(bind.all(sorted({unit for unit, _day in dates}))))
		query = query.where(ATTENDANCE.attendance_date.isin(bind.all(sorted({day for _unit, day in dates}))))
		return query.where(ATTENDANCE.docstatus == SUBMITTED)

	there, away = Counter(), Counter()
	for unit, day, status, count in rows(database, build):
		there[unit, day] += count if status in THERE else 0
		away[unit, day] += count if status in AWAY else 0
	return {key: (there[key], away[key]) for key in there}


class Serving(NamedTuple):
	"""So many people of a unit in a period; `joined` and `left` are in it, else None."""

	joined: date | None
	left: date | None
	people: int

	def on(self, day: date) -> int:
		"""How many of them are in service on a day."""
		begun, ended = not self.joined or self.joined <= day, self.left and self.left < day
		return self.people if begun and not ended else 0


def read_serving(database: Database, company: str, since: date, until: date) -> dict[str, list[Serving]]:
	"""By unit who is in service in a period: a row for all who are so the whole time."""

	def build(bind: Binder):
		joined = Case().when(EMPLOYEE.date_of_joining > bind(since), EMPLOYEE.date_of_joining)
		left = Case().when(EMPLOYEE.relieving_date < bind(until), EMPLOYEE.relieving_date)
		ends_later = EMPLOYEE.relieving_date >= bind(since)
		active = (EMPLOYEE.status == bind(ACTIVE)) & (EMPLOYEE.relieving_date.isnull() | ends_later)
		query = Query.from_(EMPLOYEE).select(EMPLOYEE.department, joined, left, Count("*"))
		query = query.where(active | ((EMPLOYEE.status == bind(LEFT)) & ends_later))
		query = query.where(EMPLOYEE.company == bind(company))
		return query.groupby(EMPLOYEE.department, joined, left)

	found = defaultdict(list)
	for unit, *serving in rows(database, build):
		found[unit].append(Serving(*serving))
	return found
