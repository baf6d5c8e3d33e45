"""The standing of everybody in a company: the same decision as for a request, written once."""

import json

import frappe

from mkd_hrms.policy.as_json import finding_from_dict
from mkd_hrms.services.decisions.evaluate import decide
from mkd_hrms.services.people.availability import read_situation
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.factories import working_days_before
from mkd_hrms.tests.support.frozen import RequestCase
from mkd_hrms.tests.support.world import COMPANY, COUNTER, TODAY, UNCLASSIFIED


class TestStanding(RequestCase):
	def standing_of(self, employee):
		return frappe.get_doc("MKD Eligibility", employee.name)

	def test_everybody_gets_the_standing_that_a_request_would_meet_tomorrow(self):
		people = {
			"Eligible": self.person(),
			"Not Eligible": self.person(designation=COUNTER, absent_on=working_days_before(TODAY, 3)),
			"Needs Review": self.person(designation=UNCLASSIFIED),
		}
		refresh.refresh(COMPANY)
		for outcome, employee in people.items():
			stored = self.standing_of(employee)
			self.assertEqual(stored.outcome, outcome)
			day = frappe.utils.getdate(stored.evaluated_for)
			situation = read_situation(read_person(employee.name), [day], TODAY)
			(decision,) = decide(situation, [day])
			(entry,) = json.loads(stored.findings)
			self.assertEqual(tuple(map(finding_from_dict, entry["findings"])), decision.findings)
			self.assertEqual(stored.tier_limit, decision.tier_limit)

	def test_a_second_run_writes_nothing_and_a_change_writes_one_row(self):
		employee = self.person()
		self.assertGreater(refresh.refresh(COMPANY)["changed"], 0)
		self.assertEqual(refresh.refresh(COMPANY)["changed"], 0)
		frappe.db.set_value("Employee", employee.name, "employment_type", "CPNS")
		self.assertEqual(refresh.refresh(COMPANY)["changed"], 1)
		self.assertEqual(self.standing_of(employee).failed_gates, "Type")

	def test_whoever_left_has_no_standing_any_more(self):
		employee = self.person()
		refresh.refresh(COMPANY)
		frappe.db.set_value("Employee", employee.name, "status", "Left")
		self.assertEqual(refresh.refresh(COMPANY)["removed"], 1)
		self.assertFalse(frappe.db.exists("MKD Eligibility", employee.name))
