"""Objections against denials, measures and confirmed absences: in time, once, decided by somebody else, and what follows."""

from datetime import date

import frappe
from frappe.model.workflow import apply_workflow

from mkd_hrms.constants import GATE_DECISION, OBJECTION, REQUEST, SUSPENSION, WARNING
from mkd_hrms.services import objections
from mkd_hrms.services.ledger import QuotaExceeded
from mkd_hrms.services.objectionable import NothingToObject
from mkd_hrms.services.objections import AlreadyObjected, TooLate
from mkd_hrms.services.states import MoveNotAllowed
from mkd_hrms.tests.conduct_case import ConductCase, filed, move, objection
from mkd_hrms.tests.day_case import AFTER_GRACE, FRIDAY, at
from mkd_hrms.tests.factories import act, applied, days_of, working_days_before
from mkd_hrms.tests.frozen import WEEK
from mkd_hrms.tests.people import acting_as, make_user
from mkd_hrms.tests.world import TODAY

ABSENT = working_days_before(TODAY, 3)
LATE = (date(2026, 12, 10), 9)
# One in each of two weeks: with three absences accepted, one day a week is earned.
DAYS = [WEEK[0], date(2026, 12, 14)]
REASON = "Bukti kehadiran ditemukan"


class ObjectionCase(ConductCase):
	def denied(self, days=DAYS, **values):
		"""A request that three absences deny."""
		employee = self.person(absent_on=ABSENT, **values)
		request = applied(employee, days)
		self.assertEqual((request.status, request.failed_gates), ("Denied", "Absence"))
		return employee, request

	def stored(self, document):
		return frappe.get_doc(document.doctype, document.name)

	def gate_decisions(self, employee):
		return frappe.get_all(
			GATE_DECISION,
			{"employee": employee.name, "docstatus": 1},
			["gate", "about", "decision", "reason", "decided_by", "reference_name", "valid_until"],
		)


class TestFiling(ObjectionCase):
	def test_it_is_filed_with_its_deadlines_and_hr_is_asked(self):
		employee, request = self.denied()
		found = filed(request, employee)
		self.assertEqual((found.status, found.docstatus), ("Pending Decision", 0))
		self.assertEqual((found.objection_until, found.decide_by), (date(2026, 12, 9), date(2026, 12, 9)))
		self.assertEqual((found.filed_by, found.company), (employee.user_id, request.company))
		self.assertTrue(self.notices(self.officer, found.name))
		self.assertFalse(self.notices(self.boss.user_id, found.name))

	def test_too_late_is_refused_with_the_date_and_the_clause(self):
		employee, request = self.denied()
		draft = objection(request, employee)
		with at(*LATE):
			with self.assertRaisesRegex(TooLate, r"09-12-2026 \(Own design, after PP 79/2021\)"):
				move(draft, "File", employee.user_id)
			with self.assertRaises(TooLate):
				objection(request, employee)
		self.assertEqual(self.stored(draft).status, "Draft")

	def test_only_one_to_a_decision(self):
		employee, request = self.denied()
		second = objection(request, employee)
		filed(request, employee)
		with self.assertRaises(AlreadyObjected):
			move(second, "File", employee.user_id)
		with self.assertRaises(AlreadyObjected):
			objection(request, employee)

	def test_the_database_keeps_one_open(self):
		employee, request = self.denied()
		first, other = filed(request, employee), self.denied()[1]
		second = filed(other, frappe.get_doc("Employee", other.employee))
		copy = self.stored(second)
		copy.open_key = first.open_key
		with self.assertRaises(frappe.UniqueValidationError):
			copy.db_update()

	def test_only_for_himself_or_by_hr(self):
		employee, request = self.denied()
		for user in (self.boss.user_id, self.person().user_id):
			with self.assertRaises(frappe.PermissionError):
				objection(request, employee, user=user)
			with acting_as(user), self.assertRaises(frappe.PermissionError):
				objection(request, frappe.get_doc("Employee", {"user_id": user}), user=user)
		self.assertEqual(objection(request, employee, user=make_user("HR User")).status, "Draft")

	def test_grounds_are_needed(self):
		employee, request = self.denied()
		with self.assertRaises(frappe.MandatoryError):
			objection(request, employee, grounds=" ")

	def test_there_must_be_a_decision(self):
		employee = self.person()
		with self.assertRaises(NothingToObject):
			objection(applied(employee, WEEK[:1]), employee)

	def test_what_was_filed_stands_and_can_be_withdrawn(self):
		employee, request = self.denied()
		found = filed(request, employee)
		with acting_as(employee.user_id):
			changed = self.stored(found)
			changed.grounds = "Lain"
			with self.assertRaises(MoveNotAllowed):
				changed.save()
			with self.assertRaises((MoveNotAllowed, frappe.PermissionError)):
				frappe.delete_doc(OBJECTION, found.name)
		self.assertEqual(move(found, "Withdraw", employee.user_id).status, "Withdrawn")
		self.assertEqual(filed(request, employee).status, "Pending Decision")

	def test_what_only_the_service_writes_is_not_taken_from_the_form(self):
		employee, request = self.denied()
		forged = {"decision_reason": "Dikabulkan", "decided_by": "Administrator", "decide_by": "2030-01-01"}
		draft = objection(request, employee, objection_until="2030-01-01", **forged)
		self.assertEqual(draft.objection_until, date(2026, 12, 9))
		self.assertFalse(draft.decision_reason or draft.decided_by or draft.decide_by)
		for status in ("Upheld", "Pending Decision"):
			with acting_as(employee.user_id), self.assertRaises((MoveNotAllowed, frappe.PermissionError)):
				doc = self.stored(draft)
				doc.update({"status": status, "docstatus": int(status == "Upheld")})
				doc.save()


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
		found = move(filed(request, employee), "Dismiss", self.manager, decision_reason="Tidak ada bukti")
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
			move(found, "Dismiss", self.officer)
		with acting_as(self.officer), self.assertRaises(frappe.ValidationError):
			self.stored(found).submit()
		self.assertEqual(self.stored(found).docstatus, 0)

	def test_neither_the_employee_nor_who_filed_it_nor_an_hr_user_decides(self):
		employee, request = self.denied()
		frappe.get_doc("User", employee.user_id).add_roles("MKD Officer", "HR Manager")
		draft = objection(request, employee, user=self.manager)
		found = move(draft, "File", self.manager)
		for user in (employee.user_id, self.manager, make_user("HR User"), self.boss.user_id):
			for action in ("Uphold", "Dismiss"):
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
			objections.escalate()
			self.assertFalse(self.notices(self.manager, found.name))
		with at(*LATE):
			for _time in range(2):
				objections.escalate()
		self.addCleanup(self.forget, employee)
		self.assertEqual(len(self.notices(self.manager, found.name)), 1)
		self.assertEqual(self.stored(found).status, "Pending Decision")

	def forget(self, employee):
		for doctype in (OBJECTION, REQUEST, "MKD Day"):
			frappe.db.delete(doctype, {"employee": employee.name})
		frappe.db.commit()


class TestTheDay(ObjectionCase):
	def test_a_no_show_is_taken_back_with_its_absence_and_its_revocation(self):
		employee = self.no_show()
		day = self.day(employee)
		self.assertEqual((self.row(employee).status, day.objection_until), ("Absent", date(2026, 12, 11)))
		with at(FRIDAY, 12):
			found = filed(day, employee)
			self.assertEqual(len(self.notices(self.boss.user_id, day.name)), 2)
			move(found, "Uphold", self.officer, decision_reason=REASON)
		row = self.row(employee)
		self.assertEqual(
			(self.day(employee).status, row.status, row.docstatus), ("Worked", "Work From Home", 1)
		)
		self.assertEqual(self.day(employee).attendance, row.name)
		self.assertEqual(self.measure(SUSPENSION, employee).status, "Annulled")
		self.assertEqual(self.climb((FRIDAY, 13)), 0)
		self.assertFalse(self.measures(WARNING, employee))

	def test_the_superior_who_confirmed_it_learns_of_it_and_does_not_read_it(self):
		employee = self.no_show()
		with at(FRIDAY, 12):
			found = filed(self.day(employee), employee)
		with acting_as(self.boss.user_id):
			state = objections.state_of("MKD Day", self.day(employee).name)
			self.assertEqual((state["status"], state["objection"]), ("Pending Decision", None))
			self.assertFalse(frappe.has_permission(OBJECTION, "read", found.name))
		text = " ".join(f"{row.subject} {row.email_content}" for row in self.notices(self.boss.user_id))
		self.assertNotIn(found.grounds, text)

	def test_a_warning_that_falls_is_not_given_again(self):
		employee = self.without_report()
		warning = self.measure(WARNING, employee)
		with at(FRIDAY, 12):
			move(filed(warning, employee), "Uphold", self.officer, decision_reason=REASON)
		self.assertEqual(self.stored(warning).status, "Annulled")
		self.assertEqual(self.climb((FRIDAY, 13)), 0)

	def test_what_was_undone_meanwhile_can_still_be_decided(self):
		employee = self.without_report()
		with at(*AFTER_GRACE):
			found = filed(self.measure(WARNING, employee), employee)
		self.report(employee, user=self.officer, at_time=(FRIDAY, 14))
		self.climb((FRIDAY, 14, 15))
		with at(FRIDAY, 15):
			found = move(found, "Uphold", self.manager, decision_reason=REASON)
		self.assertIn("undone before", self.stored(found).outcome)
