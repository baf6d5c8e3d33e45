"""Whoever has people reporting to him, or heads a unit, decides about requests, and gets the role for it."""

from __future__ import annotations

import frappe

from mkd_hrms.constants import APPROVER
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.superiors import read_deciders


def decides(user: str) -> bool:
	"""Whether a user decides by his place in the organisation."""
	return bool(read_deciders(SiteDatabase(), user))


def grant_approver(name: str) -> None:
	"""The role is given, never taken: HR may have had its own reasons to give it."""
	if APPROVER in frappe.get_roles(name):
		return
	user = frappe.get_doc("User", name)
	if user.enabled:
		user.flags.ignore_permissions = True
		user.add_roles(APPROVER)
