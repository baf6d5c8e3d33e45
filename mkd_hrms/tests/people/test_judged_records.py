"""Nobody keeps the records by which he is judged himself, whatever his roles and by whichever way (invariant 4)."""

from contextlib import contextmanager

import frappe

from mkd_hrms.constants import (
	DISCIPLINE_RECORD,
	GATE_DECISION,
	PERFORMANCE_RECORD,
	SUITABILITY,
	SUSPENSION,
	TALENT_RECORD,
	WARNING,
)
from mkd_hrms.tests.support.evaluation_case import ChangeCase
from mkd_hrms.tests.support.people import acting_as
from mkd_hrms.tests.support.world import OFFICE, classify, unit

PERIOD = {"from_date": "2026-11-01", "to_date": "2026-12-01"}
SUBMITTED = {
	DISCIPLINE_RECORD: {"level": "Light", "stage": "In Force", "decree_no": "SK 9", **PERIOD},
	SUSPENSION: {"ground": "Laporan", **PERIOD},
	WARNING: {"ground": "Laporan", **PERIOD},
	GATE_DECISION: {
		"gate": "Role",
		"about": "Unknown",
		"decision": "Accepted",
		"reason": "Analis",
		"valid_from": "2026-11-01",
		"valid_until": "2026-12-31",
	},
	PERFORMANCE_RECORD: {
		"source": "e-Kinerja",
		"period_start": "2026-01-01",
		"period_end": "2026-06-30",
		"predicate": "Baik",
	},
	TALENT_RECORD: {"source": "Manual", "year": 2025, "box": 5},
}


class TestOwnCase(ChangeCase):
	@contextmanager
	def refused(self):
		"""What the person himself does in here; no role of his stands in his way."""
		frappe.clear_messages()
		with acting_as(self.employee.user_id):
			with self.assertRaisesRegex(frappe.PermissionError, "Nobody decides about himself"):
				yield

	def record(self, doctype, employee):
		return self.free(self.document(doctype, employee, **SUBMITTED[doctype]))

	def free(self, doc):
		doc.flags.ignore_permissions = True
		return doc

	def stored(self, doc):
		return self.free(frappe.get_doc(doc.doctype, doc.name))

	def test_he_neither_writes_nor_submits_nor_deletes_a_draft(self):
		for doctype in SUBMITTED:
			with self.subTest(doctype):
				with self.refused():
					self.record(doctype, self.employee).insert()
				draft = self.record(doctype, self.employee).insert()
				for act in ("save", "submit", "delete"):
					with self.subTest(act), self.refused():
						getattr(self.stored(draft), act)()
				self.stored(draft).delete()

	def test_he_neither_changes_nor_cancels_what_counts(self):
		for doctype in SUBMITTED:
			with self.subTest(doctype):
				record = self.record(doctype, self.employee).insert().submit()
				for act in ("save", "cancel"):
					with self.subTest(act), self.refused():
						getattr(self.stored(record), act)()
				self.stored(record).save()
				self.stored(record).cancel()

	def test_he_does_not_make_his_record_somebody_elses(self):
		for doctype in SUBMITTED:
			with self.subTest(doctype):
				draft = self.record(doctype, self.employee).insert()
				with self.refused():
					self.stored(draft).update({"employee": self.boss.name}).save()

	def test_of_suitability_only_a_decision_about_himself_is_his_own_case(self):
		with self.refused():
			classify("Employee", self.employee.name, "Suitable", valid_from="2026-01-01")
		about_him = classify("Employee", self.employee.name, "Suitable", valid_from="2026-01-01")
		for act in ("save", "delete"):
			with self.subTest(act), self.refused():
				getattr(self.stored(about_him), act)()
		frappe.db.delete(SUITABILITY, {"reference_name": unit(OFFICE)})
		with acting_as(self.employee.user_id):
			about_unit = classify("Department", unit(OFFICE), "Suitable")
			self.stored(about_unit).delete()

	def test_nobody_is_evaluated_anew_for_a_warning(self):
		warning = self.record(WARNING, self.person())
		self.noted()
		warning.insert().submit()
		self.stored(warning).cancel()
		self.assertEqual(self.noted(), set())
