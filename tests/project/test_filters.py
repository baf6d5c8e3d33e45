"""Filters that no index could serve: Frappe puts a function around the column."""

import ast
from unittest import TestCase

from mkd_source import module_name, nodes_of, python_files, relative
from mkd_support import PACKAGE

# What installs looks at small tables; so do most tests.
ELSEWHERE = ("setup", "patches", "tests")


class FiltersTest(TestCase):
	def test_nothing_is_looked_for_beside_the_empty_value(self):
		"""`in` with an empty value asks for `ifnull(column, '')`; who has nothing to look for asks nothing."""
		found = [
			f"{relative(path)}:{node.lineno}"
			for path in python_files(PACKAGE)
			if module_name(path).split(".")[1:2] not in [[name] for name in ELSEWHERE]
			for node in nodes_of(path)
			if asks_for_empty(node)
		]
		self.assertFalse(found, "\n".join(found))

	def test_it_knows_such_a_filter(self):
		for text, asks in (
			("('in', [*names, ''])", True),
			("('not in', (STATE, ''))", True),
			("['in', ['', None]]", True),
			("('in', names)", False),
			("('in', ('a', 'b'))", False),
			("('=', '')", False),
		):
			self.assertEqual(asks_for_empty(ast.parse(text, mode="eval").body), asks, text)


def asks_for_empty(node):
	"""Whether an expression is a filter by several values of which one is empty."""
	if not (isinstance(node, ast.Tuple | ast.List) and len(node.elts) == 2):
		return False
	operator, values = node.elts
	if not (isinstance(operator, ast.Constant) and operator.value in ("in", "not in")):
		return False
	return isinstance(values, ast.Tuple | ast.List) and any(
		isinstance(value, ast.Constant) and value.value in ("", None) for value in values.elts
	)
