"""Turns every case of `scenarios/` into one test whose name is the case's sentence."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import TestCase

from mkd_judges import GATE_OF, JUDGES, keys_of
from mkd_scenarios import Scenario, ScenarioError, read
from mkd_support import EVERY_GATE, FIRST_DAY, SCENARIOS, evaluate

from mkd_hrms.policy.packs import PackError

# What each gate can say at all. A gate that is left out of a verdict is explained in its scenario file.
VERDICTS = {
	"E1": {"Pass", "Fail", "Unknown"},
	"E2": {"Pass", "Fail", "Unknown"},
	"E3": {"Pass", "Fail", "Unknown"},
	"E4": {"Pass", "Fail", "Unknown"},
	"E5": {"Pass", "Fail", "Unknown"},
	"E6": {"Pass", "Fail", "Unknown"},
	"E7": {"Pass", "Unknown"},
	"E8": {"Pass", "Fail", "Unknown"},
	"E9": {"Pass", "Fail", "Unknown"},
	"E10": {"Pass", "Unknown"},
	"E11": {"Pass", "Fail", "Unknown"},
	"E12": {"Pass", "Fail", "Unknown"},
	"E13": {"Pass", "Fail", "Unknown"},
	"E14": {"Pass", "Fail", "Unknown"},
	"E15": {"Pass", "Fail"},
	"E16": {"Pass", "Fail", "Unknown"},
	"E17": {"Pass", "Fail"},
	"Q8": {"Pass", "Fail"},
}
CASES = {path.stem: read(path, keys_of) for path in sorted(SCENARIOS.glob("*.yaml"))}


def slug(sentence: str) -> str:
	return re.sub(r"\W+", "_", sentence.lower()).strip("_")


def a_test(case: Scenario):
	def method(self):
		JUDGES[case.rule](self, case)

	method.__name__ = f"test_{slug(case.name)}"
	method.__doc__ = case.name
	return method


def a_class(rule: str, cases: tuple[Scenario, ...]) -> type[TestCase]:
	methods = {method.__name__: method for method in map(a_test, cases)}
	if len(methods) < len(cases):
		raise ScenarioError(f"{rule}.yaml: two cases have names that differ only in punctuation")
	return type(f"TestRule{rule}", (TestCase,), {"__module__": __name__, **methods})


globals().update({f"TestRule{rule}": a_class(rule, cases) for rule, cases in CASES.items()})


class TestTheScenariosThemselves(TestCase):
	def test_every_rule_that_can_be_judged_has_a_file(self):
		self.assertEqual(set(CASES), set(JUDGES))

	def test_every_gate_of_the_engine_has_a_rule_with_scenarios(self):
		self.assertEqual(set(GATE_OF.values()), EVERY_GATE)
		self.assertLessEqual(set(GATE_OF), set(CASES))

	def test_every_gate_shows_all_the_verdicts_it_can_give(self):
		for rule, gate in GATE_OF.items():
			with self.subTest(rule):
				self.assertEqual(self.verdicts(rule, gate), VERDICTS[rule])

	def verdicts(self, rule, gate):
		findings = [
			found
			for case in CASES[rule]
			if "refused" not in case.expect
			for found in evaluate(case.its_policy(), case.its_facts(), case.on, case.today).findings
		]
		return {found.verdict.value for found in findings if found.gate == gate.value}

	def test_every_gate_is_asked_about_the_first_day_and_the_day_before_it(self):
		for rule in GATE_OF:
			with self.subTest(rule):
				self.assertTrue(any(case.on == FIRST_DAY for case in CASES[rule]), "the first day")
				self.assertTrue(any("refused" in case.expect for case in CASES[rule]), "the day before")

	def test_every_case_of_a_gate_says_what_the_gate_measured(self):
		for case in (case for rule in GATE_OF for case in CASES[rule]):
			with self.subTest(case.name):
				measured = {"actual", "limit", "silent", "refused"} & set(case.expect)
				self.assertTrue(measured, f"{case.file}: neither actual nor limit is expected")


class TestDamagedScenarios(TestCase):
	USUAL = "rule: E1\ntitle: Status\ncases:\n  - name: A case\n    on: 2026-11-26\n    today: 2026-11-25\n"

	def refusal(self, text, run=False):
		with TemporaryDirectory() as folder:
			path = Path(folder) / "E1.yaml"
			path.write_text(text, encoding="utf-8")
			with self.assertRaises(ScenarioError) as caught:
				for case in read(path, keys_of):
					JUDGES[case.rule](self, case)
		return str(caught.exception)

	def test_an_unknown_key_of_a_case_is_refused_with_file_case_and_key(self):
		message = self.refusal(self.USUAL + "    expects: {outcome: Eligible}\n")
		self.assertRegex(message, r"^E1\.yaml, case 'A case': unknown expects; allowed are name, on, today")

	def test_an_unknown_fact_is_refused(self):
		message = self.refusal(self.USUAL + "    expect: {outcome: Eligible}\n    given: {state: Active}\n")
		self.assertRegex(message, r"^E1\.yaml, case 'A case': given has unknown state; allowed are employee")

	def test_an_unknown_part_of_a_fact_is_refused(self):
		given = "    given: {sanctions: [{grade: Light}]}\n"
		message = self.refusal(self.USUAL + "    expect: {outcome: Eligible}\n" + given)
		self.assertRegex(message, r"^E1\.yaml, case 'A case': sanctions has unknown grade; allowed are level")

	def test_an_unknown_parameter_of_the_policy_is_refused(self):
		changes = "    policy: {week_limit: 3}\n"
		message = self.refusal(self.USUAL + "    expect: {outcome: Eligible}\n" + changes)
		self.assertRegex(message, r"^E1\.yaml, case 'A case': policy has unknown week_limit")

	def test_an_unknown_expectation_is_refused(self):
		message = self.refusal(self.USUAL + "    expect: {outcome: Eligible, fails: []}\n")
		self.assertRegex(message, r"^E1\.yaml, case 'A case': expect has unknown fails")

	def test_a_pack_that_is_not_shipped_is_refused(self):
		with self.assertRaisesRegex(PackError, "no policy pack 'jabar-1999'"):
			self.refusal(self.USUAL + "    pack: jabar-1999\n    expect: {outcome: Eligible}\n")

	def test_a_gate_that_does_not_exist_can_be_switched_neither_on_nor_off(self):
		for switch in ("with", "without"):
			with self.subTest(switch), self.assertRaisesRegex(ValueError, "'Echelon' is not a valid Gate"):
				policy = f"    policy: {{{switch}: [Echelon]}}\n"
				self.refusal(self.USUAL + "    expect: {outcome: Eligible}\n" + policy)

	def test_a_case_without_an_expected_outcome_is_refused(self):
		message = self.refusal(self.USUAL + "    expect: {actual: Active}\n")
		self.assertRegex(message, r"^E1\.yaml, case 'A case': expect lacks outcome")

	def test_a_case_without_a_name_is_refused(self):
		self.assertRegex(
			self.refusal("rule: E1\ntitle: Status\ncases: [{on: 2026-11-26}]\n"), "case 1 has no name"
		)

	def test_a_file_that_is_not_named_after_its_rule_is_refused(self):
		self.assertRegex(self.refusal("rule: E2\ntitle: Type\ncases: []\n"), "must be named after it")
