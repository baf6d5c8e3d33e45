"""Who may act on a request: the rule, the form and the controller agree for every state, action and person (W3, W4, Q9)."""

import frappe

from mkd_hrms.constants import (
	APPLY,
	APPROVE,
	APPROVED,
	CANCEL,
	CANCELLED,
	EVALUATE_AGAIN,
	PENDING_APPROVAL,
	PENDING_HR_REVIEW,
	REJECT,
	REJECTED,
	REQUEST,
	WITHDRAW,
	WITHDRAWN,
)
from mkd_hrms.services.requests import actors, states
from mkd_hrms.tests.support.actors_case import ActorsCase, Situation
from mkd_hrms.tests.support.factories import act, applied, draft, officer, uploaded
from mkd_hrms.tests.support.frozen import WEEK, RequestCase
from mkd_hrms.tests.support.people import make_user
from mkd_hrms.tests.support.verification_case import delegation
from mkd_hrms.tests.support.world import COMPANY, TODAY, UNCLASSIFIED, unit

HR = {"officer", "manager", "hr user"}


def special(employee):
	"""Special circumstances, with the evidence of the employee."""
	plan = [{"activity": "Menyusun laporan", "output": "Laporan"}]
	return {"special_circumstances": 1, "evidence": uploaded(employee.user_id), "work_plan": plan}


class TestActors(ActorsCase, RequestCase):
	MACHINE, ACTORS = states, actors

	def setUp(self):
		super().setUp()
		self.superior, self.delegate = self.boss.user_id, self.person().user_id
		self.others = {
			"officer": officer(),
			"manager": make_user("HR Manager", "Employee"),
			"hr user": make_user("HR User", "Employee"),
			"another superior": make_user("MKD Approver", "Employee"),
			"stranger": self.person().user_id,
		}

	def assert_may(self, request, leads_to, may, **parts):
		"""`may`: by action, who besides nobody; `parts` are the people of this request beside those of `others`."""
		self.assert_agree(Situation(request, {**parts, **self.others}, leads_to, may))

	def below_a_superior(self):
		delegation(self.superior, self.delegate, TODAY, TODAY)
		employee = self.person()
		return employee, {
			"applicant": employee.user_id,
			"superior": self.superior,
			"delegate": self.delegate,
		}

	def everybody(self, parts):
		return {*parts, *self.others}

	def test_a_draft(self):
		employee, parts = self.below_a_superior()
		may = {APPLY: {"applicant", *HR}}
		self.assert_may(draft(employee, WEEK[:1]), {APPLY: PENDING_APPROVAL}, may, **parts)

	def test_what_waits_for_the_superior(self):
		employee, parts = self.below_a_superior()
		leads_to = {APPROVE: APPROVED, REJECT: REJECTED, WITHDRAW: WITHDRAWN}
		decide = {"superior", "delegate"}
		may = {APPROVE: decide, REJECT: decide, WITHDRAW: {"applicant", *HR}}
		self.assert_may(applied(employee, WEEK[:1]), leads_to, may, **parts)

	def test_what_waits_for_the_approver_of_the_unit(self):
		head = self.person()
		department = frappe.get_doc(
			{
				"doctype": "Department",
				"department_name": "Bagian Arsip",
				"company": COMPANY,
				"parent_department": unit("Samsat"),
				"mkd_public_service": "No",
				"leave_approvers": [{"approver": head.user_id}],
			}
		).insert()
		delegation(head.user_id, self.delegate, TODAY, TODAY)
		employee = self.person(reports_to=None, department=department.name)
		leads_to = {APPROVE: APPROVED, REJECT: REJECTED, WITHDRAW: WITHDRAWN}
		decide = {"head of the unit", "delegate"}
		may = {APPROVE: decide, REJECT: decide, WITHDRAW: {"applicant", *HR}}
		parts = {"head of the unit": head.user_id, "delegate": self.delegate}
		self.assert_may(applied(employee, WEEK[:1]), leads_to, may, applicant=employee.user_id, **parts)

	def test_what_waits_for_hr_because_nobody_is_above_the_applicant(self):
		employee = self.person(reports_to=None)
		leads_to = {APPROVE: APPROVED, REJECT: REJECTED, WITHDRAW: WITHDRAWN}
		may = {APPROVE: HR, REJECT: HR, WITHDRAW: {"applicant", *HR}}
		request = applied(employee, WEEK[:1])
		self.assert_may(request, leads_to, may, applicant=employee.user_id, superior=self.superior)

	def test_hr_that_filed_a_request_decides_nothing_about_it(self):
		employee, filer = self.person(reports_to=None), officer()
		request = act(draft(employee, WEEK[:1], user=filer), "Apply", filer)
		leads_to = {APPROVE: APPROVED, REJECT: REJECTED, WITHDRAW: WITHDRAWN}
		may = {APPROVE: HR, REJECT: HR, WITHDRAW: {"applicant", "filer", *HR}}
		self.assert_may(request, leads_to, may, applicant=employee.user_id, filer=filer)

	def test_hr_that_is_the_applicant_decides_nothing_about_itself(self):
		employee = self.person(reports_to=None)
		frappe.get_doc("User", employee.user_id).add_roles("MKD Officer", "HR Manager")
		leads_to = {APPROVE: APPROVED, REJECT: REJECTED, WITHDRAW: WITHDRAWN}
		may = {APPROVE: HR, REJECT: HR, WITHDRAW: {"applicant of hr", *HR}}
		self.assert_may(applied(employee, WEEK[:1]), leads_to, may, **{"applicant of hr": employee.user_id})

	def test_what_was_passed_on_to_the_next_above_and_then_to_hr(self):
		employee, parts = self.below_a_superior()
		chief, second = self.person(reports_to=None), self.person()
		boss = frappe.get_doc("Employee", self.boss.name)
		boss.reports_to = chief.name
		boss.save()
		delegation(chief.user_id, second.user_id, TODAY, TODAY)
		parts |= {"next above": chief.user_id, "who acts for him": second.user_id}
		leads_to = {APPROVE: APPROVED, REJECT: REJECTED, WITHDRAW: WITHDRAWN}
		decide = {"superior", "delegate", "next above", "who acts for him"}
		passed_on = {"escalated_on": "2026-11-25 11:00:00", "escalated_to": chief.user_id}
		for values, who in (({}, decide), ({"escalated_to_hr": 1}, decide | HR)):
			request = applied(self.person() if values else employee, WEEK[:1])
			frappe.db.set_value(REQUEST, request.name, {**passed_on, **values})
			parts["applicant"] = request.owner
			may = {APPROVE: who, REJECT: who, WITHDRAW: {"applicant", *HR}}
			self.assert_may(frappe.get_doc(REQUEST, request.name), leads_to, may, **parts)

	def test_special_circumstances_before_the_superior(self):
		employee, parts = self.below_a_superior()
		leads_to = {APPROVE: PENDING_HR_REVIEW, REJECT: REJECTED, WITHDRAW: WITHDRAWN}
		decide = {"superior", "delegate"}
		may = {APPROVE: decide, REJECT: decide, WITHDRAW: {"applicant", *HR}}
		self.assert_may(applied(employee, WEEK, **special(employee)), leads_to, may, **parts)

	def test_special_circumstances_after_a_superior_who_is_hr_too(self):
		superior = self.person()
		frappe.get_doc("User", superior.user_id).add_roles("MKD Officer", "HR Manager")
		employee = self.person(reports_to=superior)
		request = act(applied(employee, WEEK, **special(employee)), "Approve", superior.user_id)
		leads_to = {APPROVE: APPROVED, REJECT: REJECTED, WITHDRAW: WITHDRAWN}
		parts = {"applicant": employee.user_id, "first approver of hr": superior.user_id}
		may = {APPROVE: HR, REJECT: HR, WITHDRAW: {*parts, *HR}}
		self.assert_may(request, leads_to, may, **parts)

	def test_what_waits_for_hr_because_not_everything_is_known(self):
		delegation(self.superior, self.delegate, TODAY, TODAY)
		employee = self.person(designation=UNCLASSIFIED)
		frappe.get_doc("User", employee.user_id).add_roles("HR Manager")
		request = applied(employee, WEEK[:1])
		self.assertEqual(request.status, PENDING_HR_REVIEW)
		leads_to = {EVALUATE_AGAIN: PENDING_APPROVAL, REJECT: REJECTED, WITHDRAW: WITHDRAWN}
		parts = {"applicant of hr": employee.user_id, "superior": self.superior, "delegate": self.delegate}
		may = {EVALUATE_AGAIN: HR, REJECT: HR, WITHDRAW: {"applicant of hr", *HR}}
		self.assert_may(request, leads_to, may, **parts)

	def test_what_is_approved(self):
		"""Who cancels is for the permissions to say; no rule of ours speaks against anybody."""
		employee, parts = self.below_a_superior()
		request = act(applied(employee, WEEK[:1]), "Approve", self.superior)
		self.assert_may(request, {CANCEL: CANCELLED}, {CANCEL: self.everybody(parts)}, **parts)

	def test_what_is_closed_or_decided_offers_nothing(self):
		employee, parts = self.below_a_superior()
		for action, user in ((WITHDRAW, employee.user_id), (REJECT, self.superior)):
			self.assert_may(act(applied(employee, WEEK[:1]), action, user), {}, {}, **parts)
