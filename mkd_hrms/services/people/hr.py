"""For whom somebody acts for HR: an administrator may limit him to a part of the agency (User Permissions).

They limit HR as they limit its list of employees: by company, unit, branch and whatever else an Employee record links
to. But ERPNext gives everybody a permission for his own Employee record; it is meant for what he does as an employee,
and hides nobody from who keeps the records of others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import frappe
from frappe.core.doctype.user_permission.user_permission import get_user_permissions
from frappe.permissions import get_allowed_docs_for_doctype
from frappe.utils.user import get_users_with_role

from mkd_hrms.constants import HR_MANAGER, HR_ROLES, OFFICER, PERSON
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.limits import (
	Limits,
	is_within,
	limiting_columns,
	which_are_within,
	with_all_below,
)
from mkd_hrms.facts.superiors import read_places


class About(NamedTuple):
	"""Whom a document is about, and who does not decide about it."""

	employee: str
	but: tuple[str | None, ...]


def limits_of(user: str, doctype: str = PERSON, own_record_counts: bool = False) -> Limits:
	"""What User Permissions leave a user of the people of whom a DocType speaks; nothing where they leave all."""
	given = get_user_permissions(user)
	if not given:
		return {}
	found = {}
	for column, kind in limiting_columns().items():
		names = get_allowed_docs_for_doctype(given.get(kind, ()), doctype)
		if names and kind == PERSON and not own_record_counts:
			names = _chosen_people(user, doctype)
		if names:
			found[column] = frozenset(names)
	return found


def _chosen_people(user: str, doctype: str) -> set[str]:
	"""Whom an administrator left him by name, with those below, but for the permission for his own record."""
	own = {place.name for place in read_places(SiteDatabase(), user)}
	rows = frappe.get_all(
		"User Permission",
		filters={"user": user, "allow": PERSON},
		fields=["for_value", "applicable_for", "hide_descendants"],
	)
	chosen = [
		row
		for row in rows
		if row.applicable_for == doctype or not (row.applicable_for or row.for_value in own)
	]
	alone = {row.for_value for row in chosen if row.hide_descendants}
	above = {row.for_value for row in chosen if not row.hide_descendants}
	return alone | with_all_below(above) if above else alone


def is_left(user: str, employee: str | None, doctype: str = PERSON, own_record_counts: bool = False) -> bool:
	"""Whether User Permissions leave a user an employee; a record that names nobody is left to everybody."""
	limits = limits_of(user, doctype, own_record_counts)
	return not (limits and employee) or is_within(employee, limits)


def acts_for_hr(user: str, employee: str | None, doctype: str = PERSON) -> bool:
	"""Whether a user acts for HR about this employee."""
	return not HR_ROLES.isdisjoint(frappe.get_roles(user)) and is_left(user, employee, doctype)


def deciders_of_hr(employee: str, doctype: str, but: Iterable[str | None] = ()) -> list[str]:
	"""The MKD officers who see the employee, or the HR managers where no officer does; never those named."""
	for role in (OFFICER, HR_MANAGER):
		users = sorted(set(get_users_with_role(role)) - {"Administrator", *but})
		if users := [user for user in users if is_left(user, employee, doctype)]:
			return users
	return []


def deciders_of_many(about: Mapping[str, About], doctype: str) -> dict[str, list[str]]:
	"""As `deciders_of_hr` for many documents, by their names."""
	found: dict[str, list[str]] = {name: [] for name in about}
	for role in (OFFICER, HR_MANAGER):
		still_open = [name for name, users in found.items() if not users]
		if not still_open:
			break
		employees = {about[name].employee for name in still_open}
		for user in sorted(set(get_users_with_role(role)) - {"Administrator"}):
			left = which_are_within(employees, limits_of(user, doctype))
			for name in still_open:
				if about[name].employee in left and user not in about[name].but:
					found[name].append(user)
	return found
