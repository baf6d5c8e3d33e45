"""What an outage may have caused does not count in the conditions of MKD (rule D11): marked, undone, and for whom."""

from datetime import date

import frappe

from mkd_hrms.constants import OUTAGE
from mkd_hrms.facts.attendance.calendars import read_calendars
from mkd_hrms.facts.attendance.outages import read_outages_of_posts
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.gather import gather
from mkd_hrms.facts.people import read_people
from mkd_hrms.policy import packs
from mkd_hrms.policy.facts import AsOf
from mkd_hrms.tests.support.day_case import moment
from mkd_hrms.tests.support.factories import applied, officer, working_days_before
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.recheck_case import RecheckCase
from mkd_hrms.tests.support.verification_case import mark_outage
from mkd_hrms.tests.support.world import (
	COMPANY,
	OFFICE,
	SERVICE,
	SERVICE_BACK_OFFICE,
	TODAY,
	other_company,
	unit,
)

# Yesterday and the days before, newest first.
BEFORE = working_days_before(TODAY, 8)
MORNING, AFTERNOON, EVENING = (7, 9), (14, 17), (17, 20)


class OutageCase(RecheckCase):
	def tearDown(self):
		super().tearDown()
		frappe.db.delete(OUTAGE)
		frappe.db.commit()

	def outage(self, day, hours=MORNING, **values):
		return mark_outage(*(moment(day, hour) for hour in hours), **values)

	def undo(self, outage):
		with acting_as(officer()):
			outage.reload().cancel()

	def marked(self, days, **values):
		"""Somebody whose attendance of these days is marked."""
		employee = self.person()
		rows = {"employee": employee.name, "attendance_date": ("in", days)}
		frappe.db.set_value("Attendance", rows, values)
		frappe.db.commit()
		return employee

	def attendance(self, employee):
		"""What the conditions look at."""
		scope, policy = Scope(employees=(employee.name,)), packs.load("jabar-2023")
		people = read_people(SiteDatabase(), scope)
		calendars = read_calendars(SiteDatabase(), people.values(), date(2025, 11, 1), WEEK[0])
		when = AsOf(on=WEEK[0], today=TODAY, attendance_from=None)
		facts = gather(SiteDatabase(), scope, people, calendars, policy, when, until=WEEK[0])
		return facts[employee.name].attendance

	def absences(self, *employees):
		return [self.attendance(employee).absences for employee in employees]

	def late_days(self, *employees):
		return [self.attendance(employee).late_days for employee in employees]

	def without_record(self, *employees):
		return [self.attendance(employee).without_record for employee in employees]


class TestWhatIsNotCounted(OutageCase):
	def test_of_three_absences_one_in_an_outage_leaves_two_and_he_may_apply(self):
		absent = BEFORE[:3]
		denied = applied(self.person(absent_on=absent), WEEK[:1])
		self.assertEqual((denied.status, denied.failed_gates), ("Denied", "Absence"))
		outage = self.outage(absent[1])
		request = applied(self.person(absent_on=absent), WEEK[:1])
		self.assertEqual((request.status, request.failed_gates), ("Pending Approval", None))
		self.undo(outage)
		self.assertEqual(applied(self.person(absent_on=absent), WEEK[:1]).status, "Denied")

	def test_only_where_it_touched_the_working_hours(self):
		employee = self.marked(BEFORE[:1], status="Absent")
		self.outage(BEFORE[0], EVENING)
		self.assertEqual(self.absences(employee), [1])
		self.outage(BEFORE[0], AFTERNOON)
		self.assertEqual(self.absences(employee), [0])

	def test_half_an_absence_is_excused_too(self):
		employee = self.marked(BEFORE[:1], status="Half Day", half_day_status="Absent")
		self.assertEqual(self.absences(employee), [0.5])
		self.outage(BEFORE[0])
		self.assertEqual(self.absences(employee), [0])

	def test_a_morning_excuses_a_late_entry_and_an_afternoon_an_early_exit(self):
		late, early = self.marked(BEFORE[:6], late_entry=1), self.marked(BEFORE[:6], early_exit=1)
		both = self.marked(BEFORE[:6], late_entry=1, early_exit=1)
		self.outage(BEFORE[0], MORNING)
		self.outage(BEFORE[1], AFTERNOON)
		self.assertEqual(self.late_days(late, early, both), [5, 5, 6])
		self.outage(BEFORE[0], AFTERNOON)
		self.assertEqual(self.late_days(late, early, both), [5, 4, 5])

	def test_a_day_that_nobody_recorded_is_not_missing(self):
		employee, nobody = self.person(), self.person()
		gone = {"employee": employee.name, "attendance_date": ("in", BEFORE[:4])}
		frappe.db.delete("Attendance", gone)
		frappe.db.delete("Attendance", {"employee": nobody.name})
		(four, everything) = self.without_record(employee, nobody)
		self.outage(BEFORE[0])
		self.outage(BEFORE[1], EVENING)
		# A Saturday
		self.outage(date(2026, 11, 21))
		self.assertEqual(four, 4)
		self.assertEqual(self.without_record(employee, nobody), [3, everything - 1])


class TestWhom(OutageCase):
	def test_everybody_a_company_or_a_unit_with_what_is_below_it(self):
		office = self.marked(BEFORE[:4], status="Absent")
		below = self.marked(BEFORE[:4], status="Absent")
		frappe.db.set_value("Employee", below.name, "department", unit(SERVICE_BACK_OFFICE))
		whom = (
			{},
			{"scope": "Company", "company": COMPANY},
			{"scope": "Company", "company": other_company()},
			{"scope": "Department", "department": unit(SERVICE)},
		)
		for day, values in zip(BEFORE, whom, strict=False):
			self.outage(day, **values)
		self.assertEqual(self.absences(office, below), [2, 1])

	def test_one_query_that_without_an_outage_finds_nothing(self):
		scope = Scope(company=COMPANY)
		with self.assertQueryCount(1):
			found = read_outages_of_posts(SiteDatabase(), scope, BEFORE[3], BEFORE[0])
		self.assertEqual(found, {})
		self.person()
		self.outage(BEFORE[4])
		self.outage(TODAY)
		named = self.outage(BEFORE[3], scope="Department", department=unit(OFFICE)).name
		with self.assertQueryCount(1):
			found = read_outages_of_posts(SiteDatabase(), scope, BEFORE[3], BEFORE[0])
		self.assertEqual(
			{post: [each.record for each in outages] for post, outages in found.items()},
			{(COMPANY, unit(OFFICE)): [named]},
		)


class TestWhatFollows(OutageCase):
	def test_days_that_were_suspended_for_it_are_approved_again_and_suspended_when_it_is_undone(self):
		employee = self.approved(WEEK[:2])
		rows = {"employee": employee.name, "attendance_date": ("in", BEFORE[:3])}
		frappe.db.delete("Attendance", rows)
		for day in BEFORE[:3]:
			self.absent(employee, day)
		self.settle()
		self.assertEqual(self.states(employee), ["Suspended", "Suspended"])
		outage = self.outage(BEFORE[0], scope="Department", department=unit(OFFICE))
		self.settle()
		# With two absences a good result still earns one day a week (rule Q8).
		self.assertEqual(self.states(employee), ["Approved", "Suspended"])
		self.undo(outage)
		self.settle()
		self.assertEqual(self.states(employee), ["Suspended", "Suspended"])

	def absent(self, employee, day):
		row = {"attendance_date": day, "status": "Absent", "company": COMPANY}
		self.document("Attendance", employee, **row).insert().submit()
