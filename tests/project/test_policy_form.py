"""The form of a policy: what each of its entries means stands beside it, and something asks for each of them."""

import ast
import json
from functools import cache
from unittest import TestCase

from mkd_source import python_files, tree_of
from mkd_support import PACKAGE

from mkd_hrms.policy import packs
from mkd_hrms.policy.engine.second_policy import LOOKS_AT
from mkd_hrms.policy.model import Gate
from mkd_hrms.policy.questions import NUMBERS, QUESTIONS

FORM = PACKAGE / "mkd_hrms" / "doctype" / "mkd_policy" / "mkd_policy.json"
LAYOUT = ("Tab Break", "Section Break", "Column Break", "HTML")
# What Frappe itself reads: the name of a policy is made of it, and what it was amended from.
PLATFORM = {"policy_name", "amended_from"}


def fields_of_the_form():
	form = json.loads(FORM.read_text(encoding="utf-8"))
	return {entry["fieldname"]: entry for entry in form["fields"] if entry["fieldtype"] not in LAYOUT}


@cache
def names_read():
	"""Every attribute that some code of the app reads."""
	found = set()
	for path in python_files(PACKAGE):
		if "tests" in path.relative_to(PACKAGE).parts or path.name in ("packs.py", "documents.py"):
			continue
		for node in ast.walk(tree_of(path)):
			if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
				found.add(node.attr)
	return found


class TestThePolicyForm(TestCase):
	def test_every_number_of_a_policy_stands_on_the_form_and_says_what_it_means(self):
		fields = fields_of_the_form()
		for name in packs.PARAMETERS:
			with self.subTest(name):
				self.assertIn(name, fields)
				self.assertGreater(len(fields[name].get("description", "")), 10)

	def test_no_field_is_one_that_nothing_asks_for(self):
		self.assertEqual(sorted(fields_of_the_form().keys() - PLATFORM - names_read()), [])

	def test_every_gate_has_its_sentence_and_names_numbers_that_there_are(self):
		self.assertEqual(set(QUESTIONS), set(Gate))
		for gate in Gate:
			with self.subTest(gate.value):
				self.assertRegex(QUESTIONS[gate], r"^[A-Z].+\.$")
				self.assertLessEqual(set(LOOKS_AT.get(gate, ())), set(NUMBERS[gate]))
				self.assertLessEqual(set(NUMBERS[gate]), {*packs.PARAMETERS, *packs.CLAUSES})
