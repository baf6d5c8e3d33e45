"""How the demo agency's records are made: by name, only where there is none, and by whoever would make them."""

from datetime import timedelta

import frappe
from frappe.model.workflow import apply_workflow

from mkd_hrms.constants import APPLY, REQUEST

DOMAIN = "mkd.example"


def address(user):
	return f"{user}@{DOMAIN}"


def company():
	return frappe.db.get_value("Company", {}, "name", order_by="creation")


def unit(name):
	"""A Department's name as ERPNext makes it."""
	return f"{name} - {frappe.get_cached_value('Company', company(), 'abbr')}"


def employee_of(user):
	"""The name of a person's Employee record."""
	return frappe.db.get_value("Employee", {"user_id": address(user)}, "name")


def create(doctype, name=None, **values):
	"""Insert a record unless there is one of that name."""
	if not (name and frappe.db.exists(doctype, name)):
		return frappe.get_doc({"doctype": doctype, **values}).insert(ignore_permissions=True)


def ask(user, monday, days):
	return ask_for(user, [monday + timedelta(days=n) for n in range(days)])


def ask_for(user, days, **values):
	"""An application that somebody writes himself, and applies for."""
	employee = employee_of(user)
	frappe.set_user(address(user))
	content = {
		"employee": employee,
		"request_type": "Dates",
		"dates": [{"mkd_date": day} for day in days],
		"place": "Registered Residence",
		"reason": "Menyusun naskah kebijakan tanpa tatap muka",
		"work_plan": [{"activity": "Menyusun naskah", "output": "Naskah", "target": "1 dokumen"}],
		"has_computer": "Yes",
		"has_internet": "Yes",
		**values,
	}
	return act(create(REQUEST, **content), APPLY, user)


def act(request, action, user):
	frappe.set_user(address(user))
	try:
		return apply_workflow(request.reload().as_json(), action)
	finally:
		frappe.set_user("Administrator")
