"""One shift for a date (rule D7): the recall and the daily report look at the same one, whatever else is assigned."""

from datetime import timedelta

import frappe

from mkd_hrms.facts.attendance.shifts import Shift, read_shifts
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.policy.day.working_hours import hours_on
from mkd_hrms.services.booked_days import recall
from mkd_hrms.services.daily_reports.case import ReportCase
from mkd_hrms.services.daily_reports.content import target_of
from mkd_hrms.tests.booked_days.test_recall import RecallCase
from mkd_hrms.tests.support.day_case import SHIFT, THURSDAY, at

MORNING, AFTERNOON, NIGHT = ("06:00:00", "10:00:00"), ("13:00:00", "18:00:00"), ("22:00:00", "06:00:00")
LONG_AGO = THURSDAY - timedelta(days=60)


def hours(first, last):
	return Shift(timedelta(hours=first), timedelta(hours=last))


class TestTheShiftOfADate(RecallCase):
	def setUp(self):
		super().setUp()
		frappe.db.set_single_value("HR Settings", "allow_multiple_shift_assignments", 1)
		self.addCleanup(frappe.clear_document_cache, "HR Settings", "HR Settings")

	def assign(self, employee, times, since, until=None):
		kind = frappe.copy_doc(frappe.get_doc("Shift Type", SHIFT))
		kind.set("__newname", f"Jam {times[0]} {frappe.generate_hash(length=4)}")
		kind.update({"start_time": times[0], "end_time": times[1]})
		values = {"shift_type": kind.insert().name, "start_date": since, "end_date": until}
		doc = {"doctype": "Shift Assignment", "employee": employee.name, "company": employee.company}
		frappe.get_doc({**doc, **values}).submit()

	def shift(self, employee, on=THURSDAY):
		return read_shifts(SiteDatabase(), Scope(employees=(employee.name,)), on).get(employee.name)

	def test_of_two_assignments_the_one_that_began_last_is_the_shift(self):
		employee = self.approved()
		self.assign(employee, MORNING, LONG_AGO)
		self.assign(employee, AFTERNOON, THURSDAY)
		self.assertEqual(self.shift(employee), hours(13, 18))
		self.assertEqual(self.shift(employee, THURSDAY - timedelta(days=1)), hours(6, 10))

	def test_recall_and_daily_report_look_at_the_same_shift(self):
		"""The afternoon has five hours and begins at one; the morning has four, and would be over by then."""
		employee = self.approved()
		self.assign(employee, MORNING, LONG_AGO)
		self.assign(employee, AFTERNOON, THURSDAY)
		report = frappe.get_doc(doctype="MKD Daily Report", employee=employee.name, mkd_date=THURSDAY)
		case = ReportCase(report)
		pause = hours_on(case.policy, THURSDAY).break_minutes
		self.assertEqual(target_of(case), 5 * 60 - pause)
		with self.assertRaisesRegex(recall.TooLate, "possible until 26-11-2026 11:00"):
			self.take_back("recall", employee, when=(THURSDAY, 11, 1))
		self.take_back("recall", employee, when=(THURSDAY, 10, 59))
		self.assertEqual(self.state(employee)[0], "Released")

	def test_an_assignment_that_has_ended_or_was_not_submitted_is_none(self):
		employee = self.approved()
		self.assign(employee, MORNING, LONG_AGO, THURSDAY - timedelta(days=1))
		self.assertEqual(self.shift(employee), Shift(timedelta(hours=7, minutes=30), timedelta(hours=16)))
		self.assign(employee, AFTERNOON, THURSDAY, THURSDAY)
		self.assertEqual(self.shift(employee), hours(13, 18))
		frappe.db.set_value(
			"Shift Assignment", {"employee": employee.name, "start_date": THURSDAY}, "docstatus", 2
		)
		self.assertEqual(self.shift(employee).start, timedelta(hours=7, minutes=30))

	def test_without_any_shift_there_is_none_and_the_policy_says_when_the_day_begins(self):
		employee = self.approved()
		employee.db_set("default_shift", None)
		self.assertIsNone(self.shift(employee))
		with at(THURSDAY, 6):
			self.assertEqual(str(recall.last_moment(self.due(employee)))[-8:], "05:30:00")

	def test_a_night_shift_ends_on_the_next_day(self):
		employee = self.approved()
		self.assign(employee, NIGHT, THURSDAY)
		self.assertEqual((self.shift(employee), self.shift(employee).minutes), (hours(22, 6), 8 * 60))

	def due(self, employee):
		return recall.read_day(SiteDatabase(), self.day(employee).name)
