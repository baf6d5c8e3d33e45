"""The evaluation as an operation: one run per company at a time, killed ones, failing ones, and who may see and start."""

import signal

import frappe

from mkd_hrms.constants import BY_HAND, ELIGIBILITY, EVALUATION_RUN, NIGHTLY
from mkd_hrms.services.evaluation import runs
from mkd_hrms.tests.support.evaluation_case import RunCase
from mkd_hrms.tests.support.factories import make_user
from mkd_hrms.tests.support.other_process import (
	meanwhile,
	outcome,
	python,
	wait_until_free,
)
from mkd_hrms.tests.support.world import COMPANY, TODAY, empty_company

KILLED_IN_THE_SECOND_CHUNK = """
from mkd_hrms.services.evaluation import runs
from mkd_hrms.services.standing import refresh
refresh.CHUNK = 2
chunks = []
def listen(chunk):
	chunks.append(chunk)
	if len(chunks) == 2:
		os.kill(os.getpid(), signal.SIGKILL)
runs.LISTENERS = (listen,)
runs.run(company)
"""
STOPS_IN_THE_FIRST_CHUNK = """
from mkd_hrms.services.evaluation import runs
def listen(chunk):
	print("ready", flush=True)
	sys.stdin.read()
runs.LISTENERS = (listen,)
runs.run(company)
"""
RUNS = """
from mkd_hrms.services.evaluation import runs
print(runs.run(company))
"""


class TestOneRun(RunCase):
	def test_a_run_leaves_a_record(self):
		people = frappe.db.count("Employee", {"company": COMPANY, "status": "Active"})
		name = runs.run(COMPANY)
		(run,) = self.runs()
		self.assertEqual(
			(run.name, run.company, run.trigger, run.status, run.progress, run.failed),
			(name, COMPANY, NIGHTLY, "Completed", 100, 0),
		)
		self.assertEqual((run.evaluated, run.changed, run.removed), (people, people, 0))
		self.assertEqual(run.evaluated_for, frappe.utils.add_days(TODAY, 1))
		self.assertGreaterEqual(run.ended, run.started)
		self.assertIsNone(run.error)
		runs.run(COMPANY)
		self.assertEqual([(run.evaluated, run.changed) for run in self.runs()][1], (people, 0))
		self.assertFalse(self.mails())

	def test_everybody_who_looks_sees_how_far_it_is(self):
		seen = []
		self.with_listener(lambda chunk: seen.append(self.stored_progress()))
		redis = frappe.utils.background_jobs.get_redis_connection_without_auth().pubsub()
		redis.subscribe("events")
		runs.run(COMPANY, BY_HAND)
		told = [frappe.parse_json(entry["data"].decode()) for entry in self.published(redis)]
		rooms = {entry["room"] for entry in told if entry["event"] == "progress"}
		name = self.runs()[0].name
		self.assertEqual(rooms, {f"doc:{EVALUATION_RUN}/{name}", "user:Administrator"})
		self.assertEqual(told[-1]["event"], "list_update")
		self.assertGreater(len(seen), 1)
		self.assertEqual(seen, sorted(seen))

	def stored_progress(self):
		return frappe.db.get_value(EVALUATION_RUN, {"company": COMPANY}, "evaluated")

	def published(self, redis):
		while entry := redis.get_message(timeout=1):
			if entry["type"] == "message":
				yield entry

	def test_people_who_cannot_be_judged_stop_nobody_and_keep_their_standing(self):
		broken, sound = self.person(), self.person()
		runs.run(COMPANY)
		before = frappe.db.get_value(ELIGIBILITY, broken.name, ["outcome", "evaluated_on"])
		case = frappe.get_doc(
			{
				"doctype": "MKD Discipline Record",
				"employee": broken.name,
				"level": "Medium",
				"stage": "In Force",
				"from_date": "2026-11-01",
				"to_date": "2026-11-10",
				"decree_no": "SK 2",
			}
		).insert()
		case.submit()
		frappe.db.set_value(case.doctype, case.name, "level", "Berat", update_modified=False)
		frappe.db.set_value("Employee", sound.name, "employment_type", "CPNS")
		frappe.db.commit()
		runs.run(COMPANY)
		run = self.runs()[-1]
		self.assertEqual((run.status, run.failed, run.changed), ("Completed", 1, 1))
		self.assertIn(broken.name, run.error)
		self.assertIn(broken.employee_name, run.error)
		self.assertIn("cool_off_months", frappe.db.get_value("Error Log", run.error_log, "error"))
		self.assertEqual(frappe.db.get_value(ELIGIBILITY, broken.name, ["outcome", "evaluated_on"]), before)
		self.assertEqual(frappe.db.get_value(ELIGIBILITY, sound.name, "failed_gates"), "Type")
		case.reload()
		frappe.db.set_value(case.doctype, case.name, "docstatus", 2)
		frappe.db.commit()


class TestTwoRuns(RunCase):
	def test_the_second_one_ends_at_once_while_another_process_evaluates(self):
		with meanwhile(STOPS_IN_THE_FIRST_CHUNK, company=COMPANY):
			self.assertIsNone(runs.run(COMPANY))
			code, output, errors = outcome(python(RUNS, company=COMPANY))
			self.assertEqual((code, output.strip()), (0, "None"), errors)
			self.assertEqual([run.status for run in self.runs()], ["Running"])
		self.assertEqual([run.status for run in self.runs()], ["Completed"])
		self.assertTrue(runs.run(COMPANY))

	def test_other_companies_do_not_wait(self):
		# A row that is written waits for those of the other run, as in any database: nobody is there.
		other = empty_company()
		with meanwhile(STOPS_IN_THE_FIRST_CHUNK, company=COMPANY):
			self.assertTrue(runs.run(other))
		self.assertEqual(
			{run.status for run in self.runs()}, {"Completed"}, [run.error for run in self.runs()]
		)

	def test_a_killed_run_ends_as_if_it_had_run_once(self):
		for _ in range(5):
			self.person()
		runs.run(COMPANY)
		uninterrupted = self.table()
		frappe.db.delete(ELIGIBILITY)
		frappe.db.delete(EVALUATION_RUN)
		frappe.db.commit()
		code, _output, errors = outcome(python(KILLED_IN_THE_SECOND_CHUNK, company=COMPANY))
		self.assertEqual(code, -signal.SIGKILL, errors)
		(run,) = self.runs()
		self.assertEqual((run.status, run.evaluated), ("Running", 2))
		self.assertEqual(len(self.table()), 2)
		self.assertGreater(len(uninterrupted), 4)
		wait_until_free(COMPANY)
		runs.run(COMPANY)
		self.assertEqual(self.table(), uninterrupted)
		self.assertEqual([run.status for run in self.runs()], ["Interrupted", "Completed"])
		self.assertFalse(self.mails())


class TestAFailingRun(RunCase):
	def setUp(self):
		super().setUp()
		self.sending_account()
		self.officers = {make_user("MKD Officer"), make_user("MKD Officer", "HR User")}
		self.person(), self.person()
		frappe.db.commit()
		self.chunks = []

	def sending_account(self):
		"""Stored as it is: saving it would look for its server."""
		if not frappe.db.exists("Email Account", "MKD"):
			account = frappe.new_doc("Email Account")
			values = {"email_id": "mkd@mkd.test", "enable_outgoing": 1, "default_outgoing": 1}
			account.update({"name": "MKD", "email_account_name": "MKD", **values})
			account.db_insert()
			self.addCleanup(frappe.db.commit)
			self.addCleanup(frappe.db.delete, "Email Account", "MKD")

	def stumble(self, chunk):
		self.chunks.append(chunk)
		if len(self.chunks) == 2:
			raise ZeroDivisionError("the second chunk")

	def test_it_is_recorded_and_told_to_each_of_the_officers_in_a_mail(self):
		bystander = make_user("HR Manager")
		frappe.db.commit()
		self.with_listener(self.stumble)
		name = runs.run(COMPANY)
		(run,) = self.runs()
		self.assertEqual((run.name, run.status, run.evaluated), (name, "Failed", 2))
		self.assertEqual(run.error, "ZeroDivisionError: the second chunk")
		self.assertIn("in stumble", frappe.db.get_value("Error Log", run.error_log, "error"))
		self.assertEqual(len(self.table()), 2)
		mails = self.mails()
		recipients = {row.recipient for mail in mails for row in mail.recipients}
		self.assertEqual(len(recipients), len(mails))
		self.assertLessEqual(self.officers, recipients)
		self.assertNotIn(bystander, recipients)
		for mail in mails:
			self.assertIn(COMPANY, frappe.safe_decode(mail.message))

	def test_the_next_run_ends_what_the_failed_one_began(self):
		runs.run(COMPANY)
		uninterrupted = self.table()
		frappe.db.delete(ELIGIBILITY)
		frappe.db.commit()
		self.with_listener(self.stumble)
		runs.run(COMPANY)
		runs.run(COMPANY)
		self.assertEqual(self.table(), uninterrupted)
		self.assertEqual([run.status for run in self.runs()], ["Completed", "Failed", "Completed"])
		recipients = [row.recipient for mail in self.mails() for row in mail.recipients]
		self.assertEqual(len(recipients), len(set(recipients)))
		self.assertLessEqual(self.officers, set(recipients))

	def test_a_broken_notification_leaves_no_run_unfinished(self):
		notification = frappe.get_doc("Notification", "MKD Evaluation Failed")
		notification.db_set("condition", "doc.no_such_method()")
		frappe.clear_cache(doctype=EVALUATION_RUN)
		frappe.db.commit()
		try:
			self.with_listener(self.stumble)
			runs.run(COMPANY)
			(run,) = self.runs()
			self.assertEqual(run.status, "Failed")
		finally:
			notification.db_set("condition", "doc.status == 'Failed'")
			frappe.db.commit()
