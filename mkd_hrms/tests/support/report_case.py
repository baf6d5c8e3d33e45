"""What tests of reports share: a report as the platform runs it for somebody, and HR that is limited to a unit."""

import frappe
from frappe.desk.query_report import run

from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.statements import statements_of
from mkd_hrms.tests.support.world import COMPANY


def shown(report, user, **filters):
	"""The answer that a browser gets, with `result`, `columns`, `chart` and `report_summary`."""
	with acting_as(user):
		return run(report, filters={"company": COMPANY, **filters}, ignore_prepared_report=True)


def rows_of(report, user, **filters):
	return shown(report, user, **filters)["result"]


def fields_of(answer):
	return [column["fieldname"] for column in answer["columns"]]


def hr_of(department):
	"""Somebody of HR who is left one unit; the permissions that ERPNext gives everybody he has as well."""
	user = make_user("HR Manager", "Employee")
	for kind, value in (("Department", department), ("Company", COMPANY)):
		permission = {"user": user, "allow": kind, "for_value": value}
		frappe.get_doc({"doctype": "User Permission", **permission}).insert(ignore_permissions=True)
	return user


def asked_of_the_database(report, user, **filters):
	"""How many statements a report takes, once the caches are filled."""
	for _time in range(2):
		statements = statements_of(lambda: shown(report, user, **filters))
	return len(statements)
