"""What a person decides about a gate opens or closes that gate, and makes nobody better off than a colleague."""

from dataclasses import replace
from datetime import timedelta
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from mkd_strategies import MODEST, a_half_number, attendances, decided_employees, employees, policies, todays
from mkd_support import A_GATE_DECISION, AN_ATTENDANCE, EVERY_GATE, TOMORROW, WEDNESDAY, facts, the_pack

from mkd_hrms.policy import evaluate
from mkd_hrms.policy.engine.evaluate import DECIDED_AGAINST, DECIDED_FOR
from mkd_hrms.policy.facts import covers
from mkd_hrms.policy.model import Finding, Gate, Outcome, Verdict

OUTCOMES = (Outcome.ELIGIBLE, Outcome.NEEDS_REVIEW, Outcome.NOT_ELIGIBLE)
ABOUT = {DECIDED_FOR: Verdict.PASS, DECIDED_AGAINST: Verdict.FAIL}

gates, abouts = st.sampled_from(sorted(EVERY_GATE)), st.sampled_from(("Unknown", "Fail"))


def a_decision(gate, about, accepted=True):
	return replace(
		A_GATE_DECISION, gate=gate.value, about=about, accepted=accepted, since=WEDNESDAY, until=None
	)


class TestGateDecisions(TestCase):
	@MODEST
	@given(policies(), decided_employees(), todays, st.integers(0, 60))
	def test_every_finding_is_the_record_s_or_a_valid_decision_s_about_exactly_it(
		self, policy, who, today, ahead
	):
		on = today + timedelta(ahead)
		plain = evaluate(policy, replace(who, gate_decisions=()), on, today)
		before = {found.gate: found for found in plain.findings}
		for found in evaluate(policy, who, on, today).findings:
			if found.gate == Gate.TIER.value:
				continue
			if found.reason not in ABOUT:
				self.assertEqual(found, before[found.gate])
				continue
			answers = (
				found.gate,
				before[found.gate].verdict.value,
				found.verdict is Verdict.PASS,
				found.record,
			)
			self.assertIn(
				answers,
				[
					(entry.gate, entry.about, entry.accepted, entry.record)
					for entry in who.gate_decisions
					if covers(entry.since, entry.until, on)
				],
			)
			self.assertIs(found.verdict, ABOUT[found.reason])
			self.assertEqual(found.actual, before[found.gate].actual)

	@MODEST
	@given(policies(), employees(), todays, gates, abouts)
	def test_accepting_closes_nothing_but_a_tier_that_can_now_be_judged(
		self, policy, who, today, gate, about
	):
		before = evaluate(policy, who, today, today)
		accepted = replace(a_decision(gate, about), since=today)
		after = evaluate(policy, replace(who, gate_decisions=(accepted,)), today, today)
		self.assertLessEqual(set(after.unknown), set(before.unknown))
		self.assertLessEqual(set(after.failed), {*before.failed, Gate.TIER.value})

	@MODEST
	@given(policies(), employees(), todays, gates, abouts)
	def test_refusing_never_improves_an_outcome_or_a_tier(self, policy, who, today, gate, about):
		before = evaluate(policy, who, today, today)
		refused = replace(a_decision(gate, about, accepted=False), since=today)
		after = evaluate(policy, replace(who, gate_decisions=(refused,)), today, today)
		self.assertGreaterEqual(OUTCOMES.index(after.outcome), OUTCOMES.index(before.outcome))
		self.assertLessEqual(after.tier_limit, before.tier_limit)

	@MODEST
	@given(policies(), employees(), attendances(), a_half_number(6), todays)
	def test_whose_absences_were_accepted_gets_no_more_than_anybody_who_passes(
		self, policy, who, attendance, fewer, today
	):
		"""With the same result; a day that was recorded wrongly does not wash the others away."""
		policy = replace(policy, gates=policy.gates | {Gate.ABSENCE})
		passing = replace(attendance, absences=min(fewer, max(0, policy.absence_fails_at - 0.5)))
		failing = replace(attendance, absences=policy.absence_fails_at + fewer)
		taken = (replace(a_decision(Gate.ABSENCE, "Fail"), since=today),)
		objected = replace(who, attendance=failing, gate_decisions=taken)
		colleague = replace(who, attendance=passing)
		if policy.absence_fails_at and attendance.since <= attendance.until:
			self.assertLessEqual(
				evaluate(policy, objected, today, today).tier_limit,
				evaluate(policy, colleague, today, today).tier_limit,
			)

	@MODEST
	@given(employees(), attendances(), todays, st.sampled_from((0.5, 1, 2)))
	def test_with_an_upheld_objection_one_more_absence_still_improves_nothing(
		self, who, attendance, today, more
	):
		taken = (replace(a_decision(Gate.ABSENCE, "Fail"), since=today),)
		worse = replace(attendance, absences=attendance.absences + more)
		before, after = (
			evaluate(the_pack(), replace(who, attendance=kept, gate_decisions=taken), today, today).tier_limit
			for kept in (attendance, worse)
		)
		self.assertLessEqual(after, before)

	def test_whose_performance_was_accepted_gets_what_the_lowest_that_passes_earns(self):
		taken = (a_decision(Gate.PERFORMANCE, "Unknown"), a_decision(Gate.FRESHNESS, "Unknown"))
		for absences in (0, 0.5, 1, 2, 2.5):
			kept = replace(AN_ATTENDANCE, absences=absences)
			accepted = facts(result=None, attendance=kept, gate_decisions=taken)
			limits = {
				evaluate(the_pack(), who, TOMORROW, WEDNESDAY).tier_limit
				for who in (accepted, facts(attendance=kept))
			}
			self.assertEqual(len(limits), 1, f"{absences} absences: {limits}")

	def test_nobody_with_an_eligible_outcome_is_left_with_no_day_and_no_reason(self):
		taken = (a_decision(Gate.PERFORMANCE, "Unknown"), a_decision(Gate.FRESHNESS, "Unknown"))
		who = facts(result=None, attendance=replace(AN_ATTENDANCE, absences=4.0), gate_decisions=taken)
		policy = replace(the_pack(), absence_fails_at=5)
		self.assertEqual(evaluate(policy, who, TOMORROW, WEDNESDAY).failed, (Gate.TIER.value,))

	def test_a_decision_about_an_agency_s_own_gate_counts_too_and_replaces_its_words(self):
		own = Finding("Apel", Verdict.UNKNOWN, "own", 1, 2, "Own decree", note="The agency's own gate.")
		taken = (replace(A_GATE_DECISION, gate="Apel"),)
		decision = evaluate(the_pack(), facts(gate_decisions=taken), TOMORROW, WEDNESDAY, extra=[own])
		found = decision.findings[-1]
		self.assertIs(decision.outcome, Outcome.ELIGIBLE)
		self.assertEqual((found.verdict, found.reason, found.note), (Verdict.PASS, DECIDED_FOR, None))
