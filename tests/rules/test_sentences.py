"""Every reason has a sentence and, unless it passes, one that says what to do; no sentence is left over."""

import ast
import string
from datetime import date
from itertools import pairwise
from unittest import TestCase

from mkd_source import nodes_of, tree_of
from mkd_support import PACKAGE, WEDNESDAY

from mkd_hrms.policy.early_warnings import EarlyWarning
from mkd_hrms.policy.model import Finding, Verdict
from mkd_hrms.policy.sentences import NEXT_STEPS, SENTENCES, advice, sentence, warning_sentence

POLICY = PACKAGE / "policy"
VERDICTS = {"PASS", "FAIL", "UNKNOWN"}
FIELDS = {"actual", "limit", "since", "until", "record"}


def reasons_in(path):
	"""(verdict, reason): texts after a verdict in a tuple or a call, or assigned to `reason` (verdict None)."""
	constants = dict(constants_of(tree_of(path)))
	for node in nodes_of(path):
		if isinstance(node, ast.Tuple | ast.Call):
			parts = node.elts if isinstance(node, ast.Tuple) else node.args
			for verdict, reason in pairwise(parts):
				if verdict_name(verdict) in VERDICTS:
					yield from ((verdict_name(verdict), word) for word in words_of(reason, constants))
		elif isinstance(node, ast.Assign) and any(getattr(t, "id", None) == "reason" for t in node.targets):
			yield from ((None, word) for word in words_of(node.value, constants))


def warnings_in(path):
	"""What stands second in an EarlyWarning, or is assigned to `reason`."""
	for node in nodes_of(path):
		if isinstance(node, ast.Call) and verdict_name(node.func) == EarlyWarning.__name__:
			yield from words_of(node.args[1], {})
		elif isinstance(node, ast.Assign) and any(getattr(t, "id", None) == "reason" for t in node.targets):
			yield from words_of(node.value, {})


def constants_of(tree):
	for node in tree.body:
		if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple | ast.Name):
			names, values = node.targets[0], node.value
			pairs = (
				zip(names.elts, values.elts, strict=True)
				if isinstance(names, ast.Tuple)
				else ((names, values),)
			)
			yield from ((name.id, value) for name, value in pairs)


def verdict_name(node):
	return getattr(node, "attr", None) or getattr(node, "id", None)


def words_of(node, constants):
	branches = (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,)
	branches = (constants.get(getattr(part, "id", None), part) for part in branches)
	return (part.value for part in branches if isinstance(part, ast.Constant) and isinstance(part.value, str))


def fields_of(text):
	return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def verdicts_by_reason():
	"""The verdicts that each reason stands beside; a reason that is only assigned has none of its own."""
	found = {}
	for path in (
		*sorted((POLICY / "gates").glob("*.py")),
		POLICY / "engine" / "evaluate.py",
		POLICY / "recheck.py",
	):
		for verdict, reason in reasons_in(path):
			found.setdefault(reason, set()).update({verdict} - {None})
	return found


VERDICT_OF = verdicts_by_reason()
WARNINGS = set(warnings_in(POLICY / "early_warnings.py"))


class TestSentences(TestCase):
	def test_every_reason_has_a_sentence_and_every_sentence_a_reason(self):
		self.assertEqual({*VERDICT_OF, *WARNINGS}, set(SENTENCES))

	def test_every_reason_that_does_not_pass_says_what_to_do_and_no_other(self):
		closing = {reason for reason, verdicts in VERDICT_OF.items() if "PASS" not in verdicts}
		self.assertEqual(closing | WARNINGS, set(NEXT_STEPS))
		self.assertTrue(closing.isdisjoint(WARNINGS))

	def test_no_reason_belongs_to_a_pass_and_to_something_else(self):
		for reason, verdicts in VERDICT_OF.items():
			with self.subTest(reason):
				self.assertFalse("PASS" in verdicts and len(verdicts) > 1, verdicts)

	def test_advice_renders_with_what_a_finding_or_a_warning_holds(self):
		for reason in NEXT_STEPS:
			found = Finding("Absence", Verdict.FAIL, reason, 3, 3, "PP 94/2021", until=WEDNESDAY)
			warning = EarlyWarning("Absence", reason, 2.0, 3, "PP 94/2021", WEDNESDAY)
			with self.subTest(reason):
				for text in (advice(found), advice(warning)):
					self.assertRegex(text, r"^[A-Z].*[^.]\.$")
					self.assertNotRegex(text, r"[{}]|None|no end date")

	def test_what_passes_and_the_gates_of_an_agency_need_no_advice(self):
		for reason in (*sorted(set(SENTENCES) - set(NEXT_STEPS)), "own"):
			found = Finding("Apel", Verdict.PASS, reason, 1, 2, "Own decree", note="The agency's own gate.")
			self.assertIsNone(advice(found), reason)

	def test_every_warning_renders_with_what_a_warning_holds(self):
		for reason in WARNINGS:
			with self.subTest(reason):
				warning = EarlyWarning("Absence", reason, 2.0, 3, "PP 94/2021", WEDNESDAY, "HR-0001")
				self.assertNotRegex(warning_sentence(warning), r"[{}]|None|no end date")
				self.assertLessEqual(fields_of(SENTENCES[reason]), FIELDS - {"since"})

	def test_a_sanction_without_an_end_gets_advice_without_a_date(self):
		found = Finding("Discipline", Verdict.FAIL, "sanction", "Severe, In Force", "none", "PP 94/2021")
		self.assertIn("to no end date", sentence(found))
		self.assertNotIn("no end date", advice(found))

	def test_every_sentence_renders_with_what_a_finding_holds(self):
		for reason in SENTENCES:
			with self.subTest(reason):
				found = Finding("Absence", Verdict.PASS, reason, "2.5", 3, "PP 94/2021", record="HR-0001")
				text = sentence(found)
				self.assertTrue(text.endswith(". [PP 94/2021]"), text)
				self.assertNotRegex(text, r"[{}]|None")

	def test_a_sentence_names_only_what_a_finding_holds(self):
		for reason, text in (*SENTENCES.items(), *NEXT_STEPS.items()):
			with self.subTest(reason):
				self.assertLessEqual(fields_of(text), FIELDS)

	def test_numbers_are_shown_without_needless_zeros(self):
		found = Finding("Absence", Verdict.FAIL, "absent_too_often", 3.0, 3, "PP 94/2021")
		self.assertTrue(sentence(found).startswith("3 unexcused absences"))

	def test_decimals_stand_behind_the_readers_own_sign_also_those_of_a_stored_text(self):
		how = (lambda text: text, date.isoformat, lambda value: f"{value:g}".replace(".", ","))
		found = Finding("Absence", Verdict.FAIL, "absent_too_often", 3.5, 3, "PP 94/2021")
		self.assertTrue(sentence(found, *how).startswith("3,5 unexcused absences"))
		warning = EarlyWarning("Absence", "absence_next_closes", "2.5", "3", "PP 94/2021")
		self.assertTrue(warning_sentence(warning, *how).startswith("2,5 unexcused absences"))
		found = Finding("Tier", Verdict.PASS, "tier_earned", "Baik, 1.5", 1, "PP 94/2021")
		self.assertIn("(Baik, 1,5 absences)", sentence(found, *how))
		# A record and a clause are no numbers.
		found = Finding("Agreement", Verdict.PASS, "agreed", 1, 1, "Pasal 3.2", record="HR-1.5")
		self.assertIn("HR-1.5", sentence(found, *how))
		self.assertIn("[Pasal 3.2]", sentence(found, *how))
