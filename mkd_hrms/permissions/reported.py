"""Whom a report shows somebody besides himself: HR those whom User Permissions leave, a superior his people.

By name, for what is counted in a fixed number of queries; None is everybody.
"""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe import _

from mkd_hrms.constants import DAY, HR_ROLES, MONTHLY_RECAP
from mkd_hrms.facts.agency import read_units_below
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.limits import condition_of, read_names
from mkd_hrms.facts.reports.narrowed import Narrowed
from mkd_hrms.facts.reports.standings import Allowance, read_active
from mkd_hrms.permissions.seen import MOST, decided_about
from mkd_hrms.permissions.seen import names as seen_names
from mkd_hrms.permissions.who import employees_of, leads, sees_all
from mkd_hrms.services.people import hr


def whom_he_decides_about(user: str, doctype: str) -> frozenset[str] | None:
	"""Of whom somebody may know how he stands (rule P3): HR of all, a superior of those about whom he decides himself."""
	limits = hr.limits_of(user, doctype) if sees_all(user) else None
	if sees_all(user) and not limits:
		return None
	conditions = [condition_of(limits)] if limits else []
	if leads(user):
		conditions += decided_about(user)
	return frozenset().union(*(read_names(condition, MOST) for condition in conditions))


def reads_reasons(user: str) -> bool:
	"""Whether somebody reads in a report why: the names of gates and the dates of results are HR's (rule P3)."""
	return not HR_ROLES.isdisjoint(frappe.get_roles(user))


def left_to_hr(user: str, doctype: str) -> frozenset[str] | None:
	"""Of whom somebody reads as HR what HR alone reads: nobody, where he only leads."""
	if not reads_reasons(user):
		return frozenset()
	limits = hr.limits_of(user, doctype)
	return read_names(condition_of(limits), MOST) if limits else None


def shows_everybody(user: str, narrowed: Narrowed) -> bool:
	"""Whether somebody is shown all active people that a report is asked about: HR, or who stands above all of them.

	What is not counted by person, such as a bill, is told to nobody else.
	"""
	if narrowed.people is None:
		return True
	his = narrowed.people | {record.name for record in employees_of(user)}
	database, everybody = SiteDatabase(), narrowed._replace(people=None)
	active = _count(read_active(database, everybody))
	return active > 0 and _count(read_active(database, everybody._replace(people=his))) == active


def whole_unit(user: str, company: str | None, unit: str | None) -> Narrowed:
	"""A company, or a unit of it with those below, of which the monthly recap shows somebody everybody.

	What is issued of it speaks of the unit, and not of those whom its reader happens to lead. Raises PermissionError.
	"""
	company = company or frappe.defaults.get_user_default("Company", user) or ""
	units = tuple(read_units_below(SiteDatabase(), unit)) if unit else None
	narrowed, everybody = (Narrowed(company, units, people) for people in (seen_names(user, DAY), None))
	reads = frappe.get_cached_doc("Report", MONTHLY_RECAP).is_permitted()
	# Of a unit without anybody, or of another company, there is nothing to sum up.
	if not (reads and _count(read_active(SiteDatabase(), everybody)) and shows_everybody(user, narrowed)):
		frappe.throw(
			_("A recap of a unit is issued by HR, or by who stands above everybody in it."),
			frappe.PermissionError,
		)
	return everybody


def _count(allowances: Iterable[Allowance]) -> int:
	return sum(entry.people for entry in allowances)
