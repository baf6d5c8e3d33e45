"""A panel says what the engine says, however many people it was asked about before."""

from dataclasses import fields, replace
from datetime import timedelta
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from mkd_strategies import MODEST, decided_employees, employees, policies, todays
from mkd_support import A_RESULT, EVERY_GATE, TOMORROW, WEDNESDAY, a_policy, facts

from mkd_hrms.policy import evaluate
from mkd_hrms.policy.engine.many_people import LOOKS_AT, OWN, Panel, has_own_post
from mkd_hrms.policy.facts import Facts
from mkd_hrms.policy.gates.case import Case
from mkd_hrms.policy.gates.registry import GATES
from mkd_hrms.policy.model import Gate

crowds = st.lists(employees() | decided_employees(), min_size=1, max_size=6)


class TestPanel(TestCase):
	@MODEST
	@given(policies(), crowds, todays, st.integers(0, 60))
	def test_it_decides_as_the_engine_does(self, policy, crowd, today, ahead):
		on = today + timedelta(ahead)
		panel = Panel(policy, on, today)
		for who in (*crowd, *reversed(crowd)):
			self.assertEqual(panel.evaluate(who), evaluate(policy, who, on, today))

	def test_equal_findings_about_a_shared_fact_are_one(self):
		panel = Panel(a_policy(), TOMORROW, WEDNESDAY)
		first, second = (panel.evaluate(facts(employee=name)) for name in ("HR-EMP-1", "HR-EMP-2"))
		shared = {
			found.gate for found, other in zip(first.findings, second.findings, strict=True) if found is other
		}
		own = {gate.value for gate, look in LOOKS_AT.items() if look in OWN}
		self.assertEqual((first.employee, second.employee), ("HR-EMP-1", "HR-EMP-2"))
		self.assertEqual(shared, {found.gate for found in first.findings} - own - {Gate.TIER.value})

	def test_results_that_are_alike_keep_their_own_documents(self):
		panel, policy = Panel(a_policy(), TOMORROW, WEDNESDAY), a_policy()
		for name in ("HR-APR-2026-1", "HR-APR-2026-2", "HR-APR-2026-1"):
			who = facts(result=replace(A_RESULT, record=name))
			decision = panel.evaluate(who)
			self.assertEqual(decision, evaluate(policy, who, TOMORROW, WEDNESDAY))
			self.assertIn(name, {found.record for found in decision.findings})

	@MODEST
	@given(policies(), employees(), todays)
	def test_a_gate_looks_at_no_other_fact_than_it_is_known_to(self, policy, who, today):
		for gate, ask in GATES:
			seen = Watched(who)
			ask(Case(seen, policy, today, today))
			own = {"posts"} if has_own_post(policy, gate) else set()
			self.assertLessEqual(seen.names, {LOOKS_AT[gate], *own}, gate)

	def test_every_gate_is_known_and_every_fact_is_one(self):
		self.assertEqual(set(LOOKS_AT), EVERY_GATE - {Gate.TIER})
		self.assertLessEqual({*LOOKS_AT.values(), *OWN}, {field.name for field in fields(Facts)})

	def test_a_policy_that_is_not_in_force_decides_nothing(self):
		with self.assertRaises(ValueError):
			Panel(a_policy(effective_from=TOMORROW), WEDNESDAY, WEDNESDAY)


class Watched:
	"""Facts that note which of them are read."""

	def __init__(self, who: Facts) -> None:
		self.who, self.names = who, set()

	def __getattr__(self, name):
		self.names.add(name)
		return getattr(self.who, name)
