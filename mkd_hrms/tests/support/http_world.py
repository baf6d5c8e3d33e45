"""People with browsers, for tests that ask a real web server. What was made is cleared away after a module.

The clock is the real one: the dates asked for lie in `week()`, absences on days that are over. The server
reads what is committed, so everything here commits.
"""

import json
import unittest
from datetime import timedelta

import frappe
from frappe.core.doctype.user.user import generate_keys
from frappe.tests.utils import FrappeTestCase
from frappe.utils import getdate, now
from frappe.utils.password import update_password

from mkd_hrms.constants import DAY, REQUEST
from mkd_hrms.tests.support import factories
from mkd_hrms.tests.support.live_server import Client, KeyClient, LiveServer, messages
from mkd_hrms.tests.support.people import make_user
from mkd_hrms.tests.support.world import HOLIDAY, coming_week

PASSWORD = "Siang-Malam-2023"
DECIDERS = ("MKD Approver", "HR Manager", "MKD Officer")
REFUSALS = (403, 404, 409, 417)
# Where the people made here have rows, besides their requests.
THEIRS = (
	"MKD Day",
	"MKD Day Reason",
	"MKD Waiting Place",
	"MKD Day Swap",
	"MKD Eligibility",
	"MKD Early Warning",
	"MKD Performance Record",
	"MKD Talent Record",
	"MKD Discipline Record",
	"MKD Suspension",
	"MKD Warning",
	"MKD Gate Decision",
	"MKD Objection",
	"MKD Letter",
	"MKD Daily Report",
	"MKD Place Hint",
	"MKD Agreement",
	"MKD Decision Record",
	"Employee Checkin",
	"Leave Application",
	"Attendance",
)

_house = frappe._dict()


def open_house(server=None):
	"""The `setUpModule` of a module: one server for all its classes, and nothing left of it afterwards."""
	frappe.set_user("Administrator")
	frappe.db.commit()
	_house.clear()
	_house.update(
		since=now(),
		before={doctype: set(frappe.get_all(doctype, pluck="name")) for doctype in ("Employee", "User")},
		browsers={},
		server=(server or LiveServer()).start(),
	)
	unittest.addModuleCleanup(clear_away)
	unittest.addModuleCleanup(_house.server.stop)


def clear_away():
	"""Delete the people of the module and everything that speaks of them."""
	frappe.set_user("Administrator")
	frappe.db.rollback()
	employees, users = (made(doctype) for doctype in ("Employee", "User"))
	for name in frappe.get_all(REQUEST, {"employee": ("in", employees)}, pluck="name"):
		for doctype in ("MKD Request Date", "MKD Work Plan Item"):
			frappe.db.delete(doctype, {"parent": name})
		for doctype in ("Workflow Action", "Comment"):
			frappe.db.delete(doctype, {"reference_name": name})
		frappe.db.delete("Version", {"docname": name})
		frappe.db.delete(REQUEST, {"name": name})
	for doctype in THEIRS:
		frappe.db.delete(doctype, {"employee": ("in", employees)})
	frappe.db.delete("MKD Suitability", {"reference_name": ("in", employees)})
	for doctype in ("User Permission", "Notification Settings"):
		frappe.db.delete(doctype, {"user": ("in", users)})
	contacts = frappe.get_all("Contact", {"user": ("in", users)}, pluck="name")
	for doctype, names in (("Contact", contacts), ("Employee", employees), ("User", users)):
		for name in names:
			frappe.delete_doc(doctype, name, force=True, ignore_permissions=True, ignore_on_trash=True)
	frappe.db.commit()


def made(doctype):
	"""The employees or users made since the house was opened; never an empty list, for use in `in`."""
	return sorted(set(frappe.get_all(doctype, pluck="name")) - _house.before[doctype]) or [""]


def week(later=0):
	"""Monday to Friday of a week ahead, none of which the agency's calendar knows as a holiday."""
	weeks = ([day + timedelta(days=7 * number) for day in coming_week()] for number in range(5))
	return [days for days in weeks if HOLIDAY not in days][later]


def absences(count):
	"""The last so many working days."""
	return [day for day in factories.working_days_before(getdate(), count + 1) if day != HOLIDAY][:count]


def person(**values):
	"""An employee who may work away, unless the values say otherwise."""
	employee = factories.eligible(**values)
	frappe.db.commit()
	return employee


def head():
	"""The superior of everybody in a module, who has his role from his first report."""
	if "head" not in _house:
		_house.head = person()
	return _house.head


def subordinate(**values):
	return person(reports_to=head(), **values)


def officer():
	"""Somebody of HR with every role that decides, and with no record of his own."""
	if "officer" not in _house:
		_house.officer = user_with(*DECIDERS)
	return _house.officer


def decider(**values):
	"""An employee who has every role that decides."""
	employee = person(**values)
	frappe.get_doc("User", employee.user_id).add_roles(*DECIDERS)
	frappe.db.commit()
	return employee


def user_with(*roles):
	user = make_user(*roles)
	frappe.db.commit()
	return user


def browser(user):
	"""The user's browser, logged in once."""
	if user not in _house.browsers:
		update_password(user, PASSWORD)
		frappe.db.commit()
		_house.browsers[user] = Client(_house.server, user, PASSWORD)
	return _house.browsers[user]


def with_key(user):
	"""From now on what `browser` gives is no browser, but a program that has the user's API key."""
	secret = generate_keys(user)["api_secret"]
	key = frappe.db.get_value("User", user, "api_key")
	frappe.db.commit()
	_house.browsers[user] = KeyClient(_house.server, user, f"{key}:{secret}")


def close_browsers():
	"""Everybody logs in anew, as after days in which nobody did anything."""
	_house.browsers.clear()


def act(user, name, action):
	"""A button of the form."""
	return browser(user).call(
		"frappe.model.workflow.apply_workflow",
		doc=json.dumps({"doctype": REQUEST, "name": name}),
		action=action,
	)


def stored(name, doctype=REQUEST):
	"""The document as it is in the database now."""
	frappe.db.rollback()
	return frappe.get_doc(doctype, name)


def days_of(name):
	frappe.db.rollback()
	return frappe.get_all(
		DAY, {"source_name": name}, ["name", "mkd_date", "status", "slot", "person"], order_by="mkd_date"
	)


def requests_of(employee):
	frappe.db.rollback()
	return frappe.get_all(REQUEST, {"employee": employee.name}, pluck="name", order_by="name")


def disagreements():
	"""Approved days without an approved request, and requests whose status, docstatus and state differ."""
	frappe.db.rollback()
	submitted = ("Rejected", "Approved", "Completed", "Revoked")
	return frappe.db.sql(
		"""
		select day.name, day.status, request.status from `tabMKD Day` day
		left join `tabMKD Request` request
			on day.source_doctype = 'MKD Request' and request.name = day.source_name
		where day.creation >= %(since)s and day.status = 'Approved'
			and not day.source_doctype <=> 'MKD Collective Day'
			and not (request.status <=> 'Approved' and request.docstatus <=> 1)
		union all
		select name, status, concat_ws(' ', docstatus, workflow_state) from `tabMKD Request`
		where creation >= %(since)s and (
			not (workflow_state <=> status)
			or docstatus != case
				when status in %(submitted)s then 1 when status = 'Cancelled' then 2 else 0
			end
		)
		""",
		{"since": _house.since, "submitted": submitted},
	)


def plain(doc):
	"""A document as it travels: dates and times as text."""
	return json.loads(frappe.as_json(doc))


class HTTPCase(FrappeTestCase):
	"""Whatever a test did, the ledger and the requests must agree afterwards."""

	def tearDown(self):
		self.assertEqual(disagreements(), ())

	def ok(self, response):
		"""What the server answered."""
		self.assertIn(response.status_code, (200, 202), messages(response))
		body = response.json()
		return body.get("message", body.get("data"))

	def refused(self, response, *words):
		self.assertIn(response.status_code, REFUSALS, response.text[:500])
		said = " ".join(messages(response))
		for word in words:
			self.assertIn(str(word), said)

	def drafted(self, employee, dates, user=None, **values):
		"""The name of a draft that the employee himself posts."""
		doc = factories.asked(employee, dates, **values)
		return self.ok(browser(user or employee.user_id).insert(doc))["name"]

	def applied(self, employee, dates, user=None, **values):
		name = self.drafted(employee, dates, user, **values)
		self.ok(act(user or employee.user_id, name, "Apply"))
		return name

	def approved(self, employee, dates, **values):
		"""The name of a request that his superior has approved."""
		name = self.applied(employee, dates, **values)
		self.ok(act(stored(name).approver, name, "Approve"))
		return name

	def stands(self, name, status, days):
		"""The stored status, with the docstatus and the days that belong to it."""
		request = stored(name)
		docstatus = {"Approved": 1, "Rejected": 1, "Cancelled": 2}.get(status, 0)
		self.assertEqual(
			(request.status, request.workflow_state, request.docstatus), (status, status, docstatus)
		)
		self.assertEqual([day.status for day in days_of(name)], days)
		return request
