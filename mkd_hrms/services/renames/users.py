"""Two users that become one: nobody may find himself to be who decided about him (invariant 4)."""

from __future__ import annotations

from collections.abc import Collection

import frappe
from frappe import _
from frappe.utils import get_link_to_form

from mkd_hrms.constants import DAILY_REPORT, DAY_SWAP, PENDING_APPROVAL, REQUEST, RETURNED, SUBMITTED
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import read_records_of
from mkd_hrms.facts.own_cases import Decided, read_decided_among
from mkd_hrms.facts.superiors import read_active_record

WAITING = (
	(REQUEST, (PENDING_APPROVAL,)),
	(DAILY_REPORT, (SUBMITTED, RETURNED)),
	(DAY_SWAP, (PENDING_APPROVAL,)),
)


def before_merge(old: str, new: str) -> None:
	"""Refuse to join two users of whom one decides, or decided, about the other. Raises ValidationError."""
	database = SiteDatabase()
	active = {employee for user in (old, new) if (employee := read_active_record(database, user))}
	if len(active) > 1:
		frappe.throw(
			_(
				"{0} and {1} belong to two active employees, {2}. If these are one person, merge the Employee records first."
			).format(old, new, ", ".join(sorted(active))),
			title=_("Two People"),
		)
	employees = {name for user in (old, new) for name in read_records_of(database, user)}
	refuse_decided_among(employees, (old, new), _("Disable one of the two users instead of merging them."))


def refuse_decided_among(employees: Collection[str], users: Collection[str], advice: str) -> None:
	"""Refuse to make one of employees and users among whom one decided, or is to decide. Raises ValidationError."""
	found = read_decided_among(SiteDatabase(), employees, users) or _waiting_among(employees, users)
	if found:
		frappe.throw(
			_(
				"{0} {1} is about {2}, and {3} decides about it or keeps it. Nobody decides about himself, so these are two people. {4}"
			).format(
				_(found.doctype),
				get_link_to_form(found.doctype, found.name),
				found.employee,
				found.user,
				advice,
			),
			title=_("Two People"),
		)


def _waiting_among(employees: Collection[str], users: Collection[str]) -> Decided | None:
	if not (employees and users):
		return None
	for doctype, states in WAITING:
		filters = {
			"employee": ("in", list(employees)),
			"approver": ("in", list(users)),
			"status": ("in", states),
		}
		found = frappe.get_all(doctype, filters=filters, fields=["name", "employee", "approver"], limit=1)
		for row in found:
			return Decided(doctype, row.name, row.employee, row.approver)
	return None
