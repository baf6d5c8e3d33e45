"""Reports kept the name that a renamed user had: they name the user of their employee again."""

import frappe

from mkd_hrms.constants import DAILY_REPORT
from mkd_hrms.facts.users import user_of


def execute():
	report, user = frappe.qb.DocType(DAILY_REPORT), frappe.qb.DocType("User")
	gone = (
		frappe.qb.from_(report)
		.left_join(user)
		.on(user.name == report.employee_user)
		.select(report.name, report.employee)
		.where((report.employee_user != "") & user.name.isnull())
		.run()
	)
	for name, employee in gone:
		frappe.db.set_value(DAILY_REPORT, name, "employee_user", user_of(employee), update_modified=False)
