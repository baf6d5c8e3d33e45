"""A quarter of an agency of two hundred people, played by the app and by a model that knows nothing of it.

Each evening both ledgers must say the same; at the end the audit of the invariants is asked.
"""

from dataclasses import replace
from unittest import TestCase

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.audit.asking import violations
from mkd_hrms.tests.support.quarter_model import Model
from mkd_hrms.tests.support.quarter_plan import FIRST, LAST, ONE_DAY, days_from, drawn
from mkd_hrms.tests.support.quarter_stage import Stage

DAYS = days_from(FIRST, LAST + ONE_DAY)
OUTCOMES = {"Approved", "Refused", "Denied", "Expired", "Rejected", "Revoked", "Withdrawn"}


class TestAQuarter(FrappeTestCase):
	def setUp(self):
		frappe.set_user("Administrator")
		self.plan = drawn()
		self.stage, self.model = Stage(self.plan), Model(self.plan)
		self.addCleanup(self.stage.frozen.stop)
		self.addCleanup(self.stage.clear)
		self.stage.make()

	def test_the_ledger_is_that_of_the_model_and_the_audit_finds_nothing(self):
		for today in DAYS:
			self.play(today)
			self.compare(today)
		self.assertEqual(self.stage.states(), self.model.states())
		found = {question.name: rows for question, rows in violations(self.stage.employees).items()}
		self.assertEqual(found, {})

	def play(self, today):
		acts = self.plan.of_the_day(today)
		self.stage.begin(today)
		self.stage.acts(today, acts)
		self.stage.late_morning(today)
		self.stage.evening(today)
		self.model.play(today, acts)

	def compare(self, today):
		ours, theirs = self.stage.ledger(), self.model.ledger()
		lines = [
			*(f"the app alone has {told(row)}" for row in (ours - theirs).elements()),
			*(f"the model alone has {told(row)}" for row in (theirs - ours).elements()),
		]
		if lines:
			self.fail("\n".join([f"On {today}:", *sorted(lines)[:40]]))


class TestThePlan(TestCase):
	"""What the quarter holds is seen in its end: without it the ledger would be another one."""

	def test_every_outcome_of_an_application_comes_about(self):
		self.assertEqual(set(self.end_of(drawn()).states().values()), OUTCOMES)

	def test_every_kind_of_act_is_seen_in_the_ledger(self):
		whole = self.end_of(drawn()).ledger()
		for kind in sorted({act.kind for act in drawn().acts} - {"apply"}):
			plan = drawn()
			gone = {(act.about, act.kind) for act in plan.acts if act.kind == kind}
			gone |= {(about, "decide") for about, _kind in gone if kind == "repeat"}
			plan.acts = [act for act in plan.acts if (act.about, act.kind) not in gone]
			self.assertNotEqual(self.end_of(plan).ledger(), whole, kind)

	def test_so_is_what_the_circulars_say_and_who_was_absent_or_wrote_no_report(self):
		whole = self.end_of(drawn()).ledger()
		for change in ({"step": 7}, {"share": 70}, {"exempt": ()}):
			plan = drawn()
			plan.circulars = {key: replace(says, **change) for key, says in plan.circulars.items()}
			self.assertNotEqual(self.end_of(plan).ledger(), whole, change)
		for what in ("absent", "unreported"):
			plan = drawn()
			setattr(plan, what, set())
			self.assertNotEqual(self.end_of(plan).ledger(), whole, what)

	def end_of(self, plan):
		model = Model(plan)
		for today in DAYS:
			model.play(today, plan.of_the_day(today))
		return model


def told(row):
	who, on, status, source = row
	return f"{who} on {on:%a %d %b}: {status}, from {source}"
