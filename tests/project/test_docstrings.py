"""What the first lines of functions, files and rooms say: which errors come, what the subject is, what stands where."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unittest import TestCase

from mkd_source import Function, imports, module_name, nodes_of, python_files, relative, tree_of
from mkd_support import PACKAGE, ROOT

ROOMS = tuple(
	PACKAGE / name
	for name in "policy facts judging services permissions controllers exchange simulate".split()
)
# Their names are the stories.
SAY_IT_BY_NAME = {PACKAGE / "simulate" / "sample" / "stories.py"}
# What throws for whoever calls it, unless the call names another error.
HELPERS = {
	"frappe.throw": "ValidationError",
	"frappe.only_for": "PermissionError",
	"mkd_hrms.services.workflow.states.refuse": "PermissionError",
	"mkd_hrms.services.workflow.states.check_move": "MoveNotAllowed",
	"mkd_hrms.services.people.person.refuse": "PermissionError",
}
# The platform calls these; nobody else does.
EVENT = re.compile(r"(before|after|on)_\w+|validate|autoname|onload|has_permission")
ENDS = (".", "?", ":")


class DocstringsTest(TestCase):
	def assert_none(self, problems):
		problems = list(problems)
		self.assertFalse(problems, "\n" + "\n".join(problems))


class TestFunctions(DocstringsTest):
	def test_a_public_function_says_what_it_is_for(self):
		self.assert_none(
			f"{relative(path)}:{node.lineno}: {node.name}"
			for path in python_files(*ROOMS)
			if path not in SAY_IT_BY_NAME
			for node in tree_of(path).body
			if isinstance(node, Function) and is_public(node) and not ast.get_docstring(node)
		)

	def test_a_public_function_names_the_errors_that_it_raises(self):
		self.assert_none(
			f"{relative(path)}:{node.lineno}: {node.name} raises {', '.join(unsaid)}"
			for path in python_files(*ROOMS)
			for node, errors in raising(path)
			if (unsaid := sorted(errors - said(node)))
		)

	def test_there_are_errors_to_look_at(self):
		found = {node.name: errors for path in python_files(*ROOMS) for node, errors in raising(path)}
		self.assertIn("NothingToObject", found["find"])
		self.assertIn("PermissionError", found["refuse"])


class TestFiles(DocstringsTest):
	def test_the_first_line_of_a_file_is_a_sentence(self):
		self.assert_none(
			f"{relative(path)}: {first or 'no docstring'}"
			for path in python_files(PACKAGE, ROOT / "scripts", ROOT / "tests")
			if holds_code(path) and not is_sentence(first := ast.get_docstring(tree_of(path)) or "")
		)


class TestMaps(DocstringsTest):
	def test_a_room_names_all_that_it_holds_and_nothing_else(self):
		"""One line a file, in the docstring of its `__init__.py`."""
		self.assert_none(
			f"{relative(room)}: {', '.join(sorted(differing))}"
			for room in rooms()
			if (differing := named_in(room) ^ held_by(room))
		)

	def test_a_line_of_a_map_says_something(self):
		self.assert_none(
			f"{relative(room)}: {name}" for room in rooms() for name, subject in entries(room) if not subject
		)


def is_public(node: ast.AST) -> bool:
	return not node.name.startswith("_")


def is_command(node: Function) -> bool:
	"""Whether the docstring is what the command line shows as help; its errors are the command line's, too."""
	return any(ast.unparse(each).startswith("mkd.command(") for each in node.decorator_list)


def said(node: Function) -> set[str]:
	"""The names in the last sentence of a docstring, where that says what the function raises."""
	found = re.search(r"Raises\s([^.]+)\.$", ast.get_docstring(node) or "")
	return set(re.findall(r"\w+", found[1])) if found else set()


@cache
def raising(path: Path) -> tuple[tuple[Function, set[str]], ...]:
	return tuple(Raising(path).by_function())


class Raising:
	"""The errors of one file's functions: their own, and those of the private helpers of the file that they call."""

	def __init__(self, path: Path) -> None:
		self.body = tree_of(path).body
		self.names = self._names(path)
		self.functions = {node.name: node for node in self.body if isinstance(node, Function)}

	def _names(self, path: Path) -> dict[str, str]:
		"""What the names that a file imports stand for."""
		full = {name.rpartition(".")[2]: name for _line, name in imports(path)}
		aliases = {
			alias.asname: f"{node.module}.{alias.name}"
			for node in nodes_of(path)
			if isinstance(node, ast.ImportFrom)
			for alias in node.names
			if alias.asname
		}
		own = {
			node.name: f"{module_name(path)}.{node.name}" for node in self.body if isinstance(node, Function)
		}
		return {**full, **aliases, **own}

	def by_function(self) -> Iterator[tuple[Function, set[str]]]:
		for node in self.functions.values():
			if is_public(node) and not is_command(node):
				yield node, self.errors(node, {})
		for kind in self.body:
			if isinstance(kind, ast.ClassDef) and is_public(kind):
				methods = {node.name: node for node in kind.body if isinstance(node, Function)}
				for node in methods.values():
					if is_public(node) and not EVENT.fullmatch(node.name):
						yield node, self.errors(node, methods)

	def errors(self, function: Function, methods: dict[str, Function]) -> set[str]:
		"""All classes that leave a function; what one of its own handlers takes does not."""
		return set(self._of(function, methods, (function,)))

	def _of(self, node: ast.AST, methods: dict[str, Function], seen: tuple[Function, ...]) -> Iterator[str]:
		if isinstance(node, ast.Raise):
			yield from self._classes(node.exc, seen[-1])
		elif isinstance(node, ast.Call):
			yield from self._thrown(node, seen[-1])
			helper = self._helper(node, methods)
			if helper and helper not in seen:
				yield from self._of(helper, methods, (*seen, helper))
		inner = ast.iter_child_nodes(node)
		if isinstance(node, ast.Try):
			taken = {name for handler in node.handlers for name in taken_by(handler)}
			tried = {name for statement in node.body for name in self._of(statement, methods, seen)}
			yield from () if "Exception" in taken else tried - taken
			inner = [*node.handlers, *node.orelse, *node.finalbody]
		for child in inner:
			yield from self._of(child, methods, seen)

	def _thrown(self, call: ast.Call, function: Function) -> Iterator[str]:
		called = ast.unparse(call.func)
		first, _dot, rest = called.partition(".")
		helper = ".".join(filter(None, (self.names.get(first, first), rest)))
		if helper in HELPERS:
			named = [keyword.value for keyword in call.keywords if keyword.arg in ("exc", "error")]
			if helper != "frappe.only_for":
				named = call.args[1:2] or named
			yield from self._classes(named[0], function) if named else (HELPERS[helper],)

	def _helper(self, call: ast.Call, methods: dict[str, Function]) -> Function | None:
		if isinstance(call.func, ast.Name):
			found = self.functions.get(call.func.id)
		else:
			own = isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) in ("self", "cls")
			found = methods.get(call.func.attr) if own else None
		return None if not found or is_public(found) else found

	def _classes(self, raised: ast.expr | None, function: Function) -> Iterator[str]:
		"""The class of `raise Wrong(...)`; of an argument, the class that it has unless said."""
		if isinstance(raised, ast.Call):
			raised = raised.func
		name = ast.unparse(raised).rpartition(".")[2] if raised else ""
		if name[:1].isupper():
			yield name
		elif (default := defaults_of(function).get(name)) is not None:
			yield from self._classes(default, function)


def defaults_of(function: Function) -> dict[str, ast.expr]:
	named = function.args.args
	given = named[len(named) - len(function.args.defaults) :]
	return {argument.arg: value for argument, value in zip(given, function.args.defaults, strict=True)}


def taken_by(handler: ast.ExceptHandler) -> list[str]:
	kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
	return [ast.unparse(kind).rpartition(".")[2] if kind else "Exception" for kind in kinds]


def holds_code(path: Path) -> bool:
	"""Whether there is more in a file than a docstring."""
	return any(not isinstance(getattr(node, "value", None), ast.Constant) for node in tree_of(path).body)


def is_sentence(docstring: str) -> bool:
	"""Whether the first line says the subject in a sentence; a long one goes on in the second line."""
	first, *rest = docstring.splitlines() or [""]
	return bool(first) and (first.endswith(ENDS) or bool(rest and rest[0]))


def rooms() -> Iterator[Path]:
	return (path.parent for path in python_files(*ROOMS) if path.name == "__init__.py")


def entries(room: Path) -> Iterator[tuple[str, str]]:
	"""What the lines of a map say: a name, and what it is."""
	text = ast.get_docstring(tree_of(room / "__init__.py")) or ""
	for line in text.splitlines():
		if found := re.match(r"([\w-]+(?:\.\w+|/))(?:\s+|$)(.*)", line):
			yield found[1], found[2].strip()


def named_in(room: Path) -> set[str]:
	return {name for name, _subject in entries(room)}


def held_by(room: Path) -> set[str]:
	"""The files and folders of a room."""
	return {
		f"{path.name}/" if path.is_dir() else path.name
		for path in room.iterdir()
		if not path.name.startswith(("__", "."))
	}
