"""The least that Frappe HR needs to write a Salary Slip: one component, one structure, and an assignment for each."""

from datetime import date

import frappe

from mkd_hrms.tests.support.world import COMPANY

BASIC, STRUCTURE = "Gaji Pokok Uji", "Struktur Gaji Uji"
# One hundred thousand for each of the 22 working days of December 2026.
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
WORKING_DAYS, A_DAY = 22, 100_000


def make_structure():
	if not frappe.db.exists("Salary Component", BASIC):
		values = {"salary_component": BASIC, "salary_component_abbr": "GPU", "type": "Earning"}
		frappe.get_doc({"doctype": "Salary Component", **values, "depends_on_payment_days": 1}).insert()
	if not frappe.db.exists("Salary Structure", STRUCTURE):
		structure = frappe.get_doc(
			{
				"doctype": "Salary Structure",
				"__newname": STRUCTURE,
				"company": COMPANY,
				"currency": currency(),
				"payroll_frequency": "Monthly",
				"earnings": [{"salary_component": BASIC, "amount": WORKING_DAYS * A_DAY}],
			}
		)
		structure.insert()
		structure.submit()


def assign(employee):
	assignment = frappe.get_doc(
		{
			"doctype": "Salary Structure Assignment",
			"employee": employee.name,
			"company": employee.company,
			"salary_structure": STRUCTURE,
			"from_date": "2026-01-01",
			"currency": currency(),
		}
	)
	assignment.insert()
	assignment.submit()


def slip_of(employee):
	"""The Salary Slip of the month, as the payroll officer's form makes it."""
	return frappe.get_doc(
		{
			"doctype": "Salary Slip",
			"employee": employee.name,
			"employee_name": employee.employee_name,
			"company": employee.company,
			"posting_date": LAST,
			"start_date": FIRST,
			"end_date": LAST,
			"payroll_frequency": "Monthly",
		}
	).insert()


def currency():
	return frappe.get_cached_value("Company", COMPANY, "default_currency")
