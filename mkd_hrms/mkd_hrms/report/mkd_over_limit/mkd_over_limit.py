"""Weeks that hold more MKD days than they may by now, for HR to settle with the superior."""

import frappe
from frappe import _

from mkd_hrms.constants import DAY
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.ledger.over_limit import weeks_over
from mkd_hrms.services.people.hr import is_left
from mkd_hrms.services.platform.wording import day_list


def execute(filters=None):
	company = (filters or {}).get("company") or frappe.defaults.get_user_default("Company")
	return columns(), [row(entry) for entry in weeks_over(company, clock.today()) if may_see(entry)]


def columns():
	return [
		{"fieldname": "week", "label": _("ISO Week"), "fieldtype": "Data", "width": 100},
		{
			"fieldname": "employee",
			"label": _("Employee"),
			"fieldtype": "Link",
			"options": "Employee",
			"width": 140,
		},
		{"fieldname": "employee_name", "label": _("Employee Name"), "fieldtype": "Data", "width": 200},
		{
			"fieldname": "department",
			"label": _("Department"),
			"fieldtype": "Link",
			"options": "Department",
			"width": 200,
		},
		{"fieldname": "limit", "label": _("Limit"), "fieldtype": "Int", "width": 80},
		{"fieldname": "used", "label": _("Used"), "fieldtype": "Int", "width": 80},
		{"fieldname": "excess", "label": _("Above the Limit"), "fieldtype": "Int", "width": 120},
		{"fieldname": "days", "label": _("MKD Days"), "fieldtype": "Data", "width": 320},
		{"fieldname": "sources", "label": _("Requests"), "fieldtype": "Data", "width": 240},
	]


def may_see(entry):
	return is_left(frappe.session.user, entry.person.employee, DAY)


def row(entry):
	person = entry.person
	return {
		"week": entry.week,
		"employee": person.employee,
		"employee_name": person.employee_name,
		"department": person.department,
		"limit": entry.limit,
		"used": len(entry.days),
		"excess": entry.excess,
		"days": day_list(day.mkd_date for day in entry.days),
		"sources": ", ".join(sorted({day.source_name for day in entry.days})),
	}
