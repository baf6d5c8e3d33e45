"""Numbers of findings on a site that writes 37,5: in their sentences, and beside them on the form of a standing."""

import json

import frappe

from mkd_hrms.constants import EARLY_WARNING
from mkd_hrms.services.platform.wording import number
from mkd_hrms.services.standing import findings_shown, refresh
from mkd_hrms.tests.support.frozen import RequestCase
from mkd_hrms.tests.support.world import COMPANY


class TestWrittenNumbers(RequestCase):
	def setUp(self):
		self.addCleanup(frappe.db.set_default, "number_format", frappe.db.get_default("number_format"))
		frappe.db.set_default("number_format", "#.###,##")

	def shown(self, employee):
		"""The finding about absences as the form of the standing shows it, with one and a half of them."""
		refresh.refresh(COMPANY)
		standing = frappe.get_doc("MKD Eligibility", employee.name)
		entries = json.loads(standing.findings)
		(found,) = (found for found in entries[0]["findings"] if found["gate"] == "Absence")
		found["actual"] = 1.5
		standing.db_set("findings", json.dumps(entries))
		gate = frappe._("Absence", context="MKD Policy Gate")
		return next(each for each in findings_shown.of(standing) if each["gate"] == gate)

	def test_decimals_stand_behind_the_sign_of_the_site(self):
		employee = self.person()
		shown = self.shown(employee)
		self.assertEqual(shown["actual"], "1,5")
		self.assertIn("1,5 unexcused absences", shown["sentence"])
		frappe.db.set_default("number_format", "#,###.##")
		self.assertIn("1.5 unexcused absences", self.shown(employee)["sentence"])

	def test_a_warning_that_was_stored_says_it_as_its_reader_writes_it(self):
		warning = frappe.new_doc(EARLY_WARNING)
		warning.update({"gate": "Absence", "reason": "absence_next_closes", "source": "PP 94/2021"})
		warning.update({"actual": "2.5", "limit_value": "3"})
		self.assertIn("2,5 unexcused absences are recorded", warning.sentence)

	def test_thousands_are_not_parted_so_that_no_number_reads_as_another(self):
		self.assertEqual(
			[number(value) for value in (3.0, 37.5, 1055.0, -0.25)], ["3", "37,5", "1055", "-0,25"]
		)
