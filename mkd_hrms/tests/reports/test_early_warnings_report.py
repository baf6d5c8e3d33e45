"""Who is near a limit, with what is near and what to do, for HR alone (D10, P3)."""

import frappe

from mkd_hrms.constants import EARLY_WARNING
from mkd_hrms.tests.support.factories import officer
from mkd_hrms.tests.support.people import make_user
from mkd_hrms.tests.support.report_case import hr_of, rows_of, shown
from mkd_hrms.tests.support.unit_case import make_unit
from mkd_hrms.tests.support.warning_case import WarningCase
from mkd_hrms.tests.support.world import OFFICE, unit

NEAR = "MKD Early Warnings"


class TestEarlyWarnings(WarningCase):
	def setUp(self):
		super().setUp()
		self.section, self.hr = make_unit("Bidang Peringatan"), officer()
		self.worker = self.report(absences=2, department=self.section)
		self.night(self.worker)

	def near(self, user=None, **filters):
		return rows_of(NEAR, user or self.hr, **{"department": self.section, **filters})

	def test_what_is_near_in_a_sentence_with_when_people_were_told(self):
		(row,) = self.near(gate="Absence")
		(stored,) = self.warnings(self.worker, gate="Absence")
		self.assertEqual((row["warning"], row["employee"]), (stored.name, self.worker.name))
		self.assertEqual(row["department"], self.section)
		document = frappe.get_doc(EARLY_WARNING, stored.name)
		self.assertEqual((row["sentence"], row["next_step"]), (document.sentence, document.next_step))
		self.assertTrue(row["sentence"] and row["told_on"] and row["superior_told_on"])

	def test_by_state_and_gate(self):
		self.assertEqual(self.near(gate="Lateness"), [])
		self.assertEqual(self.near(status="Ended"), [])
		frappe.db.set_value("Employee", self.worker.name, "status", "Left")
		self.night()
		self.assertEqual(self.near(), [])
		self.assertTrue(all(row["ended_on"] for row in self.near(status="Ended")))
		self.assertTrue(self.near(status="Ended"))

	def test_figures(self):
		answer = shown(NEAR, self.hr, department=self.section)
		self.assertEqual([card["value"] for card in answer["report_summary"]], [len(answer["result"]), 1])
		self.assertEqual(sum(answer["chart"]["data"]["datasets"][0]["values"]), len(answer["result"]))

	def test_only_hr_reads_it_and_what_is_left_to_it(self):
		for user in (self.head.user_id, self.worker.user_id):
			with self.assertRaises(frappe.PermissionError):
				self.near(user)
		self.assertTrue(self.near(hr_of(self.section)))
		self.assertEqual(self.near(hr_of(unit(OFFICE))), [])
		self.assertTrue(self.near(make_user("HR User")))
