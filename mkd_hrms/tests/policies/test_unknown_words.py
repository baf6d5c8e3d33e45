"""Words in a record: the same word in any spelling, and an unknown one that refuses nobody and that HR is told of."""

import frappe

from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.performance import read_results
from mkd_hrms.mkd_hrms.report.mkd_unknown_words import mkd_unknown_words
from mkd_hrms.policy.performance import predicate_of
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.tests.support.factories import applied, last_year_end, officer, rate
from mkd_hrms.tests.support.frozen import WEEK, RequestCase
from mkd_hrms.tests.support.people import acting_as, make_employee
from mkd_hrms.tests.support.world import COMPANY, TODAY

NEW_YEAR = last_year_end(TODAY)


class TestEmploymentTypes(RequestCase):
	def person_employed_as(self, word):
		frappe.get_doc({"doctype": "Employment Type", "employee_type_name": word}).insert()
		return self.person(employment_type=word)

	def test_an_unknown_type_goes_to_hr_and_is_denied_nothing(self):
		request = applied(self.person_employed_as("P3K"), WEEK[:1])
		self.assertEqual((request.status, request.unknown_gates), ("Pending HR Review", "Type"))

	def test_a_known_type_that_may_not_work_away_is_denied(self):
		request = applied(self.person(employment_type="CPNS"), WEEK[:1])
		self.assertEqual((request.status, request.failed_gates), ("Denied", "Type"))

	def test_hr_reads_which_word_is_unknown_of_whom_and_what_to_do(self):
		employee = self.person_employed_as("P3K")
		with acting_as(officer()):
			_columns, rows = mkd_unknown_words.execute()
		(row,) = [row for row in rows if row["word"] == "P3K"]
		self.assertEqual((row["company"], row["employees"]), (COMPANY, 1))
		self.assertEqual(row["names"], employee.employee_name)
		self.assertIn("MKD Policy", row["advice"])
		self.assertFalse([row for row in rows if row["word"] in ("PNS", "PPPK", "CPNS")])


class TestPredicates(RequestCase):
	def predicate_on_record(self, predicate, **values):
		employee = make_employee().name
		rate(employee, predicate, NEW_YEAR, **values)
		results = read_results(SiteDatabase(), Scope(employees=(employee,)), TODAY, "Goal Score")
		return predicate_of(policy_on(COMPANY, TODAY), results[employee])

	def test_a_predicate_in_other_letters_is_the_same_word(self):
		self.assertEqual(self.predicate_on_record(" sangat  BAIK "), "Sangat Baik")

	def test_an_unknown_predicate_is_refused_with_the_words_that_there_are(self):
		with self.assertRaises(frappe.ValidationError) as refused:
			self.predicate_on_record("Cukup sekali")
		self.assertIn("Butuh Perbaikan", str(refused.exception))

	def test_a_score_from_110_on_is_sangat_baik_only_with_an_innovation(self):
		for innovation, predicate in ((0, "Baik"), (1, "Sangat Baik")):
			with self.subTest(innovation):
				found = self.predicate_on_record(None, score=112, innovation=innovation)
				self.assertEqual(found, predicate)

	def test_a_word_that_got_in_all_the_same_is_told_to_hr(self):
		record = rate(make_employee().name, "Baik", NEW_YEAR)
		record.db_set("predicate", "Cukup sekali")
		with acting_as(officer()):
			_columns, rows = mkd_unknown_words.execute()
		(row,) = [row for row in rows if row["word"] == "Cukup sekali"]
		self.assertEqual(row["employees"], 1)
		self.assertIn("Butuh Perbaikan", row["advice"])
