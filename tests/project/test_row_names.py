"""Rows that we name ourselves: a short name meets another one in a table that grows for years."""

import ast
from unittest import TestCase

from mkd_source import nodes_of, python_files, relative
from mkd_support import PACKAGE

# What installs names a row or two, and tests name what they remove.
ELSEWHERE = {PACKAGE / "tests", PACKAGE / "setup"}


class RowNamesTest(TestCase):
	def test_one_function_names_them(self):
		found = [
			f"{relative(path)}:{node.lineno}"
			for path in python_files(PACKAGE)
			if not ELSEWHERE & set(path.parents) and path.name != "names.py"
			for node in nodes_of(path)
			if isinstance(node, ast.Attribute) and node.attr == "generate_hash"
		]
		self.assertFalse(found, "\n".join(found))

	def test_it_is_long_enough_for_a_hundred_million(self):
		tree = ast.parse((PACKAGE / "services" / "platform" / "names.py").read_text(encoding="utf-8"))
		(digits,) = (node.value.value for node in tree.body if isinstance(node, ast.Assign))
		rows = 10**8
		self.assertLess(rows**2 / 2 / 16**digits, 1e-6)
