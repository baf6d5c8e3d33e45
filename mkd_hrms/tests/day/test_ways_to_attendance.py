"""Every way to an attendance row ends the same on an MKD day, is undone without loss, and is paid like the office."""

import json

import frappe

from hrms.hr.doctype.attendance.attendance import mark_attendance, mark_bulk_attendance
from hrms.hr.doctype.employee_attendance_tool.employee_attendance_tool import mark_employee_attendance

from mkd_hrms.overrides.attendance_request import OverlapsMKD
from mkd_hrms.services.attendance.writer import AbsenceNotConfirmed
from mkd_hrms.services.day import end_of_day, no_shows
from mkd_hrms.tests.support.day_case import (
	BEFORE_GRACE,
	FRIDAY,
	SHIFT,
	THURSDAY,
	DayCase,
	at,
	attendance_request,
	insert_row,
	leave_on,
)
from mkd_hrms.tests.support.people import acting_as

WFH = "Work From Home"


class TestEveryWayToARow(DayCase):
	"""By hand, in bulk, by import and by request: all end the same."""

	def ends_linked(self, employee):
		day, row = self.day(employee), self.row(employee)
		self.assertEqual((row.status, row.docstatus, row.mkd_day), (WFH, 1, day.name))
		self.assertEqual(day.attendance, row.name)

	def test_a_row_by_hand(self):
		employee = self.approved()
		insert_row(employee, "Present").submit()
		self.ends_linked(employee)

	def test_nobody_else_says_which_day_a_row_belongs_to(self):
		employee, other = self.approved(), self.person(default_shift=SHIFT)
		row = insert_row(other, "Present", mkd_day=self.day(employee).name, mkd_before='{"created": true}')
		row.submit()
		self.assertEqual((row.reload().mkd_day, row.mkd_before, row.status), (None, None, "Present"))

	def test_the_attendance_tool(self):
		employee = self.approved()
		mark_employee_attendance([employee.name], "Present", str(THURSDAY), shift=SHIFT)
		self.ends_linked(employee)

	def test_bulk_marking(self):
		employee = self.approved()
		mark_bulk_attendance(
			json.dumps({"employee": employee.name, "unmarked_days": [str(THURSDAY)], "status": "Present"})
		)
		self.ends_linked(employee)

	def test_an_absence_by_any_of_them_waits_for_the_superior(self):
		employee = self.approved()
		bulk = {"employee": employee.name, "unmarked_days": [str(THURSDAY)], "status": "Absent"}
		for way in (
			lambda: insert_row(employee, "Absent"),
			lambda: mark_employee_attendance([employee.name], "Absent", str(THURSDAY)),
			lambda: mark_bulk_attendance(bulk),
		):
			with self.assertRaisesRegex(AbsenceNotConfirmed, "only after the superior has confirmed it"):
				way()
		self.assertIsNone(mark_attendance(employee.name, THURSDAY, "Absent", SHIFT))
		self.assertEqual(self.rows(employee), [])

	def test_data_import(self):
		employee = self.approved()
		series = frappe.get_meta("Attendance").get_field("naming_series").options.split("\n")[0]
		content = (
			"Series,Employee,Status,Attendance Date,Company\n"
			f"{series},{employee.name},Present,{THURSDAY},{employee.company}\n"
		)
		file = frappe.get_doc(
			{"doctype": "File", "file_name": "kehadiran.csv", "content": content, "is_private": 1}
		).insert()
		doc = frappe.get_doc(
			{
				"doctype": "Data Import",
				"reference_doctype": "Attendance",
				"import_type": "Insert New Records",
				"submit_after_import": 1,
				"import_file": file.file_url,
			}
		).insert()
		doc.get_importer().import_data()
		log = frappe.get_all(
			"Data Import Log", {"data_import": doc.name}, ["success", "messages", "exception"]
		)
		self.assertEqual([entry.success for entry in log], [1], log)
		self.ends_linked(employee)

	def test_an_attendance_request_to_work_from_home_is_no_second_way(self):
		employee = self.approved()
		frappe.db.set_single_value("MKD Settings", "allow_wfh_attendance_request", 1)
		with self.assertRaisesRegex(OverlapsMKD, "MKD is already applied for"):
			attendance_request(employee, "Work From Home")
		self.assertEqual(self.rows(employee), [])

	def test_an_attendance_request_over_a_worked_day_changes_nothing(self):
		employee = self.approved()
		self.report(employee)
		self.end()
		request = attendance_request(employee, "On Duty")
		self.ends_linked(employee)
		request.cancel()
		self.ends_linked(employee)

	def test_official_duty_takes_the_place_of_the_day(self):
		employee = self.approved()
		attendance_request(employee, "On Duty")
		row = self.row(employee)
		self.assertEqual((row.status, row.mkd_day, self.day(employee).status), ("Present", None, "Released"))

	def test_official_duty_over_an_absence_by_hours_stays_what_it_is(self):
		employee = self.approved()
		self.check_in(employee, last=(8, 30))
		with at(*BEFORE_GRACE):
			self.auto_attendance()
		attendance_request(employee, "On Duty")
		row = self.row(employee)
		self.assertEqual((row.status, row.mkd_day, self.day(employee).status), ("Present", None, "Released"))

	def test_leave_for_a_confirmed_no_show_keeps_its_row(self):
		employee = self.approved()
		self.end()
		with at(FRIDAY, 14), acting_as(self.boss.user_id):
			no_shows.confirm(self.day(employee).name, True, "Tidak hadir")
		leave_on(employee, THURSDAY)
		row, day = self.row(employee), self.day(employee)
		self.assertEqual((row.status, row.docstatus, row.mkd_day), ("On Leave", 1, None))
		self.assertEqual((day.status, day.attendance), ("Released", None))

	def test_a_row_that_some_path_wrote_around_the_rules_is_turned_at_the_end(self):
		employee = self.approved()
		row = insert_row(employee, "Present")
		row.submit()
		row.db_set({"status": "Present", "mkd_day": None, "mkd_before": None})
		self.report(employee)
		self.end()
		self.ends_linked(employee)

	def test_nobody_without_an_mkd_day_notices_anything(self):
		employee = self.person(default_shift=SHIFT)
		row = insert_row(employee, "Present")
		row.submit()
		self.assertEqual((row.reload().status, row.mkd_day), ("Present", None))
		self.assertTrue(mark_attendance(employee.name, FRIDAY, "Absent", SHIFT))

	def test_a_row_of_somebody_without_mkd_costs_one_look_up(self):
		employee = self.person(default_shift=SHIFT)
		statements, run = [], frappe.db.sql

		def noted(query, *args, **kwargs):
			statements.append((str(query), args))
			return run(query, *args, **kwargs)

		frappe.db.sql = noted
		try:
			insert_row(employee, "Absent").submit()
		finally:
			del frappe.db.sql
		asked = [statement for statement in statements if "tabMKD" in statement[0]]
		self.assertEqual(len(asked), 1, asked)
		query, values = asked[0]
		plan = frappe.db.sql(f"explain {query}", *values, as_dict=True)
		self.assertIn("mkd_day_employee_date", plan[0]["possible_keys"])


class TestUndoing(DayCase):
	def cancel(self, employee):
		with at(FRIDAY, 15):
			frappe.get_doc("MKD Request", employee.request).cancel()
		self.assertEqual(self.day(employee).status, "Revoked")

	def test_a_row_that_was_turned_is_what_it_was(self):
		employee = self.approved()
		self.check_in(employee)
		with at(*BEFORE_GRACE):
			self.auto_attendance()
		row = self.row(employee)
		self.report(employee)
		self.end()
		self.cancel(employee)
		restored = self.row(employee)
		self.assertEqual((restored.name, restored.status, restored.mkd_day), (row.name, "Present", None))
		self.assertEqual((restored.working_hours, restored.mkd_before), (row.working_hours, None))
		self.assertFalse(self.day(employee).attendance)

	def test_an_absence_by_hours_and_half_a_leave_come_back_too(self):
		short, half = self.approved(), self.approved()
		self.check_in(short, last=(8, 30))
		leave_on(half, THURSDAY, half_day=1, half_day_date=THURSDAY)
		with at(*BEFORE_GRACE):
			self.auto_attendance()
		for employee in (short, half):
			self.report(employee)
		self.end()
		self.assertEqual((self.row(short).status, self.row(half).half_day_status), (WFH, "Present"))
		for employee in (short, half):
			self.cancel(employee)
		self.assertEqual((self.row(short).status, self.row(half).half_day_status), ("Absent", "Absent"))

	def test_our_own_row_is_cancelled_and_auto_attendance_may_look_again(self):
		employee = self.approved()
		self.report(employee)
		self.end()
		own = self.row(employee).name
		self.check_in(employee)
		frappe.db.set_value("Employee Checkin", {"employee": employee.name}, "skip_auto_attendance", 1)
		self.cancel(employee)
		self.assertEqual(frappe.db.get_value("Attendance", own, "docstatus"), 2)
		with at(FRIDAY, 18):
			self.auto_attendance()
		row = self.row(employee)
		self.assertEqual((row.status, row.mkd_day, row.working_hours), ("Present", None, 8.5))

	def test_a_confirmed_no_show_is_undone_and_becomes_an_ordinary_day(self):
		employee = self.approved()
		self.end()
		with at(FRIDAY, 14), acting_as(self.boss.user_id):
			no_shows.confirm(self.day(employee).name, True, "Tidak hadir")
		self.cancel(employee)
		self.assertEqual(self.rows(employee), [])
		with at(FRIDAY, 18):
			self.auto_attendance()
		self.assertEqual(self.row(employee).status, "Absent")

	def test_a_row_that_hr_cancels_is_not_named_any_more_and_mended_at_night(self):
		employee = self.approved()
		self.report(employee)
		self.end()
		frappe.get_doc("Attendance", self.row(employee).name).cancel()
		self.assertFalse(self.day(employee).attendance)
		with at(FRIDAY, 23):
			end_of_day.mend()
		self.assertEqual(self.day(employee).attendance, self.row(employee).name)


class TestPay(DayCase):
	def payment_days(self, employee):
		slip = frappe.new_doc("Salary Slip")
		slip.update({"employee": employee.name, "company": employee.company, "payroll_frequency": "Monthly"})
		slip.update({"start_date": "2026-11-01", "end_date": "2026-11-30"})
		slip.get_working_days_details()
		return slip.payment_days, slip.absent_days

	def test_a_month_with_mkd_is_paid_like_a_month_in_the_office(self):
		frappe.db.set_single_value("Payroll Settings", "payroll_based_on", "Attendance")
		away, office = self.approved(), self.person(default_shift=SHIFT)
		self.report(away)
		self.check_in(office)
		with at(*BEFORE_GRACE):
			self.auto_attendance()
		self.end()
		self.assertEqual((self.row(away).status, self.row(office).status), (WFH, "Present"))
		self.assertEqual(self.payment_days(away), self.payment_days(office))
		idle = self.approved()
		self.end()
		unconfirmed = self.payment_days(idle)
		with at(FRIDAY, 14), acting_as(self.boss.user_id):
			no_shows.confirm(self.day(idle).name, True, "Tidak hadir")
		self.assertEqual(self.payment_days(idle), (unconfirmed[0] - 1, 1))
		frappe.db.set_single_value("Payroll Settings", "payroll_based_on", "Leave")
