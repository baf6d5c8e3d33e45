"""Which outages concern whom (rule D11). Sets in, sets out; what was cancelled or not submitted is none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import NamedTuple

from pypika import Query, Table
from pypika.queries import QueryBuilder, Selectable

from mkd_hrms.facts.database.queries import Binder, Database, grouped, rows
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.people import DEPARTMENT, EMPLOYEE, Person
from mkd_hrms.policy.day.outages import Excuse, Outage, WorkingTime, excuses

OUTAGE = Table("tabMKD Outage")
SUBMITTED = 1
EVERYBODY, OF_COMPANY, OF_UNIT = "All", "Company", "Department"
_COLUMNS = (OUTAGE.from_datetime, OUTAGE.to_datetime, OUTAGE.recorded_on, OUTAGE.name)
# Company and unit: by no more than these an outage finds its people.
Post = tuple[str | None, str | None]


def read_outages(database: Database, scope: Scope, since: datetime) -> dict[str, tuple[Outage, ...]]:
	"""By employee, in their order, the outages that end at `since` or later: of everybody, his company, or his unit's tree."""

	def build(bind: Binder):
		query = Query.from_(OUTAGE).join(EMPLOYEE).on(scope.of(EMPLOYEE, bind))
		query = query.select(EMPLOYEE.name, *_COLUMNS).where(OUTAGE.to_datetime >= bind(since))
		return _concerning(bind, query, EMPLOYEE)

	return grouped(rows(database, build), Outage)


def read_outages_of_posts(
	database: Database, scope: Scope, since: date, until: date
) -> dict[Post, tuple[Outage, ...]]:
	"""By company and unit of the people in the scope, the outages of the days from since to until, both included.

	There are far fewer posts than people, and without an outage none of them is read.
	"""
	first, last = datetime.combine(since, time.min), datetime.combine(until, time.max)

	def build(bind: Binder):
		staff = Query.from_(EMPLOYEE).where(scope.of(EMPLOYEE, bind))
		post = staff.select(EMPLOYEE.company, EMPLOYEE.department).distinct().as_("post")
		query = Query.from_(OUTAGE).cross_join(post).cross().select(post.company, post.department, *_COLUMNS)
		query = query.where((OUTAGE.to_datetime >= bind(first)) & (OUTAGE.from_datetime <= bind(last)))
		return _concerning(bind, query, post)

	found = defaultdict(tuple)
	for company, department, *outage in rows(database, build):
		found[company or None, department or None] += (Outage(*outage),)
	return dict(found)


def _concerning(bind: Binder, query: QueryBuilder, whom: Selectable) -> QueryBuilder:
	"""Keep of the outages beside people or posts those that concern them."""
	unit, struck = DEPARTMENT.as_("unit"), DEPARTMENT.as_("struck")
	concerns = (
		(OUTAGE.scope == bind(EVERYBODY))
		| ((OUTAGE.scope == bind(OF_COMPANY)) & (OUTAGE.company == whom.company))
		| ((OUTAGE.scope == bind(OF_UNIT)) & (unit.lft >= struck.lft) & (unit.rgt <= struck.rgt))
	)
	return (
		query.left_join(unit)
		.on(unit.name == whom.department)
		.left_join(struck)
		.on(struck.name == OUTAGE.department)
		.where((OUTAGE.docstatus == SUBMITTED) & concerns)
		.orderby(OUTAGE.from_datetime)
		.orderby(OUTAGE.name)
	)


class Excused(NamedTuple):
	"""What is excused by date, and the same dates in ISO format."""

	marks: Mapping[date, Excuse]
	days: Collection[str]


NOTHING = Excused({}, ())


class Excuses:
	"""What outages excuse of whose attendance, worked out once for all whom the same ones concern."""

	def __init__(
		self, outages: Mapping[Post, tuple[Outage, ...]], worked: WorkingTime, since: date, until: date
	) -> None:
		known = {
			each: _excused(excuses(each, worked, since, until)) for each in dict.fromkeys(outages.values())
		}
		self._of_posts = {post: known[each] for post, each in outages.items()}

	def __bool__(self) -> bool:
		return bool(self._of_posts)

	def of(self, person: Person) -> Excused:
		return self._of_posts.get((person.company, person.department), NOTHING)


def _excused(marks: Mapping[date, Excuse]) -> Excused:
	return Excused(marks, frozenset(day.isoformat() for day in marks))
