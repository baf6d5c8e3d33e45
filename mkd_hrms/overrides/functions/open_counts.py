"""The group MKD among the connections of an employee, and how many records of ours a reader is told of.

The platform counts the connections of a document without asking who may see them. Those of our own: services/platform/connections.py.
"""

import frappe
from frappe import _
from frappe.desk import notifications

from hrms.overrides import employee_master

from mkd_hrms.constants import (
	AGREEMENT,
	DAILY_REPORT,
	DAY,
	DAY_SWAP,
	DISCIPLINE_RECORD,
	EARLY_WARNING,
	ELIGIBILITY,
	GATE_DECISION,
	LETTER,
	MODULE,
	OBJECTION,
	PERFORMANCE_RECORD,
	REQUEST,
	SUITABILITY,
	SUSPENSION,
	TALENT_RECORD,
	WAITING_PLACE,
	WARNING,
)
from mkd_hrms.services.platform import connections

OF_EMPLOYEE = (
	REQUEST,
	DAY,
	WAITING_PLACE,
	DAY_SWAP,
	DAILY_REPORT,
	ELIGIBILITY,
	EARLY_WARNING,
	AGREEMENT,
	OBJECTION,
	WARNING,
	SUSPENSION,
	LETTER,
	GATE_DECISION,
	PERFORMANCE_RECORD,
	TALENT_RECORD,
	DISCIPLINE_RECORD,
	SUITABILITY,
)
# The platform shows "100+" from here on.
COUNTED = 100


def get_dashboard(data):
	data["transactions"].append({"label": _("MKD"), "items": list(OF_EMPLOYEE)})
	data.setdefault("non_standard_fieldnames", {})[SUITABILITY] = "reference_name"
	data.setdefault("dynamic_links", {})["reference_name"] = ["Employee", "reference_doctype"]
	return data


@frappe.whitelist()
@frappe.read_only()
def get_open_count(doctype: str, name: str, items: str | list | None = None):
	if doctype in connections.GROUPS:
		return connections.count(doctype, name, frappe.parse_json(items))
	return only_visible(notifications.get_open_count(doctype, name, items), doctype, name)


@frappe.whitelist()
def get_timeline_data(doctype: str, name: str):
	return only_visible(employee_master.get_timeline_data(doctype, name), doctype, name)


def only_visible(answer, doctype, name):
	"""The answer, in which our records count only where the reader sees them in their list (rule P3)."""
	# The platform's answer to a question that took too long has no counts.
	found = (answer.get("count") or {}).get("external_links_found", [])
	ours = [entry for entry in found if entry["count"] and frappe.get_meta(entry["doctype"]).module == MODULE]
	if ours:
		links = frappe.get_meta(doctype).get_dashboard_data()
		for entry in ours:
			entry["count"] = visible_count(entry["doctype"], filters_of(entry["doctype"], name, links))
			entry["open_count"] = entry["open_count"] if entry["count"] else 0
	return answer


def filters_of(doctype, name, links):
	"""By which field of a DocType the platform finds what is connected to a document."""
	fieldname = links.get("non_standard_fieldnames", {}).get(doctype, links.get("fieldname"))
	return {fieldname: name, **(notifications.get_dynamic_link_filters(doctype, links, fieldname) or {})}


def visible_count(doctype, filters):
	if not frappe.has_permission(doctype):
		return 0
	return len(frappe.get_list(doctype, filters=filters, limit=COUNTED))
