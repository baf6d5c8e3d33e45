"""Where people stand in the agency, for counting them by it. No rule looks at it: every grade can qualify."""

from __future__ import annotations

from pypika import Query

from mkd_hrms.facts.database import Binder, Database, rows
from mkd_hrms.facts.people import EMPLOYEE
from mkd_hrms.facts.scope import Scope

# What people are counted by, in the order of the values that `read_placements` gives.
BREAKDOWNS = ("unit", "designation", "grade", "employment_type")
_COLUMNS = (EMPLOYEE.department, EMPLOYEE.designation, EMPLOYEE.grade, EMPLOYEE.employment_type)


def read_placements(database: Database, scope: Scope) -> dict[str, tuple[str | None, ...]]:
	"""By employee his Department, Designation, Employee Grade and Employment Type; None where there is none."""

	def build(bind: Binder):
		return Query.from_(EMPLOYEE).select(EMPLOYEE.name, *_COLUMNS).where(scope.of(EMPLOYEE, bind))

	return {name: tuple(value or None for value in values) for name, *values in rows(database, build)}
