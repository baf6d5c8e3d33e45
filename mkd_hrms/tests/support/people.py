"""Users, employees and bare rows for tests that need no more of the world than these."""

from contextlib import contextmanager
from itertools import count

import frappe
from frappe.tests.utils import patch_hooks

from mkd_hrms.constants import DRAFT

# For an employee whom an administrator took the User Permissions that ERPNext gives him: what is hidden from him then
# is hidden by our own conditions.
UNLIMITED = {"create_user_permission": 0}

_numbers = count(1)
# What the caches know of DocTypes and hooks, which no person changes.
KEPT = ("doctype_meta", "table_columns", "db_tables", "app_hooks")


def make_user(*roles, **values):
	"""An enabled user with the given roles, and a name that nobody has."""
	email = f"person{next(_numbers)}.{frappe.generate_hash(length=6)}@mkd.test"
	user = frappe.get_doc({"doctype": "User", "email": email, "first_name": "Person", **values})
	user.update({"send_welcome_email": 0, "roles": [{"role": role} for role in roles]})
	return user.insert(ignore_permissions=True).name


def make_employee(with_user=False, **values):
	"""An active employee, by default without a user."""
	employee = {
		"doctype": "Employee",
		"first_name": f"Employee {next(_numbers)}",
		"company": frappe.db.get_value("Company", {}, "name"),
		"gender": frappe.db.get_value("Gender", {}, "name"),
		"date_of_birth": "1990-01-01",
		"date_of_joining": "2020-01-01",
		# As ERPNext does unless told otherwise: a User Permission for his own record, and one for his company.
		"create_user_permission": 1,
		**values,
	}
	if with_user:
		employee["user_id"] = make_user("Employee")
	with doctypes_remembered():
		return frappe.get_doc(employee).insert(ignore_permissions=True)


@contextmanager
def doctypes_remembered():
	"""ERPNext empties every cache of the site in the middle of saving an Employee: half the time of a test went there."""
	cache = frappe.local.cache
	known = {key: cache[key] for key in map(frappe.cache.make_key, KEPT) if key in cache}
	with patch_hooks({"persistent_cache_keys": KEPT}):
		yield
	frappe.local.cache.update(known)


def store_row(doctype, employee, **values):
	"""A row as the services write it: straight into the table."""
	row = frappe.get_doc({"doctype": doctype, "employee": employee, "status": DRAFT, **values})
	row.name = frappe.generate_hash(length=10)
	row.db_insert()
	return row


@contextmanager
def acting_as(user):
	before = frappe.session.user
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user(before)
