"""What the first lines of files say: what the subject is."""

import ast
from pathlib import Path
from unittest import TestCase

from mkd_source import python_files, relative, tree_of
from mkd_support import PACKAGE, ROOT

ENDS = (".", "?", ":")


class TestFiles(TestCase):
	def test_the_first_line_of_a_file_is_a_sentence(self):
		problems = [
			f"{relative(path)}: {first or 'no docstring'}"
			for path in python_files(PACKAGE, ROOT / "scripts", ROOT / "tests")
			if holds_code(path) and not is_sentence(first := ast.get_docstring(tree_of(path)) or "")
		]
		self.assertFalse(problems, "\n" + "\n".join(problems))


def holds_code(path: Path) -> bool:
	"""Whether there is more in a file than a docstring."""
	return any(not isinstance(getattr(node, "value", None), ast.Constant) for node in tree_of(path).body)


def is_sentence(docstring: str) -> bool:
	"""Whether the first line says the subject in a sentence; a long one goes on in the second line."""
	first, *rest = docstring.splitlines() or [""]
	return bool(first) and (first.endswith(ENDS) or bool(rest and rest[0]))
