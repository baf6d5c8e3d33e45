"""Attendance follows the MKD day (rule D6): real check-ins, auto attendance, leave, and every other way to a row."""

import json

import frappe

from hrms.hr.doctype.attendance.attendance import mark_attendance, mark_bulk_attendance
from hrms.hr.doctype.employee_attendance_tool.employee_attendance_tool import mark_employee_attendance

from mkd_hrms.services import no_shows
from mkd_hrms.services.attendance import AbsenceNotConfirmed
from mkd_hrms.services.states import MoveNotAllowed
from mkd_hrms.tests.day_case import AFTER_GRACE, BEFORE_GRACE, FRIDAY, SHIFT, THURSDAY, DayCase, at, moment
from mkd_hrms.tests.people import acting_as

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

	def test_an_attendance_request_to_work_from_home(self):
		employee = self.approved()
		attendance_request(employee, "Work From Home")
		self.ends_linked(employee)

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
		from mkd_hrms.services import day_ends

		employee = self.approved()
		self.report(employee)
		self.end()
		frappe.get_doc("Attendance", self.row(employee).name).cancel()
		self.assertFalse(self.day(employee).attendance)
		with at(FRIDAY, 23):
			day_ends.mend()
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


def insert_row(employee, status, on=THURSDAY, **values):
	return frappe.get_doc(
		{
			"doctype": "Attendance",
			"employee": employee.name,
			"attendance_date": on,
			"status": status,
			"company": employee.company,
			**values,
		}
	).insert()


def attendance_request(employee, reason, on=THURSDAY):
	doc = frappe.get_doc(
		{
			"doctype": "Attendance Request",
			"employee": employee.name,
			"company": employee.company,
			"from_date": on,
			"to_date": on,
			"reason": reason,
		}
	).insert()
	doc.submit()
	return doc


def leave_on(employee, on, **values):
	"""Approved leave without pay: it needs no allocation."""
	kind = "Cuti Tanpa Tunjangan"
	if not frappe.db.exists("Leave Type", kind):
		frappe.get_doc({"doctype": "Leave Type", "leave_type_name": kind, "is_lwp": 1}).insert()
	leave = {"employee": employee.name, "leave_type": kind, "from_date": on, "to_date": on, **values}
	doc = frappe.get_doc(
		{"doctype": "Leave Application", "company": employee.company, "status": "Approved", **leave}
	).insert()
	doc.submit()
	return doc
