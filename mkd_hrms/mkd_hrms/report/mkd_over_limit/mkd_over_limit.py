"""Weeks that hold more MKD days than they may by now, and why, for HR to settle with the superior."""

from collections import Counter

import frappe
from frappe import _
from frappe.utils import format_date, strip_html

from mkd_hrms.constants import DAY
from mkd_hrms.facts.agency import read_units_below
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.mkd_hrms.report import asked
from mkd_hrms.mkd_hrms.report.asked import REPORTS
from mkd_hrms.policy.quota import Bound
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.ledger.over_limit import weeks_over
from mkd_hrms.services.people.hr import is_left
from mkd_hrms.services.platform.wording import day_list

CIRCULAR = "Circular"


def execute(filters=None):
	filters = frappe._dict(filters or {})
	company = filters.company or frappe.defaults.get_user_default("Company")
	units = set(read_units_below(SiteDatabase(), filters.department)) if filters.department else None
	found = [
		entry
		for entry in weeks_over(company, clock.today())
		if (units is None or entry.person.department in units) and may_see(entry)
	]
	if filters.cause:
		found = [entry for entry in found if filters.cause in causes(entry)]
	return columns(), [row(entry) for entry in found], None, chart(found)


def causes(entry):
	"""Why a week is over its limit, by name: what makes the limit, and a day that came without asking for room."""
	return [*(bound.value for bound in entry.binding), *([CIRCULAR] if entry.collective else [])]


def cause_shown(cause):
	shown = {
		Bound.WEEKLY: _("The policy"),
		Bound.TIER: _("The track record"),
		Bound.WORKDAYS: _("Few working days"),
		Bound.CEILING: _("The legal ceiling"),
		CIRCULAR: _("A day by circular"),
	}
	return shown[cause]


def why(entry):
	"""The same in sentences, with the numbers."""
	days = entry.bounds
	said = {
		Bound.WEEKLY: lambda: _("The policy gives {0} days a week.").format(days[Bound.WEEKLY]),
		Bound.TIER: lambda: _("The track record earns {0} days a week.").format(days[Bound.TIER]),
		Bound.WORKDAYS: lambda: few_workdays(entry),
		Bound.CEILING: lambda: _("The law allows {0} days a week.").format(days[Bound.CEILING]),
		CIRCULAR: lambda: _("{0} of the days came by circular.").format(entry.collective),
	}
	return " ".join(said[cause]() for cause in causes(entry))


def few_workdays(entry):
	"""How many working days are left, and what took the others."""
	told = [
		_("{0} working days are left in the week, and {1} of them may be MKD days.").format(
			entry.workdays, entry.limit
		)
	]
	if entry.holidays:
		named = ", ".join(
			f"{format_date(day)} ({strip_html(name)})" if name else format_date(day)
			for day, name in entry.holidays.items()
		)
		told.append(_("Days off: {0}.").format(named))
	if entry.days_away:
		told.append(_("Leave or official duty: {0} days.").format(entry.days_away))
	return " ".join(told)


def chart(found):
	counts = Counter(cause for entry in found for cause in causes(entry))
	return asked.bars(map(cause_shown, counts), weeks=(_("Weeks over the Limit"), list(counts.values())))


def columns():
	return [
		{"fieldname": "week", "label": _("ISO Week"), "fieldtype": "Data", "width": 100},
		{
			"fieldname": "employee",
			"label": _("Employee", context=REPORTS),
			"fieldtype": "Link",
			"options": "Employee",
			"width": 140,
		},
		{
			"fieldname": "employee_name",
			"label": _("Employee Name", context=REPORTS),
			"fieldtype": "Data",
			"width": 200,
		},
		{
			"fieldname": "department",
			"label": _("Department", context=REPORTS),
			"fieldtype": "Link",
			"options": "Department",
			"width": 200,
		},
		{"fieldname": "limit", "label": _("Limit", context=asked.REPORTS), "fieldtype": "Int", "width": 80},
		{"fieldname": "used", "label": _("Used", context=asked.REPORTS), "fieldtype": "Int", "width": 80},
		{"fieldname": "excess", "label": _("Above the Limit"), "fieldtype": "Int", "width": 120},
		{"fieldname": "why", "label": _("Why"), "fieldtype": "Data", "width": 420},
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
		"why": why(entry),
		"days": day_list(day.mkd_date for day in entry.days),
		"sources": ", ".join(sorted({day.source_name for day in entry.days})),
	}
