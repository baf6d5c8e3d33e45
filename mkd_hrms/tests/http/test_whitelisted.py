"""Every function that a browser may call was read, and what it does about records of ours stands in a table.

A release of the platform that brings another function, or takes one away, fails here until somebody has read it.
"""

import ast
import re
from functools import cache
from pathlib import Path

import frappe
from frappe.tests.utils import FrappeTestCase

from mkd_hrms.overrides.functions import REPLACED

TABLE = Path(__file__).parents[1] / "support" / "whitelisted.txt"
PLATFORM = ("frappe", "erpnext", "hrms")
DECORATORS = ("whitelist", "whitelist_for_tests")
RELATIVE = re.compile(r"^from \.", re.MULTILINE)


def table():
	"""From each dotted path to its verdict."""
	found, verdict = {}, None
	for line in TABLE.read_text(encoding="utf-8").splitlines():
		if line.startswith("["):
			verdict = line[1:].partition("]")[0]
		elif line and not line.startswith("#"):
			module, _colon, names = line.partition(": ")
			found.update({f"{module}.{name}": verdict for name in names.split()})
	return found


@cache
def texts(app):
	"""The modules of an app: dotted name, text, and whether it is a package."""
	root = Path(frappe.get_app_path(app))
	found = []
	for path in sorted(root.rglob("*.py")):
		parts = (app, *path.relative_to(root).with_suffix("").parts)
		is_package = parts[-1] == "__init__"
		name = ".".join(parts).removesuffix(".__init__")
		found.append((name, path.read_text(encoding="utf-8"), is_package))
	return found


def functions(app):
	for module, text, _is_package in texts(app):
		if any(word in text for word in DECORATORS):
			yield from whitelisted(module, ast.parse(text))


def whitelisted(module, tree):
	for node in tree.body:
		if isinstance(node, ast.ClassDef):
			yield from whitelisted(f"{module}.{node.name}", node)
		elif isinstance(node, ast.FunctionDef) and any(map(is_whitelist, node.decorator_list)):
			yield f"{module}.{node.name}"


def is_whitelist(decorator):
	named = decorator.func if isinstance(decorator, ast.Call) else decorator
	return ast.unparse(named).rpartition(".")[2] in DECORATORS


def imported(module, text, is_package):
	"""What a module imports for everybody who looks into it: its own name for it, and whose it is."""
	tree = ast.parse(text)
	for node in tree.body:
		# What stands in a function is imported when it runs, and has no address.
		if isinstance(node, ast.FunctionDef | ast.ClassDef):
			node.body = []
	for node in ast.walk(tree):
		if isinstance(node, ast.ImportFrom):
			base = module.split(".") if is_package else module.split(".")[:-1]
			base = base[: len(base) - node.level + 1] if node.level else []
			source = ".".join([*base, *([node.module] if node.module else [])])
			for alias in node.names:
				yield alias.asname or alias.name, source, alias.name


def other_addresses(known):
	"""Where else the functions stand that have these dotted paths."""
	wanted = {path.rpartition(".")[0] for path in known}
	names = {path.rpartition(".")[2] for path in known}
	for app in (*PLATFORM, "mkd_hrms"):
		for module, text, is_package in texts(app):
			if not any(f"from {source} import" in text for source in wanted) and not RELATIVE.search(text):
				continue
			for own, source, name in imported(module, text, is_package):
				for each in names if name == "*" else (name,):
					if f"{source}.{each}" in known:
						yield f"{module}.{each if name == '*' else own}"


class TestWhitelisted(FrappeTestCase):
	def test_the_table_names_every_function_and_no_other(self):
		found = {path for app in PLATFORM for path in functions(app)}
		known = set(table())
		self.assertGreater(len(found), 1000)
		self.assertEqual(sorted(found - known), [], "new: read them, then give them a verdict")
		self.assertEqual(sorted(known - found), [], "gone")

	def test_what_ours_take_the_place_of_is_said_in_the_table(self):
		said = {path for path, verdict in table().items() if verdict == "replaced"}
		self.assertEqual(said - set(REPLACED), set())
		aliases = set(REPLACED) - said
		for path in aliases:
			with self.subTest(path):
				function = frappe.get_attr(path)
				self.assertEqual(REPLACED[path], REPLACED.get(f"{function.__module__}.{function.__name__}"))

	def test_a_function_that_other_modules_import_has_no_address_that_was_forgotten(self):
		"""The platform replaces addresses, not functions."""
		self.assertEqual(sorted(set(other_addresses(set(REPLACED))) - set(REPLACED)), [])
