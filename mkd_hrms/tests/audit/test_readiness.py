"""What an agency still lacks is counted, listed and said with the way to mend it; by whom it concerns, and by nobody else."""

from unittest.mock import patch

import frappe
from frappe.desk.query_report import run
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.audit import readiness
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.command_line import bench_command
from mkd_hrms.tests.support.factories import eligible
from mkd_hrms.tests.support.people import acting_as, make_user
from mkd_hrms.tests.support.world import COMPANY, UNCLASSIFIED, other_company


class TestReadiness(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.hr = make_user("HR Manager")
		frappe.db.commit()

	def asked(self, user=None, **filters):
		with acting_as(user or self.hr):
			return run("MKD Readiness", {"company": COMPANY, **filters})["result"]

	def lacking(self, question):
		return {row["name"] for row in self.asked(question=question)}

	def state(self, key):
		return next(question.state for question in readiness.questions(COMPANY) if question.key == key)

	def test_each_thing_that_somebody_lacks_is_counted_and_lists_him(self):
		without = {
			"user": eligible(with_user=False),
			"unit": eligible(department=None),
			"superior": eligible(reports_to=None, department=None),
			"Role": eligible(designation=UNCLASSIFIED),
			"Type": eligible(employment_type=None),
		}
		whole = eligible(reports_to=eligible())
		refresh.refresh(COMPANY, [whole.name, *(employee.name for employee in without.values())])
		rows = {row["question"]: row for row in self.asked() if row["question"]}
		for question, employee in without.items():
			with self.subTest(question):
				listed = self.lacking(question)
				self.assertIn(employee.name, listed)
				self.assertNotIn(whole.name, listed)
				self.assertEqual(rows[question]["lacking"], len(listed))
				self.assertTrue(rows[question]["advice"])
		self.assertIn(eligible().name, self.lacking("standing"))

	def test_who_has_no_calendar_for_the_days_ahead_is_listed(self):
		company = other_company()
		frappe.db.set_value("Company", company, "default_holiday_list", None)
		frappe.clear_cache()
		stranger = eligible(company=company, department=None, holiday_list=None)
		self.assertIn(stranger.name, readiness.missing(company, "calendar"))
		self.assertNotIn(eligible().name, readiness.missing(COMPANY, "calendar"))

	def test_what_keeps_all_of_it_from_working_stands_first(self):
		with patch.object(readiness, "is_scheduler_disabled", return_value=True):
			rows = self.asked()
			self.assertEqual(self.state("scheduler"), readiness.BLOCKING)
		blocking = [row["indicator"] == "Blocking" for row in rows]
		self.assertEqual(blocking, sorted(blocking, reverse=True))
		self.assertIn("bench enable-scheduler", " ".join(row["advice"] for row in rows))
		with patch.object(readiness, "is_scheduler_disabled", return_value=False):
			self.assertEqual(self.state("scheduler"), readiness.READY)

	def test_a_company_without_a_policy_and_a_wrong_clock_are_seen(self):
		self.assertEqual(self.state("policy"), readiness.READY)
		with patch.object(readiness, "submitted_policies", return_value=()):
			self.assertEqual(self.state("policy"), readiness.BLOCKING)
		before = frappe.db.get_single_value("System Settings", "time_zone")
		for zone, state in (("Europe/Berlin", readiness.OPEN), ("Asia/Makassar", readiness.READY)):
			frappe.db.set_single_value("System Settings", "time_zone", zone)
			self.assertEqual(self.state("zone"), state)
		frappe.db.set_single_value("System Settings", "time_zone", before)

	def test_scripts_that_the_bench_does_not_run_are_seen(self):
		with (
			patch.object(readiness.server_scripts, "enabled_scripts", return_value={"one"}),
			patch.object(readiness.server_scripts, "is_supported", return_value=False),
		):
			self.assertEqual(self.state("scripts"), readiness.BLOCKING)

	def test_it_is_for_who_administers_and_in_his_company_alone(self):
		for roles in (("Employee",), ("MKD Approver",)):
			self.assertRaises(frappe.PermissionError, self.asked, make_user(*roles))
		elsewhere = make_user("HR Manager")
		limit = {"doctype": "User Permission", "user": elsewhere, "allow": "Company"}
		frappe.get_doc({**limit, "for_value": other_company()}).insert(ignore_permissions=True)
		self.assertRaises(frappe.PermissionError, self.asked, elsewhere)
		eligible(department=None)
		# Whoever administers the site alone is offered no names.
		administrator = make_user("System Manager")
		self.assertFalse(any(row["question"] for row in self.asked(administrator)))
		self.assertTrue(any(row["lacking"] for row in self.asked(administrator)))

	def test_an_administrator_asks_from_the_command_line(self):
		frappe.db.commit()
		done = bench_command("mkd-doctor", "--company", COMPANY)
		self.assertEqual(done.returncode, int("!!" in done.stdout), done.stderr)
		for words in ("ok An MKD Policy is in force", "Has a classified position"):
			self.assertIn(words, done.stdout)
		nowhere = bench_command("mkd-doctor", "--company", "Nowhere")
		self.assertEqual(nowhere.returncode, 1)
		self.assertIn("has no company Nowhere", nowhere.stderr)
