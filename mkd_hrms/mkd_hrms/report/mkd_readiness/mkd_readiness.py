"""What an agency still lacks before its people can work by MKD; of one question, the employees whom it is about."""

import frappe
from frappe import _

from mkd_hrms.audit import readiness
from mkd_hrms.constants import EVALUATION_RUN, PERSON
from mkd_hrms.facts.visible import records_of
from mkd_hrms.mkd_hrms.report.asked import REPORTS

FIRST = {readiness.BLOCKING: 0, readiness.OPEN: 1, readiness.READY: 2}


def execute(filters=None):
	filters = frappe._dict(filters or {})
	company = filters.company or frappe.defaults.get_user_default("Company")
	# Whom User Permissions leave one company asks about no other.
	frappe.get_doc({"doctype": EVALUATION_RUN, "company": company}).check_permission("read")
	if filters.question:
		return columns_of_people(), people(company, filters.question)
	return columns(), rows(company)


def columns():
	return [
		{"fieldname": "state", "label": _("State", context=REPORTS), "fieldtype": "Data", "width": 150},
		{"fieldname": "title", "label": _("What Must Be There"), "fieldtype": "Data", "width": 390},
		{"fieldname": "lacking", "label": _("Employees Without"), "fieldtype": "Int", "width": 170},
		{
			"fieldname": "of",
			"label": _("Active Employees", context=REPORTS),
			"fieldtype": "Int",
			"width": 150,
		},
		{"fieldname": "advice", "label": _("What to Do"), "fieldtype": "Data", "width": 900},
		{"fieldname": "question", "fieldtype": "Data", "hidden": 1},
		{"fieldname": "indicator", "fieldtype": "Data", "hidden": 1},
	]


def rows(company):
	"""What holds everything up first, what is there already last."""
	found = sorted(readiness.questions(company), key=lambda question: FIRST[question.state])
	# Who administers the site alone reads numbers, and no records of people.
	names_people = frappe.has_permission(PERSON)
	return [
		{
			"state": _(question.state, context="MKD Readiness"),
			"title": question.title,
			"lacking": len(question.without) if question.of else None,
			"of": question.of or None,
			"advice": question.advice,
			"question": question.key if question.without and names_people else None,
			"indicator": question.state,
		}
		for question in found
	]


def columns_of_people():
	return [
		{
			"fieldname": "name",
			"label": _("Employee", context=REPORTS),
			"fieldtype": "Link",
			"options": PERSON,
			"width": 160,
		},
		{
			"fieldname": "employee_name",
			"label": _("Employee Name", context=REPORTS),
			"fieldtype": "Data",
			"width": 220,
		},
		# Who keeps employees need not be one who reads designations, so none of these is a link.
		data("department", _("Department", context=REPORTS), 220),
		data("designation", _("Designation", context=REPORTS), 200),
		data("employment_type", _("Employment Type", context=REPORTS), 150),
		data("reports_to", _("Reports To", context=REPORTS), 160),
	]


def data(name, label, width):
	return {"fieldname": name, "label": label, "fieldtype": "Data", "width": width}


def people(company, question):
	"""Those whom one question is about, of whom the user may read the record."""
	without = readiness.missing(company, question)
	if not without:
		return []
	names = [column["fieldname"] for column in columns_of_people()]
	return records_of(without, names)
