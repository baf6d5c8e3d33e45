"""Who found no room is told when there is some, one after the other, and comes first when he applies (rule W6)."""

from datetime import date, datetime

from freezegun import freeze_time

import frappe
from frappe.utils.background_jobs import get_job, is_job_enqueued

from mkd_hrms import tasks
from mkd_hrms.api import decline_place, withdraw_days
from mkd_hrms.constants import WAITING_PLACE
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.privacy import old_logs
from mkd_hrms.services.units import waiting_list
from mkd_hrms.tests.support.factories import eligible, officer
from mkd_hrms.tests.support.frozen import WEEK
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.turn_case import TurnCase
from mkd_hrms.tests.support.world import TODAY

MONDAY, TUESDAY = WEEK[:2]


def at(moment):
	return freeze_time(f"{moment}.500001+07:00", tick=True)


class TestWaitingList(TurnCase):
	def refused(self, *numbers, day=MONDAY):
		"""One of the four works away on a date, and others are refused it, in this order; returns who holds the place."""
		holder = self.asks(0, [day])
		others = [self.asks(number, [day]) for number in numbers]
		self.decide(holder, "Approve", note="Penugasan")
		for request in others:
			self.decide(request, "Reject")
		return holder

	def give_back(self, request, day=MONDAY):
		with acting_as(self.user(0)):
			withdraw_days(request.name, [str(day)])
		frappe.db.commit()

	def states(self, *numbers, day=MONDAY):
		frappe.db.rollback()
		return [place.status if (place := self.place(number, day)) else None for number in numbers]

	def notices(self):
		found = frappe.get_all(
			"Notification Log", {"document_type": WAITING_PLACE}, ["for_user", "subject", "document_name"]
		)
		return {row.for_user: row for row in found}

	def test_who_is_rejected_where_there_is_no_room_waits_and_nobody_else(self):
		self.decide(self.asks(3, [MONDAY]), "Reject")
		self.refused(1, 2)
		self.assertEqual(self.states(0, 1, 2, 3), [None, "Waiting", "Waiting", None])
		place = self.place(1, MONDAY)
		self.assertEqual((place.department, place.person), (self.unit, self.people[1].name))
		# Rejected once more he waits as before.
		self.decide(self.asks(1, [MONDAY]), "Reject")
		waits = {"employee": self.people[1].name, "mkd_date": MONDAY, "status": "Waiting"}
		self.assertEqual(frappe.db.count(WAITING_PLACE, waits), 1)

	def test_what_nobody_decided_before_the_day_of_a_full_unit_counts_as_refused(self):
		self.refused()
		self.asks(1, [MONDAY])
		with at("2026-12-07T08:00:00"):
			tasks.expire_undecided()
		self.assertEqual(self.states(1), ["Ended"])

	def test_a_free_place_is_told_to_the_first_alone_in_fair_order(self):
		self.worked(1, date(2026, 11, 9))
		holder = self.refused(1, 2)
		self.assertEqual(waiting_list.offer(), 0)
		self.give_back(holder)
		self.assertEqual([waiting_list.offer() for _time in range(2)], [1, 0])
		self.assertEqual(self.states(1, 2), ["Waiting", "Told"])
		(notice,) = self.notices().values()
		place = self.place(2, MONDAY)
		self.assertEqual((notice.for_user, notice.document_name), (self.user(2), place.name))
		self.assertIn("07-12-2026", notice.subject)
		self.assertIn("26-11-2026 14:30", notice.subject)
		with acting_as(self.user(2)):
			self.assertTrue(frappe.get_list(WAITING_PLACE, {"name": place.name}))
		with acting_as(self.user(1)):
			self.assertFalse(frappe.get_list(WAITING_PLACE, {"name": place.name}))
		with acting_as(self.boss.user_id):
			self.assertEqual(len(frappe.get_list(WAITING_PLACE, {"mkd_date": MONDAY})), 2)

	def test_where_nothing_limits_any_more_all_are_told(self):
		self.refused(1, 2)
		rule = frappe.get_doc("MKD Coverage Rule", {"department": self.unit})
		for percent, told in ((100, 2), (25, 0)):
			rule.cap_percent = percent
			rule.save()
			self.assertEqual(waiting_list.offer(), told)
		self.assertEqual(self.states(1, 2), ["Told", "Told"])

	def test_of_those_alike_who_lost_first_is_told_first(self):
		self.give_back(self.refused(2, 1))
		waiting_list.offer()
		self.assertEqual(self.states(1, 2), ["Waiting", "Told"])

	def test_where_a_day_is_released_a_worker_looks_at_once_if_anybody_waits(self):
		self.forget_job()
		self.addCleanup(self.forget_job)
		holder, other = self.refused(1), self.asks(0, [TUESDAY])
		self.decide(other, "Approve")
		self.give_back(other, TUESDAY)
		self.assertFalse(is_job_enqueued(waiting_list.JOB))
		self.give_back(holder)
		self.assertTrue(is_job_enqueued(waiting_list.JOB))
		self.assertEqual(get_job(waiting_list.JOB).kwargs["method"], "mkd_hrms.tasks.offer_places")

	def forget_job(self):
		if job := get_job(waiting_list.JOB):
			job.delete()

	def test_who_does_not_apply_in_time_or_declines_leaves_it_to_the_next(self):
		self.give_back(self.refused(1, 2, 3))
		waiting_list.offer()
		with at("2026-11-26T14:29:00"):
			waiting_list.offer()
		self.assertEqual(self.states(1, 2, 3), ["Told", "Waiting", "Waiting"])
		with at("2026-11-26T14:31:00"):
			waiting_list.offer()
		self.assertEqual(self.states(1, 2, 3), ["Ended", "Told", "Waiting"])
		place = self.place(2, MONDAY)
		for user in (self.user(1), self.user(3), self.boss.user_id, officer()):
			with acting_as(user), self.assertRaises(frappe.PermissionError):
				decline_place(place.name)
		with at("2026-11-26T15:00:00"), acting_as(self.user(2)):
			self.assertEqual(decline_place(place.name)["status"], "Ended")
			self.assertRaises(waiting_list.NotWaiting, decline_place, place.name)
		with at("2026-11-26T15:01:00"):
			waiting_list.offer()
		self.assertEqual(self.states(2, 3), ["Ended", "Told"])

	def test_who_is_told_and_applies_keeps_the_place_until_it_is_decided(self):
		self.give_back(self.refused(1, 2))
		waiting_list.offer()
		request = self.asks(1, [MONDAY])
		self.assertEqual(waiting_list.offer(), 0)
		self.assertEqual(self.states(1, 2), ["Taken", "Waiting"])
		self.decide(request, "Withdraw", self.user(1))
		self.assertEqual(waiting_list.offer(), 1)
		self.assertEqual(self.states(1, 2), ["Ended", "Told"])

	def test_when_the_date_begins_or_he_leaves_nobody_waits_any_more(self):
		self.refused(1, 2, 3)
		left = eligible(today=TODAY)
		frappe.db.set_value(
			WAITING_PLACE, self.place(3, MONDAY).name, {"employee": left.name, "person": left.name}
		)
		frappe.db.set_value("Employee", left.name, "status", "Left")
		with at("2026-12-07T07:29:00"):
			waiting_list.offer()
		self.assertEqual(self.states(1, 2), ["Waiting", "Waiting"])
		self.assertEqual(frappe.db.get_value(WAITING_PLACE, {"employee": left.name}, "status"), "Ended")
		with at("2026-12-07T07:31:00"):
			waiting_list.offer()
		self.assertEqual(self.states(1, 2), ["Ended", "Ended"])
		frappe.db.delete(WAITING_PLACE, {"employee": left.name})

	def test_the_time_to_apply_ends_with_a_cut_off_or_when_the_date_begins(self):
		person = read_person(self.people[1].name)
		for told, until in (
			("2026-11-25 12:00", "2026-11-26 14:30"),
			# A Friday afternoon; the next working day is the Monday.
			("2026-11-27 16:00", "2026-11-30 14:30"),
			("2026-12-03 16:00", "2026-12-04 14:30"),
			("2026-12-04 15:00", "2026-12-07 07:30"),
			("2026-12-06 10:00", "2026-12-07 07:30"),
		):
			with self.subTest(told):
				found = waiting_list.answer_until(person, MONDAY, datetime.fromisoformat(told))
				self.assertEqual(found, datetime.fromisoformat(until))

	def test_a_nip_that_becomes_known_goes_with_what_he_waits_for(self):
		self.refused(1)
		employee = frappe.get_doc("Employee", self.people[1].name)
		employee.mkd_nip = "199001012020121009"
		employee.save()
		self.assertEqual(self.place(1, MONDAY).person, employee.mkd_nip)
		frappe.db.rollback()

	def test_ended_places_are_kept_as_long_as_log_settings_say(self):
		self.refused(1, 2)
		old = self.place(1, MONDAY).name
		frappe.db.set_value(WAITING_PLACE, old, {"status": "Ended", "ended_on": "2025-10-01 00:00:00"})
		frappe.db.set_value(WAITING_PLACE, self.place(2, MONDAY).name, "since", "2025-10-01 00:00:00")
		old_logs.clear_ended_places(400)
		self.assertEqual(self.states(1, 2), [None, "Waiting"])

	def test_nobody_writes_it_by_hand(self):
		self.refused(1)
		place = self.place(1, MONDAY)
		for user in (self.user(1), officer()):
			with acting_as(user), self.assertRaises(frappe.PermissionError):
				place.status = "Told"
				place.save()
