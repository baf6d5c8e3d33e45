"""A day by circular is a day like any other: report, absence, recall, suspension, audit; and nobody takes it back himself."""

import frappe

from mkd_hrms.api import give_back_day, withdraw_days
from mkd_hrms.audit.asking import violations
from mkd_hrms.constants import COLLECTIVE_DAY, DAY, SUSPENSION
from mkd_hrms.services.booked_days import recall, withdrawal
from mkd_hrms.services.day import end_of_day
from mkd_hrms.services.day.came_to_office import NotGivenBack
from mkd_hrms.services.privacy import personal_data_file
from mkd_hrms.services.workflow.states import MoveNotAllowed
from mkd_hrms.tests.support.circulars import CircularCase
from mkd_hrms.tests.support.day_case import FRIDAY, SHIFT, at, clear_away, leave_on, make_shift, written
from mkd_hrms.tests.support.office import AT_OFFICE, checkin_from, close_office, open_office
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.world import COMPANY

# The day after the frozen Wednesday.
THURSDAY = "2026-11-26"


class TestItsLife(CircularCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		make_shift()
		frappe.db.commit()
		cls.addClassCleanup(clear_away)

	def given(self, **values):
		employee = self.member(default_shift=SHIFT, with_user=True)
		dates = [{"mkd_date": THURSDAY}, {"mkd_date": str(FRIDAY)}]
		employee.circular = self.circular(dates_by="Dates", dates=dates, **values)
		return employee

	def day(self, employee, on=THURSDAY):
		return frappe.get_doc(
			DAY, {"employee": employee.name, "mkd_date": on, "source_doctype": COLLECTIVE_DAY}
		)

	def suspend(self, employee, **values):
		dates = {"from_date": "2026-11-25", "to_date": "2026-12-31"}
		doc = frappe.get_doc({"doctype": SUSPENSION, "employee": employee.name, **dates, "ground": "Laporan"})
		with acting_as(self.officer):
			doc.insert().submit()
		frappe.db.commit()
		frappe.db.rollback()
		return doc

	def test_with_a_report_it_is_worked_and_without_anything_the_superior_is_asked(self):
		worker, idle = self.given(), self.given()
		with at(FRIDAY.replace(day=26), 20), acting_as(worker.user_id):
			frappe.get_doc(written(worker)).insert().submit()
		with at(FRIDAY, 10, 1):
			end_of_day.end_days(COMPANY)
			self.assertEqual(self.day(worker).status, "Worked")
			row = frappe.get_all(
				"Attendance",
				{"employee": worker.name, "attendance_date": THURSDAY, "docstatus": 1},
				pluck="status",
			)
			self.assertEqual(row, ["Work From Home"])
			day = self.day(idle)
			self.assertEqual((day.status, day.absence_proposed), ("Approved", 1))
			self.assertEqual(violations([worker.name, idle.name]), {})

	def test_the_superior_calls_back_and_the_next_run_does_not_send_anew(self):
		employee = self.given()
		with acting_as(self.boss.user_id):
			recall.recall([self.day(employee).name], "Rapat paripurna")
		frappe.db.commit()
		self.run_job(employee.circular)
		states = [status for _day, status in self.dates(employee, employee.circular)]
		self.assertEqual(states, ["Released", "Approved"])
		self.assertIn("Taken Back: 1", employee.circular.stays)
		notice = frappe.get_last_doc("Notification Log", {"for_user": employee.user_id, "document_type": DAY})
		self.assertIn("called back to the office on 26-11-2026", notice.subject)
		self.assertEqual(violations([employee.name]), {})

	def test_the_employee_does_not_give_it_back_neither_by_name_nor_at_the_office(self):
		employee, stranger = self.given(), self.member(with_user=True)
		with acting_as(employee.user_id), self.assertRaisesRegex(MoveNotAllowed, "by circular"):
			withdraw_days(employee.circular.name, [THURSDAY])
		with acting_as(stranger.user_id), self.assertRaises(frappe.PermissionError):
			withdraw_days(employee.circular.name, [THURSDAY])
		open_office()
		self.addCleanup(close_office)
		with at(FRIDAY.replace(day=26), 8):
			checkin = checkin_from(employee, AT_OFFICE)
			with acting_as(employee.user_id), self.assertRaisesRegex(NotGivenBack, "by circular"):
				give_back_day(checkin.name)
		self.assertEqual(self.day(employee).status, "Approved")

	def test_leave_that_is_cancelled_when_the_day_has_begun_opens_it_again(self):
		employee = self.given()
		leave = leave_on(employee, THURSDAY)
		self.assertEqual(self.day(employee).status, "Released")
		with at(FRIDAY, 8):
			frappe.get_doc(leave.doctype, leave.name).cancel()
			day = self.day(employee)
			self.assertEqual((day.status, str(day.reopened_on)), ("Approved", str(FRIDAY)))
			told = frappe.get_all("Notification Log", {"document_name": day.name}, pluck="for_user")
		self.assertEqual(
			{*told} & {employee.user_id, self.boss.user_id}, {employee.user_id, self.boss.user_id}
		)

	def test_a_suspension_suspends_it_and_its_end_opens_it_again(self):
		employee = self.given()
		self.suspend(employee)
		self.assertEqual(
			[status for _day, status in self.dates(employee, employee.circular)], ["Suspended", "Suspended"]
		)
		self.assertIn("Suspension", self.day(employee).closing_gates())
		self.assertEqual(violations([employee.name]), {})
		with at(FRIDAY.replace(day=26), 8):
			withdrawal.end_suspended()
			self.assertEqual(self.day(employee).status, "Released")
			self.assertEqual(self.day(employee, str(FRIDAY)).status, "Suspended")

	def test_a_circular_that_sends_everybody_sends_who_is_suspended(self):
		employee = self.given(excluded_stay=0)
		self.suspend(employee)
		self.assertEqual(
			[status for _day, status in self.dates(employee, employee.circular)], ["Approved", "Approved"]
		)
		self.assertEqual(violations([employee.name]), {})

	def test_the_file_of_somebody_holds_where_circulars_name_him(self):
		employee = self.member()
		doc = self.circular(run=False, exempt_people=[{"employee": employee.name}])
		rows = personal_data_file.collect([employee.name])["MKD Collective Person"]
		self.assertEqual([row["parent"] for row in rows], [doc.name])
