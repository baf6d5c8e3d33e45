"""Taking back an approved day (rule W9): by whom, until when, and what it costs the employee."""

import frappe

from mkd_hrms.constants import DAY, REQUEST
from mkd_hrms.services.booked_days import recall
from mkd_hrms.services.workflow.states import MoveNotAllowed
from mkd_hrms.tests.support.day_case import FRIDAY, SHIFT, THURSDAY, DayCase, at
from mkd_hrms.tests.support.factories import applied, officer
from mkd_hrms.tests.support.people import acting_as

WHY = "Rapat paripurna mendadak"
# The shift begins at 07:30, and the policy asks for two hours' notice.
JUST_IN_TIME, TOO_LATE = (THURSDAY, 5, 29), (THURSDAY, 5, 31)


class RecallCase(DayCase):
	def take_back(self, way, employee, on=(THURSDAY,), user=None, when=JUST_IN_TIME, reason=WHY):
		names = [self.day(employee, day).name for day in on]
		with at(*when), acting_as(user or self.boss.user_id):
			getattr(recall, way)(names, reason)

	def state(self, employee, on=THURSDAY):
		day = self.day(employee, on)
		return day.status, bool(day.person), frappe.db.get_value(REQUEST, employee.request, "status")


class TestRecalling(RecallCase):
	def test_in_time_the_day_is_given_back_with_who_when_and_why(self):
		employee = self.approved()
		self.take_back("recall", employee)
		self.assertEqual(self.state(employee), ("Released", False, "Revoked"))
		day = self.day(employee)
		self.assertEqual(day.release_reason, f"Called back to the office: {WHY}")
		self.assertEqual(
			(day.recalled_by, str(day.recalled_on)[:16]), (self.boss.user_id, f"{THURSDAY} 05:29")
		)
		with at(*JUST_IN_TIME):
			applied(employee, [FRIDAY])

	def test_the_employee_is_told_why_and_the_timeline_only_says_what(self):
		employee = self.approved()
		self.take_back("recall", employee)
		notice = frappe.get_last_doc("Notification Log", {"for_user": employee.user_id, "document_type": DAY})
		self.assertIn("called back to the office on 26-11-2026", notice.subject)
		self.assertIn(WHY, notice.email_content)
		comments = frappe.get_all("Comment", {"reference_name": employee.request}, pluck="content")
		self.assertIn("Called back to the office: 26-11-2026", comments)
		self.assertFalse([text for text in comments if WHY in (text or "")])

	def test_one_of_two_days_leaves_the_request_approved(self):
		employee = self.approved((THURSDAY, FRIDAY))
		self.take_back("recall", employee)
		self.assertEqual(self.state(employee), ("Released", False, "Approved"))
		self.assertEqual(self.state(employee, FRIDAY), ("Approved", True, "Approved"))

	def test_without_the_notice_it_is_too_late_and_nothing_changes(self):
		employee = self.approved()
		with self.assertRaisesRegex(recall.TooLate, "possible until 26-11-2026 05:30"):
			self.take_back("recall", employee, when=TOO_LATE)
		self.assertEqual(self.state(employee), ("Approved", True, "Approved"))

	def test_an_assigned_shift_moves_the_hour(self):
		employee = self.approved()
		afternoon = frappe.copy_doc(frappe.get_doc("Shift Type", SHIFT))
		afternoon.update({"__newname": "Siang", "start_time": "13:00:00", "end_time": "20:00:00"})
		afternoon.insert(ignore_permissions=True)
		assignment = {"employee": employee.name, "shift_type": afternoon.name, "start_date": THURSDAY}
		frappe.get_doc({"doctype": "Shift Assignment", "company": employee.company, **assignment}).submit()
		with self.assertRaises(recall.TooLate):
			self.take_back("recall", employee, when=(THURSDAY, 11, 1))
		self.take_back("recall", employee, when=(THURSDAY, 10, 59))
		self.assertEqual(self.state(employee)[0], "Released")

	def test_without_a_shift_the_policy_says_when_the_day_begins(self):
		employee = self.approved()
		employee.db_set("default_shift", None)
		with self.assertRaises(recall.TooLate):
			self.take_back("recall", employee, when=TOO_LATE)
		self.take_back("recall", employee)

	def test_only_an_approved_day_is_called_back_and_only_once(self):
		employee = self.approved()
		self.take_back("recall", employee)
		with self.assertRaisesRegex(MoveNotAllowed, "Only approved days"):
			self.take_back("recall", employee)


class TestRevoking(RecallCase):
	def test_later_the_day_stays_used(self):
		employee = self.approved()
		with self.assertRaises(recall.TooEarly):
			self.take_back("revoke", employee)
		self.take_back("revoke", employee, when=TOO_LATE)
		self.assertEqual(self.state(employee), ("Revoked", True, "Approved"))
		self.assertEqual(self.day(employee).release_reason, f"Approval withdrawn: {WHY}")

	def test_who_then_comes_to_the_office_is_present_there(self):
		employee = self.approved()
		self.take_back("revoke", employee, when=(THURSDAY, 9))
		self.check_in(employee)
		self.auto_attendance()
		self.assertEqual((self.row(employee).status, self.row(employee).mkd_day), ("Present", None))

	def test_a_day_with_its_report_is_not_revoked(self):
		employee = self.approved()
		self.report(employee, at_time=(THURSDAY, 15))
		with self.assertRaisesRegex(MoveNotAllowed, "without a report"):
			self.take_back("revoke", employee, when=(THURSDAY, 16))


class TestWhoTakesBack(RecallCase):
	def test_the_superior_or_hr_and_nobody_else(self):
		employee, colleague = self.approved(), self.person()
		for user, why in ((employee.user_id, "nobody about himself"), (colleague.user_id, "not open to you")):
			for way in ("recall", "revoke"):
				with self.assertRaisesRegex(frappe.PermissionError, why):
					self.take_back(way, employee, user=user)
		self.take_back("recall", employee, user=officer())
		self.assertEqual(self.state(employee)[0], "Released")

	def test_not_in_his_own_case_whatever_his_roles(self):
		employee = self.approved()
		frappe.get_doc("User", employee.user_id).add_roles("HR Manager", "MKD Officer", "MKD Approver")
		with self.assertRaises(frappe.PermissionError):
			self.take_back("recall", employee, user=employee.user_id)

	def test_not_without_a_reason(self):
		employee = self.approved()
		with self.assertRaises(frappe.MandatoryError):
			self.take_back("recall", employee, reason="  ")

	def test_the_form_offers_what_is_possible_to_whom_it_is(self):
		employee, colleague = self.approved(), self.person()
		name = self.day(employee).name
		for user, when, expected in (
			(self.boss.user_id, JUST_IN_TIME, {name: "Recall"}),
			(self.boss.user_id, TOO_LATE, {name: "Revoke"}),
			(employee.user_id, JUST_IN_TIME, {}),
			(colleague.user_id, JUST_IN_TIME, {}),
		):
			with self.subTest(user=user, when=when), at(*when), acting_as(user):
				self.assertEqual(recall.ways_back([name]), expected)
