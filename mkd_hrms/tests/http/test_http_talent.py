"""The gate of the talent box over the network: HR records, the employee reads what was found about himself, nobody else does."""

import json

import frappe
from frappe.utils import getdate

from mkd_hrms.constants import REQUEST, TALENT_RECORD
from mkd_hrms.services.policies import in_force
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	act,
	browser,
	head,
	officer,
	open_house,
	stored,
	subordinate,
	week,
)

OWN_DATA = "/api/method/mkd_hrms.api.download_personal_data"
GATE = "Talent Box"


def setUpModule():
	open_house()
	switch(1)


def tearDownModule():
	frappe.set_user("Administrator")
	frappe.db.rollback()
	switch(0)


def switch(enabled):
	"""The gate of the policies in force, which the shipped ones leave off."""
	names = frappe.get_all("MKD Policy", {"docstatus": 1}, pluck="name")
	frappe.db.set_value("MKD Policy Gate", {"parent": ("in", names), "gate": GATE}, "enabled", enabled)
	frappe.db.commit()
	in_force.clear_cache()


class TestTalentBox(HTTPCase):
	def record(self, employee, box, **values):
		return {
			"doctype": TALENT_RECORD,
			"employee": employee.name,
			"year": getdate().year,
			"box": box,
			**values,
		}

	def recorded(self, employee, box):
		"""What HR enters and submits."""
		client = browser(officer())
		name = self.ok(client.insert(self.record(employee, box)))["name"]
		self.submitted(name)
		return name

	def submitted(self, name):
		doc = self.ok(browser(officer()).resource(TALENT_RECORD, name))
		return self.ok(browser(officer()).call("frappe.client.submit", doc=json.dumps(doc)))

	def found(self, user, request):
		explained = self.ok(browser(user).call("mkd_hrms.api.explain", request=request))
		return next(line for line in explained["findings"] if line["gate"] == GATE)

	def test_a_box_that_the_policy_names_lets_him_apply_and_another_one_does_not(self):
		good, bad = subordinate(), subordinate()
		self.recorded(good, 8)
		self.assertEqual(stored(self.applied(good, week()[:1])).status, "Pending Approval")
		name = self.recorded(bad, 6)
		request = self.applied(bad, week()[:1])
		self.assertEqual((stored(request).status, stored(request).failed_gates), ("Denied", GATE))
		sentence = self.found(bad.user_id, request)["sentence"]
		for words in ("Box 6", name, "4, 5, 7, 8, 9", "BKD Jawa Barat"):
			self.assertIn(words, sentence)
		self.refused(browser(good.user_id).call("mkd_hrms.api.explain", request=request))

	def test_without_a_box_hr_decides_and_a_record_answers_the_next_question(self):
		employee = subordinate()
		request = self.applied(employee, week()[:1])
		self.assertEqual((stored(request).status, stored(request).unknown_gates), ("Pending HR Review", GATE))
		self.recorded(employee, 4)
		self.ok(act(officer(), request, "Evaluate Again"))
		self.assertEqual(stored(request).status, "Pending Approval")

	def test_a_second_box_of_a_year_is_refused_and_a_wrong_one_is_amended(self):
		employee, client = subordinate(), browser(officer())
		first = self.recorded(employee, 3)
		second = self.ok(client.insert(self.record(employee, 5)))
		self.refused(client.call("frappe.client.submit", doc=json.dumps(second)), first, "already the box")
		self.ok(client.call("frappe.client.cancel", doctype=TALENT_RECORD, name=first))
		amended = self.ok(client.insert(self.record(employee, 5, amended_from=first)))
		self.submitted(amended["name"])
		self.assertEqual(stored(self.applied(employee, week()[:1])).status, "Pending Approval")
		self.refused(client.insert(self.record(employee, 10)), "Box 10 does not exist")

	def test_the_register_is_hrs_and_his_own_box_is_in_the_file_of_his_data(self):
		employee, colleague = subordinate(), subordinate()
		own, others = self.recorded(employee, 5), self.recorded(colleague, 7)
		for user in (employee.user_id, head().user_id):
			client = browser(user)
			for name in (own, others):
				self.refused(client.resource(TALENT_RECORD, name))
			self.refused(client.get(f"/api/resource/{TALENT_RECORD}"))
			self.refused(client.insert(self.record(employee, 9)))
			self.refused(client.set_value(TALENT_RECORD, own, box=9))
		listed = self.ok(browser(officer()).get(f"/api/resource/{TALENT_RECORD}", limit_page_length=0))
		self.assertLessEqual({own, others}, {row["name"] for row in listed})
		told = json.loads(browser(employee.user_id).get(OWN_DATA).text)
		self.assertEqual([(row["name"], row["box"]) for row in told[TALENT_RECORD]], [(own, 5)])
		self.assertNotIn(others, json.dumps(told))

	def test_what_was_found_is_no_matter_of_his_superior(self):
		employee = subordinate()
		name = self.recorded(employee, 1)
		request = self.applied(employee, week()[1:2])
		answer = browser(head().user_id).resource(REQUEST, request).text
		self.assertNotIn(name, answer)
		self.assertNotIn("talent map", answer)
