"""The button Apply on a new form: one request to the server, which stores and decides, or stores nothing."""

import json

from mkd_hrms.tests.support import factories
from mkd_hrms.tests.support.http_world import (
	HTTPCase,
	act,
	browser,
	head,
	open_house,
	requests_of,
	subordinate,
	week,
)

setUpModule = open_house
STATE = {"status": "Pending Approval", "workflow_state": "Pending Approval"}


class TestAppliedAsMade(HTTPCase):
	def saved(self, applicant, dates, **values):
		"""What the Desk sends when a form is saved."""
		doc = {
			**factories.asked(applicant, dates),
			**STATE,
			**values,
			"name": "new-mkd-request-1",
			"__islocal": 1,
		}
		return browser(applicant.user_id).call(
			"frappe.desk.form.save.savedocs", doc=json.dumps(doc), action="Save"
		)

	def test_an_employee_applies_with_one_request_and_his_superior_approves(self):
		employee = subordinate()
		response = self.saved(employee, week()[:2])
		self.ok(response)
		(answer,) = response.json()["docs"]
		self.assertEqual((answer["status"], answer["approver"]), ("Pending Approval", head().user_id))
		self.assertTrue(answer["__onload"]["is_own"])
		self.stands(answer["name"], "Pending Approval", ["Pending"] * 2)
		self.ok(act(head().user_id, answer["name"], "Approve"))
		self.stands(answer["name"], "Approved", ["Approved"] * 2)

	def test_what_is_forgotten_leaves_nothing_behind(self):
		employee = subordinate()
		response = self.saved(employee, week()[:1], has_internet="")
		self.refused(response, "Not answered yet")
		self.assertEqual(response.json()["exc_type"], "NotAnswered")
		self.assertFalse(requests_of(employee))

	def test_nobody_begins_where_only_others_can_lead_him(self):
		employee = subordinate()
		for status in ("Approved", "Pending HR Review", "Completed"):
			with self.subTest(status):
				self.refused(self.saved(employee, week()[:1], status=status, workflow_state=status))
		colleague = subordinate()
		self.refused(self.saved(colleague, week()[:1], employee=employee.name))
		self.assertFalse(requests_of(employee))
