"""The shape of the project: which way imports point, what the rules may know, how long a function may be."""

import ast
import sys
from collections import Counter
from unittest import TestCase

from mkd_hr_reads import hr_reads
from mkd_source import (
	DOTTED,
	defined_in,
	functions,
	imported_modules,
	imports,
	module_name,
	module_path,
	nodes_of,
	python_files,
	relative,
	resolves,
	texts,
	tree_of,
)
from mkd_support import PACKAGE, ROOT

from mkd_hrms.policy.model import PREDICATES

POLICY = PACKAGE / "policy"
# Imports point only to the left. Everything that is in none of the four inner layers is outermost, unless it
# stands beside them and itself imports nothing further out (constants, exceptions).
LAYERS = ("policy", "facts", "judging", "services", "the outside")
OUTSIDE = "mkd_hrms controllers overrides patches setup tests api hooks tasks permissions".split()
CLOCK = {"today", "now", "utcnow", "nowdate", "now_datetime", "time_ns", "localtime", "gmtime", "monotonic"}
LONGEST_FUNCTION, LONGEST_HOOKS = 40, 180
# What installs the app is called by the platform and by itself; the audit asks whether it did its work.
INSTALLS = ("setup", "patches", "tests", "commands", "audit", "hooks")
# Only facts/ reads HR tables. Exempt are what installs and migrates, what asks the database whether all is well, what
# looks from outside, and the sample and the files of an agency without a site.
READ_HR = ("facts", "setup", "patches", "audit", "tests", "simulate")
# Here a whole document of HR is fetched: to write it, to lock it, or to ask whether somebody may read it.
FETCH_DOCUMENTS = ("services", "api")


class ArchitectureTest(TestCase):
	def assert_none(self, problems):
		problems = list(problems)
		self.assertFalse(problems, "\n" + "\n".join(problems))


class TestLayers(ArchitectureTest):
	def layer(self, module, seen=()):
		"""The number of a module's layer; a module beside the layers is as far out as what it imports."""
		parts = module.split(".")[1:]
		if not parts or module in seen:
			return 0
		if parts[0] in LAYERS:
			return LAYERS.index(parts[0])
		if parts[0] in OUTSIDE:
			return len(LAYERS) - 1
		used = (name for _line, name in imported_modules(module_path(module)))
		return max((self.layer(name, (*seen, module)) for name in used), default=0)

	def test_imports_point_one_way(self):
		problems = []
		for path in python_files(*(PACKAGE / name for name in LAYERS)):
			own = self.layer(module_name(path))
			for line, name in imported_modules(path):
				if self.layer(name) > own:
					problems.append(f"{relative(path)}:{line}: {LAYERS[own]} imports {name}")
		self.assert_none(problems)

	def test_what_runs_imports_nothing_of_what_installs(self):
		self.assert_none_imports("mkd_hrms.setup", INSTALLS)

	def test_nobody_but_the_platform_calls_the_overrides(self):
		self.assert_none_imports("mkd_hrms.overrides", ("overrides", "tests", "hooks"))

	def test_only_the_facts_read_hr_tables(self):
		self.assert_none(
			f"{relative(path)}:{line}: reads {table}"
			for path in python_files(PACKAGE)
			if (room := module_name(path).split(".")[1:2]) and room[0] not in READ_HR
			for line, table in sorted(hr_reads(path, documents_too=room[0] not in FETCH_DOCUMENTS))
		)

	def test_the_exchange_knows_the_policy_and_the_readers_of_files_alone(self):
		allowed = ("policy", "exchange", "simulate.files", "simulate.output")
		self.assert_none(
			f"{relative(path)}:{line}: {name}"
			for path in python_files(PACKAGE / "exchange")
			for line, name in imports(path)
			if name.split(".")[0] in ("frappe", "erpnext", "hrms", "duckdb", "click")
			or (
				name.startswith("mkd_hrms.")
				and not name.startswith(tuple(f"mkd_hrms.{room}." for room in allowed))
			)
		)

	def assert_none_imports(self, package, but_for):
		self.assert_none(
			f"{relative(path)}:{line}: {name}"
			for path in python_files(PACKAGE)
			if module_name(path).split(".")[1:2] not in [[name] for name in but_for]
			for line, name in imports(path)
			if f"{name}.".startswith(f"{package}.")
		)

	def test_the_policy_imports_only_the_standard_library_yaml_and_itself(self):
		allowed = {*sys.stdlib_module_names, "yaml"}
		self.assert_none(
			f"{relative(path)}:{line}: {name}"
			for path in python_files(POLICY)
			for line, name in imports(path)
			if name.split(".")[0] not in allowed and not name.startswith("mkd_hrms.policy")
		)

	def test_the_pure_suite_imports_no_framework(self):
		self.assert_none(
			f"{relative(path)}:{line}: {name}"
			for path in python_files(ROOT / "tests")
			for line, name in imports(path)
			if name.split(".")[0] in ("frappe", "erpnext", "hrms")
		)


class TestTheRules(ArchitectureTest):
	def test_no_rule_asks_what_day_it_is(self):
		self.assert_none(
			f"{relative(path)}:{node.lineno}: {called_name(node)}()"
			for path in python_files(POLICY)
			for node in nodes_of(path)
			if isinstance(node, ast.Call) and called_name(node) in CLOCK
		)

	def test_no_rule_reads_the_clock_through_the_time_module(self):
		self.assert_none(
			f"{relative(path)}:{line}: {name}"
			for path in python_files(POLICY)
			for line, name in imports(path)
			if name.split(".")[0] == "time"
		)

	def test_no_threshold_stands_in_a_rule(self):
		"""0 and 1 count and start a count, 100 makes a percentage; every other number belongs to the policy."""
		self.assert_none(
			f"{relative(path)}:{node.lineno}: {node.value}"
			for path in rule_files()
			for node in numbers(tree_of(path))
			if node.value not in (0, 1, 100)
		)

	def test_no_predicate_or_employment_type_stands_in_a_rule(self):
		words = {*PREDICATES, "PNS", "PPPK", "CPNS"}
		self.assert_none(
			f"{relative(path)}:{line}: {text}"
			for path in rule_files()
			for line, text in texts(path)
			if text in words
		)

	def test_no_rule_knows_an_echelon_or_a_grade(self):
		"""Every echelon and every grade must be able to qualify, so the rules do not even learn them."""
		self.assert_none(
			f"{relative(path)}:{node.lineno}: {name}"
			for path in python_files(POLICY)
			for node in nodes_of(path)
			if isinstance(name := identifier(node), str)
			and any(word in name.lower() for word in ("grade", "echelon", "eselon", "golongan"))
		)


class TestReferences(ArchitectureTest):
	def test_every_dotted_path_in_hooks_exists(self):
		hooks = PACKAGE / "hooks.py"
		self.assert_none(
			f"hooks.py:{line}: {text}"
			for line, text in texts(hooks)
			if DOTTED.fullmatch(text) and not text.endswith((".js", ".css")) and not resolves(text)
		)

	def test_no_hook_is_written_twice(self):
		"""The second one would silently take the place of the first."""
		targets = (
			target.id
			for node in tree_of(PACKAGE / "hooks.py").body
			if isinstance(node, ast.Assign)
			for target in node.targets
		)
		self.assert_none(f"hooks.py: {name}" for name, count in Counter(targets).items() if count > 1)

	def test_every_patch_has_a_function_execute(self):
		lines = (PACKAGE / "patches.txt").read_text(encoding="utf-8").splitlines()
		patches = [line.split("#")[0].strip() for line in lines]
		self.assert_none(
			f"patches.txt: {patch}"
			for patch in patches
			if patch and not patch.startswith("[") and not self.is_patch(patch)
		)

	def is_patch(self, patch):
		path = module_path(patch)
		return bool(path and "execute" in defined_in(tree_of(path).body))

	def test_every_module_of_ours_that_is_imported_exists(self):
		self.assert_none(
			f"{relative(path)}:{line}: {name}"
			for path in python_files(PACKAGE)
			for line, name in imports(path)
			if name.startswith("mkd_hrms.")
			and not (module_path(name) or module_path(name.rpartition(".")[0]))
		)


class TestSizes(ArchitectureTest):
	FOLDERS = (PACKAGE, ROOT / "scripts", ROOT / "tests")

	def test_the_hooks_are_no_longer_than_180_lines(self):
		lines = (PACKAGE / "hooks.py").read_text(encoding="utf-8").splitlines()
		self.assertLessEqual(len(lines), LONGEST_HOOKS)

	def test_a_function_is_no_longer_than_40_lines(self):
		self.assert_none(
			f"{relative(path)}:{node.lineno}: {node.name} has {lines} lines"
			for path in python_files(*self.FOLDERS)
			for node in functions(path)
			if (lines := node.end_lineno - node.lineno + 1) > LONGEST_FUNCTION
		)


def called_name(node: ast.Call) -> str | None:
	return getattr(node.func, "attr", None) or getattr(node.func, "id", None)


def identifier(node: ast.AST) -> str | None:
	return next((getattr(node, name) for name in ("id", "attr", "arg", "name") if hasattr(node, name)), None)


def rule_files():
	"""The files that decide something; the others hold words, days, sentences, packs and JSON."""
	others = {POLICY / f"{name}.py" for name in "dates sentences facts model packs as_json".split()}
	return [path for path in python_files(POLICY) if path not in others and path.name != "__init__.py"]


def numbers(tree: ast.AST):
	"""Numbers in code; the places to which a finding is rounded for display decide nothing."""
	for node in ast.iter_child_nodes(tree):
		if isinstance(node, ast.Call) and called_name(node) == "round":
			yield from numbers(node.args[0])
		elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
			if not isinstance(node.value, bool):
				yield node
		else:
			yield from numbers(node)
