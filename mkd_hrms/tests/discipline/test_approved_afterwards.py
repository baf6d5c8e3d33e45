"""Days that were approved only after they were over: nothing follows from a report that nobody could hand in (D4, D8)."""

from datetime import date

import frappe
from frappe.model.workflow import apply_workflow

from mkd_hrms.constants import DAILY_REPORT, OUTAGE, REQUEST, SUSPENSION, WARNING
from mkd_hrms.services.daily_reports.handing_in import ReportNotPossible
from mkd_hrms.tests.support.conduct_case import ConductCase, filed, move
from mkd_hrms.tests.support.day_case import FRIDAY, SHIFT, at, moment, written
from mkd_hrms.tests.support.factories import act, asked, working_days_before
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.verification_case import mark_outage

# Two working days before the frozen Wednesday, on which the employee was present; HR enters them on Friday.
BEFORE = [date(2026, 11, 23), date(2026, 11, 24)]
ENTERED, APPROVED_AT, LATER = (FRIDAY, 9), (FRIDAY, 10), (FRIDAY, 12)
ABSENT = working_days_before(BEFORE[0], 3)
# The working day after the approval, the end of its grace time, and what comes after that.
MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)
IN_GRACE, AFTER_GRACE = (TUESDAY, 10), (TUESDAY, 10, 1)


class TestEnteredByHR(ConductCase):
	def entered(self, days=BEFORE, **values):
		"""Somebody for whom HR enters days that are over, and applies."""
		employee = self.person(default_shift=SHIFT, **values)
		with at(*ENTERED), acting_as(self.officer):
			request = frappe.get_doc(asked(employee, days)).insert()
			request = apply_workflow(request.as_json(), "Apply")
		return employee, request

	def approve(self, request, when=APPROVED_AT):
		with at(*when):
			act(request, "Approve", self.boss.user_id)

	def all_ended(self, when):
		self.end(when)
		self.climb(when)

	def assert_spared(self, employee, when):
		"""Up to a moment nothing is missing, and nothing follows."""
		self.all_ended(when)
		self.assertEqual([self.day(employee, on).status for on in BEFORE], ["Approved"] * 2)
		self.assertFalse(self.measures(WARNING, employee) + self.measures(SUSPENSION, employee))

	def test_the_reports_are_owed_on_the_working_day_after_the_approval(self):
		employee, request = self.entered()
		self.approve(request)
		self.assert_spared(employee, LATER)
		self.assert_spared(employee, IN_GRACE)
		report = self.report(employee, on=BEFORE[0], at_time=(MONDAY, 20))
		self.assertEqual((report.status, report.is_late), ("Submitted", 0))
		# One of them never comes: that could have been helped, and is a first one.
		self.all_ended(AFTER_GRACE)
		self.assertEqual([self.day(employee, on).report_missing for on in BEFORE], [0, 1])
		self.assertEqual(self.measure(WARNING, employee).reference_name, self.day(employee, BEFORE[1]).name)
		self.assertFalse(self.measures(SUSPENSION, employee))
		with self.assertRaisesRegex(ReportNotPossible, "01-12-2026 10:00"):
			self.hand_in(employee, BEFORE[1], AFTER_GRACE)

	def hand_in(self, employee, on, when):
		"""The employee fills in what the clock made or gave back, and hands it in."""
		with at(*when), acting_as(employee.user_id):
			report = frappe.get_doc(DAILY_REPORT, {"employee": employee.name, "mkd_date": on})
			report.update({"activities": written(employee, on)["activities"]})
			report.save()
			report.submit()
		return report

	def test_they_are_late_from_the_evening_of_that_day_on(self):
		employee, request = self.entered()
		self.approve(request)
		self.assertEqual(self.report(employee, on=BEFORE[0], at_time=IN_GRACE).is_late, 1)

	def test_so_are_they_where_the_superior_decides_a_week_later(self):
		employee, request = self.entered()
		self.approve(request, (date(2026, 12, 4), 16))
		self.assert_spared(employee, (date(2026, 12, 8), 10))

	def test_so_are_they_of_days_that_an_upheld_objection_brought_back(self):
		employee, request = self.entered(absent_on=ABSENT, days=BEFORE[:1])
		request = frappe.get_doc(REQUEST, request.name)
		self.assertEqual((request.status, request.failed_gates), ("Denied", "Absence"))
		with at(FRIDAY, 11):
			objection = filed(request, employee)
		with at(MONDAY, 9):
			move(objection, "Uphold", self.manager, decision_reason="Bukti kehadiran ditemukan")
		self.approve(request, (MONDAY, 10))
		self.all_ended((MONDAY, 12))
		self.all_ended((date(2026, 12, 2), 10))
		day = self.day(employee, BEFORE[0])
		self.assertEqual((day.status, day.report_missing, day.absence_proposed), ("Approved", 0, 0))
		self.all_ended((date(2026, 12, 2), 10, 1))
		self.assertEqual(self.day(employee, BEFORE[0]).report_missing, 1)

	def test_an_outage_in_which_that_time_ends_extends_it(self):
		employee, request = self.entered()
		self.approve(request)
		self.all_ended(AFTER_GRACE)
		self.assertEqual([self.day(employee, on).report_missing for on in BEFORE], [1, 1])
		self.addCleanup(forget_outages)
		with at(TUESDAY, 13):
			mark_outage(moment(TUESDAY, 9), moment(TUESDAY, 12))
		# Taken back with what had followed, and open for the three hours from the moment in which it was recorded.
		self.all_ended((TUESDAY, 15, 59))
		self.assertEqual([self.day(employee, on).report_missing for on in BEFORE], [0, 0])
		self.assertEqual({entry.status for entry in self.measures(WARNING, employee)}, {"Annulled"})
		self.assertEqual(self.hand_in(employee, BEFORE[0], (TUESDAY, 15, 59)).status, "Submitted")


def forget_outages():
	frappe.db.delete(OUTAGE)
	frappe.db.commit()
