"""The holiday list of a shift comes first, as in Frappe HR (rule T3): on the site and in its export."""

from datetime import date, timedelta

import frappe

from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.people import read_people
from mkd_hrms.policy.quota import WeekUse
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.services.requests.asked_dates import InvalidDays
from mkd_hrms.tests.policies.test_policies import PolicyCase
from mkd_hrms.tests.support.exported import Files
from mkd_hrms.tests.support.factories import applied, draft
from mkd_hrms.tests.support.frozen import MONDAY, WEEK
from mkd_hrms.tests.support.shifts import assign, make_shift_type, off_on
from mkd_hrms.tests.support.world import COMPANY, TODAY

SATURDAY = WEEK[4] + timedelta(days=1)
A_YEAR_AGO = date(TODAY.year - 1, TODAY.month, 1)


class TestTheListOfAShift(PolicyCase):
	def setUp(self):
		super().setUp()
		self.shift = make_shift_type(off_on(1, 7))

	def on_saturdays(self, **values):
		"""Somebody who works from Tuesday to Saturday, and was present on all these days."""
		employee = self.person(**values)
		rows = frappe.get_all(
			"Attendance", {"employee": employee.name}, ["name", "attendance_date"], order_by="attendance_date"
		)
		for row in rows:
			if row.attendance_date.isoweekday() == 1:
				saturday = row.attendance_date + timedelta(days=5)
				moved = {"attendance_date": saturday} if saturday < TODAY else {"docstatus": 2}
				frappe.db.set_value("Attendance", row.name, moved)
		return employee

	def asked_alike(self, employee, request, expected):
		"""What the site has taken, the files take as well, with the same week."""
		files = Files([employee], policy_on(COMPANY, MONDAY), SATURDAY)
		answer = files.answer(request)
		self.assertEqual((answer.messages, answer.weeks), ((), (expected,)))
		self.assertEqual(answer.outcome.value, "Eligible")

	def test_a_saturday_of_the_shift_is_worked_and_its_monday_is_off(self):
		employee = self.on_saturdays(default_shift=self.shift)
		self.assertRaises(InvalidDays, draft, employee, [MONDAY])
		request = applied(employee, [SATURDAY])
		# Neither are the Mondays missing in the records, nor are the Saturdays more than five working days.
		self.assertEqual(request.status, "Pending Approval")
		request.db_set({"status": "Draft"})
		frappe.db.delete("MKD Day", {"source_name": request.name})
		self.asked_alike(employee, request, WeekUse("2026-W50", 4, 0, 1))

	def test_so_is_that_of_an_assigned_shift_of_which_the_last_that_began_counts(self):
		employee = self.on_saturdays()
		assign(employee, self.shift, A_YEAR_AGO - timedelta(days=60))
		self.assertEqual(applied(employee, [SATURDAY]).status, "Pending Approval")
		# From this week on he is on a shift that has no list: his own counts again.
		frappe.db.set_single_value("HR Settings", "allow_multiple_shift_assignments", 1)
		self.addCleanup(frappe.clear_document_cache, "HR Settings", "HR Settings")
		assign(employee, make_shift_type(None, "17:00:00", "21:00:00"), MONDAY, SATURDAY)
		self.assertRaises(InvalidDays, draft, employee, [SATURDAY])
		self.assertEqual(draft(employee, [MONDAY]).status, "Draft")
		after = SATURDAY + timedelta(days=7)
		self.assertEqual(draft(employee, [after]).status, "Draft")

	def test_people_of_other_shifts_keep_their_list(self):
		employee = self.person(default_shift=make_shift_type(None))
		self.assertRaises(InvalidDays, draft, employee, [SATURDAY])
		self.assertEqual(draft(employee, [MONDAY]).status, "Draft")

	def test_as_many_queries_for_many_people_as_for_one_and_one_where_no_shift_has_a_list(self):
		people = [self.person(default_shift=self.shift).name for _each in range(3)]
		for names in (people[:1], people):
			with self.assertQueryCount(2):
				found = read_people(SiteDatabase(), Scope(employees=tuple(names)))
			self.assertEqual(len(found), len(names))
		frappe.db.set_value("Shift Type", {"holiday_list": ("is", "set")}, "holiday_list", None)
		with self.assertQueryCount(1):
			read_people(SiteDatabase(), Scope(employees=tuple(people)))
