"""Whom a user decides about as the head of their unit, because no superior does (rule W3): inside a site only."""

from __future__ import annotations

from itertools import groupby

import frappe

from mkd_hrms.facts.superiors import ACTIVE, HEADS


def headed(user: str) -> str | None:
	"""The condition that an Employee record is of somebody whose unit's head the user is; None where he heads none."""
	first, next_to = _units_of(user)
	among = [f"employee.`department` in ({_listed(first)})"] if first else []
	# A head himself is decided about by the next one.
	among += [
		f"(employee.`department` = {_escaped(unit)} and employee.`user_id` = {_escaped(head)})"
		for unit, head in next_to
	]
	if not among:
		return None
	return f"""`name` in (
		select employee.`name` from `tabEmployee` employee
		left join `tabEmployee` superior
			on superior.`name` = employee.`reports_to` and superior.`status` = {_escaped(ACTIVE)}
		left join `tabUser` decides
			on decides.`name` = superior.`user_id` and decides.`enabled` = 1
			and not (decides.`name` <=> employee.`user_id`)
		where decides.`name` is null and not (employee.`user_id` <=> {_escaped(user)})
			and ({" or ".join(among)})
	)"""  # noqa: S608 -- the values are escaped, the column is ours


def _units_of(user: str) -> tuple[list[str], list[tuple[str, str]]]:
	"""The units whose first head the user is, and those where he follows the first, with that one."""
	first, next_to = [], []
	for unit, rows in groupby(_heads_where_he_is_one(user), key=lambda row: row[0]):
		heads = list(dict.fromkeys(head for _unit, head in rows))
		if heads[0] == user:
			first.append(unit)
		elif user in heads[1:2]:
			next_to.append((unit, heads[0]))
	return first, next_to


def _heads_where_he_is_one(user: str) -> list[tuple[str, str]]:
	"""Of the units that a user heads and all below them: unit and head who can log in, in the order in which they decide."""
	return frappe.db.sql(
		"""select unit.`name`, decides.`name`
		from `tabDepartment` unit
		join `tabDepartment` above on above.`lft` <= unit.`lft` and above.`rgt` >= unit.`rgt`
		join `tabDepartment Approver` head on head.`parent` = above.`name` and head.`parentfield` = %(heads)s
		join `tabUser` decides on decides.`name` = head.`approver` and decides.`enabled` = 1
		where exists (
			select 1 from `tabDepartment Approver` his
			join `tabDepartment` top on top.`name` = his.`parent`
			where his.`parentfield` = %(heads)s and his.`approver` = %(user)s
				and top.`lft` <= unit.`lft` and top.`rgt` >= unit.`rgt`
		)
		order by unit.`name`, above.`lft` desc, head.`idx`""",
		{"heads": HEADS, "user": user},
	)


def _listed(names: list[str]) -> str:
	return ", ".join(map(_escaped, names))


def _escaped(value: str) -> str:
	return frappe.db.escape(value, percent=False)
