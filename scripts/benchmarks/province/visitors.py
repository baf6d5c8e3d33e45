"""Who looks at the province: an employee, a superior of thirty, the head of thousands, HR, a delegate; each in a browser."""

from dataclasses import dataclass

import frappe
from frappe.utils import add_days, getdate
from frappe.utils.password import update_password

from benchmarks.province.people import PERSON
from mkd_hrms.constants import DELEGATION
from mkd_hrms.tests.support.http_world import PASSWORD
from mkd_hrms.tests.support.live_server import Client

HR_ROLES = ("HR Manager", "HR User", "MKD Officer")


@dataclass
class Visitor:
	"""A role and its user; `employee` is his own record, `asks_about` somebody whom he may look at."""

	role: str
	user: str
	employee: str
	asks_about: str


def visitors():
	"""The same people at every look, so that a look can be compared with the one before it."""
	employee = row(
		"kind = 'staff' and boss_employee = (select employee from benchmark_person where number = 2)"
	)
	superior, head, delegate = row("number = 2"), row("number = 1"), row("number = 63")
	hr = row("number = 62")
	let_act(superior.user, delegate.user)
	return [
		Visitor("employee", employee.user, employee.employee, employee.employee),
		Visitor("superior", superior.user, superior.employee, employee.employee),
		Visitor("head", head.user, head.employee, employee.employee),
		Visitor("hr", officer(hr.user), hr.employee, employee.employee),
		Visitor("delegate", delegate.user, delegate.employee, employee.employee),
	]


def row(condition):
	return frappe.db.sql(f"select * from {PERSON} where {condition} order by number limit 1", as_dict=True)[0]


def officer(user):
	"""Somebody of HR who keeps the records of everybody: nothing limits him to his own."""
	frappe.get_doc("User", user).add_roles(*HR_ROLES)
	frappe.db.delete("User Permission", {"user": user})
	frappe.clear_cache(user=user)
	return user


def let_act(approver, delegate):
	"""The delegate decides for the superior while he is away."""
	if not frappe.db.exists(DELEGATION, {"approver": approver, "delegate": delegate}):
		dates = {"from_date": getdate(), "to_date": add_days(getdate(), 30)}
		people = {"approver": approver, "delegate": delegate, "decree_no": "SK 1/Plh"}
		frappe.get_doc({"doctype": DELEGATION, **people, **dates}).insert()


def browsers(server, users):
	"""A logged-in client for each user."""
	for user in users:
		update_password(user, PASSWORD)
	frappe.db.commit()
	return {user: Client(server, user, PASSWORD) for user in users}
