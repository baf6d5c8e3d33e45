"""Who sees the runs, who starts one, what the night leaves to the workers, and how old runs go."""

import frappe

from mkd_hrms import api
from mkd_hrms.constants import BY_HAND, EVALUATION_RUN, NIGHTLY
from mkd_hrms.mkd_hrms.doctype.mkd_evaluation_run.mkd_evaluation_run import MKDEvaluationRun
from mkd_hrms.services.evaluation import runs as evaluation_runs
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.evaluation_case import RunCase
from mkd_hrms.tests.support.other_process import long_queue, work_the_queue
from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.world import COMPANY


class TestWhoSeesAndStarts(RunCase):
	def test_hr_reads_and_nobody_writes(self):
		name = evaluation_runs.run(COMPANY)
		for role in ("HR User", "HR Manager", "MKD Officer", "System Manager"):
			with self.subTest(role), acting_as(make_user(role)):
				doc = frappe.get_doc(EVALUATION_RUN, name)
				doc.check_permission("read")
				self.assertTrue(frappe.get_list(EVALUATION_RUN))
				doc.status = "Failed"
				self.assertRaises(frappe.PermissionError, doc.save)
				self.assertRaises(frappe.PermissionError, frappe.delete_doc, EVALUATION_RUN, name)
				copy = frappe.copy_doc(doc)
				self.assertRaises(frappe.PermissionError, copy.insert)
		with acting_as(make_user("Employee")):
			self.assertRaises(frappe.PermissionError, frappe.get_list, EVALUATION_RUN)
		with self.assertRaisesRegex(frappe.PermissionError, "recorded by the system"):
			frappe.get_doc(EVALUATION_RUN, name).save()

	def test_hr_managers_and_officers_start_a_run_which_a_worker_does(self):
		for role in ("HR User", "Employee", "System Manager", "MKD Approver"):
			with self.subTest(role), acting_as(make_user(role)):
				self.assertRaises(frappe.PermissionError, api.evaluate_now, COMPANY)
		self.assertEqual(long_queue().count, 0)
		manager = make_user("HR Manager")
		with acting_as(manager):
			self.assertEqual(api.evaluate_now(COMPANY), {"company": COMPANY, "queued": True})
		with acting_as(make_user("MKD Officer", "HR User")):
			self.assertFalse(api.evaluate_now(COMPANY)["queued"], "one is waiting already")
		self.assertEqual(long_queue().count, 1)
		frappe.db.commit()
		work_the_queue()
		(run,) = self.runs()
		self.assertEqual((run.trigger, run.status, run.started_by), (BY_HAND, "Completed", manager))

	def test_a_company_without_a_policy_is_refused(self):
		with acting_as(make_user("HR Manager")), self.assertRaises(frappe.ValidationError):
			api.evaluate_now("No Such Company")

	def test_the_night_leaves_one_job_per_company_to_the_workers(self):
		frappe.get_attr("mkd_hrms.tasks.refresh_standings")()
		frappe.get_attr("mkd_hrms.tasks.refresh_standings")()
		self.assertEqual(long_queue().count, len(refresh.companies()))
		work_the_queue()
		runs = self.runs(trigger=NIGHTLY, status="Completed")
		self.assertEqual([run.company for run in runs], refresh.companies())


class TestClearing(RunCase):
	def test_log_settings_clears_old_runs(self):
		old, new = evaluation_runs.run(COMPANY), evaluation_runs.run(COMPANY)
		frappe.db.set_value(EVALUATION_RUN, old, "creation", "2020-01-01", update_modified=False)
		settings = frappe.get_doc("Log Settings")
		settings.add_default_logtypes()
		days = {row.ref_doctype: row.days for row in settings.logs_to_clear}
		self.assertEqual(days[EVALUATION_RUN], 90)
		MKDEvaluationRun.clear_old_logs(days=90)
		self.assertEqual(frappe.get_all(EVALUATION_RUN, pluck="name"), [new])
