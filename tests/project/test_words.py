"""Words that several files share are spelled once: the constants, and the states of a day in the ledger."""

import ast
from collections import Counter
from unittest import TestCase

from mkd_source import nodes_of, python_files, relative, texts, tree_of
from mkd_support import PACKAGE

from mkd_hrms.policy.model import RELEASED, USED_DAY_STATES

# The platform says these of a leave, and the workflow of a request.
OF_OTHERS_TOO = {"Approved", "Revoked"}


class TestWords(TestCase):
	def test_no_constant_is_defined_twice(self):
		names = Counter(
			name.id
			for node in tree_of(PACKAGE / "constants.py").body
			if isinstance(node, ast.Assign)
			for target in node.targets
			for name in ast.walk(target)
			if isinstance(name, ast.Name)
		)
		names.update(
			alias.name
			for node in nodes_of(PACKAGE / "constants.py")
			if isinstance(node, ast.ImportFrom)
			for alias in node.names
		)
		self.assertEqual([name for name, count in names.items() if count > 1], [])

	def test_the_states_of_a_day_are_spelled_in_the_model_alone(self):
		"""But for what the end of a day is called (`Ending`), which only happens to be the same word."""
		states = {*USED_DAY_STATES, RELEASED} - OF_OTHERS_TOO
		found = [
			f"{relative(path)}:{line}: {text}"
			for path in python_files(*(PACKAGE / name for name in ("policy", "facts", "judging", "services")))
			if path.relative_to(PACKAGE).as_posix() not in ("policy/model.py", "policy/day/day_end.py")
			for line, text in texts(path)
			if text in states
		]
		self.assertFalse(found, "\n" + "\n".join(found))
