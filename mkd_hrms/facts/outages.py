"""Which outages concern whom (rule D11). Sets in, sets out; what was cancelled or not submitted is none."""

from __future__ import annotations

from datetime import datetime

from pypika import Query, Table

from mkd_hrms.facts.database import Binder, Database, rows
from mkd_hrms.facts.people import DEPARTMENT, EMPLOYEE
from mkd_hrms.facts.registers import grouped
from mkd_hrms.facts.scope import Scope
from mkd_hrms.policy.outages import Outage

OUTAGE = Table("tabMKD Outage")
SUBMITTED = 1
EVERYBODY, OF_COMPANY, OF_UNIT = "All", "Company", "Department"


def read_outages(database: Database, scope: Scope, since: datetime) -> dict[str, tuple[Outage, ...]]:
	"""By employee, in their order, the outages that end at `since` or later: of everybody, his company, or his unit's tree."""

	def build(bind: Binder):
		unit, struck = DEPARTMENT.as_("unit"), DEPARTMENT.as_("struck")
		concerns = (
			(OUTAGE.scope == bind(EVERYBODY))
			| ((OUTAGE.scope == bind(OF_COMPANY)) & (OUTAGE.company == EMPLOYEE.company))
			| ((OUTAGE.scope == bind(OF_UNIT)) & (unit.lft >= struck.lft) & (unit.rgt <= struck.rgt))
		)
		return (
			Query.from_(OUTAGE)
			.join(EMPLOYEE)
			.on(scope.of(EMPLOYEE, bind))
			.left_join(unit)
			.on(unit.name == EMPLOYEE.department)
			.left_join(struck)
			.on(struck.name == OUTAGE.department)
			.select(EMPLOYEE.name, OUTAGE.from_datetime, OUTAGE.to_datetime, OUTAGE.recorded_on, OUTAGE.name)
			.where((OUTAGE.docstatus == SUBMITTED) & (OUTAGE.to_datetime >= bind(since)) & concerns)
			.orderby(OUTAGE.from_datetime)
			.orderby(OUTAGE.name)
		)

	return grouped(rows(database, build), Outage)
