"""The same agency on a site and in files: another policy changes the same for the same people."""

import json
import tempfile
from datetime import date, timedelta
from pathlib import Path

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.constants import SETTINGS
from mkd_hrms.policy import packs
from mkd_hrms.policy.facts import AsOf
from mkd_hrms.services.impact import compare
from mkd_hrms.services.impact.compare import Affected, Question
from mkd_hrms.services.policies.documents import document_from, policy_from
from mkd_hrms.simulate.files.duck_database import DuckDatabase
from mkd_hrms.simulate.files.loader import load
from mkd_hrms.simulate.sample import make_agency
from mkd_hrms.simulate.sample.files import write_tables
from mkd_hrms.simulate.trial.compare import simulate
from mkd_hrms.tests.facts.test_differential import PREFIX, SEED, TODAY, UNTIL, copy_to_site, set_apart

EMPLOYEES = 300
DAY = date(2027, 1, 4)
STRICTER = {"absence_fails_at": 2, "legal_ceiling": 2, "min_service_months": 60}


class TestPolicyImpactOfFiles(FrappeTestCase):
	@classmethod
	def setUpClass(cls):
		super().setUpClass()
		cls.addClassCleanup(frappe.clear_document_cache, SETTINGS, SETTINGS)
		cls.addClassCleanup(frappe.db.rollback)
		with tempfile.TemporaryDirectory() as folder:
			write_tables(make_agency(EMPLOYEES, SEED, UNTIL), Path(folder), "parquet")
			cls.agency = load(Path(folder))
		set_apart(cls.agency.connection)
		copy_to_site(cls.agency.connection)
		frappe.db.set_single_value(SETTINGS, "attendance_from", cls.agency.attendance_from)
		frappe.clear_document_cache(SETTINGS, SETTINGS)
		cls.when = AsOf(on=DAY, today=TODAY, attendance_from=cls.agency.attendance_from)
		(cls.company,) = cls.agency.connection.execute('SELECT name FROM "tabCompany"').fetchone()

	def policy(self, **changes):
		doc = document_from(packs.load("jabar-2023"))
		doc.update({"name": str(changes) or "jabar-2023", **changes})
		return policy_from(doc)

	def of_the_site(self, before, after):
		question = Question(after, self.when)
		return compare.compare(question, Affected(self.company, before), {}).impact

	def of_the_files(self, before, after):
		return simulate(DuckDatabase(self.agency.connection), (before, after), self.when)

	def test_both_tell_the_same_changes_counts_and_reasons(self):
		present = self.policy()
		milder = {"absence_fails_at": 6, "late_allowed": 20, "score_field": "Final Score"}
		for changes in (STRICTER, milder, {"absence_window_months": 6, "late_window_days": 60}):
			with self.subTest(changes):
				draft = self.policy(effective_from=DAY - timedelta(days=3), **changes)
				site, files = self.of_the_site(present, draft), self.of_the_files(present, draft)
				self.assertEqual(json.dumps(site.to_dict()), json.dumps(files.to_dict()))
				self.assertTrue(site.changed)
				self.assertTrue(all(entry.change.employee.startswith(PREFIX) for entry in site.changed))

	def test_a_stricter_policy_has_found_somebody_to_close_and_somebody_to_limit(self):
		kinds = self.of_the_site(self.policy(), self.policy(**STRICTER)).kinds
		self.assertGreater(kinds["Loses"], 0)
		self.assertGreater(kinds["Fewer Days"], 0)
		self.assertEqual(kinds["Gains"] + kinds["More Days"], 0)
