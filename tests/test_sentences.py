"""Every reason that a gate can give has a sentence, and no sentence is left over."""

import ast
import string
from itertools import pairwise
from unittest import TestCase

from mkd_source import tree_of
from mkd_support import PACKAGE

from mkd_hrms.policy.explain import SENTENCES, sentence
from mkd_hrms.policy.model import Finding, Verdict

VERDICTS = {"PASS", "FAIL", "UNKNOWN"}


def reasons_in(path):
	"""The texts that stand beside a verdict: after it in a tuple or a call, or assigned to `reason`."""
	for node in ast.walk(tree_of(path)):
		if isinstance(node, ast.Tuple | ast.Call):
			parts = node.elts if isinstance(node, ast.Tuple) else node.args
			for verdict, reason in pairwise(parts):
				if verdict_name(verdict) in VERDICTS:
					yield from words_of(reason)
		elif isinstance(node, ast.Assign) and any(getattr(t, "id", None) == "reason" for t in node.targets):
			yield from words_of(node.value)


def verdict_name(node):
	return getattr(node, "attr", None) or getattr(node, "id", None)


def words_of(node):
	branches = (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,)
	return (part.value for part in branches if isinstance(part, ast.Constant) and isinstance(part.value, str))


class TestSentences(TestCase):
	def test_every_reason_has_a_sentence_and_every_sentence_a_reason(self):
		used = {
			reason for name in ("gates", "engine") for reason in reasons_in(PACKAGE / "policy" / f"{name}.py")
		}
		self.assertEqual(used, set(SENTENCES))

	def test_every_sentence_renders_with_what_a_finding_holds(self):
		for reason in SENTENCES:
			with self.subTest(reason):
				found = Finding("Absence", Verdict.PASS, reason, "2.5", 3, "PP 94/2021", record="HR-0001")
				text = sentence(found)
				self.assertTrue(text.endswith(". [PP 94/2021]"), text)
				self.assertNotRegex(text, r"[{}]|None")

	def test_a_sentence_names_only_what_a_finding_holds(self):
		known = {"actual", "limit", "since", "until", "record"}
		for reason, text in SENTENCES.items():
			with self.subTest(reason):
				fields = {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}
				self.assertLessEqual(fields, known)

	def test_numbers_are_shown_without_needless_zeros(self):
		found = Finding("Absence", Verdict.FAIL, "absent_too_often", 3.0, 3, "PP 94/2021")
		self.assertTrue(sentence(found).startswith("3 unexcused absences"))
