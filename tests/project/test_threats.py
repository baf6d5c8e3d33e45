"""docs/security.md names no test that is not there, and no way in without a test."""

import ast
import re
from unittest import TestCase

from mkd_source import defined_in, resolves, tree_of
from mkd_support import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`([a-z_]+\.(?:[a-z_]+\.)*[A-Z]\w+\.test_\w+)`")
HEAD = "| Wants | Door | Closed by | Test |"


def sections():
	"""By who it is about, the rows of the table."""
	parts = [part.splitlines() for part in TEXT.split("\n## ")[1:]]
	return {lines[0]: [line for line in lines if line.startswith("| ")] for lines in parts}


def is_there(name):
	"""Whether a test stands below mkd_hrms/tests, or below tests, whose folders are no packages."""
	if resolves(f"mkd_hrms.tests.{name}"):
		return True
	*module, case, test = name.split(".")
	path = ROOT.joinpath("tests", *module).with_suffix(".py")
	found = defined_in(tree_of(path).body).get(case) if path.is_file() else None
	return isinstance(found, ast.ClassDef) and test in defined_in(found.body)


class TestThreats(TestCase):
	def test_every_named_test_is_there(self):
		named = NAMED.findall(TEXT)
		self.assertGreater(len(named), 50)
		self.assertEqual([name for name in named if not is_there(name)], [])

	def test_a_test_that_went_would_be_missed(self):
		for name in (
			"http.test_http_bypass.TestRows.test_gone",
			"outside_a_site.test_gone.TestNames.test_gone",
		):
			self.assertFalse(is_there(name))

	def test_every_way_in_has_its_test(self):
		tables = {who: rows for who, rows in sections().items() if rows}
		self.assertEqual(len(tables), 9)
		for who, (head, *rows) in tables.items():
			with self.subTest(who):
				self.assertEqual(head, HEAD)
				self.assertTrue(rows)
				self.assertEqual([row for row in rows if not NAMED.search(row) or row.count(" | ") != 3], [])
