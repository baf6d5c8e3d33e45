"""Deciding an objection: by somebody else, with a reason, and what becomes of a denied request."""

from datetime import date

import frappe
from frappe.model.workflow import apply_workflow

from mkd_hrms.constants import OBJECTION, REQUEST, SUSPENSION
from mkd_hrms.services.ledger.booking import QuotaExceeded
from mkd_hrms.services.objections import procedure
from mkd_hrms.services.objections.procedure import AlreadyObjected
from mkd_hrms.services.workflow.states import MoveNotAllowed
from mkd_hrms.tests.support.conduct_case import DAYS, ObjectionCase, filed, move, objection
from mkd_hrms.tests.support.day_case import at
from mkd_hrms.tests.support.factories import act, applied, days_of
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.people import acting_as, make_user

LATE = (date(2026, 12, 10), 9)
REASON = "Bukti kehadiran ditemukan"


class TestDeciding(ObjectionCase):
	def test_upheld_the_request_goes_on_with_its_days_and_is_approved(self):
		employee, request = self.denied()
		found = move(filed(request, employee), "Uphold", self.officer, decision_reason=REASON)
		self.assertEqual((found.status, found.docstatus, found.decided_by), ("Upheld", 1, self.officer))
		(decision,) = self.gate_decisions(employee)
		self.assertEqual((decision.gate, decision.about, decision.decision), ("Absence", "Fail", "Accepted"))
		self.assertEqual((decision.reason, decision.reference_name), (REASON, found.name))
		self.assertEqual((decision.decided_by, decision.valid_until), (self.officer, DAYS[1]))
		request = self.stored(request)
		self.assertEqual((request.status, request.workflow_state), ("Pending Approval", "Pending Approval"))
		self.assertEqual((request.approver, request.objection_until), (self.boss.user_id, None))
		self.assertEqual([day.status for day in days_of(request)], ["Pending", "Pending"])
		self.assertIn(REASON, self.notices(employee.user_id, found.name)[0].email_content)
		self.assertEqual(act(request, "Approve", self.boss.user_id).status, "Approved")

	def test_a_denial_at_approval_comes_back_to_the_approver_with_an_open_action(self):
		employee = self.person()
		request = applied(employee, WEEK[:1])
		self.suspend(employee)
		frappe.db.commit()
		with self.assertRaises(frappe.ValidationError):
			act(request, "Approve", self.boss.user_id)
		frappe.db.rollback()
		self.assertEqual(self.stored(request).status, "Denied")
		move(filed(request, employee), "Uphold", self.officer, decision_reason=REASON)
		actions = {"reference_name": request.name, "status": "Open"}
		self.assertEqual(
			frappe.get_all("Workflow Action", actions, pluck="workflow_state"), ["Pending Approval"]
		)
		self.assertEqual(act(request, "Approve", self.boss.user_id).status, "Approved")

	def suspend(self, employee):
		values = {"from_date": WEEK[0], "to_date": WEEK[1], "ground": "Laporan"}
		doc = frappe.get_doc({"doctype": SUSPENSION, "employee": employee.name, **values}).insert()
		doc.submit()
		return doc

	def test_when_the_week_is_full_meanwhile_nothing_is_half_written(self):
		employee = self.person()
		suspension = self.suspend(employee)
		request = applied(employee, WEEK[:2])
		suspension.cancel()
		applied(employee, WEEK[1:5])
		found = filed(request, employee)
		frappe.db.savepoint("mkd_test")
		with self.assertRaisesRegex(frappe.ValidationError, "MKD is already applied for"):
			move(found, "Uphold", self.officer, decision_reason=REASON)
		frappe.db.rollback(save_point="mkd_test")
		second = applied(employee, [date(2026, 12, 15)])
		self.assertEqual(second.status, "Pending Approval")
		self.assertEqual((self.stored(found).status, self.gate_decisions(employee)), ("Pending Decision", []))
		self.assertEqual((self.stored(request).status, days_of(request)), ("Denied", []))

	def test_when_the_quota_is_used_by_other_days_the_weeks_are_named(self):
		employee = self.person()
		suspension = self.suspend(employee)
		request = applied(employee, WEEK[:1])
		suspension.cancel()
		applied(employee, WEEK[1:5])
		found = filed(request, employee)
		frappe.db.savepoint("mkd_test")
		with self.assertRaisesRegex(QuotaExceeded, "limit 4, used 4, asked 1.*nothing was decided"):
			move(found, "Uphold", self.officer, decision_reason=REASON)
		frappe.db.rollback(save_point="mkd_test")
		self.assertEqual((self.stored(found).status, self.gate_decisions(employee)), ("Pending Decision", []))
		self.assertEqual((self.stored(request).status, days_of(request)), ("Denied", []))

	def test_without_a_day_left_the_conditions_are_accepted_and_the_request_stays_denied(self):
		employee, request = self.denied(days=WEEK[:1])
		found = filed(request, employee)
		with at(WEEK[0], 9):
			found = move(found, "Uphold", self.officer, decision_reason=REASON)
		self.assertEqual((found.status, self.stored(request).status), ("Upheld", "Denied"))
		self.assertIn("no day of it is left", self.stored(found).outcome)

	def test_dismissed_the_employee_reads_why_and_that_is_the_end(self):
		employee, request = self.denied()
		found = move(
			filed(request, employee), "Dismiss Objection", self.manager, decision_reason="Tidak ada bukti"
		)
		self.assertEqual((found.status, found.docstatus), ("Dismissed", 1))
		self.assertIn("Tidak ada bukti", self.notices(employee.user_id, found.name)[0].email_content)
		self.assertEqual((self.stored(request).status, self.gate_decisions(employee)), ("Denied", []))
		with self.assertRaises(AlreadyObjected):
			objection(request, employee)
		with acting_as(self.manager), self.assertRaises((MoveNotAllowed, frappe.PermissionError)):
			self.stored(found).cancel()

	def test_a_reason_is_needed_on_every_path(self):
		employee, request = self.denied()
		found = filed(request, employee)
		with self.assertRaises(frappe.MandatoryError):
			move(found, "Dismiss Objection", self.officer)
		with acting_as(self.officer), self.assertRaises(frappe.ValidationError):
			self.stored(found).submit()
		self.assertEqual(self.stored(found).docstatus, 0)

	def test_neither_the_employee_nor_who_filed_it_nor_an_hr_user_decides(self):
		employee, request = self.denied()
		frappe.get_doc("User", employee.user_id).add_roles("MKD Officer", "HR Manager")
		draft = objection(request, employee, user=self.manager)
		found = move(draft, "File Objection", self.manager)
		for user in (employee.user_id, self.manager, make_user("HR User"), self.boss.user_id):
			for action in ("Uphold", "Dismiss Objection"):
				frappe.db.savepoint("mkd_test")
				with acting_as(user), self.assertRaises((frappe.PermissionError, frappe.ValidationError)):
					doc = self.stored(found)
					doc.decision_reason = REASON
					doc.save()
					apply_workflow(self.stored(found).as_json(), action)
				frappe.db.rollback(save_point="mkd_test")
		self.assertEqual(self.stored(found).status, "Pending Decision")
		self.assertEqual(move(found, "Uphold", self.officer, decision_reason=REASON).status, "Upheld")

	def test_whoever_decided_first_does_not_decide_again(self):
		employee = self.person()
		with acting_as(self.officer):
			suspension = self.suspend(employee)
		found = filed(suspension, employee)
		frappe.db.savepoint("mkd_test")
		with self.assertRaises(frappe.PermissionError):
			move(found, "Uphold", self.officer, decision_reason=REASON)
		frappe.db.rollback(save_point="mkd_test")
		move(found, "Uphold", self.manager, decision_reason=REASON)
		self.assertEqual((self.stored(suspension).status, self.stored(suspension).docstatus), ("Annulled", 2))
		self.assertEqual(applied(employee, WEEK[:1]).status, "Pending Approval")

	def test_a_missed_deadline_is_told_to_the_hr_managers_once_and_decides_nothing(self):
		employee, request = self.denied()
		found = filed(request, employee)
		with at(date(2026, 12, 9), 9):
			procedure.escalate()
			self.assertFalse(self.notices(self.manager, found.name))
		with at(*LATE):
			for _time in range(2):
				procedure.escalate()
		self.addCleanup(self.forget, employee)
		self.assertEqual(len(self.notices(self.manager, found.name)), 1)
		self.assertEqual(self.stored(found).status, "Pending Decision")

	def forget(self, employee):
		for doctype in (OBJECTION, REQUEST, "MKD Day"):
			frappe.db.delete(doctype, {"employee": employee.name})
		frappe.db.commit()
