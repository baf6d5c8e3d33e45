"""Who comes back under a new Employee record comes back with his history: all registers are those of his NIP."""

from datetime import date

import frappe

from mkd_hrms.constants import DAY, DISCIPLINE_RECORD, ELIGIBILITY, GATE_DECISION, SUSPENSION
from mkd_hrms.tests.people.test_judged_records import PERIOD, SUBMITTED
from mkd_hrms.tests.support.day_case import at, written
from mkd_hrms.tests.support.factories import applied, rate, working_days_before
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.people import acting_as, make_employee
from mkd_hrms.tests.support.recheck_case import RecheckCase
from mkd_hrms.tests.support.world import ANALYST, OFFICE, TODAY, unit

NIP = "199001012015031066"
ABSENT = working_days_before(TODAY, 3)
LATE = working_days_before(TODAY, 6)


class AnotherRecordCase(RecheckCase):
	def setUp(self):
		super().setUp()
		self.addCleanup(self.forget)

	def forget(self):
		"""What the worker committed is nobody's any more."""
		frappe.db.delete(DAY, {"person": NIP})
		frappe.db.set_value("Employee", {"mkd_nip": NIP}, "mkd_nip", None)
		frappe.db.commit()

	def rehired(self, **values):
		"""The record that ended yesterday, with a year of attendance and a result, and the new one with nothing."""
		old = self.person(mkd_nip=NIP, **values)
		old.update({"status": "Left", "relieving_date": ABSENT[0]})
		old.save()
		new = make_employee(
			with_user=True,
			mkd_nip=NIP,
			department=unit(OFFICE),
			designation=ANALYST,
			employment_type="PNS",
			reports_to=self.boss.name,
		)
		return old, new

	def submit(self, doctype, employee, **values):
		return self.document(doctype, employee, **(SUBMITTED[doctype] | values)).insert().submit()

	def transferred(self, employee, on=TODAY):
		values = {"transfer_date": on, "create_new_employee_id": 1}
		row = {"property": "Designation", "fieldname": "designation", "current": ANALYST, "new": ANALYST}
		doc = frappe.get_doc({"doctype": "Employee Transfer", "employee": employee.name, **values})
		doc.append("transfer_details", row)
		doc.insert().submit()
		self.settle()
		return frappe.get_doc("Employee", doc.new_employee_id)


class TestAnotherRecord(AnotherRecordCase):
	def mark(self, employee, days, **values):
		named = {"employee": employee.name, "attendance_date": ("in", days)}
		frappe.db.set_value("Attendance", named, values, update_modified=False)

	def test_a_clean_history_goes_along_and_every_register_that_closes_mkd(self):
		old, new = self.rehired()
		covering = PERIOD | {"to_date": "2026-12-31"}
		closing = {
			"Absence": lambda: self.mark(old, ABSENT, status="Absent"),
			"Lateness": lambda: self.mark(old, LATE, late_entry=1),
			"Discipline": lambda: self.submit(DISCIPLINE_RECORD, old, **covering),
			"Suspension": lambda: self.submit(SUSPENSION, old, **covering),
			"Performance": lambda: rate(old.name, "Kurang", date(2026, 6, 30)),
		}
		for gate, record in closing.items():
			with self.subTest(gate):
				frappe.db.savepoint("one_register")
				record()
				request = applied(new, WEEK[:1])
				self.assertEqual((request.status, request.failed_gates), ("Denied", gate))
				frappe.db.rollback(save_point="one_register")
		self.assertEqual(applied(new, WEEK[:1]).status, "Pending Approval")

	def test_a_decision_about_his_absences_goes_along_with_them(self):
		old, new = self.rehired(absent_on=ABSENT)
		about = {"gate": "Absence", "about": "Fail", "valid_until": "2026-12-31"}
		self.submit(GATE_DECISION, old, **about)
		self.assertEqual(applied(new, WEEK[:1]).status, "Pending Approval")

	def test_without_a_nip_a_record_stands_alone(self):
		old, new = self.rehired(absent_on=ABSENT)
		old.db_set("mkd_nip", None)
		request = applied(new, WEEK[:1])
		self.assertNotIn("Absence", request.failed_gates or "")

	def test_a_transfer_to_a_new_record_takes_the_history_along_and_what_is_entered_later(self):
		employee = self.person(mkd_nip=NIP)
		self.mark(employee, ABSENT[:1], status="Absent")
		new = self.transferred(employee)
		self.assertEqual(self.findings(new)["Absence"]["actual"], 1)
		self.approve(new, WEEK[:2])
		self.sanction(employee, to_date="2026-12-31")
		self.assertEqual(self.states(new), ["Suspended"] * 2)
		self.assertIn("Discipline", self.standing(new).failed_gates)
		self.mark(employee, ABSENT, status="Absent")
		request = applied(new, WEEK[3:4])
		self.assertEqual(request.status, "Denied")
		self.assertIn("Absence", request.failed_gates)

	def test_nobody_keeps_what_stands_on_his_other_record_nor_sheds_it(self):
		old, new = self.rehired()
		record = self.document(DISCIPLINE_RECORD, old, **SUBMITTED[DISCIPLINE_RECORD])
		old.reload()
		old.mkd_nip = None
		for doc, act in ((record, record.insert), (old, old.save)):
			doc.flags.ignore_permissions = True
			with acting_as(new.user_id):
				self.assertRaisesRegex(frappe.PermissionError, "Nobody decides about himself", act)

	def test_whoever_loses_a_record_with_its_nip_is_evaluated_again(self):
		old, new = self.rehired()
		self.noted()
		old.reload()
		old.mkd_nip = None
		old.save()
		self.assertLessEqual({("Employee", old.name), ("Employee", new.name)}, self.noted())

	def test_he_still_reports_on_the_days_of_the_record_that_ended(self):
		employee = self.person(mkd_nip=NIP)
		self.approve(employee, WEEK[:1])
		with at(WEEK[1], 8):
			user = self.transferred(employee, WEEK[1]).user_id
			with acting_as(user):
				report = frappe.get_doc(written(employee, WEEK[0])).insert().submit()
		self.assertEqual((user, report.docstatus, report.is_late), (employee.user_id, 1, 1))
		with at(WEEK[1], 9), acting_as(user):
			self.assertIn(report.name, frappe.get_list(report.doctype, pluck="name"))

	def standing(self, employee):
		return frappe.get_doc(ELIGIBILITY, {"employee": employee.name})

	def findings(self, employee):
		(decision,) = frappe.parse_json(self.standing(employee).findings)
		return {finding["gate"]: finding for finding in decision["findings"]}


class TestNIP(RecheckCase):
	def test_blanks_and_the_apostrophe_of_a_spreadsheet_are_no_part_of_it(self):
		for entered in ("'199001012015031066", " 19900101 201503 1 066\u00a0", "\u2019199001012015031066"):
			with self.subTest(entered):
				frappe.db.savepoint("one_way")
				self.assertEqual(make_employee(mkd_nip=entered).mkd_nip, NIP)
				self.assertRaises(frappe.UniqueValidationError, make_employee, mkd_nip=NIP)
				frappe.db.rollback(save_point="one_way")
		self.assertRaises(frappe.ValidationError, make_employee, mkd_nip="19900101-201503-1-066")
