"""Who comes to the office on his MKD day may give the day back before noon (rule D1)."""

import frappe
from frappe.desk.form.load import run_onload
from frappe.desk.form.meta import get_meta

from mkd_hrms.api import give_back_day
from mkd_hrms.services.day.came_to_office import NotGivenBack
from mkd_hrms.services.policies import in_force
from mkd_hrms.tests.day.test_employee_checkin import MORNING, CheckinCase
from mkd_hrms.tests.support.day_case import FRIDAY, SHIFT, THURSDAY, at
from mkd_hrms.tests.support.factories import applied, days_of, officer
from mkd_hrms.tests.support.office import AT_HOME, AT_OFFICE, assign, track
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.sent_notices import switch

LAST_MINUTE, NOON = (THURSDAY, 11, 59), (THURSDAY, 12, 0)


class OfficeCase(CheckinCase):
	def gives_back(self, checkin, when=LAST_MINUTE, user=None):
		with at(*when), acting_as(user or self.user_of(checkin)):
			return give_back_day(checkin.name)

	def refused(self, words, checkin, error=NotGivenBack, **how):
		before = self.status_of(checkin)
		with self.assertRaisesRegex(error, words):
			self.gives_back(checkin, **how)
		self.assertEqual(self.status_of(checkin), before)

	def user_of(self, checkin):
		return frappe.db.get_value("Employee", checkin.employee, "user_id")

	def status_of(self, checkin):
		return frappe.db.get_value("MKD Day", {"employee": checkin.employee, "mkd_date": THURSDAY}, "status")

	def offered(self, checkin, when=MORNING, user=None):
		"""What the form learns when somebody opens it."""
		with at(*when), acting_as(user or self.user_of(checkin)):
			doc = frappe.get_doc(checkin.doctype, checkin.name)
			run_onload(doc)
			return doc.get_onload().get("mkd_release")


class TestTheOffer(OfficeCase):
	def test_the_form_of_his_own_check_in_at_the_office_offers_it_until_noon(self):
		checkin = self.checks_in(self.away(), AT_OFFICE)
		self.assertEqual(self.offered(checkin), {"date": THURSDAY, "until": "12:00"})
		self.assertTrue(self.offered(checkin, LAST_MINUTE))
		self.assertIsNone(self.offered(checkin, NOON))
		self.assertIsNone(self.offered(checkin, (FRIDAY, 8)))

	def test_the_form_knows_how_to_ask(self):
		self.assertIn("mkd_hrms.api.give_back_day", get_meta("Employee Checkin", cached=False).get("__js"))

	def test_nobody_else_is_offered_it(self):
		checkin, colleague = self.checks_in(self.away(), AT_OFFICE), self.in_office()
		for user in (colleague.user_id, self.boss.user_id, officer()):
			self.assertIsNone(self.offered(checkin, user=user))

	def test_neither_from_home_nor_without_a_day_is_anything_offered(self):
		self.assertIsNone(self.offered(self.checks_in(self.away(), AT_HOME)))
		self.assertIsNone(self.offered(self.checks_in(self.in_office(), AT_OFFICE)))

	def test_he_is_told_however_he_checked_in(self):
		employee, other = self.away(), self.away()
		machine = {"user": officer(), "time": f"{THURSDAY} 07:30:00"}
		checkin = self.checks_in(employee, AT_OFFICE, **machine)
		self.checks_in(other, AT_HOME)
		told = frappe.get_all(
			"Notification Log", {"document_name": checkin.name}, ["for_user", "document_type", "subject"]
		)
		self.assertEqual(
			[(log.for_user, log.document_type) for log in told], [(employee.user_id, "Employee Checkin")]
		)
		self.assertIn("until 12:00", told[0].subject)
		self.assertFalse(
			frappe.db.exists(
				"Notification Log", {"for_user": other.user_id, "document_type": "Employee Checkin"}
			)
		)

	def test_whether_he_is_told_is_for_the_agency_to_switch(self):
		"""The form of his check-in offers it all the same."""
		switch("MKD Came To Office", 0)
		self.addCleanup(switch, "MKD Came To Office", 1)
		checkin = self.checks_in(self.away(), AT_OFFICE)
		self.assertFalse(frappe.db.exists("Notification Log", {"document_name": checkin.name}))
		self.assertTrue(self.offered(checkin))


class TestGivingBack(OfficeCase):
	def test_the_day_and_its_place_in_the_week_are_free_again(self):
		employee = self.away((THURSDAY, FRIDAY))
		checkin = self.checks_in(employee, AT_OFFICE)
		answer = self.gives_back(checkin)
		self.assertEqual(answer, {"request": employee.request, "status": "Approved"})
		given, kept = days_of(frappe._dict(name=employee.request))
		self.assertEqual(
			(given.status, given.person, given.release_reason), ("Released", None, "Came to the office")
		)
		self.assertEqual((kept.status, bool(kept.person)), ("Approved", True))
		comments = frappe.get_all("Comment", {"reference_name": employee.request}, pluck="content")
		self.assertIn("Came to the office: 26-11-2026", comments)

	def test_the_last_day_of_a_request_closes_it(self):
		employee = self.away()
		self.assertEqual(self.gives_back(self.checks_in(employee, AT_OFFICE))["status"], "Revoked")

	def test_from_then_on_it_is_a_day_in_the_office(self):
		employee = self.away()
		self.checks_in(employee, AT_HOME, (THURSDAY, 7))
		self.gives_back(self.checks_in(employee, AT_OFFICE, (THURSDAY, 9)))
		self.too_far(employee, (THURSDAY, 16), log_type="OUT")
		self.checks_in(employee, AT_OFFICE, (THURSDAY, 16), log_type="OUT")
		with at(FRIDAY, 9):
			self.auto_attendance()
		row = self.row(employee)
		self.assertEqual((row.status, row.mkd_day, row.working_hours), ("Present", None, 9))
		self.end()
		self.assertEqual(self.status_of(frappe._dict(employee=employee.name)), "Released")

	def test_a_row_of_that_morning_is_what_it_was(self):
		employee = self.away()
		row = frappe.get_doc(
			{
				"doctype": "Attendance",
				"employee": employee.name,
				"attendance_date": THURSDAY,
				"status": "Present",
			}
		).insert()
		row.submit()
		self.assertEqual(row.reload().status, "Work From Home")
		self.gives_back(self.checks_in(employee, AT_OFFICE))
		self.assertEqual((row.reload().status, row.mkd_day), ("Present", None))

	def test_at_noon_it_is_too_late_and_on_another_day_too(self):
		checkin = self.checks_in(self.away(), AT_OFFICE)
		self.refused("on the day itself, before 12:00", checkin, when=NOON)
		self.refused("on the day itself, before 12:00", checkin, when=(FRIDAY, 8))

	def test_the_time_is_the_policys(self):
		checkin = self.checks_in(self.away(), AT_OFFICE)
		frappe.db.set_value("MKD Policy", {"docstatus": 1}, "release_until_time", "09:30:00")
		in_force.clear_cache()
		self.addCleanup(in_force.clear_cache)
		self.refused("before 09:30", checkin, when=(THURSDAY, 9, 30))
		self.assertEqual(self.gives_back(checkin, (THURSDAY, 9, 29))["status"], "Revoked")

	def test_nobody_gives_back_somebody_elses_day(self):
		checkin, colleague = self.checks_in(self.away(), AT_OFFICE), self.in_office()
		for user in (colleague.user_id, self.boss.user_id, officer()):
			self.refused("", checkin, frappe.PermissionError, user=user)

	def test_from_home_no_day_is_given_back(self):
		self.refused("not made within the office radius", self.checks_in(self.away(), AT_HOME))

	def test_without_a_place_nobody_knows_where_he_is(self):
		employee = self.away()
		track(False)
		self.refused("not made within the office radius", self.checks_in(employee, None))

	def test_an_office_to_which_he_is_not_assigned_any_more_is_not_his(self):
		employee = self.approved()
		doc = assign(employee, SHIFT, THURSDAY.replace(day=2))
		doc.db_set("end_date", THURSDAY.replace(day=25))
		self.refused("not made within the office radius", self.checks_in(employee, AT_OFFICE))

	def test_what_is_not_approved_or_was_given_back_cannot_be_given_back(self):
		waiting = self.in_office()
		applied(waiting, [THURSDAY])
		self.refused("no approved MKD day on 26-11-2026", self.checks_in(waiting, AT_OFFICE))
		checkin = self.checks_in(self.away(), AT_OFFICE)
		self.gives_back(checkin)
		self.refused("no approved MKD day", checkin)

	def test_a_day_with_its_report_was_worked(self):
		employee = self.away()
		checkin = self.checks_in(employee, AT_OFFICE)
		report = self.report(employee, at_time=(THURSDAY, 10))
		self.refused(f"has its report already: {report.name}", checkin)
		self.assertIsNone(self.offered(checkin))
