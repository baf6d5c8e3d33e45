"""Whom User Permissions leave somebody: they limit him by what stands in an Employee record. Inside a site only."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import frappe
from frappe.utils import cint

EMPLOYEE = "Employee"
# By column of the Employee record the values that are left; nothing leaves everybody.
Limits = Mapping[str, frozenset[str]]


def limiting_columns() -> dict[str, str]:
	"""The columns by which the platform limits a list of employees, each with the DocType that is limited."""
	links = frappe.get_meta(EMPLOYEE).get_link_fields()
	return {"name": EMPLOYEE} | {df.fieldname: df.options for df in links if not df.ignore_user_permissions}


def is_within(employee: str, limits: Limits) -> bool:
	"""Whether an employee is left. As in the platform's lists an empty value is, unless the site is strict."""
	values = frappe.get_cached_value(EMPLOYEE, employee, list(limits)) or ()
	found = dict(zip(limits, values, strict=False))
	return all(found.get(column) in names or _may_be(found.get(column)) for column, names in limits.items())


def _may_be(value: str | None) -> bool:
	return not value and not _is_strict()


def names_one_of(column: str, condition: str) -> str:
	"""The condition that a column names an employee of whose record another condition is true.

	Each row is asked as it comes: with a list of these employees the database may begin, and read and sort all rows of
	thousands of people for one page of them.
	"""
	return f"(select 1 from `tabEmployee` where `name` = {column} and ({condition})) = 1"  # noqa: S608 -- the names are escaped, the column is ours


def as_filters(limits: Limits) -> list[list]:
	"""The same as filters, for a search of employees."""
	empty = () if _is_strict() else ("",)
	return [[EMPLOYEE, column, "in", [*sorted(names), *empty]] for column, names in limits.items()]


def read_within(limits: Limits, company: str) -> set[str]:
	"""The employees of a company who are left."""
	left = condition_of(limits, percent=True)
	asked = f"select `name` from `tabEmployee` where `company` = %s and {left}"  # noqa: S608 -- the names are escaped
	return {name for (name,) in frappe.db.sql(asked, company)}


def which_are_within(employees: Collection[str], limits: Limits) -> set[str]:
	"""Those of some employees who are left: all where nothing limits."""
	if not (limits and employees):
		return set(employees)
	left = condition_of(limits, percent=True)
	asked = f"select `name` from `tabEmployee` where `name` in %s and {left}"  # noqa: S608 -- the names are escaped
	return {name for (name,) in frappe.db.sql(asked, (tuple(employees),))}


def read_names(condition: str, at_most: int) -> frozenset[str]:
	"""The employees of whom a condition on their record is true, or so many of them."""
	asked = f"select `name` from `tabEmployee` where {condition} limit {at_most:d}"  # noqa: S608 -- made of escaped values
	found = frappe.db.sql(asked)
	return frozenset(name for (name,) in found)


def condition_of(limits: Limits, percent: bool = False) -> str:
	"""The same as a condition on an Employee record."""
	empty = "" if _is_strict() else "coalesce(`{0}`, '') = '' or "
	return " and ".join(
		f"({empty.format(column)}`{column}` in ({_listed(names, percent)}))"
		for column, names in sorted(limits.items())
	)


def led_by(superiors: Collection[str]) -> str | None:
	"""The condition that an Employee record names one of some superiors; None without one."""
	return f"`reports_to` in ({_listed(superiors, percent=False)})" if superiors else None


def _listed(names: Collection[str], percent: bool) -> str:
	return ", ".join(frappe.db.escape(name, percent=percent) for name in sorted(names))


def _is_strict() -> bool:
	return bool(cint(frappe.get_system_settings("apply_strict_user_permissions")))


def read_units(condition: str) -> frozenset[str]:
	"""The units in which an active employee works of whom a condition on his record is true."""
	asked = f"select distinct `department` from `tabEmployee` where `status` = 'Active' and ({condition})"  # noqa: S608 -- made of escaped values
	return frozenset(unit for (unit,) in frappe.db.sql(asked) if unit)


def with_all_below(employees: Collection[str]) -> set[str]:
	"""Some employees and everybody below them in the tree of superiors."""
	below = frappe.db.sql(
		"""select below.`name` from `tabEmployee` above
		join `tabEmployee` below on below.`lft` >= above.`lft` and below.`rgt` <= above.`rgt`
		where above.`name` in %s""",
		(tuple(employees) or ("",),),
	)
	return {*employees, *(name for (name,) in below)}
