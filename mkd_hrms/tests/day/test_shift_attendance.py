"""The report MKD Shift Attendance against a Thursday on which everything is known."""

from collections import Counter

import frappe

from hrms.hr.report.shift_attendance import shift_attendance as original

from mkd_hrms.api import confirm_no_show
from mkd_hrms.mkd_hrms.report.mkd_shift_attendance import mkd_shift_attendance
from mkd_hrms.mkd_hrms.report.mkd_shift_attendance.mkd_shift_attendance import execute
from mkd_hrms.tests.support.day_case import FRIDAY, SHIFT, THURSDAY, DayCase, insert_row, leave_on
from mkd_hrms.tests.support.people import UNLIMITED, acting_as, make_user
from mkd_hrms.tests.support.world import COMPANY, SERVICE_BACK_OFFICE, unit

WEEKEND = frappe._dict(company=COMPANY, from_date=str(THURSDAY), to_date=str(FRIDAY))


class ReportCase(DayCase):
	"""Seven people on one Thursday: three in the office (one of them absent), four with an MKD day."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		frappe.db.delete("Attendance", {"attendance_date": (">=", THURSDAY)})
		make = cls()
		cls.office = make.person(default_shift=SHIFT, **UNLIMITED)
		cls.late_office = make.person(default_shift=SHIFT)
		cls.absent = make.person(default_shift=SHIFT, department=unit(SERVICE_BACK_OFFICE))
		cls.away, cls.late, cls.by_report, cls.no_show = (make.approved() for _number in range(4))
		cls.on_leave = make.person(default_shift=SHIFT)
		make.check_in(cls.office)
		make.check_in(cls.late_office, first=(8, 0))
		make.check_in(cls.away)
		make.check_in(cls.late, first=(8, 30))
		leave = leave_on(cls.on_leave, THURSDAY)
		frappe.db.set_value("Attendance", {"leave_application": leave.name}, "shift", SHIFT)
		make.report(cls.away)
		make.report(cls.by_report)
		make.auto_attendance()
		make.end()
		with acting_as(cls.boss.user_id):
			confirm_no_show(make.day(cls.no_show).name, 1, "Tidak ada kabar")
		frappe.db.commit()

	def rows(self, user=None, **filters):
		"""By employee, what the report shows of the Thursday, with rows without check-ins."""
		asked = {"include_attendance_without_checkins": 1, "consider_grace_period": 1, **filters}
		with acting_as(user or "Administrator"):
			self.answer = execute({**WEEKEND, **asked})
		return {row.employee: row for row in self.answer[1]}

	def numbers(self, **filters):
		self.rows(**filters)
		return {figure["label"]: figure["value"] for figure in self.answer[4]}


class TestNumbers(ReportCase):
	def test_working_away_is_presence(self):
		self.assertEqual(
			self.numbers(),
			{
				"Present Records": 5,
				"Of These Work From Home": 3,
				"Half Day Records": 0,
				"Leave Records": 1,
				"Absent Records": 2,
				"Late Entries": 2,
				"Early Exits": 0,
				"MKD Days": 4,
				"Reports Missing": 2,
			},
		)

	def test_frappe_hr_counts_the_same_days_as_absences(self):
		"""Why this report exists: two people worked away, one was on leave, and only one was absent."""
		filters = frappe._dict(WEEKEND, include_attendance_without_checkins=1, consider_grace_period=1)
		data = original.get_data(filters)
		figures = {entry["label"]: entry["value"] for entry in original.get_report_summary(data)}
		self.assertEqual((figures["Present Records"], figures["Absent Records"]), (2, 4))
		self.assertEqual(Counter(row.status for row in data)["Work From Home"], 2)

	def test_without_rows_without_check_ins_only_those_of_a_shift_are_left(self):
		numbers = self.numbers(include_attendance_without_checkins=0)
		self.assertEqual((numbers["Present Records"], numbers["Absent Records"]), (4, 0))

	def test_each_row_says_what_became_of_the_day_and_of_its_report(self):
		rows = self.rows()
		seen = {
			name: (rows[entry.name].status, rows[entry.name].mkd_status, rows[entry.name].report_shown)
			for name, entry in (
				("office", self.office),
				("away", self.away),
				("late", self.late),
				("by_report", self.by_report),
				("no_show", self.no_show),
			)
		}
		self.assertEqual(
			seen,
			{
				"office": ("Present", None, None),
				"away": ("Work From Home", "Worked", "Submitted"),
				"late": ("Work From Home", "Worked", "Missing"),
				"by_report": ("Work From Home", "Worked", "Submitted"),
				"no_show": ("Absent", "No Show", "Missing"),
			},
		)

	def test_shift_and_hours_are_those_of_frappe_hr(self):
		row = self.rows()[self.late.name]
		self.assertEqual((row.shift, row.working_hours, row.late_entry), (SHIFT, 7.5, 1))
		# Fifteen minutes of grace after half past seven.
		self.assertEqual(row.late_entry_hrs, "45m")
		self.assertIsNone(self.rows()[self.by_report.name].shift)


class TestFilters(ReportCase):
	def names(self, *people):
		return {entry.name for entry in people}

	def test_mkd_days_only(self):
		self.assertEqual(
			set(self.rows(mkd_only=1)), self.names(self.away, self.late, self.by_report, self.no_show)
		)

	def test_one_employee_one_shift_one_unit(self):
		self.assertEqual(set(self.rows(employee=self.by_report.name)), self.names(self.by_report))
		self.assertEqual(set(self.rows(department=unit(SERVICE_BACK_OFFICE))), self.names(self.absent))
		of_shift = (self.office, self.late_office, self.away, self.late, self.absent, self.on_leave)
		self.assertEqual(set(self.rows(shift=SHIFT)), self.names(*of_shift))

	def test_late_only(self):
		self.assertEqual(set(self.rows(late_entry=1)), self.names(self.late_office, self.late))

	def test_a_period_without_rows_is_empty(self):
		self.assertEqual(self.rows(from_date="2026-12-24", to_date="2026-12-31"), {})
		self.assertIsNone(self.answer[4])

	def test_more_rows_than_a_page_shows_are_not_read(self):
		"""What narrows the rows narrows their number, and so does what the reader may see."""
		before = mkd_shift_attendance.SHOWN
		self.addCleanup(setattr, mkd_shift_attendance, "SHOWN", before)
		mkd_shift_attendance.SHOWN = 3
		with self.assertRaisesRegex(
			frappe.ValidationError, "More than 3 attendance records .* shorter period"
		):
			self.rows()
		self.assertEqual(set(self.rows(employee=self.late.name)), self.names(self.late))
		self.assertEqual(set(self.rows(user=self.late.user_id)), self.names(self.late))

	def test_of_many_people_the_days_are_found_by_the_period(self):
		before = mkd_shift_attendance.NAMED
		self.addCleanup(setattr, mkd_shift_attendance, "NAMED", before)
		rows = self.rows()
		mkd_shift_attendance.NAMED = 1
		self.assertEqual(self.rows(), rows)

	def test_an_unknown_filter_changes_nothing(self):
		self.assertEqual(len(self.rows(nonsense="1")), 8)

	def test_before_the_grace_time_a_report_is_due_and_not_missing(self):
		frappe.db.set_value("MKD Day", self.day(self.late).name, "report_missing", 0)
		row = self.rows()[self.late.name]
		self.assertEqual(row.report_state, "Due")


class TestWhoReads(ReportCase):
	def test_an_hr_user_reads_everything(self):
		rows = self.rows(user=make_user("HR User"))
		self.assertEqual(len(rows), 8)
		self.assertEqual(rows[self.late.name].report_state, "Missing")

	def test_user_permissions_narrow_it_like_the_original(self):
		user = make_user("HR User")
		permission = {"doctype": "User Permission", "user": user, "allow": "Employee"}
		for employee in (self.by_report, self.office):
			frappe.get_doc({**permission, "for_value": employee.name}).insert(ignore_permissions=True)
		rows = self.rows(user=user)
		self.assertEqual(set(rows), {self.by_report.name, self.office.name})
		# Of few people each is asked about by name, of more all together.
		self.addCleanup(setattr, mkd_shift_attendance, "FEW", mkd_shift_attendance.FEW)
		mkd_shift_attendance.FEW = 1
		self.assertEqual(self.rows(user=user), rows)

	def test_a_colleague_sees_who_worked_away_but_nothing_of_the_report(self):
		"""Peers see where somebody is; what became of his report is for him, his superior and HR (rule P3)."""
		row = self.rows(user=self.office.user_id)[self.late.name]
		self.assertEqual((row.status, row.mkd_day, row.report_state), ("Work From Home", None, None))

	def test_the_superior_sees_the_reports_of_his_people(self):
		row = self.rows(user=self.boss.user_id)[self.late.name]
		self.assertEqual((row.mkd_status, row.report_state), ("Worked", "Missing"))

	def test_the_number_of_queries_does_not_grow_with_the_people(self):
		self.rows()
		with self.assertQueryCount(7):
			self.rows()
		for _number in range(5):
			insert_row(self.person(default_shift=SHIFT), "Present", shift=SHIFT).submit()
		# An Employee that is saved makes Frappe forget what it knows of every DocType.
		self.rows()
		with self.assertQueryCount(7):
			self.assertEqual(len(self.rows()), 13)
