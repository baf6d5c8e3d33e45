"""What is unknown goes to a person: gate by gate, in bulk, and by classifying roles."""

import json
from inspect import signature

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms import api
from mkd_hrms.api import classify_roles, decide_gates, explain
from mkd_hrms.mkd_hrms.report.mkd_unclassified_roles.mkd_unclassified_roles import execute
from mkd_hrms.services.requests import hr_review, role_classification
from mkd_hrms.tests.support.factories import (
	act,
	applied,
	attend,
	days_of,
	officer,
	uploaded,
	working_days_before,
)
from mkd_hrms.tests.support.frozen import WEEK, RequestCase
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.sent_notices import switch
from mkd_hrms.tests.support.world import TODAY, UNCLASSIFIED

UNTIL = "2026-12-31"
CRITERIA = (
	"away_from_post",
	"no_special_room",
	"uses_ict",
	"minimal_face_to_face",
	"no_continuous_supervision",
)


class ReviewCase(RequestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.hr = officer()
		frappe.db.commit()

	def waiting(self, designation=UNCLASSIFIED):
		"""A request that waits for HR, of somebody whose role nobody classified and who has no result."""
		employee = self.person(designation=designation)
		frappe.db.delete("MKD Performance Record", {"employee": employee.name})
		request = applied(employee, WEEK[:2])
		self.assertEqual(request.unknown_gates, "Role, Performance, Freshness")
		return employee, request

	def decide(self, requests, decision, gates=None, user=None):
		with acting_as(user or self.hr):
			return decide_gates([request.name for request in requests], decision, "Diperiksa", UNTIL, gates)

	def state(self, request):
		return frappe.db.get_value("MKD Request", request.name, ["status", "docstatus"])


class TestManyAtOnce(FrappeTestCase):
	"""What takes names takes so many in one call, and says so before it looks at the first of them."""

	def taking_lists(self):
		for name, function in vars(api).items():
			is_ours = callable(function) and function in frappe.whitelisted
			parameters = signature(function).parameters if is_ours else {}
			many = [key for key, each in parameters.items() if each.annotation == "str | list[str]"]
			if many:
				yield name, function, parameters, many[0]

	def test_no_function_takes_more_than_one_call_may_hold(self):
		tried = {}
		for name, function, parameters, many in self.taking_lists():
			others = {key: "x" for key, each in parameters.items() if each.default is each.empty}
			with self.subTest(name), self.assertRaisesRegex(frappe.ValidationError, "at most 500"):
				function(**others | {many: json.dumps(["x"] * 501)})
			tried[name] = many
		self.assertEqual(len(tried), 7)

	def test_so_many_are_taken(self):
		self.assertEqual(api.ways_back(["x"] * 500), {})


class TestGateDecisions(ReviewCase):
	def test_a_request_goes_on_when_its_last_unknown_gate_is_accepted(self):
		employee, request = self.waiting()
		self.decide([request], "Accepted", ["Role"])
		self.assertEqual(self.state(request), ("Pending HR Review", 0))
		self.assertEqual(self.decide([request], "Accepted")["done"], [request.name])
		self.assertEqual(self.state(request), ("Pending Approval", 0))
		self.assertEqual(act(request, "Approve", self.boss.user_id).status, "Approved")
		with acting_as(employee.user_id):
			role = next(line for line in explain(request.name)["findings"] if line["gate"] == "Role")
		self.assertIn("Accepted by decision MKD-GATE-2026-", role["sentence"])

	def test_one_refused_gate_rejects_the_request_and_frees_its_days(self):
		_employee, request = self.waiting()
		self.decide([request], "Refused", ["Role"])
		self.assertEqual(self.state(request), ("Rejected", 1))
		self.assertEqual({day.status for day in days_of(request)}, {"Released"})

	def test_an_accepted_unknown_does_not_excuse_a_failure_that_turns_up_later(self):
		employee, request = self.waiting()
		self.decide([request], "Accepted")
		attend(employee.name, TODAY, working_days_before(TODAY, 3), present=False)
		frappe.db.commit()
		with self.assertRaises(frappe.ValidationError):
			act(request, "Approve", self.boss.user_id)
		frappe.db.rollback()
		self.assertEqual(self.state(request), ("Denied", 0))

	def test_hundreds_are_decided_at_once_and_one_that_cannot_be_leaves_the_others_alone(self):
		(_one, first), (_other, second) = self.waiting(), self.waiting()
		act(second, "Withdraw", frappe.db.get_value("MKD Request", second.name, "employee_user"))
		result = self.decide([first, second], "Accepted")
		self.assertEqual(result["done"], [first.name])
		self.assertIn("no such gate", result["failed"][second.name])
		self.assertEqual(self.state(first), ("Pending Approval", 0))

	def test_in_the_background_each_is_decided_by_itself_and_the_officer_is_told_the_rest(self):
		(_one, first), (_other, second) = self.waiting(), self.waiting()
		act(second, "Withdraw", frappe.db.get_value("MKD Request", second.name, "employee_user"))
		with acting_as(self.hr):
			hr_review.decide_in_background(
				[first.name, second.name], decision="Accepted", reason="Diperiksa", valid_until=UNTIL
			)
		self.assertEqual(self.state(first), ("Pending Approval", 0))
		notice = frappe.get_last_doc("Notification Log", {"for_user": self.hr})
		self.assertIn("decided: 1", notice.subject)
		self.assertIn(second.name, notice.email_content)

	def test_whether_the_officer_is_told_is_for_the_agency_to_switch(self):
		switch("MKD Many Decided", 0)
		self.addCleanup(switch, "MKD Many Decided", 1)
		_employee, request = self.waiting()
		frappe.db.delete("Notification Log", {"for_user": self.hr})
		with acting_as(self.hr):
			hr_review.decide_in_background(
				[request.name], decision="Accepted", reason="Diperiksa", valid_until=UNTIL
			)
		self.assertEqual(self.state(request), ("Pending Approval", 0))
		self.assertFalse(frappe.db.exists("Notification Log", {"for_user": self.hr}))

	def test_only_hr_decides_and_nobody_about_himself(self):
		employee, request = self.waiting()
		for user in (employee.user_id, self.boss.user_id):
			self.assertRaises(frappe.PermissionError, self.decide, [request], "Accepted", user=user)
		frappe.get_doc("User", employee.user_id).add_roles("MKD Officer", "HR Manager")
		result = self.decide([request], "Accepted", user=employee.user_id)
		self.assertIn("about himself", result["failed"][request.name])
		self.assertFalse(frappe.db.exists("MKD Gate Decision", {"employee": employee.name}))


class TestClassifyingRoles(ReviewCase):
	def test_a_role_in_use_is_listed_until_it_is_classified_and_the_waiting_requests_go_on(self):
		# A role of its own, because judging the waiting requests anew commits.
		role = f"Jabatan {frappe.generate_hash(length=6)}"
		frappe.get_doc({"doctype": "Designation", "designation_name": role}).insert()
		_employee, request = self.waiting(designation=role)
		self.decide([request], "Accepted", ["Performance", "Freshness"])
		(row,) = [row for row in execute({})[1] if row["name"] == role]
		self.assertEqual(row["requests"], 1)
		decision = {"verdict": "Suitable", "valid_from": str(TODAY), **dict.fromkeys(CRITERIA, 1)}
		with acting_as(self.hr):
			result = classify_roles("Designation", [role], decision)
			self.assertEqual((result["done"], result["evaluating"]), ([role], 1))
			role_classification.evaluate_waiting([request.name])
		self.assertEqual(self.state(request), ("Pending Approval", 0))
		self.assertNotIn(role, [row["name"] for row in execute({})[1]])

	def test_a_suitable_role_without_all_five_criteria_is_refused_with_the_reason(self):
		with acting_as(self.hr):
			result = classify_roles(
				"Designation", [UNCLASSIFIED], {"verdict": "Suitable", "valid_from": str(TODAY)}
			)
		self.assertEqual(result["done"], [])
		self.assertIn(UNCLASSIFIED, result["failed"])


class TestSpecialCircumstances(ReviewCase):
	def special(self, **values):
		plan = [{"activity": "Menyusun laporan", "output": "Laporan"}]
		values = {
			"special_circumstances": 1,
			"evidence": uploaded(self.employee.user_id),
			"work_plan": plan,
			**values,
		}
		return applied(self.employee, WEEK, **values)

	def test_evidence_and_a_work_plan_with_outputs_are_needed(self):
		for missing, word in (({"evidence": None}, "evidence"), ({"work_plan": []}, "work plan")):
			with self.assertRaises(frappe.ValidationError) as refused:
				self.special(**missing)
			self.assertIn(word, str(refused.exception))

	def test_all_working_days_are_open_after_the_superior_and_then_hr_approved(self):
		request = act(self.special(), "Approve", self.boss.user_id)
		self.assertEqual((request.status, request.docstatus), ("Pending HR Review", 0))
		self.assertEqual(request.superior_approved_by, self.boss.user_id)
		self.assertRaises(frappe.ValidationError, act, request, "Approve", self.boss.user_id)
		request = act(request, "Approve", self.hr)
		self.assertEqual((request.status, request.docstatus), ("Approved", 1))
		self.assertEqual(len(days_of(request)), 5)

	def test_without_a_superior_two_people_of_hr_decide(self):
		alone = self.person(reports_to=None)
		plan = [{"activity": "Menyusun laporan", "output": "Laporan"}]
		values = {"special_circumstances": 1, "evidence": uploaded(alone.user_id), "work_plan": plan}
		request = act(applied(alone, WEEK, **values), "Approve", self.hr)
		self.assertRaises(frappe.PermissionError, act, request, "Approve", self.hr)
		self.assertEqual(act(request, "Approve", officer()).status, "Approved")
