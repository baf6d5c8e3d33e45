"""Who decides about an application, what happens when the rules say otherwise by then, and how days end."""

from freezegun import freeze_time

import frappe

from mkd_hrms.api import withdraw_days
from mkd_hrms.services.booked_days import withdrawal
from mkd_hrms.services.requests import transitions
from mkd_hrms.services.requests.asked_dates import InvalidDays
from mkd_hrms.tests.support.factories import (
	act,
	applied,
	attend,
	days_of,
	draft,
	eligible,
	officer,
	superior,
	working_days_before,
)
from mkd_hrms.tests.support.frozen import WEEK, RequestCase
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.world import TODAY


class TestApproval(RequestCase):
	def test_a_gate_that_fails_by_then_denies_in_a_transaction_of_its_own(self):
		employee = self.person()
		request = applied(employee, WEEK[:2])
		frappe.db.commit()
		attend(employee.name, TODAY, working_days_before(TODAY, 3), present=False)
		frappe.db.commit()
		with self.assertRaises(transitions.ApprovalRefused) as refused:
			act(request, "Approve", self.boss.user_id)
		self.assertIn("Absence", str(refused.exception))
		frappe.db.rollback()
		request = frappe.get_doc("MKD Request", request.name)
		self.assertEqual((request.status, request.docstatus, request.failed_gates), ("Denied", 0, "Absence"))
		self.assertEqual({day.status for day in days_of(request)}, {"Released"})

	def test_rejecting_and_withdrawing_give_the_days_back(self):
		rejected = act(applied(self.employee, WEEK[:4]), "Reject", self.boss.user_id)
		self.assertEqual((rejected.status, rejected.docstatus), ("Rejected", 1))
		withdrawn = act(applied(self.employee, WEEK[:4]), "Withdraw", self.employee.user_id)
		self.assertEqual((withdrawn.status, withdrawn.docstatus), ("Withdrawn", 0))
		self.assertEqual(applied(self.employee, WEEK[:4]).status, "Pending Approval")

	def test_hr_cancels_an_approved_request_and_the_days_are_free_again(self):
		request = act(applied(self.employee, WEEK[:2]), "Approve", self.boss.user_id)
		request = act(request, "Cancel", officer())
		self.assertEqual((request.status, request.docstatus), ("Cancelled", 2))
		self.assertEqual({day.status for day in days_of(request)}, {"Released"})


class TestWhoDecides(RequestCase):
	def test_a_new_superior_gets_the_undecided_requests_and_the_old_one_no_longer_decides(self):
		other = superior(today=TODAY)
		employee = self.person()
		request = applied(employee, WEEK[:1])
		employee.reload()
		employee.reports_to = other.name
		employee.save()
		self.assertEqual(frappe.db.get_value("MKD Request", request.name, "approver"), other.user_id)
		self.assertRaises(frappe.PermissionError, act, request, "Approve", self.boss.user_id)
		self.assertEqual(act(request, "Approve", other.user_id).status, "Approved")

	def test_without_a_superior_the_units_head_decides_and_without_one_hr(self):
		alone = eligible(today=TODAY)
		request = applied(alone, WEEK[:1])
		self.assertIsNone(request.approver)
		self.assertEqual(act(request, "Approve", officer()).status, "Approved")
		department = frappe.get_doc("Department", alone.department)
		department.append("leave_approvers", {"approver": self.boss.user_id})
		department.save()
		request = applied(alone, WEEK[1:2])
		self.assertEqual(request.approver, self.boss.user_id)

	def test_nobody_is_his_own_superior(self):
		head = eligible(today=TODAY)
		frappe.db.set_value("Employee", head.name, "reports_to", head.name)
		request = applied(head, WEEK[:1])
		self.assertIsNone(request.approver)
		frappe.get_doc("User", head.user_id).add_roles("MKD Approver", "HR Manager", "MKD Officer")
		self.assertRaises(frappe.ValidationError, act, request, "Approve", head.user_id)

	def test_a_superior_who_applied_as_hr_leaves_the_decision_to_another_of_hr(self):
		boss = superior(today=TODAY)
		employee = self.person(reports_to=boss)
		frappe.get_doc("User", boss.user_id).add_roles("MKD Officer", "HR Manager")
		request = act(draft(employee, WEEK[:1], user=boss.user_id), "Apply", boss.user_id)
		self.assertRaises(frappe.ValidationError, act, request, "Approve", boss.user_id)
		self.assertEqual(act(request, "Approve", officer()).status, "Approved")

	def test_hr_applies_for_somebody_and_it_is_marked(self):
		hr = officer()
		request = draft(self.employee, WEEK[:1], user=hr)
		self.assertEqual((request.on_behalf, request.applied_by), (1, hr))
		self.assertRaises(frappe.PermissionError, draft, self.employee, WEEK[:1], user=self.boss.user_id)


class TestEndings(RequestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.hr = officer()
		frappe.db.commit()

	def test_days_of_an_approved_request_are_withdrawn_one_by_one_until_they_begin(self):
		request = act(applied(self.employee, WEEK[:3]), "Approve", self.boss.user_id)
		with acting_as(self.employee.user_id):
			self.assertEqual(withdraw_days(request.name, [str(WEEK[0])])["status"], "Approved")
			with freeze_time("2026-12-08T08:00:00.500001+07:00", tick=True):
				self.assertRaises(InvalidDays, withdraw_days, request.name, [str(WEEK[1])])
			self.assertEqual(withdraw_days(request.name, [str(WEEK[1]), str(WEEK[2])])["status"], "Revoked")
		self.assertEqual({day.status for day in days_of(request)}, {"Released"})
		with acting_as(self.boss.user_id):
			self.assertRaises(frappe.PermissionError, withdraw_days, request.name, [str(WEEK[2])])

	def test_what_nobody_decided_expires_when_its_days_begin(self):
		request = applied(self.employee, WEEK[:2])
		with freeze_time("2026-12-07T07:29:00.500001+07:00", tick=True):
			withdrawal.expire(frappe.get_doc("MKD Request", request.name))
		self.assertEqual([day.status for day in days_of(request)], ["Pending", "Pending"])
		with freeze_time("2026-12-07T07:30:00.500001+07:00", tick=True):
			withdrawal.expire(frappe.get_doc("MKD Request", request.name))
		self.assertEqual([day.status for day in days_of(request)], ["Released", "Pending"])
		with freeze_time("2026-12-08T09:00:00.500001+07:00", tick=True):
			withdrawal.expire(frappe.get_doc("MKD Request", request.name))
		self.assertEqual(frappe.db.get_value("MKD Request", request.name, "status"), "Expired")

	def test_a_correction_of_the_past_by_hr_waits_for_its_decision(self):
		yesterday = working_days_before(TODAY, 1)
		request = act(draft(self.employee, yesterday, user=self.hr), "Apply", self.hr)
		withdrawal.expire(frappe.get_doc("MKD Request", request.name))
		self.assertEqual([day.status for day in days_of(request)], ["Pending"])
		self.assertEqual(act(request, "Approve", self.boss.user_id).status, "Approved")

	def test_a_cancelled_day_that_has_begun_stays_used(self):
		request = act(applied(self.employee, WEEK[:2]), "Approve", self.boss.user_id)
		with freeze_time("2026-12-07T09:00:00.500001+07:00", tick=True):
			act(request, "Cancel", officer())
		self.assertEqual([day.status for day in days_of(request)], ["Revoked", "Released"])
		self.assertEqual(days_of(request)[0].person, self.employee.name)
