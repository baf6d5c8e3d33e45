"""Between an MKD date and the one that `changes_on` names nothing changes by itself, and on that one it does (rule N1)."""

from dataclasses import replace
from datetime import date, timedelta
from unittest import TestCase
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from mkd_strategies import MODEST, THOROUGH, decided_employees, maybe, policies, todays
from mkd_support import A_RESULT, TOMORROW, WEDNESDAY, a_policy_with_every_gate, facts

from mkd_hrms.policy import evaluate
from mkd_hrms.policy.engine import next_change_of_many as outlook_module
from mkd_hrms.policy.engine.many_people import LOOKS_AT
from mkd_hrms.policy.engine.next_change import changes_on, first_change
from mkd_hrms.policy.engine.next_change_of_many import Outlook
from mkd_hrms.policy.facts import Agreement, Sanction, Suspension

# What time alone can turn.
TURNING = (
	"joined_on",
	"posts",
	"suitability",
	"result",
	"sanctions",
	"suspensions",
	"agreements",
	"gate_decisions",
)
# Longer than any period that the strategies draw, cool-off included.
LONG = 3 * 366


@st.composite
def turning(draw):
	"""Somebody who passes every gate but for one or two facts, so that nothing hides what these do."""
	who, count = draw(decided_employees()), draw(st.integers(1, 2))
	names = draw(st.permutations(TURNING))[:count]
	return facts(**{name: getattr(who, name) for name in names})


people = decided_employees() | turning()


def says(decision):
	"""What makes a decision another one."""
	return decision.outcome, decision.failed, decision.unknown, decision.tier_limit


class TestChangesOn(TestCase):
	def first_change(self, policy, who, on, today, days=LONG):
		"""The same answer the long way: every single day is judged."""
		before = says(evaluate(policy, who, on, today))
		for ahead in (timedelta(n) for n in range(1, days)):
			if says(evaluate(policy, who, on + ahead, today + ahead)) != before:
				return on + ahead
		return None

	@THOROUGH
	@given(policies() | st.just(a_policy_with_every_gate()), people, todays, st.integers(0, 30))
	def test_it_is_the_first_day_with_another_decision(self, policy, who, today, lead):
		on = today + timedelta(lead)
		found, limit = changes_on(policy, who, on, today), on + timedelta(LONG)
		expected = self.first_change(policy, who, on, today)
		self.assertEqual(found if found is None or found < limit else None, expected)

	@MODEST
	@given(policies() | st.just(a_policy_with_every_gate()), people, todays, maybe(st.integers(-30, 900)))
	def test_the_next_policy_changes_the_decision_at_the_latest(self, policy, who, today, ahead):
		on = today + timedelta(1)
		starts = None if ahead is None else on + timedelta(ahead)
		alone, found = changes_on(policy, who, on, today), changes_on(policy, who, on, today, starts)
		coming = [day for day in (alone, starts) if day and day > on]
		self.assertEqual(found, min(coming, default=None))

	def test_a_period_without_a_foreseeable_end_never_ends(self):
		never = date.max
		who = facts(
			agreements=(Agreement(date(2026, 7, 1), never, date(2026, 6, 24), "MKD-AGR-0001"),),
			sanctions=(Sanction("Severe", "In Force", date(2026, 7, 1), never, "MKD-DISC-0001"),),
			suspensions=(Suspension(date(2026, 7, 1), never, "MKD-SUSP-0001"),),
			result=None,
			talent_box=None,
		)
		self.assertIsNone(changes_on(a_policy_with_every_gate(), who, TOMORROW, WEDNESDAY))


class TestOutlook(TestCase):
	@MODEST
	@given(
		policies() | st.just(a_policy_with_every_gate()),
		st.lists(people, min_size=1, max_size=6),
		todays,
		st.integers(0, 30),
		maybe(st.integers(-30, 900)),
	)
	def test_it_says_the_same_however_many_it_was_asked_about_before(self, policy, crowd, today, lead, ahead):
		on = today + timedelta(lead)
		starts = None if ahead is None else on + timedelta(ahead)
		outlook = Outlook(policy, on, today, starts)
		for who in (*crowd, *reversed(crowd)):
			self.assertEqual(outlook.changes_on(who), changes_on(policy, who, on, today, starts))

	def test_results_that_are_alike_but_for_their_documents_are_looked_at_once(self):
		policy = a_policy_with_every_gate()
		outlook = Outlook(policy, TOMORROW, WEDNESDAY)
		people = [facts(result=replace(A_RESULT, record=f"HR-APR-2026-{number}")) for number in range(3)]
		expected = changes_on(policy, people[0], TOMORROW, WEDNESDAY)
		self.assertEqual(outlook.changes_on(people[0]), expected)
		with patch.object(outlook_module, "first_change", wraps=first_change) as looked:
			self.assertEqual([outlook.changes_on(who) for who in people[1:]], [expected] * 2)
		about_results = {gate for gate, fact in LOOKS_AT.items() if fact == "result"}
		self.assertIsNotNone(expected)
		self.assertFalse(
			[call for call in looked.call_args_list if about_results & {gate for _day, gate in call.args[-1]}]
		)
