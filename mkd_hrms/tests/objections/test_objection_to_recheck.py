"""Whoever objects to what was decided about a day and is right gets exactly that back (rules W12, W13)."""

import frappe
from frappe.desk.form.load import getdoc
from frappe.model.workflow import apply_workflow

from mkd_hrms.constants import DAILY_REPORT, DAY, PLACE_HINT, SUSPENSION
from mkd_hrms.services.day import places
from mkd_hrms.services.objections.procedure import TooLate
from mkd_hrms.services.workflow.states import MoveNotAllowed
from mkd_hrms.tests.support.conduct_case import ConductCase, filed, move, objection
from mkd_hrms.tests.support.day_case import AFTER_GRACE, FRIDAY, at
from mkd_hrms.tests.support.factories import officer
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.recheck_case import RecheckCase


class TestObjection(RecheckCase):
	def test_upheld_the_day_is_approved_again_and_no_other(self):
		employee, decider = self.approved(WEEK[:2]), officer()
		self.sanction(employee)
		day = frappe.get_doc(DAY, self.days(employee)[0].name)
		found = move(filed(day, employee), "Uphold", decider, decision_reason="Putusan dibatalkan")
		self.settle()
		self.assertEqual(found.status, "Upheld")
		self.assertEqual(self.states(employee), ["Approved", "Suspended"])
		decisions = frappe.get_all(
			"MKD Gate Decision", {"employee": employee.name}, ["gate", "about", "valid_until"]
		)
		self.assertEqual(
			[(row.gate, row.about, row.valid_until) for row in decisions], [("Discipline", "Fail", WEEK[0])]
		)

	def test_suspended_again_on_the_same_day_for_another_reason_he_may_object_again(self):
		employee, decider = self.approved(WEEK[:1]), officer()
		self.sanction(employee)
		day = frappe.get_doc(DAY, self.days(employee)[0].name)
		move(filed(day, employee), "Uphold", decider, decision_reason="Putusan dibatalkan")
		self.settle()
		self.assertEqual(self.states(employee), ["Approved"])
		self.suspend(employee, str(WEEK[0]), str(WEEK[0]))
		self.assertEqual(self.states(employee), ["Suspended"])
		self.assertEqual(filed(day, employee).status, "Pending Decision")

	def test_the_notice_about_a_suspended_day_opens_itself(self):
		employee = self.approved(WEEK[:1])
		self.sanction(employee)
		told = {"for_user": employee.user_id, "document_type": DAY}
		(notice,) = frappe.get_all("Notification Log", told, ["name", "link", "document_name"])
		self.assertEqual((notice.link, notice.document_name), (f"/app/notification-log/{notice.name}", None))

	def test_upheld_on_the_morning_of_the_day_it_says_that_the_day_stays_in_the_office(self):
		employee, decider = self.approved(WEEK[:1]), officer()
		self.sanction(employee)
		found = filed(frappe.get_doc(DAY, self.days(employee)[0].name), employee)
		with at(WEEK[0], 6):
			move(found, "Uphold", decider, decision_reason="Putusan dibatalkan")
			self.assertIn("stays a day in the office", frappe.get_doc(found.doctype, found.name).outcome)
			self.settle()
		self.assertEqual(self.states(employee), ["Suspended"])

	def test_dismissed_or_too_late_it_stays(self):
		employee, decider = self.approved([WEEK[4]]), officer()
		self.sanction(employee)
		day = frappe.get_doc(DAY, self.days(employee)[0].name)
		move(filed(day, employee), "Dismiss Objection", decider, decision_reason="Kasus masih berlaku")
		self.settle()
		self.assertEqual(self.states(employee), ["Suspended"])
		other = self.approved([WEEK[4]])
		self.sanction(other)
		day = frappe.get_doc(DAY, self.days(other)[0].name)
		with at(WEEK[3], 9), self.assertRaises(TooLate):
			move(objection(day, other), "File Objection", other.user_id)


class TestFalsePlace(ConductCase):
	def hint(self, employee):
		day, doc = self.day(employee), frappe.new_doc(PLACE_HINT)
		same = "employee employee_name department company mkd_date".split()
		doc.update({name: day.get(name) for name in same})
		doc.update({"mkd_day": day.name, "kind": "Outside the Declared Place", "status": "Open"})
		doc.checkin = frappe.db.get_value("Employee Checkin", {"employee": employee.name})
		doc.flags.from_service = True
		return doc.insert(ignore_permissions=True).name

	def test_upheld_the_hint_confirms_nothing_any_more(self):
		employee = self.approved()
		self.check_in(employee)
		self.report(employee)
		self.end()
		hint = self.hint(employee)
		with at(*AFTER_GRACE), acting_as(self.boss.user_id):
			places.review(hint, "Confirmed", "Berada di luar kota")
		self.assertEqual(self.measure(SUSPENSION, employee).status, "In Force")
		with at(FRIDAY, 12):
			found = filed(self.day(employee), employee)
			move(found, "Uphold", self.officer, decision_reason="Salah alamat")
		self.assertEqual((self.day(employee).false_place, self.day(employee).status), (0, "Worked"))
		self.assertEqual(self.measure(SUSPENSION, employee).status, "Annulled")
		stored = frappe.get_doc(PLACE_HINT, hint)
		self.assertEqual((stored.status, stored.reviewer), ("Explained", self.officer))
		self.assertIn(found.name, stored.note)
		with at(FRIDAY, 13), acting_as(self.boss.user_id):
			with self.assertRaisesRegex(MoveNotAllowed, f"Objection {found.name} .* was upheld"):
				places.confirm(self.day(employee).name, "Tetap di luar kota")
		# Nor by the way of the hint, and not by HR either.
		with at(FRIDAY, 13), acting_as(self.officer):
			with self.assertRaisesRegex(MoveNotAllowed, found.name):
				places.review(hint, "Confirmed", "Tetap di luar kota")
		self.assertEqual(self.day(employee).false_place, 0)
		self.assertEqual(self.measure(SUSPENSION, employee).status, "Annulled")

	def test_nor_after_an_upheld_objection_to_an_absence_or_to_the_report_and_a_dismissed_one_stops_nothing(
		self,
	):
		absent = self.no_show()
		with at(FRIDAY, 12):
			found = filed(self.day(absent), absent)
			move(found, "Uphold", self.officer, decision_reason="Terbukti bekerja")
		with at(FRIDAY, 13), acting_as(self.boss.user_id):
			with self.assertRaisesRegex(MoveNotAllowed, f"Objection {found.name} .* was upheld"):
				places.confirm(self.day(absent).name, "Berada di luar kota")
		for action, status in (("Uphold", 0), ("Dismiss Objection", 1)):
			with self.subTest(action):
				worker, found = self.rejected(action)
				with at(FRIDAY, 16), acting_as(self.boss.user_id):
					if action == "Uphold":
						with self.assertRaisesRegex(MoveNotAllowed, found.name):
							places.confirm(self.day(worker).name, "Berada di luar kota")
					else:
						places.confirm(self.day(worker).name, "Berada di luar kota")
				self.assertEqual(self.day(worker).false_place, status)

	def rejected(self, action):
		"""A worked day whose report was rejected, and the objection to that, decided."""
		worker = self.approved()
		self.check_in(worker)
		report = self.report(worker)
		self.end()
		with at(FRIDAY, 11), acting_as(self.boss.user_id):
			getdoc(DAILY_REPORT, report.name)
			doc = frappe.get_doc(DAILY_REPORT, report.name)
			doc.verifier_note = "Keluaran tidak ada"
			doc.save()
			apply_workflow(frappe.get_doc(DAILY_REPORT, report.name).as_json(), "Reject")
		with at(FRIDAY, 12):
			found = filed(report, worker)
			move(found, action, self.officer, decision_reason="Keluaran ada di sistem lain")
		return worker, found
