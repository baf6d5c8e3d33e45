"""A company in shares: one worker or several come to the same, whatever happens to one of them."""

import os
import signal
import tempfile
import time
from contextlib import contextmanager, nullcontext
from itertools import chain
from pathlib import Path

from freezegun import freeze_time
from rq import Worker
from rq.timeouts import JobTimeoutException

import frappe
from frappe.installer import update_site_config
from frappe.tests.utils import FrappeTestCase
from frappe.utils import add_days

from mkd_hrms import tasks
from mkd_hrms.constants import EARLY_WARNING, ELIGIBILITY, EVALUATION_RUN, NIGHTLY
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase, another_connection
from mkd_hrms.facts.people import read_people
from mkd_hrms.facts.shares import read_parts
from mkd_hrms.services.evaluation import run_shares, runs
from mkd_hrms.services.platform import work_queue
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.services.standing import refresh, rows
from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.sample import make_agency
from mkd_hrms.simulate.sample.files import write_tables
from mkd_hrms.tests.facts.test_differential import SEED, TODAY, UNTIL, copy_to_site, set_apart
from mkd_hrms.tests.standing.test_standing_of_many import COMPANY, remove_agency
from mkd_hrms.tests.support.evaluation_case import SAYS
from mkd_hrms.tests.support.frozen import NOON
from mkd_hrms.tests.support.other_process import (
	forget_what_waits,
	long_queue,
	outcome,
	python,
	wait_until_free,
)

EMPLOYEES, SHARES, CHUNK = 200, 4, 10
WARNED = "employee gate reason actual limit_value until status open_threshold company department"
SECONDS, OLD = 30, "old"
# A worker as the bench starts it, that commits after a handful of people.
WORKER = f"""
from frappe.utils.background_jobs import start_worker
from mkd_hrms.services.standing import refresh
refresh.CHUNK = {CHUNK}
start_worker(queue="long", burst=True, quiet=True)
"""


class ShareCase(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		clock = freeze_time(NOON, tick=True)
		clock.start()
		cls.addClassCleanup(clock.stop)
		cls.addClassCleanup(cls.clear_away)
		with tempfile.TemporaryDirectory() as folder:
			write_tables(make_agency(EMPLOYEES, SEED, UNTIL), Path(folder), "parquet")
			agency = load(Path(folder))
		set_apart(agency.connection)
		copy_to_site(agency.connection)
		frappe.db.commit()
		cls.active = sorted(
			frappe.get_all("Employee", {"company": COMPANY, "status": "Active"}, pluck="name")
		)
		cls.most = -(-len(cls.active) // SHARES)

	@classmethod
	def clear_away(cls):
		frappe.db.rollback()
		frappe.db.delete(EARLY_WARNING, {"company": COMPANY})
		frappe.db.delete(EVALUATION_RUN, {"company": COMPANY})
		remove_agency()

	def setUp(self):
		forget_what_waits()
		frappe.db.delete(EVALUATION_RUN, {"company": COMPANY})
		self.divide(len(self.active))
		runs.run(COMPANY)
		self.once = self.said()
		self.assertTrue(all(self.once))
		self.forget()
		self.divide(self.most)

	def tearDown(self):
		self.divide("None")
		forget_what_waits()

	def divide(self, most):
		update_site_config(runs.MOST_KEY, most)

	def forget(self):
		"""Nobody has a standing that is right."""
		frappe.db.rollback()
		for doctype in (ELIGIBILITY, EARLY_WARNING, EVALUATION_RUN):
			frappe.db.delete(doctype, {"company": COMPANY})
		frappe.db.commit()

	def said(self):
		"""All standings and early warnings, without when they were written."""
		frappe.db.rollback()
		return tuple(
			frappe.get_all(doctype, {"company": COMPANY}, fields, order_by=", ".join(fields), as_list=True)
			for doctype, fields in ((ELIGIBILITY, SAYS.split()), (EARLY_WARNING, WARNED.split()))
		)

	def runs(self):
		"""In the order of their numbers: each process has a clock of its own, which starts at noon."""
		frappe.db.rollback()
		return frappe.get_all(EVALUATION_RUN, {"company": COMPANY}, ["*"], order_by="name")

	def states(self):
		"""Of each share of the last run, how it is and how many people it has evaluated."""
		return [
			(share["status"], share.get("evaluated", 0))
			for share in run_shares.shares_of(self.runs()[-1].name)
		]

	def assert_complete(self, run):
		people = len(self.active)
		self.assertEqual(
			(run.status, run.progress, run.people, run.evaluated, run.failed, run.error),
			("Completed", 100, people, people, 0, None),
		)
		self.assertEqual((run.shares, run.shares_over), (SHARES, SHARES))


class TestShares(ShareCase):
	def test_every_person_is_in_one_share(self):
		parts = read_parts(SiteDatabase(), COMPANY, self.most)
		self.assertEqual(len(parts), SHARES)
		found = [self.people_in(part) for part in parts]
		self.assertEqual([part.people for part in parts], [len(names) for names in found])
		self.assertEqual(sorted(chain(*found)), self.active)
		self.assertEqual(read_parts(SiteDatabase(), COMPANY, len(self.active))[0].people, len(self.active))

	def test_a_person_with_two_active_records_is_whole_in_one_share(self):
		first, last = self.active[0], self.active[-1]
		kept = dict(
			frappe.get_all("Employee", {"name": ("in", (first, last))}, ["name", "mkd_nip"], as_list=True)
		)
		for name in kept:
			self.addCleanup(frappe.db.set_value, "Employee", name, "mkd_nip", kept[name])
			frappe.db.set_value("Employee", name, "mkd_nip", "199001012015011001")
		parts = read_parts(SiteDatabase(), COMPANY, self.most)
		found = [self.people_in(part) for part in parts]
		self.assertLessEqual({first, last}, set(found[0]))
		self.assertEqual(sorted(chain(*found)), self.active)
		self.assertEqual([part.people for part in parts], [len(names) for names in found])

	def people_in(self, part):
		judged = read_people(SiteDatabase(), Scope(company=COMPANY, share=part.share))
		stored = rows.known(COMPANY, (), part.share)
		self.assertLessEqual(set(stored), set(judged))
		return sorted(judged)

	def test_one_process_comes_to_the_same_in_shares(self):
		name = runs.run(COMPANY)
		(run,) = self.runs()
		self.assertEqual(run.name, name)
		self.assert_complete(run)
		self.assertEqual(self.said(), self.once)
		self.assertEqual(long_queue().count, SHARES - 1)
		for number in range(1, SHARES):
			tasks.refresh_share(COMPANY, name, number)
		self.assert_complete(self.runs()[0])

	def test_whoever_left_loses_his_standing_in_his_share(self):
		runs.run(COMPANY)
		self.addCleanup(frappe.db.commit)
		for name in (self.active[1], self.active[-1]):
			self.addCleanup(frappe.db.set_value, "Employee", name, "status", "Active")
			frappe.db.set_value("Employee", name, "status", "Left")
		frappe.db.commit()
		runs.run(COMPANY)
		run = self.runs()[-1]
		self.assertEqual((run.status, run.removed, run.changed), ("Completed", 2, 0))
		left = frappe.get_all(ELIGIBILITY, {"company": COMPANY}, pluck="name", order_by="name")
		self.assertEqual(
			left, [name for name in self.active if name not in (self.active[1], self.active[-1])]
		)

	def test_whoever_divided_leaves_the_rest_to_the_jobs_when_his_time_is_up(self):
		self.addCleanup(setattr, runs, "OWN_SECONDS", runs.OWN_SECONDS)
		runs.OWN_SECONDS = 0
		name = runs.run(COMPANY)
		waiting = [("Waiting", 0)] * SHARES
		self.assertEqual(self.states()[-1:], waiting[-1:])
		self.assertEqual(self.runs()[0].status, "Running")
		self.assertFalse(runs.start(COMPANY, NIGHTLY), "its jobs wait")
		self.assertIsNone(runs.run(COMPANY))
		# Meanwhile somebody is saved; whoever ends the last share evaluates him, too.
		frappe.db.set_value(ELIGIBILITY, self.active[0], "content_hash", "old")
		runs.wish(COMPANY, [self.active[0]])
		runs.work_off(COMPANY)
		self.assertTrue(work_queue.waits(f"company:{COMPANY}"))
		for number in range(SHARES):
			tasks.refresh_share(COMPANY, name, number)
		self.assert_complete(self.runs()[0])
		self.assertFalse(work_queue.waits(f"company:{COMPANY}"))
		self.assertEqual(self.said(), self.once)

	def test_a_share_that_fails_says_so_and_the_others_are_evaluated(self):
		for error, raised in (
			(ZeroDivisionError("second"), None),
			(JobTimeoutException("over"), JobTimeoutException),
		):
			with self.subTest(type(error).__name__):
				self.forget()
				forget_what_waits()
				self.fail_in_the_second_chunk(error, raised)
				run = self.runs()[0]
				self.assertEqual((run.status, run.shares_over), ("Failed", SHARES))
				self.assertEqual(run.error, f"Share 1 of {SHARES}: {type(error).__name__}: {error}")
				self.assertIn("in stumble", frappe.db.get_value("Error Log", run.error_log, "error"))
				self.assertEqual(run.evaluated, len(self.active) - self.people(0) + CHUNK)
				self.assertEqual(len(self.said()[0]), run.evaluated)
				runs.run(COMPANY)
				self.assert_complete(self.runs()[-1])
				self.assertEqual(self.said(), self.once)

	def fail_in_the_second_chunk(self, error, raised):
		told, kept = [], (refresh.CHUNK, runs.LISTENERS)

		def stumble(chunk):
			told.append(chunk)
			if len(told) == 2:
				raise error

		refresh.CHUNK, runs.LISTENERS = CHUNK, (*runs.LISTENERS, stumble)
		try:
			with self.assertRaises(raised) if raised else nullcontext():
				runs.run(COMPANY)
			# What the queue still holds; where nothing is left to do, a job does nothing.
			for number in range(1, SHARES):
				tasks.refresh_share(COMPANY, self.runs()[0].name, number)
		finally:
			refresh.CHUNK, runs.LISTENERS = kept

	def people(self, number):
		return run_shares.shares_of(self.runs()[0].name)[number]["people"]


class TestHowManyShares(ShareCase):
	"""Where the site's configuration says nothing."""

	def setUp(self):
		super().setUp()
		self.divide("None")
		self.addCleanup(setattr, runs, "MOST", runs.MOST)
		runs.MOST = self.most

	def shares_with(self, workers):
		there = [Worker([long_queue()], connection=long_queue().connection) for _each in range(workers)]
		for worker in there:
			worker.register_birth()
		try:
			runs.run(COMPANY)
		finally:
			for worker in there:
				worker.register_death()
		return self.runs()[-1].shares

	def test_no_more_than_workers_and_none_too_small(self):
		for workers, shares in ((0, 1), (1, 1), (2, 2), (SHARES + 2, SHARES)):
			with self.subTest(workers):
				self.assertEqual(self.shares_with(workers), shares)


class TestWorkers(ShareCase):
	"""RQ's own workers, each a process with a clock as the tests have it."""

	def forget(self):
		"""Everybody has a standing, which says what was true long ago."""
		frappe.db.rollback()
		for doctype in (EARLY_WARNING, EVALUATION_RUN):
			frappe.db.delete(doctype, {"company": COMPANY})
		values = {"outcome": "Not Eligible", "tier_limit": 0, "findings": "[]", "content_hash": OLD}
		frappe.db.set_value(ELIGIBILITY, {"company": COMPANY}, values)
		frappe.db.commit()

	def test_one_worker_evaluates_everybody(self):
		runs.start(COMPANY, NIGHTLY)
		self.assert_ended(self.worker())
		self.assert_complete(self.runs()[0])
		self.assertEqual(self.said(), self.once)

	def test_two_workers_share_a_company(self):
		with self.held_up(0) as go_on:
			planner, helper = self.two_workers()
			self.wait_for(lambda: self.runs()[0].shares_over == SHARES - 1)
			(run,) = self.runs()
			self.assertEqual((run.status, run.seconds), ("Running", 0))
			self.assertEqual(run.evaluated, sum(done for _state, done in self.states()))
			go_on()
			self.assert_ended(planner, helper)
		self.assert_complete(self.runs()[0])
		self.assertEqual(self.said(), self.once)

	def test_a_share_whose_worker_is_killed_is_done_by_the_next_start(self):
		with self.held_up(0) as planner_goes_on, self.held_up(1) as killed_goes_on:
			planner, killed = self.two_workers()
			self.wait_for(lambda: self.is_held_up(1))
			kill(killed)
			# The server looks after a connection when its statement is over.
			killed_goes_on()
			wait_until_free(run_shares.lock_of(COMPANY, 1))
			planner_goes_on()
			self.assert_ended(planner)
		(run,) = self.runs()
		self.assertEqual((run.status, run.shares_over, run.failed), ("Interrupted", SHARES, 0))
		self.assertRegex(run.error, f"^Share 2 of {SHARES}: .*killed")
		self.assertEqual(
			[state for state, _done in self.states()], ["Completed", "Interrupted", *["Completed"] * 2]
		)
		self.assertEqual(run.evaluated, sum(done for _state, done in self.states()))
		new = {"company": COMPANY, "content_hash": ("!=", OLD)}
		self.assertEqual(frappe.db.count(ELIGIBILITY, new), run.evaluated)
		self.assertTrue(runs.start(COMPANY, NIGHTLY))
		self.assert_ended(self.worker())
		self.assertEqual([run.status for run in self.runs()], ["Interrupted", "Completed"])
		self.assert_complete(self.runs()[-1])
		self.assertEqual(self.said(), self.once)

	def two_workers(self):
		"""One that divides the company and is held up in its first share, and one that comes to help."""
		runs.start(COMPANY, NIGHTLY)
		planner = self.worker()
		self.wait_for(lambda: self.runs() and self.is_held_up(0))
		return planner, self.worker()

	def worker(self):
		process = python(WORKER)
		self.addCleanup(lambda: process.poll() is None and kill(process))
		return process

	def is_held_up(self, number):
		"""Some of the share are evaluated by then."""
		state, done = self.states()[number]
		return state == "Running" and done >= CHUNK

	@contextmanager
	def held_up(self, number):
		"""Somebody else writes the standing of one in the middle of a share, until he is told to go on."""
		part, tomorrow = read_parts(SiteDatabase(), COMPANY, self.most)[number], add_days(TODAY, 1)
		scope = Scope(company=COMPANY, share=part.share)
		policy, database = policy_on(COMPANY, tomorrow), SiteDatabase()
		judged = list(refresh._judge(COMPANY, policy, tomorrow, TODAY, scope, None, database))
		with another_connection() as connection:
			connection.begin()
			standing = f"select name from `tab{ELIGIBILITY}` where name = %s for update"
			self.assertTrue(connection.sql(standing, judged[len(judged) // 2].person.employee))
			yield connection.rollback

	def assert_ended(self, *processes):
		for process in processes:
			code, output, errors = outcome(process)
			self.assertEqual(code, 0, output + errors)

	def wait_for(self, condition):
		deadline = time.monotonic() + SECONDS
		while not condition():
			if time.monotonic() > deadline:
				self.fail(f"{self.runs()}")
			time.sleep(0.1)


def kill(worker):
	"""SIGKILL for a worker and for the process in which it does its job."""
	horses = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
	worker.kill()
	for horse in horses:
		os.kill(int(horse), signal.SIGKILL)
	worker.communicate()
