"""People whom a board or a feed shows: by conditions on their Employee records, unit by unit. Inside a site only."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

import frappe

from mkd_hrms.facts.headed import headed
from mkd_hrms.facts.superiors import ACTIVE


class Conditions(NamedTuple):
	"""On an Employee record: of whom everything is shown, and of whom what a colleague sees; empty is nobody."""

	in_full: str = ""
	as_a_colleague: str = ""


class Shown(NamedTuple):
	"""Somebody who is shown, and whether in full."""

	employee: str
	employee_name: str
	department: str | None
	in_full: bool


EVERYBODY = "1 = 1"


def any_of(conditions: Iterable[str | None]) -> str:
	"""The condition that one of some is true."""
	return " or ".join(f"({each})" for each in conditions if each)


def himself(employees: Collection[str]) -> str:
	"""The condition that a record is one of these."""
	return f"`name` in ({_listed(employees)})" if employees else ""


def of_the_same_unit(employees: Collection[str]) -> str:
	"""The condition that somebody works in the unit of one of these active records."""
	if not employees:
		return ""
	return f"""`department` in (
		select own.`department` from `tabEmployee` own
		where own.`name` in ({_listed(employees)}) and own.`status` = {_escaped(ACTIVE)}
	)"""  # noqa: S608 -- the values are escaped


def decided_by(approver: str, but: Collection[str], unit: str | None) -> str:
	"""The condition that an approver decides about somebody (rule W3), but for who has one of some users; in a unit if one
	is named."""
	reports = f"""`reports_to` in (
		select superior.`name` from `tabEmployee` superior
		join `tabUser` decides on decides.`name` = superior.`user_id` and decides.`enabled` = 1
		where superior.`user_id` = {_escaped(approver)} and superior.`status` = {_escaped(ACTIVE)}
	)"""  # noqa: S608 -- the values are escaped
	others = f"coalesce(`user_id`, '') not in ({_listed([approver, *but])})"
	return f"({any_of((reports, headed(approver)))}) and {others}" + (f" and {within(unit)}" if unit else "")


def within(unit: str) -> str:
	"""The condition that somebody works in a unit or below it."""
	return f"""`department` in (
		select unit.`name` from `tabDepartment` top
		join `tabDepartment` unit on unit.`lft` >= top.`lft` and unit.`rgt` <= top.`rgt`
		where top.`name` = {_escaped(unit)}
	)"""  # noqa: S608 -- the value is escaped


def read_shown(conditions: Conditions, only: str, at_most: int, after: int = 0) -> list[Shown]:
	"""The active people of some conditions of whom another one is true as well: unit by unit, by name."""
	seen = any_of(conditions)
	if not (seen and only):
		return []
	asked = f"""select `name`, `employee_name`, `department`, ({conditions.in_full or "1 = 0"})
		from `tabEmployee` where `status` = {_escaped(ACTIVE)} and ({seen}) and ({only})
		order by coalesce(
			(select place.`lft` from `tabDepartment` place where place.`name` = `tabEmployee`.`department`), 0
		), `employee_name`, `name` limit {at_most:d} offset {after:d}"""  # noqa: S608 -- made of escaped values
	return [
		Shown(name, full_name or name, department or None, bool(in_full))
		for name, full_name, department, in_full in frappe.db.sql(asked)
	]


def read_shown_units(conditions: Conditions, at_most: int) -> list[tuple[str, str, int]]:
	"""The units in which somebody of some conditions is active, and all above them: name, title, and how deep it stands."""
	seen = any_of(conditions)
	if not seen:
		return []
	asked = f"""select distinct `department` from `tabEmployee`
		where `status` = {_escaped(ACTIVE)} and ({seen})"""  # noqa: S608 -- made of escaped values
	worked_in = {name for (name,) in frappe.db.sql(asked)}
	tree = frappe.db.sql(
		"select `name`, `department_name`, coalesce(`rgt`, 0) from `tabDepartment` order by `lft`"
	)
	shown: dict[str, tuple[str, str, int]] = {}
	above: list[tuple[str, str, int]] = []
	for name, title, rgt in tree:
		while above and above[-1][2] < rgt:
			above.pop()
		above.append((name, title or name, rgt))
		if name in worked_in:
			for depth, (each, its_title, _rgt) in enumerate(above):
				shown.setdefault(each, (each, its_title, depth))
	return list(shown.values())[:at_most]


def _listed(values: Collection[str]) -> str:
	return ", ".join(map(_escaped, sorted(values)))


def _escaped(value: str) -> str:
	return frappe.db.escape(value, percent=False)
