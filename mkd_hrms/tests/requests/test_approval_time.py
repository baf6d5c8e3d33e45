"""A request that nobody decides in time is passed on, step by step; whoever was asked may decide (rule W4)."""

from dataclasses import replace
from datetime import date

from freezegun import freeze_time

import frappe

from mkd_hrms import tasks
from mkd_hrms.constants import DAY, DELEGATION, REQUEST
from mkd_hrms.facts.attendance.calendars import calendar_key
from mkd_hrms.patches.v0_1 import requests_have_their_time
from mkd_hrms.policy.dates import Calendar
from mkd_hrms.services.booked_days import withdrawal
from mkd_hrms.services.calendar.holidays import calendars_of
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.people.time_to_decide import last_day, policy_of
from mkd_hrms.services.requests import escalation
from mkd_hrms.tests.support.factories import act, applied, draft, eligible, officer, superior
from mkd_hrms.tests.support.frozen import WEEK, RequestCase
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.statements import one_more, statements_of, without_mail, without_notification
from mkd_hrms.tests.support.verification_case import delegation
from mkd_hrms.tests.support.world import SERVICE_BACK_OFFICE, TODAY, unit

# Asked on Wednesday noon.
FRIDAY_NIGHT, SATURDAY = "2026-11-27T23:59:00", "2026-11-28T00:00:00"
NEXT_TUESDAY_NIGHT, NEXT_WEDNESDAY = "2026-12-01T23:59:00", "2026-12-02T09:00:00"
NEXT_WEEK = "2026-12-08T00:10:00"


def at(moment):
	return freeze_time(f"{moment}.500001+07:00", tick=True)


class TestPassingOn(RequestCase):
	"""Above the employee his boss, above her the chief, above him nobody."""

	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.chief = superior(today=TODAY)
		cls.boss.reports_to = cls.chief.name
		cls.boss.save()
		frappe.db.commit()

	def tearDown(self):
		super().tearDown()
		people = ("in", frappe.get_all("Employee", {"creation": (">=", str(TODAY))}, pluck="name"))
		for name in frappe.get_all(REQUEST, {"employee": people}, pluck="name"):
			frappe.db.delete("MKD Request Date", {"parent": name})
			frappe.db.delete(REQUEST, {"name": name})
		frappe.db.delete(DAY, {"employee": people})
		frappe.db.delete(DELEGATION)
		frappe.db.commit()

	def waiting(self, employee=None, days=WEEK[:2]):
		request = applied(employee or self.employee, days)
		frappe.db.commit()
		return request

	def escalate(self, moment):
		with at(moment):
			return escalation.escalate()

	def stored(self, request):
		return frappe.get_doc(REQUEST, request.name)

	def notices(self, request):
		"""By user, the notices that he has of a request that was late."""
		log = {"document_name": request.name, "subject": ("like", "%not decided in time%")}
		found = {}
		for notice in frappe.get_all("Notification Log", log, ["for_user", "email_content"]):
			found.setdefault(notice.for_user, []).append(notice.email_content)
		return found

	def refused(self, request, user, moment):
		frappe.db.commit()
		with at(moment), self.assertRaises((frappe.PermissionError, frappe.ValidationError)):
			act(request, "Approve", user)
		frappe.db.rollback()
		self.assertEqual(self.stored(request).status, "Pending Approval")

	def test_after_two_working_days_the_next_above_is_asked_once_and_both_are_told(self):
		request = self.waiting()
		self.assertEqual(str(request.decide_by), "2026-11-27")
		self.escalate(FRIDAY_NIGHT)
		self.assertIsNone(self.stored(request).escalated_on)
		for _time in range(2):
			self.escalate(SATURDAY)
		late = self.stored(request)
		self.assertEqual(
			(late.status, late.approver, late.escalated_to, str(late.decide_by)),
			("Pending Approval", self.boss.user_id, self.chief.user_id, "2026-12-01"),
		)
		told = self.notices(request)
		self.assertEqual(set(told), {self.boss.user_id, self.chief.user_id})
		for texts in told.values():
			self.assertEqual(len(texts), 1)
			for word in ("25-11-2026", "2 working days", "rule W4", request.name, "Approve or Reject"):
				self.assertIn(word, texts[0])
		self.assertIn(self.chief.employee_name.split()[0], told[self.boss.user_id][0])
		said = frappe.get_all("Comment", {"reference_name": request.name}, pluck="content")
		self.assertEqual(len([line for line in said if "passed on" in (line or "")]), 1)

	def test_the_next_above_decides_from_then_on_and_the_first_one_still_does(self):
		first, second = self.waiting(), self.waiting(self.person())
		self.refused(first, self.chief.user_id, FRIDAY_NIGHT)
		self.escalate(SATURDAY)
		with at(NEXT_TUESDAY_NIGHT):
			self.assertEqual(act(first, "Approve", self.chief.user_id).decided_by, self.chief.user_id)
			self.assertEqual(act(second, "Reject", self.boss.user_id).status, "Rejected")

	def test_a_stranger_a_colleague_and_the_applicant_are_asked_nothing(self):
		request = self.waiting()
		frappe.get_doc("User", self.employee.user_id).add_roles("MKD Approver", "HR Manager", "MKD Officer")
		self.escalate(SATURDAY)
		other = eligible(today=TODAY)
		self.person(reports_to=other)
		for user in (other.user_id, self.person().user_id, self.employee.user_id, officer()):
			self.refused(request, user, NEXT_TUESDAY_NIGHT)

	def test_then_the_one_above_him_then_hr_and_whoever_was_asked_keeps_his_say(self):
		middle, hr = self.person(), officer()
		first, second = (self.waiting(self.person(reports_to=middle)) for _each in range(2))
		self.escalate(SATURDAY)
		self.assertEqual(self.stored(first).escalated_to, self.boss.user_id)
		self.refused(first, self.chief.user_id, NEXT_TUESDAY_NIGHT)
		self.escalate(NEXT_WEDNESDAY)
		late = self.stored(first)
		# Thursday is a holiday.
		self.assertEqual((late.escalated_to, str(late.decide_by)), (self.chief.user_id, "2026-12-07"))
		self.refused(first, hr, NEXT_WEDNESDAY)
		with at(NEXT_WEDNESDAY):
			self.assertEqual(act(first, "Approve", self.boss.user_id).status, "Approved")
		for _time in range(2):
			self.escalate(NEXT_WEEK)
		late = self.stored(second)
		self.assertEqual((late.escalated_to_hr, late.decide_by, late.status), (1, None, "Pending Approval"))
		self.assertEqual(len(self.notices(second)[hr]), 1)

	def test_nobody_above_means_hr(self):
		alone = self.waiting(self.person(reports_to=self.chief))
		self.escalate(SATURDAY)
		late = self.stored(alone)
		self.assertEqual((late.escalated_to, late.escalated_to_hr, late.decide_by), (None, 1, None))
		with at(NEXT_TUESDAY_NIGHT):
			self.assertEqual(act(alone, "Approve", officer()).status, "Approved")

	def test_who_typed_it_for_him_is_passed_over(self):
		frappe.get_doc("User", self.chief.user_id).add_roles("MKD Officer", "HR Manager")
		employee, typist = self.person(), self.chief.user_id
		request = act(draft(employee, WEEK[:1], user=typist), "Apply", typist)
		frappe.db.commit()
		self.escalate(SATURDAY)
		self.assertEqual((self.stored(request).escalated_to, self.stored(request).escalated_to_hr), (None, 1))
		self.refused(request, typist, NEXT_TUESDAY_NIGHT)

	def test_who_acts_for_him_decides_in_his_name(self):
		request, delegate = self.waiting(), self.person().user_id
		delegation(self.chief.user_id, delegate, TODAY, date(2026, 12, 4))
		self.refused(request, delegate, FRIDAY_NIGHT)
		self.escalate(SATURDAY)
		with at(NEXT_TUESDAY_NIGHT):
			with acting_as(delegate):
				self.assertEqual(frappe.get_list(REQUEST, pluck="name"), [request.name])
			act(request, "Approve", delegate)
		said = frappe.get_all("Comment", {"reference_name": request.name}, pluck="content")
		self.assertTrue(any("by delegation" in (line or "") for line in said))

	def waits_for(self, request):
		"""Whom the platform has told that a request waits for him."""
		log = {"document_name": request.name, "subject": ("like", "%waits for your decision%")}
		return set(frappe.get_all("Notification Log", log, pluck="for_user"))

	def test_who_acts_for_the_superior_is_told_of_what_waits_but_never_of_his_own(self):
		deputy, elsewhere, later = (self.person() for _each in range(3))
		boss, until = self.boss.user_id, date(2026, 12, 4)
		delegation(boss, deputy.user_id, TODAY, until)
		delegation(boss, elsewhere.user_id, TODAY, until, department=unit(SERVICE_BACK_OFFICE))
		delegation(boss, later.user_id, date(2026, 11, 26), until)
		self.assertEqual(self.waits_for(self.waiting()), {boss, deputy.user_id})
		self.assertEqual(self.waits_for(self.waiting(deputy)), {boss})
		# Nobody is decided about by whom he chose himself.
		chooser = self.person()
		frappe.db.set_value(DELEGATION, {"delegate": deputy.user_id}, "owner", chooser.user_id)
		self.assertEqual(self.waits_for(self.waiting(chooser)), {boss})

	def test_who_acts_for_a_new_superior_is_told_as_well(self):
		other, deputy = superior(today=TODAY), self.person()
		delegation(other.user_id, deputy.user_id, TODAY, TODAY)
		request = self.waiting(self.person())
		employee = frappe.get_doc("Employee", request.employee)
		employee.reports_to = other.name
		employee.save()
		told = {self.boss.user_id, other.user_id, deputy.user_id}
		self.assertEqual(self.waits_for(request), told)

	def test_a_delegate_stops_no_escalation_and_keeps_his_say(self):
		request, deputies = self.waiting(), [self.person().user_id for _each in range(2)]
		for above, deputy in zip((self.boss, self.chief), deputies, strict=True):
			delegation(above.user_id, deputy, TODAY, date(2026, 12, 31))
		self.escalate(SATURDAY)
		self.assertEqual(self.stored(request).escalated_to, self.chief.user_id)
		self.assertEqual(set(self.notices(request)), {self.boss.user_id, self.chief.user_id, deputies[1]})
		self.escalate(NEXT_WEDNESDAY)
		self.assertEqual(self.stored(request).escalated_to_hr, 1)
		with at(NEXT_WEDNESDAY):
			self.assertEqual(act(request, "Approve", deputies[0]).decided_by, deputies[0])

	def test_superiors_in_a_circle_come_to_hr_and_to_nobody_twice(self):
		boss = self.person()
		employee = self.person(reports_to=boss)
		# What no form lets anybody save.
		frappe.db.set_value("Employee", boss.name, "reports_to", employee.name)
		request = self.waiting(employee)
		self.assertEqual(request.approver, boss.user_id)
		for moment in (SATURDAY, NEXT_WEDNESDAY):
			self.escalate(moment)
			late = self.stored(request)
			self.assertEqual((late.escalated_to, late.escalated_to_hr), (None, 1))
		self.refused(request, employee.user_id, NEXT_WEDNESDAY)
		with at(NEXT_WEDNESDAY):
			self.assertEqual(act(request, "Approve", officer()).status, "Approved")

	def test_a_new_superior_has_the_whole_time(self):
		request, other = self.waiting(self.person()), superior(today=TODAY)
		self.escalate(SATURDAY)
		employee = frappe.get_doc("Employee", request.employee)
		employee.reports_to = other.name
		with at(NEXT_TUESDAY_NIGHT):
			employee.save()
		late = self.stored(request)
		self.assertEqual((late.approver, late.escalated_on, late.escalated_to), (other.user_id, None, None))
		self.assertEqual(str(late.decide_by), "2026-12-04")
		self.refused(request, self.chief.user_id, NEXT_WEDNESDAY)

	def test_one_who_can_no_longer_log_in_is_passed_over_at_the_next_look(self):
		top = superior(today=TODAY)
		chief = self.person(reports_to=top)
		boss = self.person(reports_to=chief)
		request = self.waiting(self.person(reports_to=boss))
		self.escalate(SATURDAY)
		self.assertEqual(self.stored(request).escalated_to, chief.user_id)
		user = frappe.get_doc("User", chief.user_id)
		user.enabled = 0
		with at("2026-11-30T08:00:00"):
			user.save()
		frappe.db.commit()
		self.escalate("2026-11-30T08:15:00")
		self.assertEqual(self.stored(request).escalated_to, top.user_id)

	def test_what_is_over_by_then_expires_and_is_passed_on_to_nobody(self):
		request = self.waiting(days=[date(2026, 11, 27)])
		with at("2026-11-28T08:00:00"):
			tasks.expire_undecided()
		late = self.stored(request)
		self.assertEqual((late.status, late.escalated_on), ("Expired", None))
		self.assertEqual(self.notices(request), {})

	def asked_for(self, number, job=escalation.escalate, moment=SATURDAY):
		for _each in range(number):
			self.waiting(self.person())
		with at(moment), without_mail(), without_notification("MKD Request Decided"):
			return number, statements_of(job)

	def test_another_application_that_expires_takes_less_than_one_statement(self):
		over = (withdrawal.expire_undecided, f"{WEEK[1]}T18:00:00")
		# The first time fills the caches.
		self.asked_for(1, *over)
		cost, kinds = one_more(self.asked_for(1, *over), self.asked_for(4, *over))
		self.assertLessEqual(cost, 0.6, kinds)
		self.assertFalse(frappe.get_all(DAY, {"status": "Pending", "mkd_date": ("in", WEEK[:2])}))

	def test_another_application_that_is_late_takes_less_than_one_statement(self):
		# The first time fills the caches.
		self.asked_for(1)
		cost, kinds = one_more(self.asked_for(1), self.asked_for(4))
		self.assertLessEqual(cost, 0.6, kinds)

	def test_a_policy_may_leave_it_to_the_superior_alone(self):
		request = self.waiting()
		person, policy = read_person(self.employee.name), policy_of(request)
		calendar = calendars_of(person)[calendar_key(person)]
		self.assertEqual(last_day(policy, calendar, TODAY), date(2026, 11, 27))
		self.assertIsNone(last_day(replace(policy, approval_sla_days=0), calendar, TODAY))

	def test_where_no_holiday_list_reaches_monday_to_friday_count(self):
		request = self.waiting()
		person, policy = read_person(self.employee.name), policy_of(request)
		of_this_year = calendars_of(person)[calendar_key(person)].list_on(TODAY)
		thursday = replace(of_this_year, valid_to=date(2026, 11, 26))
		self.assertEqual(last_day(policy, Calendar((thursday,)), TODAY), date(2026, 11, 27))
		self.assertEqual(last_day(policy, Calendar(), date(2026, 11, 27)), date(2026, 12, 1))

	def test_nobody_sets_his_own_time(self):
		request = self.waiting()
		document = self.stored(request)
		document.update({"decide_by": "2030-01-01", "escalated_to": self.employee.user_id})
		with acting_as(self.boss.user_id):
			document.save()
		self.assertEqual(str(self.stored(request).decide_by), "2026-11-27")
		self.assertIsNone(self.stored(request).escalated_to)

	def test_requests_of_an_older_version_have_their_time_from_the_upgrade_on(self):
		request = self.waiting()
		frappe.db.set_value(REQUEST, request.name, {"waits_since": None, "decide_by": None})
		for _time in range(2):
			with at(NEXT_TUESDAY_NIGHT):
				requests_have_their_time.execute()
			self.assertEqual(str(self.stored(request).decide_by), "2026-12-04")
		self.assertEqual(self.stored(request).waits_since, request.creation)
