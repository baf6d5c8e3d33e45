"""The register says who may work away tomorrow, and whose result ends; why is HR's to know (P3)."""

import frappe

from mkd_hrms.services.standing import refresh
from mkd_hrms.tests.support.factories import eligible, officer, rate, working_days_before
from mkd_hrms.tests.support.frozen import RequestCase
from mkd_hrms.tests.support.people import make_user
from mkd_hrms.tests.support.report_case import (
	asked_of_the_database,
	fields_of,
	hr_of,
	rows_of,
	shown,
)
from mkd_hrms.tests.support.unit_case import make_unit
from mkd_hrms.tests.support.world import COMPANY, COUNTER, OFFICE, TODAY, UNCLASSIFIED, unit

REGISTER = "MKD Eligibility Register"
OF_HR = {"tier_limit", "failed", "unknown", "result_until", "changes_on", "standing"}


def new_unit(**values):
	"""An evaluation commits, so each class and each test that adds people has a unit of its own."""
	return make_unit(f"Bidang {frappe.generate_hash(length=6)}", **values)


class TestRegister(RequestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.section = new_unit(is_group=1)
		cls.below = new_unit(parent=cls.section)
		cls.hr, values = officer(), {"reports_to": cls.boss, "today": TODAY, "department": cls.section}
		cls.may = eligible(**{**values, "department": cls.below})
		cls.may_not = eligible(designation=COUNTER, absent_on=working_days_before(TODAY, 3), **values)
		cls.unknown = eligible(designation=UNCLASSIFIED, **values)
		refresh.refresh(COMPANY)

	def of_unit(self, user, **filters):
		found = rows_of(REGISTER, user, **{"department": self.section, **filters})
		return {row["employee"]: row for row in found}

	def test_who_may_tomorrow_in_a_unit_and_all_below_it(self):
		found = self.of_unit(self.hr)
		outcomes = {employee: row["outcome"] for employee, row in found.items()}
		expected = {
			self.may.name: "Eligible",
			self.may_not.name: "Not Eligible",
			self.unknown.name: "Needs Review",
		}
		self.assertEqual(outcomes, expected)
		self.assertEqual(set(self.of_unit(self.hr, department=self.below)), {self.may.name})
		self.assertEqual(set(self.of_unit(self.hr, outcome="Needs Review")), {self.unknown.name})

	def test_hr_reads_by_which_gates_and_until_when_a_result_counts(self):
		found = self.of_unit(self.hr)
		self.assertEqual(found[self.may_not.name]["failed"], "Role, Absence")
		self.assertEqual(found[self.unknown.name]["unknown"], "Role")
		may = found[self.may.name]
		# The yearly result of 2025 counts for fifteen months.
		self.assertEqual((may["tier_limit"], may["failed"], str(may["result_until"])), (4, "", "2027-03-31"))
		self.assertEqual(may["standing"], self.may.name)

	def test_whose_result_ends_soon(self):
		department = new_unit()
		quarter = self.person(department=department)
		self.person(department=department)
		frappe.db.delete("MKD Performance Record", {"employee": quarter.name})
		rate(quarter.name, "Baik", frappe.utils.getdate("2026-08-20"), period_start="2026-06-01")
		refresh.refresh(COMPANY)
		# A periodic one counts for four months: until 20 December, 25 days from today.
		for days, expected in ((30, {quarter.name}), (26, {quarter.name}), (25, set())):
			self.assertEqual(set(self.of_unit(self.hr, department=department, stale_within=days)), expected)
		row = self.of_unit(self.hr, department=department)[quarter.name]
		self.assertEqual(str(row["result_until"]), "2026-12-20")

	def test_a_superior_sees_his_people_and_not_why(self):
		answer = shown(REGISTER, self.boss.user_id, department=self.section)
		self.assertEqual(len(answer["result"]), 3)
		self.assertFalse(OF_HR & set(fields_of(answer)))
		for row in answer["result"]:
			self.assertFalse(OF_HR & set(row))
		# A filter by what he may not read changes nothing.
		self.assertEqual(len(self.of_unit(self.boss.user_id, stale_within=1)), 3)

	def test_a_superior_further_up_and_a_colleague_do_not_see_it(self):
		chief = self.person(reports_to=None)
		self.boss.reports_to = chief.name
		self.boss.save(ignore_permissions=True)
		other = self.person(reports_to=None)
		for user in (chief.user_id, other.user_id):
			frappe.get_doc("User", user).add_roles("MKD Approver")
			self.assertEqual(self.of_unit(user), {})
		with self.assertRaises(frappe.PermissionError):
			shown(REGISTER, self.may.user_id)

	def test_hr_sees_what_user_permissions_leave(self):
		self.assertEqual(set(self.of_unit(hr_of(self.below))), {self.may.name})
		self.assertEqual(self.of_unit(hr_of(unit(OFFICE))), {})
		self.assertEqual(len(self.of_unit(make_user("HR User"))), 3)

	def test_it_counts_for_the_chart_and_the_cards(self):
		answer = shown(REGISTER, self.hr, department=self.section)
		self.assertEqual(answer["chart"]["data"]["datasets"][0]["values"], [1, 1, 1])
		self.assertEqual([card["value"] for card in answer["report_summary"]], [1, 1, 1])
		empty = shown(REGISTER, self.hr, department=make_unit("Bidang Tanpa Orang"))
		self.assertEqual((empty["result"], empty.get("chart")), ([], None))

	def test_more_people_take_no_more_statements(self):
		asked = {"user": self.hr, "department": new_unit()}
		self.person(department=asked["department"])
		refresh.refresh(COMPANY)
		before = asked_of_the_database(REGISTER, **asked)
		for _number in range(3):
			self.person(department=asked["department"])
		refresh.refresh(COMPANY)
		self.assertLessEqual(asked_of_the_database(REGISTER, **asked), before)
		self.assertEqual(len(self.of_unit(**asked)), 4)
