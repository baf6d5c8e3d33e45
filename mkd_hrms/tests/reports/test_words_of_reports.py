"""Reports as somebody reads them in Indonesian: in the words of our forms, not in those of a company; numbers as they are."""

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.constants import SAVINGS_FACTOR
from mkd_hrms.mkd_hrms.report import asked
from mkd_hrms.mkd_hrms.report.mkd_monthly_recap import mkd_monthly_recap as recap
from mkd_hrms.mkd_hrms.report.mkd_over_limit import mkd_over_limit as over_limit
from mkd_hrms.mkd_hrms.report.mkd_quota_use import mkd_quota_use as quota
from mkd_hrms.mkd_hrms.report.mkd_readiness import mkd_readiness as readiness
from mkd_hrms.mkd_hrms.report.mkd_report_compliance import mkd_report_compliance as compliance
from mkd_hrms.mkd_hrms.report.mkd_unclassified_roles import mkd_unclassified_roles as roles
from mkd_hrms.mkd_hrms.report.mkd_unknown_words import mkd_unknown_words as words
from mkd_hrms.policy.savings import LINES
from mkd_hrms.services.exports import evaluation
from mkd_hrms.setup.savings_factors import SHIPPED

# How the platform says what our forms call Pegawai, Unit Kerja, Jabatan and Perangkat Daerah.
STRANGE = ("karyawan", "departemen", "penunjukan", "perusahaan")


class TestWords(FrappeTestCase):
	def setUp(self):
		self.addCleanup(setattr, frappe.local, "lang", frappe.local.lang)
		self.addCleanup(frappe.db.set_default, "number_format", frappe.db.get_default("number_format"))
		frappe.local.lang = "id"
		frappe.db.set_default("number_format", "#.###,##")

	def test_columns_speak_of_civil_servants(self):
		shown = {
			"recap": recap.columns(True),
			"over limit": over_limit.columns(),
			"quota": quota.columns("Month", True),
			"readiness": [*readiness.columns(), *readiness.columns_of_people()],
			"compliance": compliance.columns(True),
			"designations": roles.columns("Designation"),
			"units": roles.columns("Department"),
			"words": words.columns(),
		}
		for name, columns in shown.items():
			labels = [column["label"].lower() for column in columns if column.get("label")]
			with self.subTest(name):
				self.assertEqual([], [label for label in labels for word in STRANGE if word in label])
		self.assertNotIn("Days Booked", [column["label"] for column in shown["quota"]])
		self.assertEqual(roles.columns("Designation")[0]["label"], "Jabatan")

	def test_the_evaluation_of_a_month_names_a_unit_and_no_measure(self):
		head = list(
			evaluation._head(
				frappe._dict(company="Perangkat", since="2026-11-01", until="2026-11-30"), "Bidang"
			)
		)
		self.assertEqual([line[0] for line in head[2:4]], ["Unit Kerja", "Periode"])

	def test_what_an_estimate_rests_on_is_told_in_the_language_of_its_reader(self):
		for _low, _middle, _high, source, *_rest in SHIPPED.values():
			with self.subTest(source):
				self.assertNotEqual(frappe._(source), source)
		units = {frappe._(line.unit, context=SAVINGS_FACTOR) for line in LINES.values()}
		self.assertIn("jam", units)
		self.assertNotIn("h", units)

	def test_hours_have_one_decimal_and_cannot_be_read_as_thousands(self):
		self.assertEqual(asked.figure("Jam", 142.5, kind="Float")["value"], "142,5")
		self.assertEqual(asked.figure("Jam", 15.217, kind="Float")["value"], "15,2")
		money = asked.figure("Rp", 297216.0, kind="Float")
		self.assertEqual((money["value"], money["datatype"]), (297216.0, "Float"))

	def test_a_state_keeps_its_colour_in_the_chart_of_several_months(self):
		months = [
			frappe._dict(
				month=month, days=2, counts=dict.fromkeys(recap.COUNTS, 0) | {"worked": 1, "ahead": 1}
			)
			for month in ("2026-10", "2026-11")
		]
		totals = {name: sum(recap.count(each, name) for each in months) for name in recap.COUNTS}
		shown = recap.chart(months, totals)["data"]["datasets"]
		self.assertEqual([each["name"] for each in shown], ["Dikerjakan", "Tidak Hadir", "Disetujui"])
