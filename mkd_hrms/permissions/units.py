"""Whose units somebody may look at: HR those that User Permissions leave him, a superior and a head those of his people."""

from __future__ import annotations

import frappe

from mkd_hrms.facts.coverage_rules import read_points_with
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.headed import headed
from mkd_hrms.facts.limits import condition_of, read_units
from mkd_hrms.facts.superiors import below
from mkd_hrms.permissions.who import employees_of, leads, sees_all
from mkd_hrms.services.people import hr


def units_seen(user: str) -> frozenset[str] | None:
	"""The units of which a user sees who is away; None is every unit.

	A unit is his if one of his people works in it: how many are there says nothing about any of them.
	"""
	if sees_all(user):
		limits = hr.limits_of(user)
		return read_units(condition_of(limits)) if limits else None
	conditions = []
	if leads(user):
		conditions = [below(record) for record in employees_of(user) if record.status == "Active"]
		conditions += filter(None, [headed(user)])
	return frozenset().union(*map(read_units, conditions))


def visible_points(user, doctype):
	"""Condition for the list of counters and their rosters: those on which somebody of the reader's units stands."""
	units = units_seen(user)
	if units is None:
		return ""
	points = read_points_with(SiteDatabase(), units)
	column = "parent" if doctype == "MKD Service Point Member" else "name"
	named = ", ".join(frappe.db.escape(name, percent=False) for name in sorted(points)) or "''"
	return f"`tab{doctype}`.`{column}` in ({named})"


def may_see_point(doc, ptype, user):
	"""As visible_points, for one counter; a new one is made of people whom User Permissions leave."""
	units = units_seen(user)
	if units is None:
		return True
	if doc.is_new():
		return sees_all(user) and all(hr.is_left(user, row.employee) for row in doc.members)
	return doc.name in read_points_with(SiteDatabase(), units)
