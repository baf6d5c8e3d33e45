"""Report, presence, and whatever else a day may hold besides (rule D6): leave, duty, holidays, stray check-ins.

What report and presence say alone stands in test_attendance_of_mkd.
"""

import frappe

from mkd_hrms.services.day import end_of_day
from mkd_hrms.tests.support.day_case import (
	BEFORE_GRACE,
	FRIDAY,
	THURSDAY,
	DayCase,
	at,
	insert_row,
	leave_on,
	moment,
)
from mkd_hrms.tests.support.world import holiday_list

WFH = "Work From Home"


class EndCase(DayCase):
	def runs(self, when=BEFORE_GRACE):
		with at(*when):
			self.auto_attendance()

	def ends(self, employee, status, no_presence=0, report_missing=0, short_hours=0):
		self.end()
		day = self.day(employee)
		self.assertEqual(
			(day.status, day.no_presence, day.report_missing, day.short_hours),
			(status, no_presence, report_missing, short_hours),
		)
		return day

	def half_leave(self):
		employee = self.approved()
		leave_on(employee, THURSDAY, half_day=1, half_day_date=THURSDAY)
		return employee

	def half_worked(self, employee):
		row, day = self.row(employee), self.day(employee)
		self.assertEqual(
			(row.status, row.half_day_status, row.modify_half_day_status), ("Half Day", "Present", 0)
		)
		self.assertEqual((row.mkd_day, day.attendance), (day.name, row.name))


class TestHalfADayOfLeave(EndCase):
	"""The other half is the MKD day: it is never proposed as an absence."""

	def test_with_presence_and_report(self):
		employee = self.half_leave()
		self.check_in(employee, first=(11, 30))
		self.runs()
		self.report(employee)
		self.ends(employee, "Worked")
		self.half_worked(employee)
		self.assertEqual(self.row(employee).working_hours, 4.5)

	def test_with_presence_alone(self):
		employee = self.half_leave()
		self.check_in(employee, first=(11, 30))
		self.runs()
		self.ends(employee, "Worked", report_missing=1)
		self.half_worked(employee)

	def test_with_a_report_alone(self):
		employee = self.half_leave()
		self.runs()
		self.report(employee)
		self.ends(employee, "Worked", no_presence=1)
		self.half_worked(employee)

	def test_with_neither(self):
		employee = self.half_leave()
		self.runs()
		day = self.ends(employee, "Worked", no_presence=1, report_missing=1)
		self.assertEqual(day.absence_proposed, 0)
		self.half_worked(employee)


class TestAWholeDayAway(EndCase):
	"""Whatever else is known, leave, duty and holidays take the place of the day."""

	def released(self, employee, status):
		day = self.day(employee)
		self.assertEqual((day.status, day.person, day.attendance), ("Released", None, None))
		self.assertEqual([(row.status, row.mkd_day) for row in self.rows(employee)], status)

	def test_leave_over_a_day_with_its_report(self):
		employee = self.approved()
		self.report(employee)
		leave_on(employee, THURSDAY)
		self.end()
		self.released(employee, [("On Leave", None)])

	def test_a_holiday_that_was_forgotten_until_the_day_was_over(self):
		idle, present = self.approved(), self.approved()
		self.check_in(present)
		self.runs()
		name = holiday_list(THURSDAY.year)
		row = {"parent": name, "parenttype": "Holiday List", "parentfield": "holidays"}
		holiday = frappe.get_doc(
			{"doctype": "Holiday", **row, "holiday_date": THURSDAY, "description": "Cuti Bersama"}
		)
		holiday.db_insert()
		self.addCleanup(self.work_again, holiday)
		frappe.clear_cache()
		self.end()
		self.released(idle, [])
		self.released(present, [("Present", None)])

	def work_again(self, holiday):
		frappe.db.delete("Holiday", {"name": holiday.name})
		frappe.db.commit()
		frappe.clear_cache()

	def test_a_trip_that_was_approved_after_the_day(self):
		employee = self.approved()
		trip = frappe.get_doc(
			{
				"doctype": "Travel Request",
				"employee": employee.name,
				"travel_type": "Domestic",
				"purpose_of_travel": purpose(),
				"itinerary": [
					{"departure_date": moment(THURSDAY, 8), "arrival_date": moment(THURSDAY, 17)},
				],
			}
		).insert()
		with at(FRIDAY, 9):
			trip.submit()
		self.end()
		self.released(employee, [])


class TestHalfADayOfDuty(EndCase):
	"""Official duty in one half leaves the other half to MKD."""

	def half_duty(self):
		employee = self.approved()
		frappe.get_doc(
			{
				"doctype": "Attendance Request",
				"employee": employee.name,
				"company": employee.company,
				"from_date": THURSDAY,
				"to_date": THURSDAY,
				"half_day": 1,
				"half_day_date": THURSDAY,
				"reason": "On Duty",
			}
		).insert().submit()
		return employee

	def test_with_a_report(self):
		employee = self.half_duty()
		self.report(employee)
		self.ends(employee, "Worked", no_presence=1)
		self.half_worked(employee)

	def test_with_neither_it_is_no_absence(self):
		employee = self.half_duty()
		self.runs()
		self.ends(employee, "Worked", no_presence=1, report_missing=1)
		self.half_worked(employee)


class TestStrayPresence(EndCase):
	def stray(self, employee, hour, **values):
		"""One check-in."""
		return frappe.get_doc(
			{
				"doctype": "Employee Checkin",
				"employee": employee.name,
				"time": moment(THURSDAY, hour),
				"log_type": "IN",
				**values,
			}
		).insert(ignore_permissions=True)

	def test_check_ins_outside_the_shift_are_presence_though_no_row_comes_of_them(self):
		employee = self.approved()
		self.assertTrue(self.stray(employee, 21).offshift)
		self.runs()
		self.assertEqual(self.rows(employee), [])
		day = self.ends(employee, "Worked", report_missing=1)
		row = self.row(employee)
		self.assertEqual((row.status, row.shift, row.mkd_day), (WFH, None, day.name))

	def test_check_ins_that_auto_attendance_has_yet_to_see_get_their_row_from_it(self):
		employee = self.approved()
		self.check_in(employee)
		self.report(employee)
		self.ends(employee, "Worked")
		self.assertEqual(self.rows(employee), [])
		self.runs((FRIDAY, 18))
		row = self.row(employee)
		self.assertEqual((row.status, row.working_hours, row.mkd_day), (WFH, 8.5, self.day(employee).name))

	def test_coming_without_going_is_too_few_hours(self):
		for reported in (True, False):
			employee = self.approved()
			self.stray(employee, 8)
			self.runs()
			self.assertEqual(self.row(employee).status, WFH)
			if reported:
				self.report(employee)
				self.ends(employee, "Worked", no_presence=1, short_hours=1)
			else:
				day = self.ends(employee, "Approved", no_presence=1, report_missing=1, short_hours=1)
				self.assertEqual(day.absence_proposed, 1)

	def test_a_proposed_absence_is_looked_at_again_in_the_night_alone(self):
		employee, other = self.approved(), self.approved()
		self.end()
		for on in (employee, other):
			self.assertEqual(self.day(on).absence_proposed, 1)
		self.check_in(employee)
		self.end((FRIDAY, 18))
		self.assertEqual(self.day(employee).status, "Approved")
		with at(FRIDAY, 23):
			end_of_day.mend()
		self.assertEqual([self.day(on).status for on in (employee, other)], ["Worked", "Approved"])
		questions = {"reference_name": self.day(employee).name, "status": "Open"}
		self.assertEqual(frappe.get_all("ToDo", questions), [])

	def test_a_draft_row_that_nobody_submits_is_turned_too(self):
		employee = self.approved()
		draft = insert_row(employee, "Present")
		draft.db_set({"status": "Present", "mkd_day": None, "mkd_before": None})
		self.report(employee)
		self.ends(employee, "Worked")
		row = self.row(employee)
		self.assertEqual((row.docstatus, row.status, row.mkd_day), (0, WFH, self.day(employee).name))
		frappe.get_doc("Attendance", row.name).submit()
		self.assertEqual(self.day(employee).attendance, row.name)


def purpose():
	name = "Koordinasi"
	if not frappe.db.exists("Purpose of Travel", name):
		frappe.get_doc({"doctype": "Purpose of Travel", "purpose_of_travel": name}).insert()
	return name
