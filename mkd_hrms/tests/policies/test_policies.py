"""Which policy decides, and that a decision keeps what it was made with."""

import json
from datetime import timedelta

import frappe

from mkd_hrms.api import explain
from mkd_hrms.policy import packs
from mkd_hrms.services.ledger.booking import QuotaExceeded
from mkd_hrms.services.policies import in_force as policies_in_force
from mkd_hrms.services.policies.documents import PLAIN, document_from, policy_from
from mkd_hrms.services.policies.in_force import NoPolicyInForce, policy_on
from mkd_hrms.tests.support.factories import act, applied, attend, draft, working_days_before
from mkd_hrms.tests.support.frozen import MONDAY, WEEK, RequestCase
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.world import COMPANY, TODAY


class PolicyCase(RequestCase):
	def tearDown(self):
		super().tearDown()
		policies_in_force.clear_cache()

	def in_force(self, effective_from, company=COMPANY, **changes):
		policy = document_from(packs.load("jabar-2023"))
		policy.update({"effective_from": effective_from, "company": company, **changes})
		policy.insert()
		policy.submit()
		return policy


class TestWhichPolicy(PolicyCase):
	def test_the_date_of_the_mkd_day_chooses_and_a_companys_own_policy_comes_first(self):
		general = policy_on(COMPANY, MONDAY).name
		own = self.in_force(MONDAY + timedelta(days=2))
		self.assertEqual(policy_on(COMPANY, MONDAY + timedelta(days=1)).name, general)
		self.assertEqual(policy_on(COMPANY, MONDAY + timedelta(days=2)).name, own.name)
		newer_general = self.in_force(MONDAY + timedelta(days=3), company=None)
		self.assertEqual(policy_on(COMPANY, MONDAY + timedelta(days=4)).name, own.name)
		self.assertEqual(policy_on("Another", MONDAY + timedelta(days=4)).name, newer_general.name)

	def test_the_day_before_the_first_policy_is_an_error_that_says_when_it_starts(self):
		with self.assertRaises(NoPolicyInForce) as refused:
			policy_on(COMPANY, frappe.utils.getdate("2023-06-18"))
		self.assertIn(frappe.utils.format_date("2023-06-19"), str(refused.exception))

	def test_what_was_just_written_is_read_as_what_is_stored(self):
		"""3 and 3.0 would be two standings of everybody."""
		written = self.in_force(MONDAY)
		stored = frappe.get_doc("MKD Policy", written.name)
		numbers = [[repr(getattr(policy_from(doc), name)) for name in PLAIN] for doc in (written, stored)]
		self.assertEqual(*numbers)

	def test_a_request_across_two_policies_is_judged_per_date(self):
		new = self.in_force(WEEK[2], min_service_months=240)
		request = applied(self.employee, WEEK[:4])
		self.assertEqual((request.status, request.failed_gates), ("Denied", "Not New"))
		with acting_as(self.employee.user_id):
			findings = explain(request.name)["findings"]
		verdicts = {
			day: line["verdict"] for line in findings if line["gate"] == "Not New" for day in line["dates"]
		}
		days = [frappe.utils.format_date(day) for day in WEEK[:4]]
		self.assertEqual([verdicts[day] for day in days], ["Pass", "Pass", "Fail", "Fail"])
		self.assertTrue(frappe.db.exists("MKD Policy", new.name))

	def test_the_strictest_policy_of_a_week_limits_it(self):
		self.in_force(WEEK[4], legal_ceiling=2)
		with self.assertRaises(QuotaExceeded) as refused:
			draft(self.employee, WEEK[2:])
		self.assertIn("limit 2", str(refused.exception))


class TestMemory(PolicyCase):
	def explained(self, request):
		with acting_as(self.employee.user_id):
			return explain(request.name)["findings"]

	def test_a_decision_renders_the_same_after_data_and_policy_have_changed(self):
		request = act(applied(self.employee, WEEK[:2]), "Approve", self.boss.user_id)
		before = self.explained(request)
		attend(self.employee.name, TODAY, working_days_before(TODAY, 5), present=False)
		frappe.db.set_value("Employee", self.employee.name, "employment_type", "CPNS")
		self.in_force(TODAY, absence_fails_at=1)
		self.assertEqual(self.explained(request), before)

	def test_every_evaluation_stays_on_record(self):
		request = act(applied(self.employee, WEEK[:2]), "Approve", self.boss.user_id)
		stages = frappe.get_all(
			"MKD Decision Record",
			filters={"reference_name": request.name},
			pluck="stage",
			order_by="creation",
		)
		self.assertEqual(stages, ["Application", "Approval"])
		record = frappe.get_last_doc("MKD Decision Record", {"reference_name": request.name})
		self.assertRaises(frappe.PermissionError, record.save)

	def test_what_was_found_on_several_dates_is_recorded_once(self):
		request = applied(self.employee, WEEK[:4])
		record = frappe.get_last_doc("MKD Decision Record", {"reference_name": request.name})
		(entry,) = json.loads(record.findings)
		self.assertEqual(entry["dates"], [str(day) for day in WEEK[:4]])
		own = {found["gate"] for found in entry["findings"] if "dates" in found}
		self.assertIn("Not New", own)
		self.assertNotIn("Absence", own)
		self.assertEqual([found["gate"] for found in entry["findings"]].count("Absence"), 1)
		told = [line for line in self.explained(request) if line["gate"] == "Absence"]
		self.assertEqual(
			[day for line in told for day in line["dates"]], [f"{day:%d-%m-%Y}" for day in WEEK[:4]]
		)

	def test_a_policy_that_has_decided_is_neither_changed_nor_cancelled(self):
		used = frappe.get_doc("MKD Policy", applied(self.employee, WEEK[:1]).policy)
		self.assertRaises(frappe.ValidationError, used.cancel)
