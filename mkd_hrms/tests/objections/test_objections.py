"""Filing an objection: in time, once, by the employee; and what follows when it is about an MKD day or a measure."""

from datetime import date
from unittest.mock import patch

import frappe

from mkd_hrms.constants import OBJECTION, SUSPENSION, WARNING
from mkd_hrms.services.objections import procedure
from mkd_hrms.services.objections.procedure import AlreadyObjected, TooLate
from mkd_hrms.services.objections.subjects import NothingToObject
from mkd_hrms.services.workflow import open_actions
from mkd_hrms.services.workflow.states import MoveNotAllowed
from mkd_hrms.tests.support.conduct_case import ObjectionCase, filed, move, objection
from mkd_hrms.tests.support.day_case import AFTER_GRACE, FRIDAY, at
from mkd_hrms.tests.support.factories import applied
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.people import acting_as, make_user

LATE = (date(2026, 12, 10), 9)
REASON = "Bukti kehadiran ditemukan"


class TestFiling(ObjectionCase):
	def test_it_is_filed_with_its_deadlines_and_hr_is_asked(self):
		employee, request = self.denied()
		found = filed(request, employee)
		self.assertEqual((found.status, found.docstatus), ("Pending Decision", 0))
		self.assertEqual((found.objection_until, found.decide_by), (date(2026, 12, 9), date(2026, 12, 9)))
		self.assertEqual((found.filed_by, found.company), (employee.user_id, request.company))
		self.assertTrue(self.notices(self.officer, found.name))
		self.assertFalse(self.notices(self.boss.user_id, found.name))

	def test_its_open_actions_are_those_that_frappe_would_have_written(self):
		ours = self.actions_of_a_course()
		with patch.object(open_actions, "settle", lambda document: None):
			self.assertEqual(ours, self.actions_of_a_course())

	def actions_of_a_course(self):
		"""What is left of the actions after an objection was filed and withdrawn."""
		employee, request = self.denied()
		found = filed(request, employee)
		move(found, "Withdraw", employee.user_id)
		actions = {"reference_doctype": OBJECTION, "reference_name": found.name}
		fields = ["workflow_state", "status", "completed_by_role"]
		return frappe.get_all("Workflow Action", actions, fields, order_by="workflow_state")

	def test_too_late_is_refused_with_the_date_and_the_clause(self):
		employee, request = self.denied()
		draft = objection(request, employee)
		with at(*LATE):
			with self.assertRaisesRegex(TooLate, r"09-12-2026 \(Own design, after PP 79/2021\)"):
				move(draft, "File Objection", employee.user_id)
			with self.assertRaises(TooLate):
				objection(request, employee)
		self.assertEqual(self.stored(draft).status, "Draft")

	def test_only_one_to_a_decision(self):
		employee, request = self.denied()
		second = objection(request, employee)
		filed(request, employee)
		with self.assertRaises(AlreadyObjected):
			move(second, "File Objection", employee.user_id)
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
		self.climb((FRIDAY, 13))
		self.assertFalse(self.measures(WARNING, employee))

	def test_the_superior_who_confirmed_it_learns_of_it_and_does_not_read_it(self):
		employee = self.no_show()
		with at(FRIDAY, 12):
			found = filed(self.day(employee), employee)
		with acting_as(self.boss.user_id):
			state = procedure.state_of("MKD Day", self.day(employee).name)
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
		self.climb((FRIDAY, 13))
		self.assertEqual(self.measure(WARNING, employee).name, warning.name)

	def test_what_was_undone_meanwhile_can_still_be_decided(self):
		employee = self.without_report()
		with at(*AFTER_GRACE):
			found = filed(self.measure(WARNING, employee), employee)
		self.written_by_hr(employee, (FRIDAY, 14))
		self.climb((FRIDAY, 14, 15))
		with at(FRIDAY, 15):
			found = move(found, "Uphold", self.manager, decision_reason=REASON)
		self.assertIn("undone before", self.stored(found).outcome)
