"""Another holiday list for a person, his company or his shift (rule W11): booked days that it declares off are given back."""

from datetime import date, timedelta

import frappe

from mkd_hrms import tasks
from mkd_hrms.constants import DAY
from mkd_hrms.services.booked_days import new_calendars
from mkd_hrms.tests.booked_days.test_superseding import SupersedingCase
from mkd_hrms.tests.support.factories import applied, days_of
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.other_process import forget_what_waits, long_queue
from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.shifts import assign, make_shift_type, off_on
from mkd_hrms.tests.support.world import COMPANY, TODAY, holiday_list

JOB = "mkd_hrms.tasks.follow_calendars"
# A week that only the calendars of the settings cover.
JANUARY = [date(2027, 1, 11) + timedelta(days=n) for n in range(3)]


class TestNewCalendars(SupersedingCase):
	def setUp(self):
		super().setUp()
		# Few days, so that nothing is left to a worker; others' come back with the rollback.
		frappe.db.delete(DAY)
		self.other = off_on(6, 7, holidays=WEEK[1:2])

	def booked(self, days=WEEK[:3], **values):
		employee = self.person(**values)
		employee.request = self.approved(days, employee)
		return employee

	def states(self, employee):
		return [day.status for day in days_of(employee.request)]

	def assert_given_back(self, employee):
		self.assertEqual(self.states(employee), ["Approved", "Released", "Approved"])
		reason = days_of(employee.request)[1].release_reason
		self.assertIn(self.other, reason)

	def test_another_list_of_the_person(self):
		employee, stays = self.booked(), self.booked()
		employee.reload()
		with acting_as(make_user("HR Manager", "HR User")):
			employee.update({"holiday_list": self.other}).save()
		self.assert_given_back(employee)
		self.assertEqual(self.states(stays), ["Approved"] * 3)
		# Back again: nothing returns by itself, and the place is free.
		request, employee = employee.request, frappe.get_doc("Employee", employee.name)
		employee.update({"holiday_list": holiday_list(TODAY.year)}).save()
		self.assertEqual([day.status for day in days_of(request)], ["Approved", "Released", "Approved"])
		self.assertEqual(applied(employee, WEEK[1:2]).status, "Pending Approval")

	def test_days_that_nobody_has_decided_about_and_requests_without_any_left(self):
		employee = self.person()
		request = applied(employee, WEEK[1:2])
		employee.reload()
		employee.update({"holiday_list": self.other}).save()
		self.assertEqual([day.status for day in days_of(request)], ["Released"])
		self.assertEqual(frappe.db.get_value("MKD Request", request.name, "status"), "Expired")

	def test_another_list_of_the_company(self):
		employee, own = self.booked(), self.booked(holiday_list=holiday_list(TODAY.year))
		company = frappe.get_doc("Company", COMPANY)
		company.update({"default_holiday_list": self.other}).save()
		self.assert_given_back(employee)
		self.assertEqual(self.states(own), ["Approved"] * 3)

	def test_other_calendars_in_the_settings(self):
		employee = self.booked(JANUARY)
		self.other = off_on(6, 7, holidays=JANUARY[1:2], year=2027)
		settings = frappe.get_doc("MKD Settings")
		for row in settings.calendars:
			if row.holiday_list == holiday_list(2027):
				row.holiday_list = self.other
		settings.save()
		self.assert_given_back(employee)

	def test_a_list_of_the_shift(self):
		shift = make_shift_type(None)
		employee, stays = self.booked(default_shift=shift), self.booked()
		frappe.get_doc("Shift Type", shift).update({"holiday_list": self.other}).save()
		self.assert_given_back(employee)
		self.assertEqual(self.states(stays), ["Approved"] * 3)

	def test_another_shift_and_another_assignment(self):
		shift = make_shift_type(self.other)
		usual, assigned = self.booked(), self.booked()
		usual.reload()
		usual.update({"default_shift": shift}).save()
		self.assert_given_back(usual)
		assign(assigned, shift, WEEK[0], WEEK[4])
		self.assert_given_back(assigned)

	def test_an_assignment_that_ends_leaves_the_day_to_the_list_of_the_person(self):
		employee = self.person()
		shift = assign(employee, make_shift_type(off_on(7)), WEEK[0])
		saturday = WEEK[4] + timedelta(days=1)
		employee.request = self.approved([WEEK[4], saturday], employee)
		shift.reload()
		shift.update({"end_date": WEEK[4]}).save()
		self.assertEqual(self.states(employee), ["Approved", "Released"])

	def test_a_list_that_does_not_cover_the_days_any_more(self):
		shorter, cover = off_on(6, 7), self.other
		employee = self.booked(holiday_list=shorter)
		frappe.db.set_value(
			"MKD Calendar", {"company": COMPANY, "holiday_list": holiday_list(2026)}, "holiday_list", cover
		)
		doc = frappe.get_doc("Holiday List", shorter)
		doc.to_date = TODAY + timedelta(days=5)
		doc.holidays = [row for row in doc.holidays if frappe.utils.getdate(row.holiday_date) <= doc.to_date]
		doc.save(ignore_permissions=True)
		self.assert_given_back(employee)

	def test_of_many_people_a_worker_does_the_same(self):
		employee = self.booked()
		self.addCleanup(forget_what_waits)
		self.addCleanup(setattr, new_calendars, "AT_ONCE", new_calendars.AT_ONCE)
		new_calendars.AT_ONCE = len(self.states(employee)) - 1
		company = frappe.get_doc("Company", COMPANY)
		company.update({"default_holiday_list": self.other}).save()
		self.assertEqual(self.states(employee), ["Approved"] * 3)
		# The job goes into the queue with the commit, which would keep the other list for good.
		for after_commit in list(frappe.db.after_commit._functions):
			if getattr(after_commit, "__name__", None) == "enqueue_call":
				after_commit()
		jobs = [job.kwargs["kwargs"] for job in long_queue().jobs if job.kwargs["method"] == JOB]
		self.assertEqual(jobs, [{"company": COMPANY}])
		tasks.follow_calendars(**jobs[0])
		self.assert_given_back(employee)

	def test_what_no_list_covers_is_not_known_and_stays(self):
		employee = self.booked()
		frappe.db.delete("MKD Calendar")
		employee.reload()
		employee.update({"holiday_list": off_on(6, 7, year=2020)}).save()
		self.assertEqual(self.states(employee), ["Approved"] * 3)
