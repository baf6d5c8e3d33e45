"""What another policy would change: kinds, reasons, and counts that agree with each other."""

import json
import pickle
from dataclasses import replace
from datetime import timedelta
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from mkd_strategies import MODEST, decided_employees, policies, todays
from mkd_support import (
	A_SANCTION,
	AN_ATTENDANCE,
	EVERY_GATE,
	TOMORROW,
	WEDNESDAY,
	a_policy,
	a_policy_with_every_gate,
	a_policy_without,
	decide,
	facts,
	the_pack,
)

from mkd_hrms.policy import evaluate
from mkd_hrms.policy.engine.evaluate import earn, judge
from mkd_hrms.policy.engine.second_policy import LOOKS_AT, Again
from mkd_hrms.policy.gates.case import Case
from mkd_hrms.policy.gates.registry import GATES
from mkd_hrms.policy.impact.comparison import Kind, compare, kind_of, standing, week_of
from mkd_hrms.policy.impact.totals import GATE_COUNTS, Impact
from mkd_hrms.policy.model import Gate, Outcome, Policy

BREAKDOWNS = ("unit", "designation")
crowds = st.lists(
	st.tuples(
		decided_employees(), st.sampled_from(("BKD", "Samsat", None)), st.sampled_from(("Analis", None))
	),
	max_size=5,
)


def change(who, before, after, workdays=5):
	decisions = [decide(who, policy) for policy in (before, after)]
	weeks = tuple(
		week_of(policy, found.tier_limit, workdays)
		for policy, found in zip((before, after), decisions, strict=True)
	)
	return compare(*decisions, weeks)


def impact_on(crowd, before, after, today=WEDNESDAY, on=TOMORROW):
	impact = Impact(before, after, BREAKDOWNS)
	for number, (who, *groups) in enumerate(crowd):
		named = replace(who, employee=f"HR-EMP-{number:05}")
		impact.add(*(evaluate(policy, named, on, today) for policy in (before, after)), tuple(groups), 5)
	return impact


class TestOneChange(TestCase):
	def test_a_stricter_absence_gate_loses_mkd_and_says_by_which_numbers(self):
		who = facts(attendance=replace(AN_ATTENDANCE, absences=2.0))
		found = change(who, a_policy(), a_policy(absence_fails_at=2))
		self.assertIs(found.kind, Kind.LOSES)
		(reason,) = (why for why in found.why if why.gate == "Absence")
		self.assertEqual((reason.before.actual, reason.before.limit, reason.after.limit), (2.0, 3, 2))
		self.assertEqual(reason.after.source, the_pack().clause("absence_fails_at"))
		self.assertEqual((found.before.days, found.after.days, found.weeks), (1, 0, None))

	def test_a_milder_gate_gains_mkd(self):
		who = facts(attendance=replace(AN_ATTENDANCE, late_days=6))
		found = change(who, a_policy(), a_policy(late_allowed=6))
		self.assertEqual((found.kind, [why.gate for why in found.why]), (Kind.GAINS, ["Lateness"]))

	def test_a_gate_that_is_new_and_does_not_know_needs_a_review(self):
		who = facts(productive=None)
		found = change(who, a_policy_without(Gate.TRK), a_policy_with_every_gate())
		self.assertIs(found.kind, Kind.NEEDS_REVIEW)
		self.assertEqual([(why.gate, why.before) for why in found.why], [("TRK", None)])

	def test_who_waits_for_a_person_and_would_be_refused_loses(self):
		who = facts(suitability=(), attendance=replace(AN_ATTENDANCE, late_days=4))
		self.assertIs(change(who, a_policy(), a_policy(late_allowed=3)).kind, Kind.LOSES)

	def test_the_legal_ceiling_leaves_fewer_days_and_names_its_clause(self):
		found = change(facts(), the_pack(), the_pack("permenpanrb-2025"))
		self.assertEqual((found.kind, found.why), (Kind.FEWER_DAYS, ()))
		self.assertEqual([week.days for week in found.weeks], [4, 2])
		self.assertEqual(found.weeks[1].number, "legal_ceiling")
		self.assertEqual(found.weeks[1].source, "PermenPANRB 4/2025 art. 13")

	def test_a_milder_tier_table_gives_more_days(self):
		who = facts(attendance=replace(AN_ATTENDANCE, absences=1.0))
		found = change(who, a_policy(), a_policy(tiers=()))
		self.assertEqual((found.kind, [week.days for week in found.weeks]), (Kind.MORE_DAYS, [3, 4]))

	def test_more_days_in_the_office_count_in_the_week_that_the_person_works(self):
		for workdays, days in ((5, [4, 2]), (6, [4, 3])):
			found = change(facts(), a_policy(), a_policy(min_office_days=3), workdays)
			self.assertEqual([week.days for week in found.weeks], days)
			self.assertEqual(found.weeks[1].number, "min_office_days")

	def test_without_a_calendar_the_office_days_limit_nothing(self):
		self.assertIsNone(change(facts(), a_policy(), a_policy(min_office_days=3), None))

	def test_a_gate_more_that_refuses_somebody_refused_is_another_reason_only(self):
		who = facts(sanctions=(A_SANCTION,), attendance=replace(AN_ATTENDANCE, late_days=4))
		found = change(who, a_policy(), a_policy(late_allowed=3))
		self.assertEqual((found.kind, [why.gate for why in found.why]), (Kind.OTHER_REASONS, ["Lateness"]))

	def test_another_limit_with_the_same_verdict_is_no_change(self):
		self.assertIsNone(change(facts(), a_policy(), a_policy(late_allowed=9)))


class TestEverybody(TestCase):
	@MODEST
	@given(policies(), crowds, todays)
	def test_a_policy_compared_with_itself_changes_nothing(self, policy, crowd, today):
		impact = impact_on(crowd, policy, policy, today, today + timedelta(1))
		self.assertEqual((impact.changed, sum(impact.kinds.values()), impact.people), ([], 0, len(crowd)))

	@MODEST
	@given(policies(), policies(), crowds)
	def test_swapping_the_policies_swaps_what_is_gained_and_lost(self, policy, other, crowd):
		there, back = impact_on(crowd, policy, other), impact_on(crowd, other, policy)
		self.assertEqual(there.outcomes, {"before": back.outcomes["after"], "after": back.outcomes["before"]})
		moves = {(row["before"], row["after"]): row["people"] for row in there.transitions}
		swapped = {(row["after"], row["before"]): row["people"] for row in back.transitions}
		self.assertEqual(moves, swapped)
		self.assertEqual(there.kinds["More Days"], back.kinds["Fewer Days"])
		self.assertEqual(there.kinds["Other Reasons"], back.kinds["Other Reasons"])
		opposite = {"begins": "ceases", "ceases": "begins", "before": "after", "after": "before"}
		for row, mirrored in zip(there.gates, back.gates, strict=True):
			for verdict in ("fails", "unknown"):
				for when, other_when in opposite.items():
					self.assertEqual(row[f"{verdict}_{when}"], mirrored[f"{verdict}_{other_when}"])

	@MODEST
	@given(policies(), policies(), crowds)
	def test_every_breakdown_adds_up_to_the_totals(self, policy, other, crowd):
		told = impact_on(crowd, policy, other).totals()
		self.assertEqual(told["people"], len(crowd))
		self.assertEqual(sum(row["people"] for row in told["transitions"]), len(crowd))
		self.assertEqual(sum(told["kinds"].values()), told["changed"])
		for rows in told["breakdowns"].values():
			self.assertEqual(sum(row["people"] for row in rows), len(crowd))
			for kind, count in told["kinds"].items():
				self.assertEqual(sum(row["kinds"][kind] for row in rows), count)
			for when, outcomes in told["outcomes"].items():
				self.assertEqual(
					{outcome: sum(row[when][outcome] for row in rows) for outcome in outcomes}, outcomes
				)
		for when, outcomes in told["outcomes"].items():
			self.assertEqual(sum(row[when] for row in told["weekly_limits"]), outcomes["Eligible"])
		for row in told["gates"]:
			for verdict in ("fails", "unknown"):
				moved = row[f"{verdict}_begins"] - row[f"{verdict}_ceases"]
				self.assertEqual(row[f"{verdict}_after"] - row[f"{verdict}_before"], moved)

	@MODEST
	@given(policies(), policies(), crowds)
	def test_every_change_has_a_reason_and_goes_where_its_kind_says(self, policy, other, crowd):
		arrives = {
			"Gains": Outcome.ELIGIBLE,
			"Loses": Outcome.NOT_ELIGIBLE,
			"Needs Review": Outcome.NEEDS_REVIEW,
		}
		for each in impact_on(crowd, policy, other).changed:
			self.assertTrue(each.change.why or each.change.weeks)
			if each.change.kind.value in arrives:
				self.assertIs(each.change.after.outcome, arrives[each.change.kind.value])
			for reason in each.change.why:
				self.assertNotEqual(*(side and side.verdict for side in (reason.before, reason.after)))

	@MODEST
	@given(policies(), policies(), crowds, st.integers(0, 5))
	def test_parts_put_together_are_the_whole_wherever_they_were_counted(self, policy, other, crowd, cut):
		whole, parts = impact_on(crowd, policy, other), Impact(policy, other, BREAKDOWNS)
		for part in (crowd[cut:], crowd[:cut]):
			parts.merge(pickle.loads(pickle.dumps(impact_on(part, policy, other))))
		self.assertEqual(parts.totals(), whole.totals())

	def test_what_is_told_can_be_stored_and_stays_in_order(self):
		crowd = [(facts(), "BKD", None), (facts(attendance=replace(AN_ATTENDANCE, absences=2.0)), "BKD", "A")]
		told = impact_on(crowd, a_policy(), a_policy(absence_fails_at=2, weekly_limit=3)).to_dict()
		self.assertEqual(json.loads(json.dumps(told)), told)
		self.assertEqual([each["employee"] for each in told["changes"]], ["HR-EMP-00000", "HR-EMP-00001"])
		self.assertEqual([each["kind"] for each in told["changes"]], ["Fewer Days", "Loses"])
		self.assertEqual(set(told["gates"][0]), {"gate", *GATE_COUNTS})

	def test_impacts_of_other_policies_are_not_put_together(self):
		with self.assertRaises(ValueError):
			Impact(a_policy(), a_policy()).merge(Impact(a_policy(), a_policy(late_allowed=1)))
		with self.assertRaises(ValueError):
			Impact(a_policy(), a_policy(), BREAKDOWNS).add(decide(), decide(), ("BKD",))


class TestAgain(TestCase):
	@MODEST
	@given(policies(), policies(), decided_employees(), todays, st.integers(0, 60))
	def test_it_decides_as_the_engine_does(self, first, second, who, today, ahead):
		on = today + timedelta(ahead)
		before = evaluate(first, who, on, today)
		self.assertEqual(Again(first, second).evaluate(before, who), evaluate(second, who, on, today))
		self.assertEqual(Again(first, first).evaluate(before, who), before)

	def test_another_clause_is_asked_again(self):
		first = a_policy()
		sources = first.sources | {
			"absence_fails_at": replace(first.sources["absence_fails_at"], source="New")
		}
		second = replace(first, sources=sources)
		found = Again(first, second).evaluate(decide(policy=first), facts())
		self.assertEqual(found, decide(policy=second))
		self.assertIn("New", [each.source for each in found.findings])

	@MODEST
	@given(policies(), decided_employees(), todays)
	def test_a_gate_looks_at_nothing_else_than_it_is_known_to(self, policy, who, today):
		for gate, ask in GATES:
			seen = Watched(policy)
			ask(Case(who, seen, today, today))
			self.assertLessEqual(seen.names, {*LOOKS_AT[gate]}, gate)
		seen = Watched(policy)
		earn(Case(who, seen, today, today), judge(Case(who, policy, today, today), policy.gates))
		self.assertLessEqual(seen.names - {"gates"}, {*LOOKS_AT[Gate.TIER]})

	def test_every_gate_of_the_engine_is_known(self):
		self.assertEqual(set(LOOKS_AT), EVERY_GATE)

	def test_standings_that_are_equal_are_no_change(self):
		found = standing(decide(), week_of(a_policy(), 4, 5))
		self.assertIsNone(kind_of(found, found))


class Watched:
	"""A policy that notes which of its numbers and clauses are read."""

	def __init__(self, policy: Policy) -> None:
		self.policy, self.names = policy, set()
		self.sources = _Sources(policy.sources, self.names)

	def __getattr__(self, name):
		if name in ("clause", "cool_off_months"):
			return lambda *values: getattr(Policy, name)(self, *values)
		self.names.add(name)
		return getattr(self.policy, name)


class _Sources(dict):
	def __init__(self, sources, names):
		super().__init__(sources)
		self.names = names

	def __getitem__(self, name):
		self.names.add(name)
		return super().__getitem__(name)
