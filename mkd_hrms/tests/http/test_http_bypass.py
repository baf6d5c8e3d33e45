"""Nobody gets further beside the form than with it: every other way of writing meets the same answers."""

import json
from itertools import chain, combinations

import frappe
from frappe.utils import getdate

from mkd_hrms.constants import REQUEST
from mkd_hrms.tests.support import factories
from mkd_hrms.tests.support.http_doors import APPROVED_BY_HAND, BypassCase
from mkd_hrms.tests.support.http_world import (
	absences,
	act,
	browser,
	decider,
	head,
	officer,
	open_house,
	plain,
	stored,
	subordinate,
	user_with,
	week,
	with_key,
)
from mkd_hrms.tests.support.world import COUNTER

setUpModule = open_house

# Other values for a row of each table.
CHANGES = {
	"dates": lambda: {"mkd_date": str(week()[4]), "note": frappe.generate_hash(length=8)},
	"work_plan": lambda: {"activity": frappe.generate_hash(length=8), "output": "Other"},
}
# What the services alone write, with values that would do the applicant good.
FORGED = {
	"outcome": "Needs Review",
	"failed_gates": "Forged",
	"unknown_gates": "Forged",
	"findings": '{"forged": 1}',
	"objection_until": "2099-12-31",
	"urgent": 1,
	"on_behalf": 1,
	"decided_on": "2020-01-01 08:00:00",
	"skipped_dates": "Forged",
	"approver_name": "Forged",
}


class TestSelfApproval(BypassCase):
	def test_an_applicant_with_every_deciding_role_gets_nowhere_nor_does_a_false_owner_help(self):
		employee = decider(reports_to=head())
		name = self.applied(employee, week()[:2], owner="Administrator", approver=employee.user_id)
		request = stored(name)
		self.assertEqual((request.owner, request.approver), (employee.user_id, head().user_id))
		self.gets_nowhere(employee.user_id, name)
		self.stands(name, "Pending Approval", ["Pending"] * 2)

	def test_an_api_key_opens_no_door_that_his_session_does_not(self):
		employee = decider(reports_to=head())
		name = self.applied(employee, week()[:2])
		with_key(employee.user_id)
		self.assertEqual(self.ok(browser(employee.user_id).resource(REQUEST, name))["name"], name)
		self.gets_nowhere(employee.user_id, name)
		self.stands(name, "Pending Approval", ["Pending"] * 2)

	def test_hr_without_a_superior_does_not_decide_about_himself_even_when_another_wrote_the_request(self):
		employee = decider()
		name = self.applied(employee, week()[:2], user=officer())
		self.assertIsNone(stored(name).approver)
		response = self.does_nothing(name, act, employee.user_id, name, "Approve")
		self.refused(response, f"Only {employee.employee_name}'s superior decides", "nobody about himself")
		response = self.does_nothing(name, act, employee.user_id, name, "Reject")
		self.refused(response, "nobody about himself")
		self.gets_nowhere(employee.user_id, name)
		self.ok(act(user_with("MKD Officer"), name, "Approve"))
		self.stands(name, "Approved", ["Approved"] * 2)


class TestPending(BypassCase):
	"""A request that waits for the superior."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.employee = subordinate()
		cls.name = cls().applied(
			cls.employee, week()[:2], work_plan=[{"activity": "Menyusun", "output": "Naskah"}]
		)
		cls.client = browser(cls.employee.user_id)

	def put(self, **values):
		return self.does_nothing(self.name, self.client.set_value, REQUEST, self.name, **values)

	def test_the_employee_gets_nowhere(self):
		self.gets_nowhere(self.employee.user_id, self.name)

	def test_no_combination_of_status_state_and_docstatus_is_taken_from_anybody(self):
		for status in ("Approved", "Completed"):
			fields = {"status": status, "workflow_state": status, "docstatus": 1}
			some = chain.from_iterable(combinations(fields.items(), count) for count in (1, 2))
			for values in map(dict, some):
				for user in (self.employee.user_id, head().user_id):
					with self.subTest(user=user, **values):
						client = browser(user)
						self.refused(
							self.does_nothing(self.name, client.set_value, REQUEST, self.name, **values)
						)

	def test_it_does_not_go_back_to_draft_nor_on_to_another_closed_state(self):
		for status in ("Draft", "Denied", "Expired", "Pending HR Review", "Cancelled"):
			with self.subTest(status):
				self.refused(self.put(status=status, workflow_state=status))

	def test_computed_fields_stay_what_they_are(self):
		policy = frappe.get_all(
			"MKD Policy", {"name": ("!=", stored(self.name).policy)}, pluck="name", limit=1
		)
		forged = {**FORGED, "approver": self.employee.user_id, "decided_by": head().user_id, "policy": policy}
		for field, value in forged.items():
			with self.subTest(field):
				self.client.set_value(REQUEST, self.name, **{field: value or None})
				self.assertNotEqual(str(stored(self.name).get(field)), str(value or None))
		self.stands(self.name, "Pending Approval", ["Pending"] * 2)

	def test_what_was_applied_for_cannot_be_changed(self):
		for values in (
			{"dates": [{"mkd_date": str(day)} for day in week()[2:4]]},
			{"dates": []},
			{"work_plan": []},
			{"from_date": str(week()[2]), "to_date": str(week()[3])},
			{"reason": "Other"},
			{"has_computer": "No"},
		):
			with self.subTest(**values):
				self.refused(self.put(**values), "cannot be changed after applying")
		self.refused(self.put(employee=head().name), "does not have access")

	def test_the_note_of_the_decision_is_not_the_applicants(self):
		self.client.set_value(REQUEST, self.name, decision_note="Approved by telephone")
		self.assertFalse(stored(self.name).decision_note)

	def test_nobody_deletes_renames_or_cancels_it(self):
		for user in (self.employee.user_id, head().user_id, officer()):
			self.stays(user, self.name)


class TestDecided(BypassCase):
	"""What was denied or approved is on record."""

	def test_a_denied_request_stays(self):
		employee = subordinate(designation=COUNTER)
		name = self.applied(employee, week()[:2])
		self.stands(name, "Denied", [])
		for user in (employee.user_id, officer()):
			self.stays(user, name)
			self.gets_nowhere(user, name)
		pending = {"status": "Pending Approval", "workflow_state": "Pending Approval"}
		self.gets_nowhere(employee.user_id, name, pending)

	def test_an_approved_request_stays_and_only_hr_cancels_it(self):
		employee = subordinate()
		name = self.approved(employee, week()[:2])
		for user in (employee.user_id, head().user_id):
			self.stays(user, name)
		self.refused(self.does_nothing(name, browser(officer()).delete, f"/api/resource/{REQUEST}/{name}"))
		for values in (
			{"reason": "Other"},
			{"status": "Completed"},
			{"dates": []},
			{"workflow_state": "Revoked"},
		):
			for user in (employee.user_id, head().user_id, officer()):
				with self.subTest(user=user, **values):
					self.refused(self.does_nothing(name, browser(user).set_value, REQUEST, name, **values))
		self.ok(browser(officer()).call("frappe.client.cancel", doctype=REQUEST, name=name))
		self.stands(name, "Cancelled", ["Released"] * 2)

	def test_a_submit_without_the_button_is_judged_like_the_button(self):
		employee = subordinate()
		name = self.applied(employee, week()[:2])
		factories.attend(employee.name, getdate(), absences(3), present=False)
		frappe.db.commit()
		doc = plain({**stored(name).as_dict(), **APPROVED_BY_HAND, "docstatus": 0})
		response = browser(head().user_id).call("frappe.client.submit", doc=doc)
		self.refused(response, "Nothing was approved", "Absence")
		request = self.stands(name, "Denied", ["Released"] * 2)
		self.assertEqual((request.failed_gates, request.decided_by), ("Absence", None))


class TestRows(BypassCase):
	"""The rows of a request are as fixed as the request, whether it waits or was decided."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		case, plan = (
			cls(),
			[{"activity": "Menyusun", "output": "Naskah"}, {"activity": "Memeriksa", "output": "Naskah"}],
		)
		cls.employee, denied = subordinate(), subordinate(designation=COUNTER)
		cls.requests = [
			(cls.employee.user_id, case.applied(cls.employee, week()[:2], work_plan=plan)),
			(cls.employee.user_id, case.applied(cls.employee, week(1)[:2], work_plan=plan)),
			(denied.user_id, case.applied(denied, week()[:2], work_plan=plan)),
		]
		case.ok(act(head().user_id, cls.requests[1][1], "Approve"))

	def for_each_row(self, ask):
		"""`ask` sends what it likes about a row of each request, as the employee; nothing may come of it."""
		for user, name in self.requests:
			for table, values in CHANGES.items():
				with self.subTest(table, status=stored(name).status):
					row = stored(name).get(table)[-1]
					self.refused(self.does_nothing(name, ask, browser(user), row, values()))

	def test_rest_does_not_change_them(self):
		self.for_each_row(lambda client, row, values: client.set_value(row.doctype, row.name, **values))

	def test_setting_a_value_does_not_change_them(self):
		def ask(client, row, values):
			key = {"doctype": row.doctype, "name": row.name}
			return client.call("frappe.client.set_value", **key, fieldname=values)

		self.for_each_row(ask)

	def test_saving_them_does_not_change_them(self):
		def ask(client, row, values):
			return client.call("frappe.client.save", doc=plain({**row.as_dict(), **values}))

		self.for_each_row(ask)

	def test_saving_them_as_a_form_does_not_change_them(self):
		def ask(client, row, values):
			doc = json.dumps(plain({**row.as_dict(), **values}))
			return client.call("frappe.desk.form.save.savedocs", doc=doc, action="Save")

		self.for_each_row(ask)

	def test_rest_does_not_delete_them(self):
		self.for_each_row(
			lambda client, row, _values: client.delete(f"/api/resource/{row.doctype}/{row.name}")
		)

	def test_a_call_does_not_delete_them(self):
		def ask(client, row, _values):
			return client.call("frappe.client.delete", doctype=row.doctype, name=row.name)

		self.for_each_row(ask)

	def test_rest_does_not_add_any(self):
		self.for_each_row(lambda client, row, values: client.insert(new_row(row, values)))

	def test_a_call_does_not_add_any(self):
		self.for_each_row(
			lambda client, row, values: client.call("frappe.client.insert", doc=new_row(row, values))
		)


def new_row(row, values):
	place = {key: row.get(key) for key in ("doctype", "parenttype", "parent", "parentfield")}
	return {**place, **values}
