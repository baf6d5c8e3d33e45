"""What was once said in several places is read in one: who asks for it again asks there."""

import ast
from unittest import TestCase

from mkd_source import python_files, relative, tree_of
from mkd_support import PACKAGE

LAYERS = [PACKAGE / name for name in ("facts", "judging", "services", "simulate", "mkd_hrms", "overrides")]


def where(wanted):
	"""The files outside the rules in which a node of the source is wanted."""
	return {
		relative(path) for path in python_files(*LAYERS) for node in ast.walk(tree_of(path)) if wanted(node)
	}


def called(*names):
	def wanted(node):
		if not isinstance(node, ast.Call):
			return False
		return (getattr(node.func, "attr", None) or getattr(node.func, "id", None)) in names

	return wanted


class TestSaidOnce(TestCase):
	def test_the_last_day_to_object_is_added_up_in_one_file(self):
		found = where(lambda node: isinstance(node, ast.Attribute) and node.attr == "objection_days")
		self.assertEqual({path.rpartition("/")[2] for path in found}, {"deadlines.py"})

	def test_the_limit_of_a_week_is_asked_for_in_one_file(self):
		"""The rules themselves also ask it of a week that nobody has asked for: what a draft policy would change."""
		self.assertEqual(
			where(called("weekly_limit", "strictest_limit")), {"mkd_hrms/judging/application.py"}
		)

	def test_no_service_asks_a_table_when_a_shift_begins(self):
		found = where(lambda node: isinstance(node, ast.Constant) and node.value == "Shift Type")
		self.assertEqual({path for path in found if "/services/" in path}, set())
