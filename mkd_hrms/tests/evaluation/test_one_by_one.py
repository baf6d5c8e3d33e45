"""What is done for many by the clock: one that fails keeps no other waiting, and is done when it can be."""

from contextlib import nullcontext
from unittest.mock import patch

from rq.timeouts import JobTimeoutException

import frappe
from frappe.installer import update_site_config
from frappe.tests.utils import FrappeTestCase
from frappe.utils import getdate

from mkd_hrms import tasks
from mkd_hrms.constants import BY_RECORDS, DAILY_REPORT, DAY, SUSPENSION, WARNING
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.ended_days import read_day
from mkd_hrms.services.booked_days import apply_changes, recheck
from mkd_hrms.services.day import due_shares, end_of_day, no_shows, outage_effects, places
from mkd_hrms.services.discipline import ladder, measures
from mkd_hrms.services.evaluation import run_record, runs
from mkd_hrms.services.ledger import booking, transitions
from mkd_hrms.services.objections import messages, procedure
from mkd_hrms.services.standing import early_warning_messages, refresh
from mkd_hrms.tests.support.appraisal_case import AppraisalCase
from mkd_hrms.tests.support.conduct_case import ObjectionCase, clear_measures, filed
from mkd_hrms.tests.support.day_case import AFTER_GRACE, FRIDAY, DayCase, at, moment, written
from mkd_hrms.tests.support.other_process import forget_what_waits, long_queue
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.statements import one_more, statements_of, without_mail
from mkd_hrms.tests.support.verification_case import VerificationCase
from mkd_hrms.tests.support.world import COMPANY

CHANGE = frappe._dict(person=frappe._dict(employee="x"))
NINE, NOON = moment(FRIDAY, 9), moment(FRIDAY, 12)


def failing_for(owner, function, name):
	"""A function of ours that cannot do its work for one record."""
	original = getattr(owner, function)

	def run(*args, **kwargs):
		if any(name in (getattr(arg, "name", arg), getattr(arg, "employee", None)) for arg in args):
			frappe.throw("Not possible now")
		return original(*args, **kwargs)

	return patch.object(owner, function, run)


class TestMeasures(ObjectionCase):
	def suspended(self):
		employee = self.person(default_shift="Jam Kantor")
		period = {"from_date": "2026-11-26", "to_date": "2026-12-18", "ground": "Laporan tidak benar"}
		with acting_as(self.manager):
			doc = frappe.get_doc({"doctype": SUSPENSION, "employee": employee.name, **period}).insert()
			doc.submit()
		return doc

	def test_one_that_cannot_end_ends_the_next_time_and_the_others_at_once(self):
		with at(getdate("2026-12-19"), 1):
			# Other tests leave measures behind that are over on that day, too.
			measures.end_over()
		first, second = self.suspended(), self.suspended()
		frappe.db.commit()
		self.addCleanup(forget_what_waits)
		with at(getdate("2026-12-19"), 1):
			with failing_for(measures, "_notice_of_end", first.name):
				self.assertEqual(measures.end_over(), 1)
			self.assertEqual([self.stored(doc).status for doc in (first, second)], ["In Force", "Ended"])
			self.assertEqual(measures.end_over(), 1)
			self.assertEqual(measures.end_over(), 0)
		self.assertEqual(self.stored(first).status, "Ended")

	def test_one_that_cannot_be_given_is_given_the_next_time_and_the_others_at_once(self):
		# Other tests leave missing reports behind for which nothing was given yet.
		self.climb()
		first, second = self.approved(), self.approved()
		for employee in (first, second):
			self.check_in(employee)
		self.end()
		with failing_for(ladder, "_measure", first.name):
			self.assertEqual(self.climb(), 1)
		self.assertEqual([len(self.measures(WARNING, each)) for each in (first, second)], [0, 1])
		self.assertEqual(self.climb(), 1)
		self.assertEqual([len(self.measures(WARNING, each)) for each in (first, second)], [1, 1])

	def test_another_measure_that_is_over_takes_less_than_one_statement(self):
		self.addCleanup(forget_what_waits)
		self.ended(1)
		cost, kinds = one_more(self.ended(1), self.ended(4))
		self.assertLessEqual(cost, 0.6, kinds)

	def ended(self, number):
		for _each in range(number):
			self.suspended()
		frappe.db.commit()
		with at(getdate("2026-12-19"), 1), without_mail():
			return number, statements_of(measures.end_over)


class TestObjections(ObjectionCase):
	def test_one_that_nobody_can_be_reminded_of_is_left_for_the_next_time(self):
		found = []
		for _each in range(2):
			employee, request = self.denied(default_shift="Jam Kantor")
			found.append(filed(request, employee))
		frappe.db.commit()
		with at(getdate("2026-12-10"), 9):
			with failing_for(messages, "late", found[0].name):
				self.assertEqual(procedure.escalate(), 1)
			self.assertEqual([bool(self.stored(doc).escalated_on) for doc in found], [False, True])
			self.assertEqual(procedure.escalate(), 1)
			self.assertEqual(procedure.escalate(), 0)


class TestOutage(VerificationCase):
	def tearDown(self):
		super().tearDown()
		clear_measures()

	def test_a_day_that_cannot_be_settled_keeps_no_other_waiting(self):
		workers = [self.approved(), self.approved()]
		self.end(AFTER_GRACE)
		with patch.object(outage_effects, "settle", lambda outage: None):
			outage = self.outage(NINE, NOON, (FRIDAY, 15))
		frappe.db.commit()
		with at(FRIDAY, 15):
			with failing_for(booking, "lock_person", workers[0].name):
				outage_effects.settle_by_worker(outage.name)
			self.assertEqual([self.day(worker).absence_proposed for worker in workers], [1, 0])
			self.assertEqual(outage.reload().taken_back, "Absence Proposed: 1, Missing: 1")
			outage_effects.settle_by_worker(outage.name)
		self.assertEqual([self.day(worker).absence_proposed for worker in workers], [0, 0])

	def test_what_is_decided_meanwhile_is_not_undone_as_something_else(self):
		worker = self.approved()
		self.end(AFTER_GRACE)
		stale = read_day(SiteDatabase(), self.day(worker).name)
		with at(FRIDAY, 14), acting_as(self.boss.user_id):
			no_shows.confirm(stale.name, True, "Tidak dapat dihubungi")
		with self.assertRaises(booking.DayChanged):
			transitions.reopen(stale)
		self.outage(NINE, NOON, (FRIDAY, 15))
		self.assertEqual(frappe.db.get_value(DAY, stale.name, "status"), "Approved")
		self.assertEqual(self.rows(worker), [])

	def test_an_outage_opens_the_report_of_a_false_place_again_and_leaves_what_was_found(self):
		worker = self.approved()
		self.check_in(worker)
		self.end(AFTER_GRACE)
		with at(FRIDAY, 14), acting_as(self.boss.user_id):
			places.confirm(self.day(worker).name, "Berada di luar kota")
		self.outage(NINE, NOON, (FRIDAY, 15))
		day = self.day(worker)
		self.assertEqual((day.status, day.report_missing), ("Worked", 0))
		self.assertEqual((day.false_place, day.confirmed_by), (1, self.boss.user_id))
		with at(FRIDAY, 16):
			ladder.climb()
		self.assertEqual(frappe.db.get_value(SUSPENSION, {"employee": worker.name}, "status"), "In Force")
		with at(FRIDAY, 17), acting_as(worker.user_id):
			report = frappe.get_doc(DAILY_REPORT, {"employee": worker.name})
			report.update({"activities": written(worker)["activities"]})
			report.save()
			report.submit()
		self.assertEqual(report.status, "Submitted")


class TestDueDaysInShares(DayCase):
	"""Many due days of a company are ended by several workers, each those of other employees."""

	def test_every_day_is_ended_once_by_the_job_of_its_share(self):
		workers = [self.approved() for _number in range(4)]
		self.end((FRIDAY, 9))
		frappe.db.commit()
		forget_what_waits()
		self.addCleanup(forget_what_waits)
		self.addCleanup(update_site_config, due_shares.MOST_KEY, "None")
		update_site_config(due_shares.MOST_KEY, 2)
		with at(*AFTER_GRACE):
			tasks.end_days()
			tasks.end_days()
			jobs = [job.kwargs["kwargs"] for job in long_queue().jobs]
			shares = sorted(job["share"] for job in jobs if job["company"] == COMPANY)
			self.assertGreater(len(shares), 1)
			self.assertEqual(shares, [(number, len(shares)) for number in range(len(shares))])
			ended = [end_of_day.end_days(COMPANY, share) for share in shares]
			self.assertGreaterEqual(sum(sum(each.values()) for each in ended), len(workers))
			self.assertEqual([self.day(worker).absence_proposed for worker in workers], [1] * len(workers))
			reports = frappe.get_all(
				DAILY_REPORT, {"employee": ("in", [worker.name for worker in workers])}, pluck="employee"
			)
			self.assertEqual(sorted(reports), sorted(worker.name for worker in workers))

	def test_all_days_of_an_employee_are_in_one_share(self):
		days = [frappe._dict(employee=f"HR-EMP-{number % 50:05}", name=number) for number in range(200)]
		found = [due_shares.days_of(days, (number, 3)) for number in range(3)]
		self.assertEqual(sorted(day.name for part in found for day in part), list(range(200)))
		whose = [{day.employee for day in part} for part in found]
		self.assertEqual(sum(map(len, whose)), len(set().union(*whose)))
		self.assertTrue(all(len(part) > 40 for part in found))
		self.assertEqual(due_shares.days_of(days, None), days)


class TestTheTimeOfTheJob(FrappeTestCase):
	"""What the queue says ends the job, wherever in it that is; what was begun is undone."""

	def over(self, *_args, **_kwargs):
		frappe.db.set_value("User", "Guest", "bio", "begun")
		raise JobTimeoutException("Task exceeded maximum timeout value")

	def assert_ended(self, work):
		with self.assertRaises(JobTimeoutException):
			work()
		self.assertFalse(frappe.db.get_value("User", "Guest", "bio"))

	def test_it_ends_what_is_done_one_by_one(self):
		for owner, waiting, found, piece, work in (
			(ladder, "_waiting", ["x"], "settle_all", ladder.climb),
			(early_warning_messages, "_untold", {"x": None}, "_tell_all", early_warning_messages.tell),
			(apply_changes, None, None, "_carry_out", lambda: apply_changes.carry_out([CHANGE])),
			(recheck, None, None, "read_all_records", lambda: recheck._judge_again(["x"])),
		):
			with self.subTest(owner.__name__), patch.object(owner, piece, self.over):
				with patch.object(owner, waiting, lambda *_: found) if waiting else nullcontext():  # noqa: B023
					self.assert_ended(work)

	def test_it_ends_an_evaluation(self):
		record = run_record.RunRecord("x", BY_RECORDS)
		with self.assertRaises(JobTimeoutException):
			record.note_obstacle(None, JobTimeoutException("over"))
		with patch.object(refresh, "refresh", self.over), patch.object(record, "fail") as fail:
			with self.assertRaises(JobTimeoutException):
				runs._refresh(record)
		fail.assert_called_once()
		frappe.db.rollback()


class TestGoals(AppraisalCase):
	def test_a_goal_that_frappe_hr_refuses_keeps_no_other_waiting(self):
		worker, other = self.approved(), self.person()
		refused, goal = self.goal(worker, 600), self.goal(worker, 600)
		above = self.goal(other, is_group=1)
		frappe.db.set_value("Goal", refused.name, "parent_goal", above.name)
		rows = [self.activity(refused, 200), self.activity(goal, 150)]
		self.report(worker, activities=rows).db_set("status", "Verified")
		self.assertEqual((self.progress(refused), self.progress(goal)), (0, 25))
