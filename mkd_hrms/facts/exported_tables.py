"""The tables that the rules read, of a company and of those of its people whom somebody may see: as `mkd check` reads them.

Rows of people come some people at a time. What a table says of others, whose rows stay behind, is not told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from pypika import Query, Table
from pypika.queries import QueryBuilder
from pypika.terms import Criterion

from mkd_hrms.facts.database.queries import Binder, Database, rows

SETTINGS, COMPANY, UNIT, PERSON = "MKD Settings", "Company", "Department", "Employee"
SUITABILITY = "MKD Suitability"
# What stands in rows of another table, and in which that names the employee.
PARENTS = {
	"MKD Request Date": ("MKD Request",),
	"Travel Itinerary": ("Travel Request",),
	"Employee Property History": ("Employee Promotion", "Employee Transfer"),
}
# Rows of the agency; the other ones that name nobody belong to all companies.
OF_COMPANY = ("MKD Calendar", "MKD Outage", "MKD Office Day", "MKD Collective Day")
OF_UNIT = ("MKD Coverage Rule", "MKD Service Point")


def people_of(table: str, columns: Collection[str]) -> str | None:
	"""The column by which a table says whose a row is, or of whose document; None where it is nobody's."""
	if table == PERSON:
		return "name"
	if table == SUITABILITY:
		return "reference_name"
	if table in PARENTS or table == "Employee Internal Work History":
		return "parent"
	return "employee" if "employee" in columns else None


def read_common(database: Database, table: str, columns: Sequence[str], company: str) -> Iterator[tuple]:
	"""The rows of a table that are nobody's."""
	found = Table(f"tab{table}")

	def build(bind: Binder) -> QueryBuilder:
		query = Query.from_(found).select(*(found[column] for column in columns))
		condition = _common(found, table, company, bind)
		return query.where(condition) if condition else query

	yield from rows(database, build)


def _common(found: Table, table: str, company: str, bind: Binder) -> Criterion | None:
	if table == "Singles":
		return found.doctype == bind(SETTINGS)
	if table == COMPANY:
		return found.name == bind(company)
	if table == SUITABILITY:
		return found.reference_doctype != bind(PERSON)
	if table == UNIT or table in OF_COMPANY:
		return _is_of(found, company, bind)
	if table in OF_UNIT:
		unit = Table(f"tab{UNIT}")
		within = Query.from_(unit).select(unit.name).where(_is_of(unit, company, bind))
		return found.department.isin(within)
	return None


def _is_of(table: Table, company: str, bind: Binder) -> Criterion:
	return table.company.isin([bind(company), bind("")]) | table.company.isnull()


def read_of_people(
	database: Database,
	table: str,
	columns: Sequence[str],
	employees: Sequence[str],
	period: tuple[date, date],
) -> Iterator[tuple]:
	"""The rows of a table that belong to some people; of attendance those of a period."""
	found = Table(f"tab{table}")
	for whose in PARENTS.get(table, (None,)):

		def build(bind: Binder, whose=whose) -> QueryBuilder:
			query = Query.from_(found).select(*(found[column] for column in columns))
			return query.where(_theirs(found, table, whose, employees, period, bind))

		yield from rows(database, build)


def _theirs(
	found: Table,
	table: str,
	whose: str | None,
	employees: Sequence[str],
	period: tuple[date, date],
	bind: Binder,
) -> Criterion:
	if whose:
		parent = Table(f"tab{whose}")
		of_these = Query.from_(parent).select(parent.name).where(parent.employee.isin(bind.all(employees)))
		return found.parent.isin(of_these)
	theirs = found[people_of(table, ("employee",))].isin(bind.all(employees))
	if table == SUITABILITY:
		theirs &= found.reference_doctype == bind(PERSON)
	if table == "Attendance":
		theirs &= (found.attendance_date >= bind(period[0])) & (found.attendance_date <= bind(period[1]))
	return theirs
