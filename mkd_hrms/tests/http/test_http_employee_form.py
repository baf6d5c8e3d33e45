"""What the form of an employee tells over HTTP, to him, to HR, to his superior and to a colleague (rule P3)."""

import requests

import frappe

from mkd_hrms.constants import DAY, DISCIPLINE_RECORD, ELIGIBILITY, REQUEST, SUITABILITY
from mkd_hrms.tests.support import world
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	browser,
	head,
	officer,
	open_house,
	subordinate,
	user_with,
	week,
)
from mkd_hrms.tests.support.live_server import site_header
from mkd_hrms.tests.support.people import UNLIMITED, store_row

setUpModule = open_house

COUNTS = "frappe.desk.notifications.get_open_count"
TIMELINE = "hrms.overrides.employee_master.get_timeline_data"
OURS = [REQUEST, DAY, ELIGIBILITY, DISCIPLINE_RECORD, SUITABILITY]


class TestTheForm(HTTPCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		case = cls()
		cls.employee, cls.colleague = subordinate(), subordinate(**UNLIMITED)
		cls.name = case.approved(cls.employee, week()[:2])
		store_row(ELIGIBILITY, cls.employee.name, employee_name="Rahasia", failed_gates="Discipline")
		store_row(DISCIPLINE_RECORD, cls.employee.name)
		world.classify("Employee", cls.employee.name, "Suitable")
		frappe.db.commit()

	def overview(self, user):
		args = {"employee": self.employee.name}
		return self.ok(browser(user).call("mkd_hrms.api.employee_overview", **args))

	def counts(self, user, function=COUNTS, **arguments):
		args = {"doctype": "Employee", "name": self.employee.name, **arguments}
		found = self.ok(browser(user).call(function, **args))["count"]["external_links_found"]
		return {entry["doctype"]: entry["count"] for entry in found}

	def test_each_gets_what_he_may_know(self):
		hr = user_with("HR User")
		may_apply = {
			user: self.overview(user).get("may_apply")
			for user in (self.employee.user_id, hr, head().user_id, self.colleague.user_id)
		}
		self.assertEqual(list(may_apply.values()), [True, True, False, None])
		self.assertEqual(self.overview(self.colleague.user_id), {})
		self.assertNotIn("reasons", self.overview(head().user_id)["standing"])

	def test_a_guest_gets_nothing(self):
		server = browser(self.colleague.user_id).server
		address = f"{server.url}/api/method/mkd_hrms.api.employee_overview"
		args = {"employee": self.employee.name}
		response = requests.get(address, params=args, headers=site_header(server), timeout=60)
		self.assertEqual(response.status_code, 403)

	def test_a_colleague_is_told_of_no_record(self):
		for function, arguments in ((COUNTS, {"items": OURS}), (TIMELINE, {})):
			counts = self.counts(self.colleague.user_id, function, **arguments)
			self.assertEqual({doctype: counts[doctype] for doctype in OURS}, dict.fromkeys(OURS, 0))

	def test_everybody_counts_what_his_lists_show(self):
		expected = {
			officer(): [1, 2, 1, 1, 1],
			self.employee.user_id: [1, 2, 1, 0, 0],
			head().user_id: [1, 2, 0, 0, 0],
		}
		for user, numbers in expected.items():
			with self.subTest(user):
				counts = self.counts(user, TIMELINE)
				self.assertEqual([counts[doctype] for doctype in OURS], numbers)

	def test_records_of_others_count_as_before(self):
		"""The app adds a question of its own and changes no answer about the platform's records."""
		items = ["Attendance", "Leave Application"]
		before = frappe.db.count("Attendance", {"employee": self.employee.name})
		counts = self.counts(self.colleague.user_id, items=items)
		self.assertEqual(counts, {"Attendance": min(before, 100), "Leave Application": 0})

	def test_the_form_carries_the_script_and_the_group(self):
		args = {"doctype": "Employee", "with_parent": 1}
		response = browser(self.employee.user_id).get("/api/method/frappe.desk.form.load.getdoctype", **args)
		self.assertEqual(response.status_code, 200)
		(meta,) = [doc for doc in response.json()["docs"] if doc["name"] == "Employee"]
		self.assertIn("mkd_hrms.api.employee_overview", meta["__js"])
		self.assertIn("MKD", [group["label"] for group in meta["__dashboard"]["transactions"]])
