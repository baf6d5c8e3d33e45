"""Designations or units in use that nobody has classified today, with how many people and requests wait for it."""

from collections import Counter

import frappe
from frappe import _

from mkd_hrms.constants import SUITABILITY
from mkd_hrms.facts.agency import count_active_by
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.mkd_hrms.report.asked import REPORTS
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.requests.role_classification import waiting_for_a_role

# The reference of a decision, and Employee's column for it.
KINDS = {"Designation": "designation", "Department": "department"}


def execute(filters=None):
	kind = (filters or {}).get("reference_doctype") or "Designation"
	return columns(kind), rows(kind)


def columns(kind):
	# No Link column: it would ask for a right to read positions or units, which who classifies them need not have.
	return [
		{"fieldname": "name", "label": _(kind, context=REPORTS), "fieldtype": "Data", "width": 320},
		{
			"fieldname": "employees",
			"label": _("Active Employees", context=REPORTS),
			"fieldtype": "Int",
			"width": 150,
		},
		{"fieldname": "requests", "label": _("Waiting Requests"), "fieldtype": "Int", "width": 150},
	]


def rows(kind):
	"""Most people first: that is where a decision helps most."""
	waiting = Counter(getattr(request, KINDS[kind]) for request in waiting_for_a_role())
	used = count_active_by(SiteDatabase(), KINDS[kind])
	open_names = set(used) - classified(kind)
	found = [{"name": name, "employees": used[name], "requests": waiting[name]} for name in open_names]
	return sorted(found, key=lambda row: (-row["requests"], -row["employees"], row["name"]))


def classified(kind):
	decision, today = frappe.qb.DocType(SUITABILITY), clock.today()
	query = (
		frappe.qb.from_(decision)
		.select(decision.reference_name)
		.where((decision.reference_doctype == kind) & (decision.valid_from <= today))
		.where(decision.valid_to.isnull() | (decision.valid_to >= today))
	)
	return {name for (name,) in query.run()}
