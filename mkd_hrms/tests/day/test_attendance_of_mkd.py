"""How an MKD day ends (rule D6): each combination of report and presence, with real check-ins and real leave."""

import frappe

from mkd_hrms.services.day import no_shows
from mkd_hrms.services.workflow.states import MoveNotAllowed
from mkd_hrms.tests.support.day_case import (
	AFTER_GRACE,
	BEFORE_GRACE,
	FRIDAY,
	SHIFT,
	THURSDAY,
	DayCase,
	at,
	leave_on,
	moment,
)
from mkd_hrms.tests.support.people import acting_as

WFH = "Work From Home"


class TestReportAndPresence(DayCase):
	def test_check_ins_and_report_make_a_worked_day_with_shift_hours_and_flags(self):
		employee = self.approved()
		self.check_in(employee, first=(8, 0))
		with at(*BEFORE_GRACE):
			self.auto_attendance()
		row = self.row(employee)
		self.assertEqual((row.status, row.docstatus, row.shift, row.working_hours), (WFH, 1, SHIFT, 8))
		self.assertEqual((row.late_entry, row.in_time), (1, moment(THURSDAY, 8)))
		report = self.report(employee)
		self.end()
		day = self.day(employee)
		self.assertEqual((day.status, day.attendance, day.daily_report), ("Worked", row.name, report.name))
		self.assertEqual((day.no_presence, day.report_missing, day.short_hours), (0, 0, 0))
		self.assertEqual(self.row(employee).mkd_day, day.name)
		checkins = frappe.get_all("Employee Checkin", {"employee": employee.name}, pluck="attendance")
		self.assertEqual(checkins, [row.name, row.name])

	def test_a_report_alone_makes_a_worked_day_flagged_for_the_superior_and_a_row(self):
		employee = self.approved()
		self.report(employee)
		self.end(BEFORE_GRACE)
		self.assertEqual((self.day(employee).status, self.rows(employee)), ("Approved", []))
		self.end()
		day, row = self.day(employee), self.row(employee)
		self.assertEqual((day.status, day.no_presence, day.report_missing), ("Worked", 1, 0))
		self.assertEqual((row.status, row.docstatus, row.mkd_day), (WFH, 1, day.name))
		self.assertEqual((day.attendance, row.shift, row.company), (row.name, None, employee.company))

	def test_presence_alone_is_no_absence_but_the_report_is_missing(self):
		employee = self.approved()
		with at(THURSDAY, 19), acting_as(employee.user_id):
			draft = frappe.get_doc(
				{
					"doctype": "MKD Daily Report",
					"employee": employee.name,
					"mkd_date": THURSDAY,
					"activities": [{"activity": "A", "output": "B", "minutes": 5}],
				}
			).insert()
		self.check_in(employee)
		with at(*BEFORE_GRACE):
			self.auto_attendance()
		self.end()
		day = self.day(employee)
		self.assertEqual((day.status, day.no_presence, day.report_missing), ("Worked", 0, 1))
		self.assertEqual(self.row(employee).status, WFH)
		self.assertEqual(draft.reload().status, "Missing")

	def test_neither_is_no_absence_until_the_superior_says_so(self):
		employee = self.approved()
		for when in (BEFORE_GRACE, AFTER_GRACE):
			with at(*when):
				self.auto_attendance()
			self.assertEqual(self.rows(employee), [])
		self.end()
		day = self.day(employee)
		self.assertEqual((day.status, day.absence_proposed, day.report_missing), ("Approved", 1, 1))
		self.assertEqual(
			frappe.get_all("ToDo", {"reference_name": day.name, "status": "Open"}, pluck="allocated_to"),
			[self.boss.user_id],
		)
		with at(FRIDAY, 14), acting_as(self.boss.user_id):
			self.assertEqual(no_shows.confirm(day.name, True, "Tidak dapat dihubungi"), "No Show")
		day, row = self.day(employee), self.row(employee)
		self.assertEqual(
			(day.status, day.absence_proposed, day.confirmed_by), ("No Show", 0, self.boss.user_id)
		)
		self.assertEqual(
			(row.status, row.docstatus, row.mkd_day, day.attendance), ("Absent", 1, day.name, row.name)
		)
		self.assertFalse(frappe.db.exists("ToDo", {"reference_name": day.name, "status": "Open"}))

	def test_the_superior_is_asked_in_his_language_in_his_notices_and_his_tasks(self):
		frappe.db.set_value("User", self.boss.user_id, "language", "id")
		self.addCleanup(frappe.db.set_value, "User", self.boss.user_id, "language", None)
		day = self.day(self.approved()).name
		self.end()
		asked = {"for_user": self.boss.user_id, "document_type": "MKD Day", "document_name": day}
		(notice,) = frappe.get_all("Notification Log", asked, ["subject", "email_content"])
		self.assertIn("tidak menyerahkan laporan", notice.subject)
		self.assertIn(f"/app/mkd-day/{day}", notice.email_content)
		(task,) = frappe.get_all("ToDo", {"reference_name": day}, pluck="description")
		self.assertEqual(frappe.utils.strip_html(task), frappe.utils.strip_html(notice.subject))

	def test_an_excused_absence_was_worked(self):
		employee = self.approved()
		self.end()
		day = self.day(employee)
		with at(FRIDAY, 14), acting_as(self.boss.user_id):
			no_shows.confirm(day.name, False, "Listrik padam; hasil diserahkan langsung")
		day = self.day(employee)
		self.assertEqual((day.status, day.no_presence, day.report_missing), ("Worked", 1, 1))
		self.assertEqual((self.row(employee).status, day.confirmation_reason[:7]), (WFH, "Listrik"))

	def test_leave_takes_the_place_of_the_day(self):
		employee = self.approved()
		leave_on(employee, THURSDAY)
		with at(*AFTER_GRACE):
			self.auto_attendance()
		self.end()
		day = self.day(employee)
		self.assertEqual((day.status, day.person, self.row(employee).status), ("Released", None, "On Leave"))
		self.assertFalse(self.row(employee).mkd_day)

	def test_with_half_a_day_of_leave_the_other_half_counts_as_worked(self):
		employee = self.approved()
		leave_on(employee, THURSDAY, half_day=1, half_day_date=THURSDAY)
		self.report(employee)
		with at(*BEFORE_GRACE):
			self.auto_attendance()
		self.assertEqual(self.row(employee).half_day_status, "Absent")
		self.end()
		row = self.row(employee)
		self.assertEqual(
			(row.status, row.half_day_status, self.day(employee).status), ("Half Day", "Present", "Worked")
		)

	def test_too_few_hours_are_no_absence_before_the_superior_says_so(self):
		employee = self.approved()
		self.check_in(employee, last=(8, 30))
		with at(*BEFORE_GRACE):
			self.auto_attendance()
		row = self.row(employee)
		self.assertEqual((row.status, row.working_hours), (WFH, 1))
		self.end()
		day = self.day(employee)
		self.assertEqual((day.status, day.absence_proposed, day.short_hours), ("Approved", 1, 1))
		with at(FRIDAY, 14), acting_as(self.boss.user_id):
			no_shows.confirm(day.name, True, "Satu jam saja")
		self.assertEqual((self.row(employee).status, self.day(employee).status), ("Absent", "No Show"))

	def test_half_a_day_by_hours_stays_half_a_day_and_is_flagged(self):
		employee = self.approved()
		self.check_in(employee, last=(10, 30))
		with at(*BEFORE_GRACE):
			self.auto_attendance()
		self.report(employee)
		self.end()
		day, row = self.day(employee), self.row(employee)
		self.assertEqual(
			(day.status, day.short_hours, row.status, row.mkd_day), ("Worked", 1, "Half Day", day.name)
		)

	def test_a_run_that_is_repeated_changes_nothing(self):
		employee, idle = self.approved(), self.approved()
		self.report(employee)
		self.end()
		before = [self.day(person).as_dict() for person in (employee, idle)]
		rows = self.rows(employee)
		self.end((FRIDAY, 10, 16))
		self.assertEqual([self.day(person).as_dict() for person in (employee, idle)], before)
		self.assertEqual(self.rows(employee), rows)
		self.assertEqual(frappe.db.count("ToDo", {"reference_name": before[1].name}), 1)

	def test_one_day_that_cannot_end_does_not_keep_the_others_waiting(self):
		broken, employee = self.approved(), self.approved()
		for person in (broken, employee):
			self.report(person)
		frappe.db.set_value("Employee", broken.name, "status", "Inactive")
		self.end()
		self.assertEqual((self.day(broken).status, self.day(employee).status), ("Approved", "Worked"))
		self.assertEqual(self.rows(broken), [])
		frappe.db.set_value("Employee", broken.name, "status", "Active")
		self.end()
		self.assertEqual((self.day(broken).status, self.row(broken).status), ("Worked", WFH))

	def test_check_ins_that_arrive_late_replace_the_row_made_without_them(self):
		employee = self.approved()
		self.report(employee)
		self.end()
		first = self.row(employee)
		self.check_in(employee)
		with at(FRIDAY, 18):
			self.auto_attendance()
		row, day = self.row(employee), self.day(employee)
		self.assertNotEqual(row.name, first.name)
		self.assertEqual((row.status, row.working_hours, row.mkd_day), (WFH, 8.5, day.name))
		self.assertEqual((day.attendance, day.no_presence), (row.name, 0))


class TestWhoConfirms(DayCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		case = cls()
		cls.employee = case.approved()
		case.end()

	def refused(self, user, error=frappe.PermissionError, day=None, reason="Alasan"):
		with at(FRIDAY, 14), acting_as(user), self.assertRaises(error):
			no_shows.confirm((day or self.day(self.employee)).name, True, reason)
		self.assertEqual(self.day(self.employee).status, "Approved")

	def test_neither_the_employee_nor_a_colleague_decides(self):
		colleague = self.person()
		for user in (self.employee.user_id, colleague.user_id):
			self.refused(user)

	def test_an_employee_of_hr_does_not_decide_about_himself(self):
		frappe.get_doc("User", self.employee.user_id).add_roles("HR Manager")
		self.refused(self.employee.user_id)

	def test_a_reason_is_needed(self):
		self.refused(self.boss.user_id, frappe.MandatoryError, reason=" ")

	def test_nothing_is_decided_where_nothing_was_proposed(self):
		with at(FRIDAY, 14):
			other = self.approved([frappe.utils.getdate("2026-12-02")])
		day = self.day(other, frappe.utils.getdate("2026-12-02"))
		self.refused(self.boss.user_id, MoveNotAllowed, day)
