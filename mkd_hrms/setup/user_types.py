"""Users of Frappe HR's type "Employee Self Service" reach only the DocTypes that their type lists."""

from contextlib import contextmanager

import frappe

from mkd_hrms.constants import (
	AGREEMENT,
	DAILY_REPORT,
	DAY,
	DAY_SWAP,
	EARLY_WARNING,
	ELIGIBILITY,
	LETTER,
	MODULE,
	OBJECTION,
	PLACE_HINT,
	REQUEST,
	SELF_SERVICE,
	SUSPENSION,
	WAITING_PLACE,
	WARNING,
)

RIGHTS = {
	REQUEST: ("read", "write", "create", "delete"),
	DAY: ("read",),
	DAILY_REPORT: ("read", "write", "create", "submit", "delete"),
	ELIGIBILITY: ("read",),
	EARLY_WARNING: ("read",),
	AGREEMENT: ("read", "write", "create"),
	PLACE_HINT: ("read",),
	WAITING_PLACE: ("read",),
	WARNING: ("read",),
	SUSPENSION: ("read",),
	LETTER: ("read",),
	OBJECTION: ("read", "write", "create", "delete"),
	DAY_SWAP: ("read", "write", "create", "delete"),
}


def sync():
	user_type = self_service()
	if not user_type:
		return
	listed = {row.document_type for row in user_type.user_doctypes}
	missing = [doctype for doctype in RIGHTS if doctype not in listed]
	for doctype in missing:
		user_type.append("user_doctypes", {"document_type": doctype, **dict.fromkeys(RIGHTS[doctype], 1)})
	if missing:
		save(user_type)


def remove():
	user_type = self_service()
	if not user_type:
		return
	ours = set(frappe.get_all("DocType", filters={"module": MODULE}, pluck="name"))
	for table in ("user_doctypes", "select_doctypes", "custom_select_doctypes"):
		kept = [row for row in user_type.get(table) if row.document_type not in ours]
		user_type.set(table, kept)
	save(user_type)


def self_service():
	if frappe.db.exists("User Type", SELF_SERVICE):
		return frappe.get_doc("User Type", SELF_SERVICE)
	return None


def save(user_type):
	user_type.flags.ignore_links = True
	with without_select_rights():
		user_type.save(ignore_permissions=True)


@contextmanager
def without_select_rights():
	"""Saving would otherwise copy the permissions of every DocType we link to, such as Workflow State."""
	before = frappe.flags.ignore_select_perm
	frappe.flags.ignore_select_perm = True
	try:
		yield
	finally:
		frappe.flags.ignore_select_perm = before
