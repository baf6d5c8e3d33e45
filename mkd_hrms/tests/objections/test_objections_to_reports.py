"""An objection against a rejected report, and what an outage takes back from the ladder and gives to the deadline."""

from datetime import date, timedelta

import frappe

from mkd_hrms.constants import WARNING
from mkd_hrms.services.discipline import ladder
from mkd_hrms.tests.support.conduct_case import clear_measures, filed, move
from mkd_hrms.tests.support.day_case import AFTER_GRACE, FRIDAY, at, moment
from mkd_hrms.tests.support.factories import officer
from mkd_hrms.tests.support.verification_case import VerificationCase

REASON = "Buktinya ada"


class TestReports(VerificationCase):
	def tearDown(self):
		super().tearDown()
		clear_measures()

	def test_a_rejected_one_is_opened_again_by_somebody_else_than_who_rejected_it(self):
		worker, report = self.waiting()
		frappe.get_doc("User", self.boss.user_id).add_roles("MKD Officer")
		self.decide(report, "Reject", self.boss.user_id, note="Tidak sesuai")
		with at(FRIDAY, 13):
			found = filed(self.stored(report), worker)
			self.assertEqual(found.objection_until, date(2026, 12, 11))
			frappe.db.savepoint("mkd_test")
			with self.assertRaises((frappe.PermissionError, frappe.MandatoryError)):
				move(found, "Uphold", self.boss.user_id, decision_reason=REASON)
			frappe.db.rollback(save_point="mkd_test")
			move(found, "Uphold", officer(), decision_reason=REASON)
		again = self.stored(report)
		self.assertEqual(again.status, "Returned")
		self.assertIn("An objection was upheld", again.return_note)
		comments = frappe.get_all("Comment", {"reference_name": report.name}, pluck="content")
		self.assertNotIn(REASON, " ".join([again.return_note, *comments]))

	def test_an_outage_takes_the_warning_back_and_extends_the_time_to_object(self):
		worker = self.approved()
		self.check_in(worker)
		self.end()
		with at(*AFTER_GRACE):
			ladder.climb()
		warning = frappe.get_doc(WARNING, {"employee": worker.name})
		until = warning.objection_until
		self.outage(moment(until, 8), moment(until + timedelta(days=1), 8), (FRIDAY, 12))
		with at(until + timedelta(days=1), 9):
			self.assertEqual(filed(warning, worker).status, "Pending Decision")
		self.outage(moment(FRIDAY, 9), moment(FRIDAY, 12), (FRIDAY, 13))
		with at(FRIDAY, 13, 15):
			ladder.climb()
		self.assertEqual(frappe.db.get_value(WARNING, warning.name, "status"), "Annulled")
