"""What stock Frappe HR does on an approved MKD day, line by line, and what it does with us (rule D6).

Each line is run by the platform's own auto attendance, check-ins and leave.
"""

from datetime import timedelta

import frappe

from hrms.hr.doctype.leave_application.leave_application import AttendanceAlreadyMarkedError

from mkd_hrms.services.day import no_shows
from mkd_hrms.tests.support.day_case import (
	AFTER_GRACE,
	BEFORE_GRACE,
	FRIDAY,
	SHIFT,
	THURSDAY,
	DayCase,
	at,
	insert_row,
	leave_on,
)
from mkd_hrms.tests.support.factories import act, applied, draft, officer
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.statements import is_looked_up, statements_of, without_our_events

WFH = "Work From Home"
EVENING = "Piket Sore"
TUESDAY = FRIDAY + timedelta(days=4)


class MatrixCase(DayCase):
	def runs(self, when=BEFORE_GRACE):
		with at(*when):
			self.auto_attendance()

	def ended(self, employee):
		self.end()
		return self.day(employee).status

	def skipped(self, employee):
		"""Which check-ins auto attendance has put aside for good."""
		return set(
			frappe.get_all("Employee Checkin", {"employee": employee.name}, pluck="skip_auto_attendance")
		)


class TestARowFromHomeAndCheckIns(MatrixCase):
	"""Stock: the row is kept, the check-ins are put aside for good, and the hours are lost."""

	def test_our_own_row_makes_way_and_the_hours_are_kept(self):
		employee = self.approved()
		self.report(employee)
		self.assertEqual(self.ended(employee), "Worked")
		own = self.row(employee)
		self.check_in(employee, first=(8, 0))
		self.runs((FRIDAY, 18))
		row = self.row(employee)
		self.assertNotEqual(row.name, own.name)
		self.assertEqual((row.status, row.shift, row.working_hours, row.late_entry), (WFH, SHIFT, 8, 1))
		self.assertEqual((self.day(employee).attendance, self.skipped(employee)), (row.name, {0}))

	def test_a_row_that_hr_wrote_by_hand_stands(self):
		employee = self.approved()
		insert_row(employee, WFH).submit()
		by_hand = self.row(employee)
		self.check_in(employee)
		self.runs()
		row = self.row(employee)
		self.assertEqual((row.name, row.mkd_day), (by_hand.name, self.day(employee).name))
		self.assertEqual((self.skipped(employee), self.ended(employee)), ({1}, "Worked"))


class TestARowOfAnotherShift(MatrixCase):
	"""Stock: a second row for the same date, Present or Absent."""

	def with_evening_row(self):
		make_evening_shift()
		employee = self.approved()
		insert_row(employee, "Present", shift=EVENING).submit()
		return employee

	def test_check_ins_make_a_second_row_and_both_are_from_home(self):
		employee = self.with_evening_row()
		self.check_in(employee)
		self.runs()
		rows = self.rows(employee)
		self.assertEqual({row.shift for row in rows}, {SHIFT, EVENING})
		day = self.day(employee)
		self.assertEqual([(row.status, row.mkd_day) for row in rows], [(WFH, day.name)] * 2)
		self.assertEqual(self.ended(employee), "Worked")
		with at(TUESDAY, 15), acting_as(officer()):
			frappe.get_doc("MKD Request", employee.request).cancel()
		self.assertEqual([(row.status, row.mkd_day) for row in self.rows(employee)], [("Present", None)] * 2)

	def test_without_check_ins_there_is_no_second_row_that_says_absent(self):
		employee = self.with_evening_row()
		self.runs()
		self.assertEqual(self.row(employee).shift, EVENING)
		self.assertEqual(self.ended(employee), "Worked")
		self.runs((FRIDAY, 18))
		self.assertEqual((self.row(employee).shift, self.row(employee).status), (EVENING, WFH))


class TestNoRow(MatrixCase):
	def test_check_ins_do_not_lose_that_he_worked_away(self):
		"""Stock: Present, and nothing says that it was not in the office."""
		away, office = self.approved(), self.person(default_shift=SHIFT)
		for employee in (away, office):
			self.check_in(employee)
		self.runs()
		self.assertEqual((self.row(away).status, self.row(office).status), (WFH, "Present"))
		self.assertEqual(self.row(away).working_hours, self.row(office).working_hours)

	def test_without_check_ins_nobody_is_absent_before_a_person_says_so(self):
		"""Stock: Absent at the next run, which would count against MKD itself."""
		away, office = self.approved(), self.person(default_shift=SHIFT)
		for when in (BEFORE_GRACE, AFTER_GRACE, (FRIDAY, 18)):
			self.runs(when)
			self.assertEqual((self.rows(away), self.row(office).status), ([], "Absent"))
		self.assertEqual(self.ended(away), "Approved")
		self.runs((FRIDAY, 20))
		self.assertEqual(self.rows(away), [])

	def test_a_day_that_nobody_approved_is_a_day_in_the_office(self):
		employee = self.person(default_shift=SHIFT)
		applied(employee, [THURSDAY])
		self.runs()
		row = self.row(employee)
		self.assertEqual((row.status, row.mkd_day), ("Absent", None))


class TestApprovedAfterwards(MatrixCase):
	"""Stock: nothing looks again at the row that stands there already."""

	def corrected(self, status):
		"""HR enters on Friday that Thursday was an MKD day; by then auto attendance has made its row."""
		employee = self.person(default_shift=SHIFT)
		if status == "Present":
			self.check_in(employee)
		self.runs()
		self.assertEqual(self.row(employee).status, status)
		hr = officer()
		with at(FRIDAY, 11):
			request = act(draft(employee, [THURSDAY], user=hr), "Apply", hr)
			act(request, "Approve", self.boss.user_id)
		employee.request = request.name
		return employee

	def ended_later(self, employee):
		"""Its report is owed on Monday, and taken until Tuesday."""
		self.end((FRIDAY, 12))
		self.assertEqual(self.day(employee).status, "Approved")
		self.end((TUESDAY, 10, 1))
		return self.day(employee).status

	def linked(self, employee, status):
		day, row = self.day(employee), self.row(employee)
		self.assertEqual((row.status, row.mkd_day, day.attendance), (status, day.name, row.name))

	def test_a_row_that_says_present_becomes_work_from_home(self):
		employee = self.corrected("Present")
		self.assertEqual(self.ended_later(employee), "Worked")
		self.linked(employee, WFH)

	def test_a_row_that_says_absent_waits_for_the_superior(self):
		employee = self.corrected("Absent")
		self.assertEqual(self.ended_later(employee), "Approved")
		day = self.day(employee)
		self.assertEqual((day.absence_proposed, self.row(employee).status), (1, "Absent"))
		with at(TUESDAY, 14), acting_as(self.boss.user_id):
			no_shows.confirm(day.name, True, "Tidak hadir")
		self.assertEqual(self.day(employee).status, "No Show")
		self.linked(employee, "Absent")

	def test_a_row_that_says_absent_becomes_work_from_home_by_the_report(self):
		employee = self.corrected("Absent")
		self.report(employee, user=officer(), at_time=(FRIDAY, 11, 30))
		self.assertEqual(self.ended_later(employee), "Worked")
		self.linked(employee, WFH)
		with at(FRIDAY, 15), acting_as(officer()):
			frappe.get_doc("MKD Request", employee.request).cancel()
		self.assertEqual(self.row(employee).status, "Absent")


class TestTooFewHours(MatrixCase):
	"""Stock: Half Day or Absent, on an MKD day as on any other."""

	def test_absent_by_hours_is_from_home_and_flagged(self):
		employee = self.approved()
		self.check_in(employee, last=(8, 30))
		self.runs()
		self.assertEqual((self.row(employee).status, self.row(employee).working_hours), (WFH, 1))
		self.report(employee)
		self.assertEqual((self.ended(employee), self.day(employee).short_hours), ("Worked", 1))
		self.assertEqual(self.row(employee).status, WFH)

	def test_absent_by_hours_and_excused_stays_from_home(self):
		employee = self.approved()
		self.check_in(employee, last=(8, 30))
		self.runs()
		self.end()
		with at(FRIDAY, 14), acting_as(self.boss.user_id):
			no_shows.confirm(self.day(employee).name, False, "Gangguan jaringan")
		self.assertEqual((self.row(employee).status, self.day(employee).status), (WFH, "Worked"))

	def test_half_a_day_by_hours_stays_half_a_day_and_flagged(self):
		employee = self.approved()
		self.check_in(employee, last=(10, 30))
		self.runs()
		self.assertEqual(self.ended(employee), "Worked")
		day, row = self.day(employee), self.row(employee)
		self.assertEqual((row.status, row.half_day_status, row.mkd_day), ("Half Day", "Absent", day.name))
		self.assertEqual((day.short_hours, day.report_missing, day.no_presence), (1, 1, 0))


class TestLeaveOverARow(MatrixCase):
	"""Stock: a row marked at approval blocks a later sick leave. Nothing is marked at approval."""

	def test_sick_leave_is_possible_until_the_day_was_worked(self):
		employee = self.approved()
		leave_on(employee, THURSDAY)
		self.assertEqual((self.row(employee).status, self.day(employee).status), ("On Leave", "Released"))
		self.check_in(employee)
		self.runs()
		self.assertEqual((self.row(employee).status, self.skipped(employee)), ("On Leave", {1}))
		worked = self.approved()
		self.report(worked)
		self.assertEqual(self.ended(worked), "Worked")
		with self.assertRaises(AttendanceAlreadyMarkedError):
			leave_on(worked, THURSDAY)


class TestWhatItCosts(MatrixCase):
	"""A row of somebody without MKD costs one look-up by index, and nothing else that we would ask."""

	def stored(self, employee, status):
		def work():
			row = insert_row(employee, status)
			row.submit()

		return statements_of(work)

	def test_whatever_the_row_says(self):
		for status in ("Present", "Absent"):
			with self.subTest(status):
				self.stored(self.person(default_shift=SHIFT), status)
				ours = self.stored(self.person(default_shift=SHIFT), status)
				with without_our_events():
					plain = self.stored(self.person(default_shift=SHIFT), status)
				asked = [statement for statement in ours if "tabMKD" in statement[0]]
				self.assertEqual(len(ours) - len(plain), 1)
				self.assertEqual(len(asked), 1, asked)
				self.assertTrue(is_looked_up(asked[0], "mkd_day_employee_date"))


def make_evening_shift():
	if frappe.db.exists("Shift Type", EVENING):
		return
	times = {"start_time": "18:00:00", "end_time": "21:00:00"}
	frappe.get_doc({"doctype": "Shift Type", "__newname": EVENING, **times}).insert(ignore_permissions=True)
