"""Who stands above whom: the superior of an employee, the heads of his unit, and the tree of superiors."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from pypika import Order, Query, Table
from pypika.queries import QueryBuilder

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.people import DEPARTMENT, EMPLOYEE

HEAD, USER = Table("tabDepartment Approver"), Table("tabUser")
_SUPERIOR, _REPORT = EMPLOYEE.as_("superior"), EMPLOYEE.as_("report")
ACTIVE, HEADS = "Active", "leave_approvers"


class Place(NamedTuple):
	"""An Employee record and its place in the tree of superiors: who is below it lies between its borders."""

	name: str
	status: str
	lft: int
	rgt: int


_PLACE = tuple(EMPLOYEE[column] for column in Place._fields)


def read_user_who_decides(database: Database, employee: str) -> str | None:
	"""The user of an active employee, where he can log in."""

	def build(bind: Binder):
		return (
			Query.from_(EMPLOYEE)
			.join(USER)
			.on(USER.name == EMPLOYEE.user_id)
			.select(USER.name)
			.where((EMPLOYEE.name == bind(employee)) & (EMPLOYEE.status == bind(ACTIVE)))
			.where(USER.enabled == 1)
		)

	return next((name for (name,) in rows(database, build)), None)


def read_unit_heads(database: Database, department: str) -> list[str]:
	"""The leave approvers of a unit and of all above it who can log in, nearest unit first, each unit in its order."""

	def build(bind: Binder):
		unit, above = DEPARTMENT.as_("unit"), DEPARTMENT.as_("above")
		return (
			Query.from_(unit)
			.join(above)
			.on((above.lft <= unit.lft) & (above.rgt >= unit.rgt))
			.join(HEAD)
			.on((HEAD.parent == above.name) & (HEAD.parentfield == bind(HEADS)))
			.join(USER)
			.on((USER.name == HEAD.approver) & (USER.enabled == 1))
			.select(USER.name)
			.where(unit.name == bind(department))
			.orderby(above.lft, order=Order.desc)
			.orderby(HEAD.idx)
		)

	return [name for (name,) in rows(database, build)]


def read_users_who_decide(database: Database, employees: Collection[str]) -> dict[str, str]:
	"""By employee the user of his active superior, where that one can log in."""
	if not employees:
		return {}

	def build(bind: Binder):
		return (
			Query.from_(EMPLOYEE)
			.join(_SUPERIOR)
			.on((_SUPERIOR.name == EMPLOYEE.reports_to) & (_SUPERIOR.status == bind(ACTIVE)))
			.join(USER)
			.on((USER.name == _SUPERIOR.user_id) & (USER.enabled == 1))
			.select(EMPLOYEE.name, USER.name)
			.where(EMPLOYEE.name.isin(bind.all(sorted(employees))))
		)

	return dict(rows(database, build))


def read_heads_of_many(database: Database, employees: Collection[str]) -> dict[str, list[str]]:
	"""By employee the leave approvers of his unit and of all above it who can log in, in the order of `read_unit_heads`."""
	if not employees:
		return {}

	def build(bind: Binder):
		unit, above = DEPARTMENT.as_("unit"), DEPARTMENT.as_("above")
		return (
			Query.from_(EMPLOYEE)
			.join(unit)
			.on(unit.name == EMPLOYEE.department)
			.join(above)
			.on((above.lft <= unit.lft) & (above.rgt >= unit.rgt))
			.join(HEAD)
			.on((HEAD.parent == above.name) & (HEAD.parentfield == bind(HEADS)))
			.join(USER)
			.on((USER.name == HEAD.approver) & (USER.enabled == 1))
			.select(EMPLOYEE.name, USER.name)
			.where(EMPLOYEE.name.isin(bind.all(sorted(employees))))
			.orderby(EMPLOYEE.name)
			.orderby(above.lft, order=Order.desc)
			.orderby(HEAD.idx)
		)

	found: dict[str, list[str]] = {}
	for employee, user in rows(database, build):
		found.setdefault(employee, []).append(user)
	return found


def read_deciders(database: Database, user: str | None = None) -> set[str]:
	"""The users who decide by their place in the organisation; or of one user, whether he is among them.

	Those are the users of active employees to whom an active one reports, and the leave approvers of a unit, who
	decide where an employee has no superior (rule W3).
	"""

	def build(bind: Binder):
		leads, heads = _superiors(bind), Query.from_(HEAD).select(HEAD.approver)
		heads = heads.where(HEAD.parentfield == bind(HEADS))
		if user:
			leads, heads = (
				leads.where(_SUPERIOR.user_id == bind(user)),
				heads.where(HEAD.approver == bind(user)),
			)
		return leads.union(heads)

	return {name for (name,) in rows(database, build) if name}


def _superiors(bind: Binder) -> QueryBuilder:
	return (
		Query.from_(_SUPERIOR)
		.join(_REPORT)
		.on((_REPORT.reports_to == _SUPERIOR.name) & (_REPORT.status == bind(ACTIVE)))
		.select(_SUPERIOR.user_id)
		.where(_SUPERIOR.status == bind(ACTIVE))
	)


def read_reports(database: Database, employee: str) -> list[str]:
	"""The employees who report to somebody, whatever their status."""

	def build(bind: Binder):
		query = Query.from_(EMPLOYEE).select(EMPLOYEE.name).where(EMPLOYEE.reports_to == bind(employee))
		return query.orderby(EMPLOYEE.name)

	return [name for (name,) in rows(database, build)]


def read_active_record(database: Database, user: str) -> str | None:
	"""The active Employee record of a user; of several, which no platform lets happen, the one changed last."""

	def build(bind: Binder):
		own = (EMPLOYEE.user_id == bind(user)) & (EMPLOYEE.status == bind(ACTIVE))
		query = Query.from_(EMPLOYEE).select(EMPLOYEE.name).where(own)
		return query.orderby(EMPLOYEE.modified, order=Order.desc).limit(1)

	return next((name for (name,) in rows(database, build)), None)


def read_active_records(database: Database, users: Collection[str]) -> dict[str, str]:
	"""By user the active Employee record, as `read_active_record` finds it."""
	if not users:
		return {}

	def build(bind: Binder):
		own = EMPLOYEE.user_id.isin(bind.all(sorted(users))) & (EMPLOYEE.status == bind(ACTIVE))
		query = Query.from_(EMPLOYEE).select(EMPLOYEE.user_id, EMPLOYEE.name).where(own)
		return query.orderby(EMPLOYEE.modified)

	# Of several the last one stays.
	return dict(rows(database, build))


def read_line_above(database: Database, employee: str) -> list[str]:
	"""The users of the active employees above somebody who can log in, nearest first."""

	def build(bind: Binder):
		own, above = EMPLOYEE.as_("own"), EMPLOYEE.as_("above")
		return (
			Query.from_(own)
			.join(above)
			.on((above.lft < own.lft) & (above.rgt > own.rgt))
			.join(USER)
			.on((USER.name == above.user_id) & (USER.enabled == 1))
			.select(USER.name)
			.where((own.name == bind(employee)) & (above.status == bind(ACTIVE)))
			.orderby(above.lft, order=Order.desc)
		)

	return [name for (name,) in rows(database, build)]


def read_places(database: Database, user: str) -> list[Place]:
	"""Every Employee record of a user, and those of the same NIP, with its place in the tree."""

	def build(bind: Binder):
		return Query.from_(EMPLOYEE).select(EMPLOYEE.mkd_nip, *_PLACE).where(EMPLOYEE.user_id == bind(user))

	found = rows(database, build)
	nips, own = {nip for nip, *_place in found if nip}, [Place(*place) for _nip, *place in found]

	def others(bind: Binder):
		query = Query.from_(EMPLOYEE).select(*_PLACE).where(EMPLOYEE.mkd_nip.isin(bind.all(sorted(nips))))
		return query.where(EMPLOYEE.name.notin(bind.all([place.name for place in own])))

	return [*own, *(Place(*row) for row in (rows(database, others) if nips else ()))]


def read_place(database: Database, employee: str) -> Place | None:
	"""The place of one Employee record in the tree."""

	def build(bind: Binder):
		return Query.from_(EMPLOYEE).select(*_PLACE).where(EMPLOYEE.name == bind(employee))

	return next((Place(*row) for row in rows(database, build)), None)


def below(place: Place) -> str:
	"""The condition, on a site, that an Employee record is below a place; an index on `lft` knows both its ends."""
	return f"`lft` > {place.lft:d} and `lft` < {place.rgt:d} and `rgt` < {place.rgt:d}"
