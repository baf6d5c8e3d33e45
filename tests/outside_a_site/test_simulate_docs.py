"""docs/outside-a-site.md tells the truth: tables, columns, messages and options are those of the code."""

import re
import subprocess
import sys
from unittest import TestCase

from mkd_simulate import TINY  # noqa: F401  skips without the extra
from mkd_source import imports, python_files, relative
from mkd_support import PACKAGE, ROOT

from mkd_hrms.simulate.commandline import mkd
from mkd_hrms.simulate.problems import MESSAGES
from mkd_hrms.simulate.schema import TABLES

TEXT = (ROOT / "docs" / "outside-a-site.md").read_text(encoding="utf-8")


def rows_under(heading):
	"""The cells of the table that follows a heading."""
	section = TEXT.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
	lines = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
	return [[cell.strip() for cell in cells] for cells in lines[2:]]


class TestTheDocs(TestCase):
	def test_every_message_stands_there_as_the_code_says_it(self):
		rows = rows_under("Messages about files")
		self.assertEqual({kind.strip("`"): message for kind, message, *_rest in rows}, MESSAGES)

	def test_every_table_stands_there_with_its_columns(self):
		expected = {}
		for table in TABLES:
			marked = (f"**{c.name}**" if not c.may_be_missing else c.name for c in table.columns)
			expected[table.name] = ", ".join(marked)
		self.assertEqual(dict(rows_under("The files")), expected)

	def test_every_option_stands_there(self):
		for command in mkd.commands.values():
			for option in command.params:
				if option.opts[0].startswith("--"):
					self.assertIn(f"`{option.opts[0]}", TEXT)
		self.assertIn("`mkd policy validate", TEXT)

	def test_the_exit_codes_stand_there(self):
		self.assertEqual([code for code, *_rest in rows_under("Exit codes")], ["0", "1", "2"])


class TestNoFramework(TestCase):
	def test_nothing_outside_a_site_imports_the_framework(self):
		problems = [
			f"{relative(path)}:{line}: {name}"
			for path in python_files(PACKAGE / "simulate")
			for line, name in imports(path)
			if re.match(r"(frappe|erpnext|hrms)\b", name)
			or name.startswith(("mkd_hrms.services", "mkd_hrms.facts.database.site"))
		]
		self.assertEqual(problems, [])

	def test_the_app_itself_needs_none_of_the_extra(self):
		"""What a bench loads must not reach the libraries of the extra."""
		code = "import sys, mkd_hrms.policy, mkd_hrms.simulate.cli; print(sorted({'duckdb', 'openpyxl'} & set(sys.modules)))"
		result = subprocess.run(
			[sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
		)
		self.assertEqual(result.stdout.strip(), "[]")
