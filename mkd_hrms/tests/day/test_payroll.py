"""A month of MKD is paid like a month in the office, whatever payroll is based on; a confirmed absence like one there.

December 2026 has 22 working days. From Monday to Thursday two of the four people work away, which makes 18 MKD days.
"""

from datetime import date, timedelta

import frappe

from mkd_hrms.api import confirm_no_show
from mkd_hrms.services.day import end_of_day
from mkd_hrms.tests.support.day_case import SHIFT, DayCase, at, moment
from mkd_hrms.tests.support.payroll_world import (
	A_DAY,
	FIRST,
	LAST,
	WORKING_DAYS,
	assign,
	make_structure,
	slip_of,
)
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.world import COMPANY, HOLIDAY

DAYS = [FIRST + timedelta(days=number) for number in range(LAST.day)]
WORKED = [day for day in DAYS if day.isoweekday() < 6 and day != HOLIDAY]
AWAY = [day for day in WORKED if day.isoweekday() < 5]
ABSENT, BY_REPORT = date(2026, 12, 8), date(2026, 12, 9)
NEXT_YEAR = date(2027, 1, 5)
SETTINGS = "Payroll Settings"


class TestPaymentDays(DayCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		make = cls()
		cls.away, cls.no_show = make.approved(AWAY), make.approved(AWAY)
		cls.office, cls.absent = make.person(default_shift=SHIFT), make.person(default_shift=SHIFT)
		make.live_through_the_month()
		make_structure()
		for employee in (cls.away, cls.no_show, cls.office, cls.absent):
			assign(employee)
		frappe.db.commit()

	def live_through_the_month(self):
		"""Everybody checks in, but for one absence of two people, and a day of one that only his report tells of."""
		left_out = {self.away.name: BY_REPORT, self.no_show.name: ABSENT, self.absent.name: ABSENT}
		for employee in (self.away, self.no_show, self.office, self.absent):
			for day in WORKED:
				if day != left_out.get(employee.name):
					self.check_in(employee, on=day)
		self.report(self.away, on=BY_REPORT)
		frappe.db.set_value("Shift Type", SHIFT, "last_sync_of_checkin", moment(NEXT_YEAR, 0))
		frappe.get_doc("Shift Type", SHIFT).process_auto_attendance()
		with at(NEXT_YEAR, 10, 1):
			end_of_day.end_days(COMPANY)
			with acting_as(self.boss.user_id):
				confirm_no_show(self.day(self.no_show, ABSENT).name, 1, "Tidak ada kabar")

	def paid(self, employee, based_on, unmarked):
		"""Payment days and pay of the month."""
		self.addCleanup(frappe.clear_document_cache, SETTINGS, SETTINGS)
		for name, value in (("payroll_based_on", based_on), ("consider_unmarked_attendance_as", unmarked)):
			frappe.db.set_single_value(SETTINGS, name, value)
		frappe.clear_document_cache(SETTINGS, SETTINGS)
		slip = slip_of(employee)
		self.assertEqual(slip.total_working_days, WORKING_DAYS)
		return slip.payment_days, slip.gross_pay, slip.absent_days or 0

	def assert_paid(self, employee, based_on, unmarked, days):
		absent = WORKING_DAYS - days
		self.assertEqual(self.paid(employee, based_on, unmarked), (days, days * A_DAY, absent))

	def test_the_month_was_lived_as_it_says(self):
		statuses = {
			employee.name: sorted(
				frappe.get_all(
					"Attendance",
					{
						"employee": employee.name,
						"attendance_date": ("between", [FIRST, LAST]),
						"docstatus": 1,
					},
					pluck="status",
				)
			)
			for employee in (self.away, self.no_show, self.office, self.absent)
		}
		present, away = ["Present"], ["Work From Home"]
		self.assertEqual(len(AWAY), 18)
		self.assertEqual(statuses[self.away.name], present * 4 + away * 18)
		self.assertEqual(statuses[self.no_show.name], ["Absent"] + present * 4 + away * 17)
		self.assertEqual(statuses[self.office.name], present * 22)
		self.assertEqual(statuses[self.absent.name], ["Absent"] + present * 21)

	def test_by_attendance_a_month_of_mkd_is_paid_in_full(self):
		for unmarked in ("Present", "Absent"):
			for employee in (self.away, self.office):
				with self.subTest(unmarked, employee=employee.name):
					self.assert_paid(employee, "Attendance", unmarked, 22)
					frappe.db.rollback()

	def test_by_attendance_a_confirmed_absence_costs_a_day_as_in_the_office(self):
		for unmarked in ("Present", "Absent"):
			for employee in (self.no_show, self.absent):
				with self.subTest(unmarked, employee=employee.name):
					self.assert_paid(employee, "Attendance", unmarked, 21)
					frappe.db.rollback()

	def test_by_leave_nobody_loses_a_day_without_leave(self):
		"""Frappe HR then looks at leave alone, and so an absence costs nothing, here or there."""
		for unmarked in ("Present", "Absent"):
			for employee in (self.away, self.no_show, self.office, self.absent):
				with self.subTest(unmarked, employee=employee.name):
					self.assert_paid(employee, "Leave", unmarked, 22)
					frappe.db.rollback()

	def test_before_it_is_confirmed_an_absence_costs_nothing_unless_unmarked_days_do(self):
		"""Nothing stands in the attendance then, as on an office day that nobody has marked."""
		row = self.row(self.no_show, ABSENT)
		frappe.db.delete("Attendance", {"name": row.name})
		self.assert_paid(self.no_show, "Attendance", "Present", 22)
		frappe.db.delete("Salary Slip", {"employee": self.no_show.name})
		self.assert_paid(self.no_show, "Attendance", "Absent", 21)
