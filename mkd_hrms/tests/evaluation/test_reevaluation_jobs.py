"""Whom a change concerns is evaluated again, and nobody else; without failing, or holding up, whoever stores it."""

import frappe
from frappe.utils import background_jobs

from mkd_hrms.constants import ELIGIBILITY, EVALUATION_RUN
from mkd_hrms.services.evaluation import runs as evaluation_runs
from mkd_hrms.services.platform import locks, work_queue
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.evaluation_case import ChangeCase
from mkd_hrms.tests.support.other_process import long_queue, meanwhile, work_the_queue
from mkd_hrms.tests.support.world import COMPANY, classify, other_company

HOLDS_THE_LOCK = """
from mkd_hrms.services.platform.locks import alone
with alone(company) as mine:
	print("ready" if mine else "taken", flush=True)
	sys.stdin.read()
"""


class TestTheJob(ChangeCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		refresh.refresh(COMPANY)

	def test_only_whom_it_concerns_is_evaluated(self):
		one, other = self.person(), self.person()
		self.assertEqual(self.evaluated(), {one.name, other.name})
		one.reload()
		one.employment_type = "CPNS"
		one.save()
		self.assertEqual(self.evaluated(), {one.name})
		self.assertEqual(frappe.db.get_value(ELIGIBILITY, one.name, "failed_gates"), "Type")

	def test_a_classification_that_will_begin_is_when_the_standing_changes_by_itself(self):
		one = self.person()
		decision = classify("Employee", one.name, "Not Suitable", valid_from="2026-12-15")
		# Whoever exports other people exports the decisions about all of them.
		self.addCleanup(frappe.db.commit)
		self.addCleanup(frappe.db.delete, decision.doctype, {"name": decision.name})
		self.evaluated()
		stored = frappe.db.get_value(ELIGIBILITY, one.name, ["outcome", "changes_on"])
		self.assertEqual(stored, ("Eligible", frappe.utils.getdate("2026-12-15")))

	def test_single_people_leave_no_run_unless_it_fails(self):
		one = self.person()
		self.evaluated()
		frappe.db.delete(EVALUATION_RUN)
		one.reload()
		one.employment_type = "CPNS"
		one.save()
		self.assertTrue(self.evaluated())
		self.assertFalse(frappe.get_all(EVALUATION_RUN))
		self.addCleanup(setattr, evaluation_runs, "LISTENERS", evaluation_runs.LISTENERS)
		evaluation_runs.LISTENERS = (lambda chunk: 1 / 0,)
		one.employment_type = "PNS"
		one.save()
		self.assertFalse(self.evaluated())
		(run,) = frappe.get_all(EVALUATION_RUN, fields=["trigger", "status", "error"])
		self.assertEqual((run.trigger, run.status), ("Records", "Failed"))
		self.assertIn("ZeroDivisionError", run.error)

	def test_whoever_leaves_loses_his_standing_and_whoever_moves_keeps_one(self):
		leaver, mover = self.person(), self.person()
		self.evaluated()
		leaver.reload()
		leaver.update({"status": "Left", "relieving_date": "2026-11-24"})
		leaver.save()
		mover.reload()
		mover.update({"company": other_company(), "department": None})
		mover.save()
		self.assertEqual(self.evaluated(), {leaver.name, mover.name})
		self.assertFalse(frappe.db.exists(ELIGIBILITY, leaver.name))
		self.assertEqual(frappe.db.get_value(ELIGIBILITY, mover.name, "company"), mover.company)

	def test_a_policy_evaluates_its_companies_and_says_so(self):
		frappe.db.delete(EVALUATION_RUN)
		policy = frappe.copy_doc(frappe.get_doc("MKD Policy", {"pack": "jabar-2023"}), ignore_no_copy=False)
		# In tests Frappe copies the docstatus, too.
		values = {"docstatus": 0, "company": COMPANY, "effective_from": "2026-11-26"}
		policy.update({**values, "policy_name": "MKD Tetap", "min_service_months": 900})
		policy.insert().submit()
		try:
			self.assertIn(self.employee.name, self.evaluated())
			runs = frappe.get_all(EVALUATION_RUN, fields=["company", "trigger", "status"])
			self.assertEqual([tuple(run.values()) for run in runs], [(COMPANY, "Policy", "Completed")])
			self.assertEqual(frappe.db.get_value(ELIGIBILITY, self.employee.name, "failed_gates"), "Not New")
		finally:
			# Where others have days booked, it has decided about them by now, and would have to stay.
			policy.reload()
			policy.db_set("first_used_on", None)
			policy.cancel()
			self.evaluated()

	def test_many_people_are_left_to_a_run_of_their_company(self):
		self.addCleanup(setattr, evaluation_runs, "MANY", evaluation_runs.MANY)
		evaluation_runs.MANY = 2
		frappe.db.delete(EVALUATION_RUN)
		people = [self.person() for _ in range(3)]
		self.assertLessEqual({person.name for person in people}, self.evaluated())
		self.assertEqual(frappe.get_all(EVALUATION_RUN, pluck="trigger"), ["Records"])

	def test_what_a_killed_worker_had_taken_is_evaluated_by_the_next(self):
		one = self.person()
		frappe.db.commit()
		evaluation_runs.wish(COMPANY, [one.name])
		# A worker took them and was killed.
		work_queue.take(f"company:{COMPANY}")
		frappe.db.delete(ELIGIBILITY, {"name": one.name})
		frappe.db.commit()
		evaluation_runs.work_off(COMPANY)
		self.assertTrue(frappe.db.exists(ELIGIBILITY, one.name))

	def test_what_comes_during_a_run_is_worked_off_by_whoever_runs(self):
		one = self.person()
		with meanwhile(HOLDS_THE_LOCK, company=COMPANY):
			self.assertFalse(self.evaluated())
			self.assertFalse(frappe.db.exists(ELIGIBILITY, one.name))
		frappe.db.commit()
		evaluation_runs.run(COMPANY)
		self.assertFalse(work_queue.waits(f"company:{COMPANY}"))
		self.assertTrue(frappe.db.exists(ELIGIBILITY, one.name))

	def test_a_night_that_finds_somebody_at_single_people_is_not_left_out(self):
		frappe.db.delete(EVALUATION_RUN)
		frappe.db.commit()
		with meanwhile(HOLDS_THE_LOCK, company=COMPANY):
			self.assertIsNone(evaluation_runs.run(COMPANY))
		evaluation_runs.work_off(COMPANY)
		(run,) = frappe.get_all(EVALUATION_RUN, fields=["company", "trigger", "status"])
		self.assertEqual(tuple(run.values()), (COMPANY, "Nightly", "Completed"))


class TestTheQueue(ChangeCase):
	def test_many_saves_with_a_commit_each_end_in_one_job_that_a_worker_does(self):
		people = [self.person() for _ in range(6)]
		frappe.db.commit()
		self.assertEqual(long_queue().count, 1)
		for person in people:
			person.reload()
			person.employment_type = "CPNS"
			person.save()
			frappe.db.commit()
		self.assertEqual(long_queue().count, 1)
		work_the_queue()
		frappe.db.rollback()
		names = ("in", [person.name for person in people])
		failed = frappe.get_all(ELIGIBILITY, {"name": names}, pluck="failed_gates")
		self.assertEqual(len(failed), len(people))
		self.assertTrue(all("Type" in gates for gates in failed), failed)
		self.assertEqual(long_queue().count, 0)
		people[0].reload()
		people[0].employment_type = "PNS"
		people[0].save()
		frappe.db.commit()
		self.assertEqual(long_queue().count, 1, "what comes after the job began needs another one")

	def test_without_a_queue_nobody_notices_when_he_saves(self):
		one = self.person()
		frappe.db.commit()
		connection, address = background_jobs._redis_queue_conn, frappe.conf.redis_queue
		background_jobs._redis_queue_conn, frappe.conf.redis_queue = None, "redis://127.0.0.1:1"
		try:
			one.reload()
			one.employment_type = "CPNS"
			one.save()
			frappe.db.commit()
		finally:
			background_jobs._redis_queue_conn, frappe.conf.redis_queue = connection, address
		self.assertEqual(frappe.db.get_value("Employee", one.name, "employment_type"), "CPNS")
		evaluation_runs.run(COMPANY)
		self.assertEqual(frappe.db.get_value(ELIGIBILITY, one.name, "failed_gates"), "Type")

	def test_a_lock_belongs_to_one_site_and_one_work(self):
		names = {locks.lock_name(COMPANY), locks.lock_name("changes")}
		self.assertEqual(len(names), 2)
		self.assertTrue(all(len(name) <= 64 for name in names))
