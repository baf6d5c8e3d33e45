"""What an MKD day had given way to is cancelled when the day is over: it is open again, and a person decides (W10, D6)."""

from datetime import date

import frappe
from frappe.utils import strip_html

from mkd_hrms.constants import DAY, REQUEST
from mkd_hrms.services.day import no_shows
from mkd_hrms.services.ledger import transitions
from mkd_hrms.tests.booked_days.test_superseding import purpose
from mkd_hrms.tests.support.day_case import (
	FRIDAY,
	SHIFT,
	THURSDAY,
	DayCase,
	at,
	attendance_request,
	leave_on,
)
from mkd_hrms.tests.support.factories import applied
from mkd_hrms.tests.support.people import acting_as

# The leave is cancelled on Friday, after the grace time of Thursday's report; the new one ends on the next working day.
CANCELLED, MONDAY = (FRIDAY, 11), date(2026, 11, 30)
NEW_GRACE = (MONDAY, 10, 1)


class CancelledCase(DayCase):
	def away(self, take=leave_on, days=(THURSDAY,), **values):
		"""An employee whose approved day has given way to something that was approved on Friday morning."""
		employee = self.approved(days, **values)
		with at(FRIDAY, 8):
			document = take(employee, THURSDAY)
		self.assertEqual(self.day(employee).status, "Released")
		return employee, document

	def cancel(self, document, when=CANCELLED):
		with at(*when):
			frappe.get_doc(document.doctype, document.name).cancel()

	def last_notice(self, employee, user):
		about = {"for_user": user, "document_type": REQUEST, "document_name": employee.request}
		found = frappe.get_all("Notification Log", about, "email_content", order_by="creation desc", limit=1)
		return strip_html(found[0].email_content)


class TestLeave(CancelledCase):
	def test_the_day_is_open_again_in_its_week_and_both_are_told_until_when(self):
		employee, leave = self.away()
		self.cancel(leave)
		day = self.day(employee)
		self.assertEqual((day.status, day.person, day.slot), ("Approved", employee.name, 1))
		self.assertEqual((day.reopened_on, day.superseded_by, day.release_reason), (FRIDAY, None, None))
		self.assertEqual(frappe.db.get_value(REQUEST, employee.request, "status"), "Approved")
		for user in (employee.user_id, self.boss.user_id):
			self.assertIn(f"{leave.name} was cancelled", self.last_notice(employee, user))
			self.assertIn("30-11-2026 10:00", self.last_notice(employee, user))

	def test_nobody_is_marked_absent_before_the_superior_has_confirmed_it(self):
		employee, leave = self.away()
		self.cancel(leave)
		with at(FRIDAY, 12):
			self.auto_attendance()
		self.assertEqual(self.rows(employee), [])
		self.end((MONDAY, 9, 59))
		self.assertFalse(self.day(employee).absence_proposed)
		self.end(NEW_GRACE)
		day = self.day(employee)
		self.assertEqual((day.status, day.absence_proposed), ("Approved", 1))
		asked = {"reference_name": day.name, "allocated_to": self.boss.user_id, "status": "Open"}
		self.assertTrue(frappe.db.exists("ToDo", asked))
		with at(*NEW_GRACE), acting_as(self.boss.user_id):
			no_shows.confirm(day.name, True, "Tidak bekerja")
		self.assertEqual(self.row(employee).status, "Absent")

	def test_the_report_is_taken_in_time_until_the_new_grace_ends(self):
		employee, leave = self.away()
		self.cancel(leave)
		report = self.report(employee, at_time=(FRIDAY, 20))
		self.assertEqual((report.docstatus, report.is_late), (1, 0))
		self.end(NEW_GRACE)
		self.assertEqual(self.day(employee).status, "Worked")
		self.assertEqual(self.row(employee).status, "Work From Home")

	def test_a_report_that_was_handed_in_before_does_not_hang(self):
		employee = self.approved()
		self.report(employee)
		with at(FRIDAY, 8):
			leave = leave_on(employee, THURSDAY)
		self.cancel(leave)
		self.end(NEW_GRACE)
		self.assertEqual(self.day(employee).status, "Worked")

	def test_a_day_that_was_suspended_or_only_applied_for_was_one_in_the_office(self):
		suspended = self.approved()
		transitions.suspend([self.day(suspended)], FRIDAY, None)
		with at(FRIDAY, 8):
			leaves = [leave_on(suspended, THURSDAY)]
		waiting = self.person(default_shift=SHIFT)
		applied(waiting, [THURSDAY])
		with at(FRIDAY, 8):
			leaves.append(leave_on(waiting, THURSDAY))
		for employee, leave in zip((suspended, waiting), leaves, strict=True):
			self.cancel(leave)
			self.assertEqual(self.day(employee).status, "Released")

	def test_where_the_week_is_full_by_now_the_day_stays_one_in_the_office_and_that_is_said(self):
		employee, leave = self.away(days=[THURSDAY, FRIDAY])
		# Since then no more than one day of that week can be used, and Friday is.
		frappe.db.set_value(DAY, self.day(employee).name, "limit_at_booking", 1)
		self.cancel(leave)
		self.assertEqual(self.day(employee).status, "Released")
		for user in (employee.user_id, self.boss.user_id):
			self.assertIn("no place left", self.last_notice(employee, user))

	def test_on_the_day_itself_it_is_open_again_once_the_day_has_begun_and_asked_about_before(self):
		for when, status in (((THURSDAY, 7), "Released"), ((THURSDAY, 9), "Approved")):
			employee = self.approved()
			leave = leave_on(employee, THURSDAY)
			self.cancel(leave, when)
			self.assertEqual(self.day(employee).status, status)
			asked = {"reference_name": employee.request, "status": "Open", "reference_type": REQUEST}
			users = set(frappe.get_all("ToDo", asked, pluck="allocated_to"))
			both = {employee.user_id, self.boss.user_id}
			self.assertEqual(users, both if status == "Released" else set())
		for user in both:
			self.assertIn("27-11-2026 10:00", self.last_notice(employee, user))
		self.assertEqual(self.report(employee).is_late, 0)
		self.end()
		self.assertEqual(self.day(employee).status, "Worked")

	def test_other_leave_of_the_same_day_keeps_it(self):
		employee, leave = self.away()
		with at(FRIDAY, 9):
			trip_of(employee, THURSDAY)
		self.cancel(leave)
		self.assertEqual(self.day(employee).status, "Released")


class TestSiblings(CancelledCase):
	def test_a_trip_training_or_duty_that_is_cancelled_afterwards_opens_the_day_as_well(self):
		for take in (trip_of, training_of, duty_of):
			with self.subTest(take.__name__):
				employee, document = self.away(take)
				self.cancel(document)
				self.assertEqual(self.day(employee).status, "Approved")
				self.report(employee, at_time=(FRIDAY, 20))
				self.end(NEW_GRACE)
				self.assertEqual(self.day(employee).status, "Worked")


def duty_of(employee, on):
	return attendance_request(employee, "On Duty", on)


def trip_of(employee, on):
	legs = [{"departure_date": f"{on} 06:00:00", "arrival_date": f"{on} 20:00:00"}]
	values = {"travel_type": "Domestic", "purpose_of_travel": purpose(), "itinerary": legs}
	doc = frappe.get_doc({"doctype": "Travel Request", "employee": employee.name, **values})
	return doc.insert(ignore_permissions=True).submit()


def training_of(employee, on):
	values = {
		"event_name": frappe.generate_hash(length=8),
		"event_status": "Scheduled",
		"type": "Workshop",
		"location": "Bandung",
		"introduction": "Bimbingan teknis",
		"company": employee.company,
		"start_time": f"{on} 08:00:00",
		"end_time": f"{on} 16:00:00",
		"employees": [{"employee": employee.name}],
	}
	doc = frappe.get_doc({"doctype": "Training Event", **values})
	return doc.insert(ignore_permissions=True).submit()
