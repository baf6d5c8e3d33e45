"""The list of objections names the unit of whom each is about: of those from before it is noted as it is now."""

import frappe

from mkd_hrms.constants import OBJECTION
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.people import read_people


def execute():
	rows = frappe.get_all(OBJECTION, {"department": ("is", "not set")}, ["name", "employee"])
	employees = tuple({row.employee for row in rows if row.employee})
	people = read_people(SiteDatabase(), Scope(employees=employees)) if employees else {}
	for row in rows:
		if (person := people.get(row.employee)) and person.department:
			frappe.db.set_value(OBJECTION, row.name, "department", person.department, update_modified=False)
