"""What holds for every employee, every policy and every order of events."""

import json
from dataclasses import fields, replace
from datetime import date, timedelta
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from mkd_strategies import (
	MODEST,
	a_half_number,
	attendances,
	days,
	decided_employees,
	employees,
	policies,
	todays,
)
from mkd_support import (
	A_RESULT,
	AN_EMPLOYEE,
	EVERY_GATE,
	TOMORROW,
	WEDNESDAY,
	a_policy_with_every_gate,
	decide,
	facts,
	finding_of,
	the_pack,
)

from mkd_hrms.policy import as_json, evaluate, sentences
from mkd_hrms.policy.dates import add_months, full_months, iso_week, week_days
from mkd_hrms.policy.engine.evaluate import DECIDED_AGAINST, DECIDED_FOR
from mkd_hrms.policy.model import PREDICATES, Finding, Gate, Outcome, Verdict, at_least, outcome_of
from mkd_hrms.policy.performance import predicate_of, tier_limit
from mkd_hrms.policy.sentences import SENTENCES

# Best first.
OUTCOMES = (Outcome.ELIGIBLE, Outcome.NEEDS_REVIEW, Outcome.NOT_ELIGIBLE)

# What a fact looks like that nobody recorded, and the gates that then have nothing to go by.
MISSING = {
	"status": (None, (Gate.STATUS,)),
	"employment_type": (None, (Gate.TYPE,)),
	"joined_on": (None, (Gate.NOT_NEW,)),
	"suitability": ((), (Gate.ROLE,)),
	"service_unit": (None, (Gate.SERVICE_UNIT,)),
	"result": (None, (Gate.PERFORMANCE, Gate.FRESHNESS)),
	"attendance": (None, (Gate.ABSENCE, Gate.RECORDS, Gate.LATENESS)),
	"reports": (None, (Gate.REPORTS,)),
	"talent_box": (None, (Gate.TALENT_BOX,)),
	"productive": (None, (Gate.TRK,)),
}
# In every order, and more than once: what an agency's own gates may add.
SOME_FINDINGS = [
	Finding(gate, verdict, "own", 1, 2, "Own decree")
	for gate, verdict in [("Apel", Verdict.PASS), ("Apel", Verdict.FAIL), ("Piket", Verdict.UNKNOWN)]
]
DECIDED = (DECIDED_FOR, DECIDED_AGAINST)
# No record means none: no case, no suspension, but also no agreement.
CLOSED_REGISTERS = {
	"sanctions": (Gate.DISCIPLINE, Verdict.PASS),
	"suspensions": (Gate.SUSPENSION, Verdict.PASS),
	"agreements": (Gate.AGREEMENT, Verdict.FAIL),
}


class TestDecisions(TestCase):
	@MODEST
	@given(policies(), employees(), todays, st.integers(0, 60), attendances(), st.sampled_from((0.5, 1, 2)))
	def test_one_more_absence_never_improves_anything(self, policy, who, today, ahead, attendance, more):
		on = today + timedelta(ahead)
		worse = replace(attendance, absences=attendance.absences + more)
		before, after = (
			evaluate(policy, replace(who, attendance=kept), on, today) for kept in (attendance, worse)
		)
		self.assertGreaterEqual(OUTCOMES.index(after.outcome), OUTCOMES.index(before.outcome))
		self.assertLessEqual(after.tier_limit, before.tier_limit)

	@MODEST
	@given(policies(), employees(), todays, st.integers(0, 60), st.sampled_from(sorted(MISSING)))
	def test_a_missing_fact_never_passes_and_never_fails_its_gate(self, policy, who, today, ahead, name):
		value, gates = MISSING[name]
		decision = evaluate(policy, replace(who, **{name: value}), today + timedelta(ahead), today)
		for gate in policy.gates.intersection(gates):
			self.assertIs(finding_of(decision, gate).verdict, Verdict.UNKNOWN)

	@MODEST
	@given(policies(), employees(), todays, st.sampled_from(("result", "attendance")))
	def test_a_tier_is_never_granted_or_refused_on_a_missing_track_record(self, policy, who, today, name):
		decision = evaluate(policy, replace(who, **{name: None}), today, today)
		self.assertIsNone(finding_of(decision, Gate.TIER))

	def test_a_gate_that_misses_a_fact_goes_to_a_person_for_an_employee_who_passes_everything_else(self):
		for name, (value, gates) in MISSING.items():
			with self.subTest(name):
				decision = decide(replace(AN_EMPLOYEE, **{name: value}), a_policy_with_every_gate())
				self.assertEqual(decision.unknown, tuple(gate.value for gate in gates))
				self.assertIs(decision.outcome, Outcome.NEEDS_REVIEW)

	@MODEST
	@given(employees(), todays)
	def test_an_empty_closed_register_is_never_unknown(self, who, today):
		for name, (gate, verdict) in CLOSED_REGISTERS.items():
			decision = decide(replace(who, **{name: ()}), a_policy_with_every_gate(), today, today)
			self.assertIs(finding_of(decision, gate).verdict, verdict)

	def test_every_fact_is_either_missing_or_in_a_closed_register_when_there_is_none(self):
		"""Readiness is declared on a request, a person's decision is no fact, and without a post joining counts."""
		others = {"employee", "readiness", "gate_decisions", "posts"}
		self.assertEqual(
			{*MISSING, *CLOSED_REGISTERS, *others}, {entry.name for entry in fields(AN_EMPLOYEE)}
		)

	def test_the_employee_that_the_tests_change_passes_every_gate(self):
		decision = decide(policy=a_policy_with_every_gate())
		self.assertEqual({found.verdict for found in decision.findings}, {Verdict.PASS})
		self.assertEqual({found.gate for found in decision.findings}, {gate.value for gate in EVERY_GATE})

	@MODEST
	@given(employees(), todays)
	def test_without_a_declaration_readiness_finds_nothing(self, who, today):
		decision = decide(replace(who, readiness=None), on=today, today=today)
		self.assertIsNone(finding_of(decision, Gate.READINESS))

	@MODEST
	@given(policies(), employees(), todays, st.integers(0, 60))
	def test_gates_do_not_depend_on_each_other(self, policy, who, today, ahead):
		"""Switching one gate off leaves the others' findings alone; only the tier needs two of them."""
		on = today + timedelta(ahead)
		alike = {Gate.TIER, Gate.PERFORMANCE, Gate.ABSENCE}
		whole = evaluate(policy, who, on, today)
		for off in policy.gates - alike:
			part = evaluate(replace(policy, gates=policy.gates - {off}), who, on, today)
			self.assertEqual(
				part.findings, tuple(found for found in whole.findings if found.gate != off.value)
			)

	@MODEST
	@given(policies(), employees(), todays)
	def test_the_same_question_gets_the_same_answer(self, policy, who, today):
		self.assertEqual(evaluate(policy, who, today, today), evaluate(policy, who, today, today))

	@MODEST
	@given(policies(), employees(), todays)
	def test_a_tier_never_grants_more_than_its_best_row_or_the_weekly_limit(self, policy, who, today):
		limit = evaluate(policy, who, today, today).tier_limit
		best = max(policy.weekly_limit, *(row.weekly_limit for row in policy.tiers))
		self.assertTrue(0 <= limit <= best)

	def test_the_findings_of_an_agency_count_like_the_others(self):
		for verdict, outcome in zip((Verdict.PASS, Verdict.UNKNOWN, Verdict.FAIL), OUTCOMES, strict=True):
			extra = Finding("Apel", verdict, "own", 1, 2, "Own decree", note="The agency's own gate.")
			decision = evaluate(the_pack(), facts(), TOMORROW, WEDNESDAY, extra=[extra])
			self.assertIs(decision.outcome, outcome)
			self.assertEqual(decision.findings[-1], extra)
			self.assertEqual(sentences.sentence(extra), "The agency's own gate. [Own decree]")


class TestFindings(TestCase):
	@MODEST
	@given(policies(), decided_employees(), todays, st.integers(0, 60))
	def test_every_finding_says_what_it_was_held_against_and_why(self, policy, who, today, ahead):
		for found in evaluate(policy, who, today + timedelta(ahead), today).findings:
			self.assertIsNotNone(found.limit, found)
			self.assertTrue(found.source.strip(), found)
			if found.verdict is not Verdict.UNKNOWN and found.reason not in DECIDED:
				self.assertIsNotNone(found.actual, found)

	@MODEST
	@given(policies(), decided_employees(), todays, st.integers(0, 60))
	def test_every_finding_survives_json(self, policy, who, today, ahead):
		for found in evaluate(policy, who, today + timedelta(ahead), today).findings:
			stored = json.dumps(as_json.finding_to_dict(found))
			restored = as_json.finding_from_dict(json.loads(stored))
			self.assertEqual(restored, found)
			self.assertIs(restored.verdict, found.verdict)

	@MODEST
	@given(policies(), decided_employees(), todays, st.integers(0, 60))
	def test_every_finding_is_a_whole_sentence(self, policy, who, today, ahead):
		for found in evaluate(policy, who, today + timedelta(ahead), today).findings:
			text = sentences.sentence(found)
			self.assertNotRegex(text, r"[{}]|None|  ")
			self.assertTrue(text.endswith(f". [{found.source}]"), text)
			if "no end date" in text:
				self.assertIn(found.reason, ("sanction", *DECIDED))
				self.assertIsNone(found.until)

	@MODEST
	@given(decided_employees(), todays)
	def test_a_decision_is_stored_with_all_its_findings(self, who, today):
		decision = decide(who, on=today, today=today)
		(entry,) = json.loads(json.dumps(as_json.decisions_to_list([decision])))
		self.assertEqual(json.loads(as_json.decision_to_json(decision)), [entry])
		self.assertEqual(entry["outcome"], decision.outcome.value)
		self.assertEqual(tuple(map(as_json.finding_from_dict, entry["findings"])), decision.findings)
		self.assertIs(outcome_of(decision.findings), decision.outcome)

	def test_a_whole_number_and_an_equal_fraction_are_stored_as_they_are_whichever_came_first(self):
		decision = decide()
		for numbers in ((2, 3), (2.0, 3.0), (2, 3.0), (True, 3)):
			actual, limit = numbers
			found = decision.findings[0]._replace(actual=actual, limit=limit)
			(entry,) = json.loads(as_json.decision_to_json(replace(decision, findings=(found,))))
			stored = entry["findings"][0]
			self.assertEqual(repr((stored["actual"], stored["limit"])), repr(numbers))

	@MODEST
	@given(st.lists(st.lists(st.sampled_from(SOME_FINDINGS), max_size=6), min_size=1, max_size=5))
	def test_what_was_found_on_each_date_is_read_back_in_its_order(self, found):
		decisions = [
			replace(decide(), mkd_date=TOMORROW + timedelta(ahead), findings=tuple(findings))
			for ahead, findings in enumerate(found)
		]
		self.assertEqual(self.read_back(decisions), decisions)

	@MODEST
	@given(policies(), decided_employees(), todays, st.sets(st.integers(0, 60), min_size=1, max_size=6))
	def test_what_the_gates_found_on_each_date_is_read_back(self, policy, who, today, ahead):
		decisions = [evaluate(policy, who, today + timedelta(days), today) for days in sorted(ahead)]
		self.assertEqual(self.read_back(decisions), decisions)

	def read_back(self, decisions):
		"""Decisions as they come out of what was stored of them."""
		entries = as_json.decisions_from_json(as_json.to_json(as_json.decisions_to_list(decisions)))
		read = [
			replace(
				decisions[0],
				mkd_date=date.fromisoformat(day),
				evaluated_on=date.fromisoformat(entry["evaluated_on"]),
				policy=entry["policy"],
				findings=tuple(map(as_json.finding_from_dict, entry["findings"])),
				tier_limit=entry["tier_limit"],
			)
			for entry in entries
			for day in entry["dates"]
		]
		for entry in entries:
			self.assertEqual(entry["outcome"], outcome_of(map(as_json.finding_from_dict, entry["findings"])))
		return sorted(read, key=lambda decision: decision.mkd_date)

	def test_what_was_found_on_several_dates_is_stored_once(self):
		first, second = (decide(on=TOMORROW + timedelta(n)) for n in (0, 1))
		other = decide(facts(status="Left"), on=TOMORROW + timedelta(2))
		eligible, left = as_json.decisions_to_list([first, second, other])
		self.assertEqual(eligible["dates"], ["2026-11-26", "2026-11-27"])
		self.assertEqual(left["dates"], ["2026-11-28"])
		own = [found["dates"] for found in eligible["findings"] if "dates" in found]
		differ = sum(one != two for one, two in zip(first.findings, second.findings, strict=True))
		self.assertEqual(own, [["2026-11-26"], ["2026-11-27"]] * differ)
		self.assertTrue(0 < differ < len(first.findings))
		self.assertEqual(len(eligible["findings"]), len(first.findings) + differ)
		gates = list(dict.fromkeys(found["gate"] for found in eligible["findings"]))
		self.assertEqual(gates, [found.gate for found in first.findings])

	def test_dates_with_the_same_findings_are_read_as_one_entry(self):
		pair = [decide(on=TOMORROW + timedelta(n)) for n in (0, 1)]
		other = decide(facts(status="Left"), on=TOMORROW + timedelta(2))
		shared = [replace(one, findings=pair[0].findings) for one in pair]
		dates = [["2026-11-26", "2026-11-27"], ["2026-11-28"]]
		text = as_json.to_json(as_json.decisions_to_list([*shared, other]))
		self.assertEqual([entry["dates"] for entry in as_json.decisions_from_json(text)], dates)

	def test_what_was_stored_with_every_finding_for_each_date_is_read_as_it_stands(self):
		one, other = decide(), decide(facts(status="Left"), on=TOMORROW + timedelta(1))
		stored = [entry for each in (one, other) for entry in as_json.decisions_to_list([each])]
		self.assertEqual(as_json.decisions_from_json(json.dumps(stored)), stored)
		self.assertEqual(as_json.decisions_from_json(None), [])

	def test_an_unknown_key_in_a_stored_finding_is_an_error(self):
		stored = as_json.finding_to_dict(decide().findings[0])
		with self.assertRaises(TypeError):
			as_json.finding_from_dict(stored | {"treshold": 3})

	def test_sentences_are_translated_with_their_words_and_dates(self):
		found = finding_of(decide(facts(joined_on=date(2026, 3, 1))), Gate.NOT_NEW)
		words = {SENTENCES[found.reason]: "{actual} bulan pada {until}, perlu {limit}."}
		text = sentences.sentence(found, lambda word: words.get(word, word), "{:%d-%m-%Y}".format)
		self.assertEqual(text, f"8 bulan pada 26-11-2026, perlu 12. [{found.source}]")
		found = finding_of(decide(facts(status="Left")), Gate.STATUS)
		words = {"Left": "Keluar", "Active": "Aktif"}
		text = sentences.sentence(found, lambda word: words.get(word, word))
		self.assertIn("is Keluar; only Aktif employees", text)


class TestDates(TestCase):
	@MODEST
	@given(days)
	def test_a_day_lies_in_its_own_week_and_all_seven_days_agree(self, day):
		week = week_days(iso_week(day))
		self.assertIn(day, week)
		self.assertEqual({iso_week(other) for other in week}, {iso_week(day)})
		self.assertEqual([other.isoweekday() for other in week], [1, 2, 3, 4, 5, 6, 7])

	@MODEST
	@given(days, st.integers(-240, 240))
	def test_so_many_months_later_so_many_months_are_full(self, day, months):
		self.assertEqual(full_months(day, add_months(day, months)), months)

	@MODEST
	@given(days, days)
	def test_full_months_are_those_that_have_passed_and_no_more(self, start, end):
		months = full_months(start, end)
		self.assertLessEqual(add_months(start, months), end)
		self.assertLess(end, add_months(start, months + 1))


class TestPredicates(TestCase):
	@MODEST
	@given(st.sampled_from(("Appraisal", "TRK", "e-Kinerja")), st.integers(0, 500), st.integers(0, 120))
	def test_a_higher_score_of_the_same_source_is_never_a_worse_predicate(self, source, low, more):
		results = (replace(A_RESULT, source=source, score=score / 10) for score in (low, low + more))
		lower, higher = (predicate_of(the_pack(), result) for result in results)
		if lower and higher:
			self.assertTrue(at_least(higher, lower))
		elif higher:
			self.fail("a score that lies on the scale has a predicate")

	@MODEST
	@given(st.sampled_from(PREDICATES), a_half_number(6), a_half_number(6))
	def test_more_absences_and_a_worse_predicate_never_earn_more_days(self, predicate, few, more):
		earned = tier_limit(the_pack(), predicate, few)
		self.assertLessEqual(tier_limit(the_pack(), predicate, few + more), earned)
		for worse in PREDICATES[PREDICATES.index(predicate) :]:
			self.assertLessEqual(tier_limit(the_pack(), worse, few), earned)
