"""A weekly pattern is approved once; its days follow by themselves, week by week (rule W2)."""

from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

import frappe
from frappe.utils import getdate, strip_html

from mkd_hrms import api
from mkd_hrms.services.booked_days import withdrawal
from mkd_hrms.services.booked_days.recall import TooLate
from mkd_hrms.services.requests import recurrence
from mkd_hrms.services.requests.asked_dates import InvalidDays
from mkd_hrms.tests.support.day_case import leave_on
from mkd_hrms.tests.support.factories import act, applied, days_of, draft, officer
from mkd_hrms.tests.support.frozen import MONDAY, WEEK
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.recheck_case import RecheckCase
from mkd_hrms.tests.support.unit_case import declare_office_day, make_rule, make_unit
from mkd_hrms.tests.support.world import SERVICE_BACK_OFFICE, TODAY, unit

HORIZON = TODAY + timedelta(days=60)
# A Monday.
LATER = date(2026, 12, 7)
USED = ("Approved", "Suspended", "Worked")


class PatternCase(RecheckCase):
	def pattern(self, employee=None, **values):
		employee = employee or self.person()
		values = {"from_date": str(WEEK[0]), "to_date": "2027-06-30", "tuesday": 1, **values}
		request = applied(employee, [], request_type="Weekly Pattern", **values)
		request = act(request, "Approve", request.approver)
		frappe.db.commit()
		return request

	def at(self, day):
		return freeze_time(f"{day}T05:00:00.500001+07:00", tick=True)

	def weekly(self, day=LATER):
		with self.at(day):
			recurrence.make_days()
			frappe.db.rollback()

	def used(self, request):
		return [row.mkd_date for row in days_of(request) if row.status in USED]

	def told_of(self, request, user):
		logs = frappe.get_all(
			"Notification Log",
			{"for_user": user, "document_name": request.name, "document_type": "MKD Request"},
			["subject", "email_content"],
			order_by="creation",
		)
		return [f"{log.subject}: {strip_html(log.email_content)}" for log in logs if "pattern" in log.subject]


class TestDaysFollow(PatternCase):
	def test_one_approval_and_the_days_follow_once(self):
		request = self.pattern()
		self.assertEqual(str(request.to_date), "2027-06-30")
		self.assertEqual((request.pattern_state, getdate(request.made_until)), ("Running", HORIZON))
		before = self.used(request)
		self.assertLessEqual(max(before), HORIZON)
		self.weekly()
		after, request = self.used(request), request.reload()
		new = [day for day in after if day not in before]
		self.assertTrue(new)
		self.assertEqual({day.isoweekday() for day in new}, {2})
		self.assertEqual(getdate(request.made_until), HORIZON + (LATER - TODAY))
		self.assertEqual([row.mkd_date for row in request.dates], after)
		stages = frappe.get_all("MKD Decision Record", {"reference_name": request.name}, pluck="stage")
		self.assertEqual(stages.count("Weekly Pattern"), 1)
		# Again on the same day: nothing is lost, nothing doubled.
		self.weekly()
		self.assertEqual(self.used(request), after)
		self.assertEqual(request.reload().docstatus, 1)

	def test_whoever_is_asked_to_sign_reads_the_weekdays(self):
		request = self.pattern()
		message = frappe.db.get_value("Notification", "MKD Request Waits For Approval", "message")
		told = strip_html(frappe.render_template(message, {"doc": request}))
		self.assertIn("every Tuesday: one approval counts", told)
		self.assertIn(frappe.utils.format_date("2027-06-30"), told)

	def test_who_is_killed_in_the_middle_begins_again(self):
		first, second = self.pattern(), self.pattern()
		before = {request.name: self.used(request) for request in (first, second)}

		def killed(*_args):
			raise SystemExit

		with (
			patch("mkd_hrms.services.requests.recurrence._pause_or_go_on", killed),
			self.assertRaises(SystemExit),
		):
			self.weekly()
		frappe.db.rollback()
		for request in (first, second):
			self.assertEqual(self.used(request), before[request.name])
		self.weekly()
		for request in (first, second):
			self.assertGreater(len(self.used(request)), len(before[request.name]))

	def test_one_failure_keeps_no_other_waiting(self):
		broken, whole = self.pattern(), self.pattern()
		before = len(self.used(whole))
		frappe.db.set_value("MKD Request", broken.name, "employee", "Nobody")
		frappe.db.commit()
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.set_value, "MKD Request", broken.name, "employee", broken.employee)
		self.weekly()
		self.assertGreater(len(self.used(whole)), before)
		self.assertTrue(frappe.db.exists("Error Log", {"reference_name": broken.name}))

	def test_used_dates_leave_and_full_weeks_are_skipped_and_noted(self):
		employee = self.person()
		request = self.pattern(employee)
		tuesday = first_new(request)
		# Somebody else's time is not held back: four days of that week are his already, without this Tuesday.
		with self.at(LATER):
			others = applied(employee, [tuesday + timedelta(days=n) for n in (-1, 1, 2, 3)])
			frappe.db.commit()
		self.weekly()
		self.assertNotIn(tuesday, self.used(request))
		noted = request.reload().skipped_dates
		self.assertIn(frappe.utils.format_date(tuesday), noted)
		self.assertIn("holds no more", noted)
		self.assertTrue(any("skipped" in line for line in self.told_of(request, employee.user_id)))
		self.assertEqual(len(days_of(others)), 4)

	def test_a_date_that_is_used_already_is_skipped(self):
		employee = self.person()
		request = self.pattern(employee)
		tuesday = first_new(request)
		with self.at(LATER):
			single = applied(employee, [tuesday])
			frappe.db.commit()
		self.weekly()
		self.assertNotIn(tuesday, self.used(request))
		self.assertEqual([row.mkd_date for row in days_of(single)], [tuesday])
		self.assertIn("used already", request.reload().skipped_dates)

	def test_leave_is_skipped_and_keeps_nothing_else_back(self):
		employee = self.person()
		request = self.pattern(employee)
		tuesday = first_new(request)
		leave_on(employee, tuesday)
		frappe.db.commit()
		self.weekly()
		self.assertNotIn(tuesday, self.used(request))
		self.assertIn(first_after(tuesday), self.used(request))
		self.assertIn("away", request.reload().skipped_dates)

	def test_a_pattern_longer_than_an_agreement_is_a_message_on_the_draft(self):
		with self.assertRaises(InvalidDays) as refused:
			draft(
				self.employee,
				[],
				request_type="Weekly Pattern",
				from_date=str(MONDAY),
				to_date="2027-12-07",
				monday=1,
			)
		self.assertIn("at most 12 months", str(refused.exception))
		draft(
			self.employee,
			[],
			request_type="Weekly Pattern",
			from_date=str(MONDAY),
			to_date="2027-12-06",
			monday=1,
		)


class TestPauses(PatternCase):
	def test_it_pauses_and_goes_on_and_each_is_told_once(self):
		employee = self.person()
		request, before = self.pattern(employee), None
		sanction = self.sanction(employee, from_date="2026-12-01", to_date="2026-12-10")
		before = [row.mkd_date for row in days_of(request)]
		for _twice in range(2):
			self.weekly()
			request.reload()
			self.assertEqual((request.pattern_state, request.paused_since), ("Paused", LATER))
		self.assertEqual([row.mkd_date for row in days_of(request)], before)
		(own,), (above,) = (self.told_of(request, user) for user in (employee.user_id, self.boss.user_id))
		self.assertIn("Discipline", own)
		self.assertNotIn("Discipline", above)
		self.assertIn("pauses", above)
		with acting_as(self.boss.user_id):
			seen = frappe.get_doc("MKD Request", request.name)
			self.assertFalse(seen.findings)
		sanction.cancel()
		frappe.db.commit()
		self.weekly(LATER + timedelta(days=7))
		request.reload()
		self.assertEqual((request.pattern_state, request.paused_since), ("Running", None))
		made = [row.mkd_date for row in days_of(request) if row.mkd_date not in before]
		self.assertEqual(made[0], first_after(max(before)))
		for user in (employee.user_id, self.boss.user_id):
			self.assertEqual(sum("goes on:" in line for line in self.told_of(request, user)), 1)

	def test_what_is_not_known_pauses_it_too(self):
		employee = self.person()
		request = self.pattern(employee)
		before = self.used(request)
		frappe.db.delete("MKD Performance Record", {"employee": employee.name})
		frappe.db.commit()
		self.weekly()
		self.assertEqual((request.reload().pattern_state, self.used(request)), ("Paused", before))
		self.assertIn("Performance", self.told_of(request, employee.user_id)[0])

	def without_a_day(self, request):
		"""Nothing is left of what was booked, and the pattern goes on all the same."""
		frappe.db.commit()
		self.assertEqual(self.used(request), [])
		self.assertEqual(request.reload().status, "Approved")
		self.assertIn(request.pattern_state, recurrence.GOES_ON)

	def test_a_pattern_whose_days_were_all_called_back_goes_on(self):
		request = self.pattern()
		with acting_as(self.boss.user_id):
			names = frappe.get_all("MKD Day", {"source_name": request.name}, pluck="name")
			api.recall_days(names, "Rapat")
		self.without_a_day(request)
		called_back = {row.mkd_date for row in days_of(request)}
		self.weekly()
		self.assertTrue(self.used(request))
		self.assertFalse(set(self.used(request)) & called_back)

	def test_a_pattern_whose_days_all_gave_way_to_leave_goes_on(self):
		employee = self.person()
		request = self.pattern(employee)
		leave_on(employee, self.used(request)[0], to_date=self.used(request)[-1])
		self.without_a_day(request)

	def test_a_pattern_whose_days_all_began_suspended_goes_on(self):
		employee = self.person()
		request = self.pattern(employee)
		self.sanction(employee, from_date="2026-12-01", to_date="2027-02-28")
		with self.at(HORIZON + timedelta(days=1)):
			withdrawal.end_suspended()
		self.without_a_day(request)

	def test_a_pattern_whose_last_day_ended_at_the_office_goes_on(self):
		employee = self.person()
		request = self.pattern(employee)
		held = frappe.get_doc("MKD Request", request.name)
		for day in self.used(request):
			with acting_as(employee.user_id):
				withdrawal.release_at_office(held, day)
			held = frappe.get_doc("MKD Request", request.name)
		self.without_a_day(request)


class TestEnds(PatternCase):
	def ended(self, request, status="Approved"):
		before = self.used(request)
		self.weekly()
		request.reload()
		self.assertEqual((request.status, request.pattern_state), (status, "Ended"))
		self.assertEqual(self.used(request), before)

	def test_with_its_last_date(self):
		request = self.pattern(to_date="2026-12-15")
		self.assertEqual(request.pattern_state, "Running")
		self.weekly(date(2026, 12, 21))
		self.assertEqual(request.reload().pattern_state, "Ended")

	def test_when_the_employee_moves_to_another_unit(self):
		employee = self.person()
		request = self.pattern(employee)
		self.change(employee, department=unit(SERVICE_BACK_OFFICE))
		self.ended(request)
		self.assertTrue(any("apply anew" in line for line in self.told_of(request, employee.user_id)))

	def test_when_the_employee_has_left(self):
		employee = self.person()
		request = self.pattern(employee)
		self.change(employee, status="Left", relieving_date="2026-12-01")
		self.weekly()
		self.assertEqual((request.reload().pattern_state, self.used(request)), ("Ended", []))
		self.assertEqual(request.status, "Revoked")

	def test_when_it_is_withdrawn_as_a_whole_or_day_by_day(self):
		for whole in (True, False):
			with self.subTest(whole=whole):
				employee = self.person()
				request = self.pattern(employee)
				with acting_as(employee.user_id):
					if whole:
						api.end_pattern(request.name)
					else:
						api.withdraw_days(request.name, [str(day) for day in self.used(request)])
				frappe.db.commit()
				self.assertEqual(self.used(request), [])
				self.ended(request, "Revoked")

	def test_nobody_else_ends_it(self):
		request = self.pattern()
		for user in (self.employee.user_id, self.boss.user_id):
			with acting_as(user), self.assertRaises(frappe.PermissionError):
				api.end_pattern(request.name)

	def stop(self, request, since):
		with acting_as(self.boss.user_id):
			api.stop_pattern(request.name, str(since), "Tugas baru")
		frappe.db.commit()

	def test_when_its_superior_ends_it_and_days_before_that_date_still_follow(self):
		request = self.pattern()
		last, before = first_new(request), self.used(request)
		since = first_after(last)
		self.stop(request, since)
		self.weekly()
		self.assertEqual(self.used(request), [*before, last])
		self.assertEqual(request.reload().pattern_state, "Running")
		self.assertEqual(str(request.to_date), "2027-06-30")
		self.weekly(since + timedelta(days=6))
		self.assertEqual(request.reload().pattern_state, "Ended")

	def test_its_superior_gives_notice_as_for_a_recall(self):
		request = self.pattern()
		tuesday = self.used(request)[0]
		with freeze_time(f"{tuesday}T06:00:00.500001+07:00", tick=True):
			with self.assertRaises(TooLate):
				self.stop(request, tuesday)
			frappe.db.rollback()
			self.stop(request, first_after(tuesday))
		self.assertEqual(self.used(request), [tuesday])

	def test_when_hr_cancels_it(self):
		request = self.pattern()
		request = act(request, "Cancel", officer())
		frappe.db.commit()
		self.assertEqual(request.pattern_state, "Ended")
		self.ended(request, "Cancelled")


def first_after(day):
	return day + timedelta(days=7)


def first_new(request):
	return first_after(max(getdate(row.mkd_date) for row in request.dates))


class TestTheUnit(PatternCase):
	"""New days of a pattern meet what holds in the unit, as an approval does (rules W5, W7)."""

	def setUp(self):
		super().setUp()
		self.unit = make_unit("Seksi Pola Mingguan")
		self.employee, _other = (self.person(department=self.unit) for _number in range(2))
		self.request = self.pattern(self.employee)
		self.before = self.used(self.request)

	def gone(self, doc):
		"""After the test nothing of it holds for anybody."""
		if doc.docstatus.is_submitted():
			doc.cancel()
		frappe.delete_doc(doc.doctype, doc.name, force=True)
		frappe.db.commit()

	def test_a_date_for_which_the_unit_has_no_room_is_skipped_and_told(self):
		rule = make_rule(self.unit, cap_percent=0)
		frappe.db.commit()
		self.addCleanup(self.gone, rule)
		self.weekly()
		self.assertEqual(self.used(self.request), self.before)
		self.request.reload()
		self.assertEqual(self.request.pattern_state, "Running")
		self.assertIn("26-01-2027 (no room in the unit)", self.request.skipped_dates)
		(told,) = self.told_of(self.request, self.employee.user_id)
		self.assertIn("26-01-2027, 02-02-2027", told)

	def test_a_day_in_the_office_is_skipped(self):
		day = declare_office_day(self.unit, "2027-01-26")
		frappe.db.commit()
		self.addCleanup(self.gone, day)
		self.weekly()
		self.assertEqual(self.used(self.request), [*self.before, date(2027, 2, 2)])
		self.assertIn("26-01-2027 (day in the office)", self.request.reload().skipped_dates)
