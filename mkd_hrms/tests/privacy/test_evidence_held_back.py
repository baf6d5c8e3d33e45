"""Evidence about which somebody still has to decide outlives the retention period, and has it again after that (rule P4)."""

import frappe
from frappe.utils import getdate

from mkd_hrms.constants import DAILY_REPORT, DAY, OBJECTION, REQUEST, WARNING
from mkd_hrms.services.privacy import retention
from mkd_hrms.tests.privacy.test_retention import RetentionCase
from mkd_hrms.tests.support.conduct_case import ObjectionCase, filed, move
from mkd_hrms.tests.support.day_case import AFTER_GRACE, FRIDAY, THURSDAY, at

# Twelve months after the Thursday, after a verification in March, and after a decision in April.
OVER = (getdate("2027-11-27"), 1)
MARCH, A_YEAR_LATER, AND_A_DAY = getdate("2027-03-10"), (getdate("2028-03-10"), 1), (getdate("2028-03-11"), 1)


class TestReportsThatWait(RetentionCase):
	def test_what_nobody_has_verified_stays_and_then_has_its_months(self):
		report = self.report(self.worker)
		frappe.db.commit()
		name, path = self.attach(DAILY_REPORT, report.name, "a")
		for when in (OVER, A_YEAR_LATER):
			self.assertEqual(self.forget(when).files, 0)
		self.decide(report, "Verify Report", self.boss.user_id, (MARCH, 9))
		self.assertEqual(self.forget(A_YEAR_LATER).files, 0)
		self.assertTrue(path.exists())
		self.assertEqual(self.forget(AND_A_DAY).files, 1)
		self.assertFalse(frappe.db.exists("File", name) or path.exists())

	def test_what_was_returned_waits_too(self):
		report = self.report(self.worker)
		frappe.db.commit()
		self.attach(DAILY_REPORT, report.name, "a")
		self.decide(report, "Return Report", self.boss.user_id, note="Sebutkan keluarannya")
		self.assertEqual(self.forget().files, 0)

	def test_his_wish_does_not_take_what_a_decision_waits_for(self):
		report = self.report(self.worker)
		self.attach(DAILY_REPORT, report.name, "a")
		with at(FRIDAY, 12):
			(run,) = retention.forget_person([self.worker.name])
		self.assertEqual(frappe.db.get_value("MKD Retention Run", run, ["files", "checkins"]), (0, 1))


class TestDaysWithAnObjection(ObjectionCase):
	def setUp(self):
		super().setUp()
		self.addCleanup(self.clear)

	def clear(self):
		frappe.db.rollback()
		frappe.db.delete("MKD Retention Run")
		frappe.db.delete("File", {"file_name": ("like", "bukti%"), "attached_to_doctype": ("like", "MKD %")})
		frappe.db.commit()

	def attach(self, doctype, name):
		file = {"file_name": f"bukti-{name}.txt", "content": name, "is_private": 1}
		file |= {"attached_to_doctype": doctype, "attached_to_name": name}
		frappe.get_doc({"doctype": "File", **file}).insert(ignore_permissions=True)

	def kept(self, when):
		"""The records of which evidence is left after a night."""
		frappe.db.commit()
		with at(*when):
			retention.forget()
		return sorted(frappe.get_all("File", {"file_name": ("like", "bukti-%")}, pluck="attached_to_name"))

	def held_back(self, employee, against):
		"""Evidence at the request and the report of the day, and at the objection: it goes a year after the decision."""
		report = frappe.db.get_value(DAILY_REPORT, {"employee": employee.name, "mkd_date": THURSDAY})
		with at(*AFTER_GRACE):
			found = filed(against, employee)
		files = [(REQUEST, employee.request), (OBJECTION, found.name)]
		files += [(DAILY_REPORT, report)] if report else []
		for doctype, name in files:
			self.attach(doctype, name)
		names = sorted(name for _doctype, name in files)
		self.assertEqual(self.kept(OVER), names)
		with at(MARCH, 9):
			move(found, "Dismiss Objection", self.manager, decision_reason="Tidak ada bukti")
		self.assertEqual(self.kept(A_YEAR_LATER), names)
		self.assertEqual(self.kept(AND_A_DAY), [])

	def test_an_objection_to_a_no_show_holds_the_evidence_of_its_day(self):
		employee = self.no_show()
		self.held_back(employee, self.day(employee))

	def test_an_objection_to_a_measure_holds_the_evidence_of_the_days_that_it_answers(self):
		employee = self.without_report()
		warning = self.measure(WARNING, employee)
		self.assertEqual((warning.reference_doctype, warning.reference_name), (DAY, self.day(employee).name))
		self.held_back(employee, warning)

	def test_other_days_of_his_are_not_held(self):
		employee = self.without_report()
		other = self.without_report()
		with at(*AFTER_GRACE):
			filed(self.measure(WARNING, employee), employee)
		for worker in (employee, other):
			self.attach(REQUEST, worker.request)
		self.assertEqual(self.kept(OVER), [employee.request])
