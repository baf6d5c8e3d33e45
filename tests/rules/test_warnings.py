"""An early warning tells the truth, and where there is none, one event more costs nobody what he has (rule D10)."""

from dataclasses import replace
from datetime import date, timedelta
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from mkd_strategies import (
	MODEST,
	agreements,
	attendances,
	decided_employees,
	gate_decisions,
	policies,
	reports,
	results,
	talent_boxes,
	todays,
)
from mkd_support import (
	A_RESULT,
	A_TALENT_BOX,
	AN_AGREEMENT,
	AN_ATTENDANCE,
	EVERY_GATE,
	SOME_REPORTS,
	a_policy,
	a_policy_with_every_gate,
	facts,
	finding_of,
)

from mkd_hrms.policy import evaluate
from mkd_hrms.policy.early_warnings import WATCHED, EarlyWarning, early_warnings
from mkd_hrms.policy.gates.case import Case
from mkd_hrms.policy.model import PREDICATES, Gate, Outcome, Verdict

# Each fact of which there may be one more, and the reasons of the warnings that speak of it.
EVENTS = {
	"attendance.absences": ("absence_next_closes", "absence_next_lowers", "absence_next_takes_all"),
	"attendance.late_days": ("late_next_closes",),
	"reports.rejected": ("rejection_next_closes",),
}
CLOSES = ("absence_next_closes", "late_next_closes", "rejection_next_closes", "absence_next_takes_all")


def one_more(who, event):
	"""The employee after the event, or None where nobody keeps count of it."""
	fact, name = event.split(".")
	record = getattr(who, fact)
	if record is None or getattr(record, name) is None:
		return None
	return replace(who, **{fact: replace(record, **{name: getattr(record, name) + 1})})


@st.composite
def watched(draw):
	"""Somebody whose record is often near a limit, decisions of people included; of most of them MKD is open."""
	if draw(st.integers(0, 4)) == 0:
		return replace(draw(decided_employees()), attendance=draw(attendances()), reports=draw(reports))
	record = replace(AN_ATTENDANCE, absences=draw(st.integers(0, 6)) / 2, late_days=draw(st.integers(0, 6)))
	return facts(
		result=draw(st.sampled_from((A_RESULT, replace(A_RESULT, score=4.8), None)) | results()),
		talent_box=draw(st.sampled_from((A_TALENT_BOX, None)) | talent_boxes),
		attendance=replace(record, doubtful_absences=draw(st.sampled_from((0, 0, 0, 1)))),
		reports=replace(SOME_REPORTS, rejected=draw(st.integers(0, 2))),
		agreements=draw(
			st.sampled_from(((AN_AGREEMENT,), (replace(AN_AGREEMENT, until=date(2026, 12, 20)),)))
		),
		gate_decisions=draw(st.lists(gate_decisions(), max_size=2).map(tuple)),
		productive=None,
		readiness=None,
	)


@st.composite
def strictness(draw):
	"""A policy with other numbers that does not close MKD to almost everybody."""
	policy = draw(policies())
	return replace(
		policy,
		min_predicate=draw(st.sampled_from(PREDICATES[:2])),
		absence_fails_at=draw(st.integers(1, 8)) / 2,
		late_allowed=draw(st.integers(1, 6)),
		cool_off_light_months=0,
	)


class TestOneMoreEvent(TestCase):
	@MODEST
	@given(strictness(), watched(), todays, st.integers(0, 60))
	def test_what_a_warning_says_comes_true(self, policy, who, today, ahead):
		on = today + timedelta(ahead)
		warned = early_warnings(policy, who, on, today)
		before = evaluate(policy, who, on, today)
		for event, reasons in EVENTS.items():
			for warning in (warning for warning in warned if warning.reason in reasons):
				after = evaluate(policy, one_more(who, event), on, today)
				if warning.reason in CLOSES:
					self.assertIs(self.verdict(after, warning.gate), Verdict.FAIL)
					self.assertIsNot(self.verdict(before, warning.gate), Verdict.FAIL)
				if warning.gate == Gate.TIER.value:
					self.assertEqual(after.tier_limit, warning.limit)
					self.assertLess(warning.limit, before.tier_limit)

	def verdict(self, decision, gate):
		"""A tier of nothing has no finding while performance is unknown."""
		found = finding_of(decision, Gate(gate))
		silent = Verdict.FAIL if decision.tier_limit == 0 else Verdict.PASS
		return found.verdict if found else silent

	@MODEST
	@given(strictness(), watched(), todays, st.integers(0, 60))
	def test_where_nothing_is_said_one_more_changes_neither_outcome_nor_tier(self, policy, who, today, ahead):
		on = today + timedelta(ahead)
		reasons = {warning.reason for warning in early_warnings(policy, who, on, today)}
		before = evaluate(policy, who, on, today)
		for event, its_reasons in EVENTS.items():
			later = one_more(who, event)
			if not later or before.outcome is Outcome.NOT_ELIGIBLE or not reasons.isdisjoint(its_reasons):
				continue
			self.same(before, evaluate(policy, later, on, today), self.is_first_absence(who, event), event)

	def is_first_absence(self, who, event):
		return event == "attendance.absences" and not who.attendance.absences

	def same(self, before, after, tier_may_fall, event):
		"""The first absence may cost a tier without a warning, but nothing else."""
		if tier_may_fall:
			self.assertLessEqual(set(after.failed) - set(before.failed), {Gate.TIER.value})
			self.assertEqual(after.unknown, before.unknown)
			return
		self.assertEqual((after.outcome, after.tier_limit), (before.outcome, before.tier_limit), event)
		self.assertEqual((after.failed, after.unknown), (before.failed, before.unknown), event)

	@MODEST
	@given(strictness(), watched(), todays, st.integers(0, 60))
	def test_nobody_is_warned_whose_mkd_is_closed(self, policy, who, today, ahead):
		on = today + timedelta(ahead)
		if early_warnings(policy, who, on, today):
			self.assertIsNot(evaluate(policy, who, on, today).outcome, Outcome.NOT_ELIGIBLE)

	@MODEST
	@given(strictness(), watched(), todays, st.integers(0, 60))
	def test_no_question_would_find_what_the_look_at_the_numbers_leaves_out(self, policy, who, today, ahead):
		on = today + timedelta(ahead)
		for is_near, ask in WATCHED:
			if ask(Case(who, policy, on, today)):
				self.assertTrue(is_near(policy, who, on), ask.__name__)

	@MODEST
	@given(strictness(), watched(), todays)
	def test_only_a_gate_that_is_on_and_passes_warns_besides_the_end_of_an_agreement(
		self, policy, who, today
	):
		passing = {
			found.gate for found in evaluate(policy, who, today, today).findings if self.is_pass(found)
		}
		for warning in early_warnings(policy, who, today, today):
			if warning.gate == Gate.AGREEMENT.value and Gate.AGREEMENT not in policy.gates:
				continue
			self.assertIn(Gate(warning.gate), policy.gates)
			if warning.gate != Gate.TIER.value:
				self.assertIn(warning.gate, passing)

	def is_pass(self, found):
		return found.verdict is Verdict.PASS

	@MODEST
	@given(strictness(), watched(), todays)
	def test_a_threshold_names_one_warning(self, policy, who, today):
		keys = [warning.threshold for warning in early_warnings(policy, who, today, today)]
		self.assertEqual(len(set(keys)), len(keys))
		self.assertTrue(all(key.count(":") == 2 for key in keys), keys)

	def test_a_policy_without_gates_warns_of_nothing(self):
		policy = replace(a_policy_with_every_gate(), gates=frozenset())
		self.assertEqual(early_warnings(policy, facts(), date(2027, 3, 31), date(2027, 3, 30)), ())


class TestWhatEnds(TestCase):
	@MODEST
	@given(results(), talent_boxes, st.lists(agreements(), max_size=4), todays, st.integers(0, 60))
	def test_up_to_the_day_that_a_warning_names_the_gate_passes_and_then_no_more(
		self, result, box, signed, today, ahead
	):
		on = today + timedelta(ahead)
		who = facts(result=result, talent_box=box, agreements=tuple(signed))
		for gate in (Gate.FRESHNESS, Gate.TALENT_BOX, Gate.AGREEMENT):
			policy = a_policy(gates=frozenset({gate}))
			told = [entry for entry in early_warnings(policy, who, on, today) if entry.gate == gate.value]
			days = [on + timedelta(n) for n in range(policy.warning_days + 1)]
			passes = [
				finding_of(evaluate(policy, who, day, today), gate).verdict is Verdict.PASS for day in days
			]
			if not told:
				self.assertTrue(all(passes) or not passes[0], f"{gate}: {passes}")
				continue
			self.assertEqual(passes.index(False), days.index(told[0].until) + 1, f"{gate}: {passes}")

	def test_the_end_of_an_agreement_is_told_though_the_policy_asks_for_none(self):
		policy, who = a_policy(gates=frozenset()), facts()
		(told,) = early_warnings(policy, who, date(2027, 6, 20), date(2027, 6, 19))
		self.assertEqual((told.reason, told.until), ("agreement_ends", AN_AGREEMENT.until))
		self.assertEqual(told.record, AN_AGREEMENT.record)
		following = replace(
			AN_AGREEMENT, since=date(2027, 7, 1), until=date(2028, 6, 30), record="MKD-AGR-0002"
		)
		who = replace(who, agreements=(AN_AGREEMENT, following))
		self.assertEqual(early_warnings(policy, who, date(2027, 6, 20), date(2027, 6, 19)), ())

	def test_the_threshold_of_an_end_is_the_same_every_night(self):
		policy, who = a_policy_with_every_gate(), facts()
		keys = set()
		for day in range(2, 32):
			warned = early_warnings(policy, who, date(2027, 3, day), date(2027, 3, day) - timedelta(1))
			keys |= {warning.threshold for warning in warned if warning.gate == Gate.FRESHNESS.value}
		self.assertEqual(keys, {"Freshness:result_ends:2027-03-31"})

	def test_a_whole_number_and_the_same_float_are_one_threshold(self):
		whole, decimal = (
			EarlyWarning("Absence", "absence_next_closes", value, 3, "PP 94/2021") for value in (2, 2.0)
		)
		self.assertEqual(whole.threshold, decimal.threshold)

	def test_every_gate_of_a_warning_is_a_gate_of_the_engine(self):
		policy = a_policy_with_every_gate()
		warned = early_warnings(policy, facts(), date(2027, 3, 31), date(2027, 3, 30))
		self.assertLessEqual({Gate(warning.gate) for warning in warned}, EVERY_GATE)
