"""A quarter of an agency of two hundred people, played by the app and by a model that knows nothing of it.

Each evening both ledgers must say the same; at the end the audit of the invariants is asked.
"""

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.audit.asking import violations
from mkd_hrms.tests.support.quarter_model import Model
from mkd_hrms.tests.support.quarter_plan import FIRST, LAST, ONE_DAY, days_from, drawn
from mkd_hrms.tests.support.quarter_stage import Stage


class TestAQuarter(FrappeTestCase):
	def setUp(self):
		frappe.set_user("Administrator")
		self.plan = drawn()
		self.stage, self.model = Stage(self.plan), Model(self.plan)
		self.addCleanup(self.stage.frozen.stop)
		self.addCleanup(self.stage.clear)
		self.stage.make()

	def test_the_ledger_is_that_of_the_model_and_the_audit_finds_nothing(self):
		for today in days_from(FIRST, LAST + ONE_DAY):
			self.play(today)
			self.compare(today)
		self.assertEqual(self.stage.states(), self.model.states())
		found = {question.name: rows for question, rows in violations(self.stage.employees).items()}
		self.assertEqual(found, {})

	def play(self, today):
		acts = self.plan.of_the_day(today)
		for played in (self.stage, self.model):
			if today > FIRST:
				played.night(today)
			played.morning(today)
		self.stage.acts(today, acts)
		for act in acts:
			self.model.act(today, act)
		self.model.recheck(today)
		for played in (self.stage, self.model):
			played.late_morning(today)
			played.evening(today)

	def compare(self, today):
		ours, theirs = self.stage.ledger(), self.model.ledger()
		lines = [
			*(f"the app alone has {told(row)}" for row in (ours - theirs).elements()),
			*(f"the model alone has {told(row)}" for row in (theirs - ours).elements()),
		]
		self.assertFalse(lines, f"\nOn {today}:\n" + "\n".join(sorted(lines)[:40]))


def told(row):
	who, on, status, source = row
	return f"{who} on {on:%a %d %b}: {status}, from {source}"
