"""Finds where the source reads an HR table: by its name, by a constant, through a function of the file, or in SQL."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from mkd_source import Function, imports, module_path, nodes_of, texts, tree_of

# What the platform knows about people and their time.
HR_TABLES = frozenset(
	(
		*(
			"Employee",
			"Department",
			"Department Approver",
			"Designation",
			"Company",
			"Holiday List",
			"Holiday",
		),
		*("Shift Assignment", "Shift Type", "Shift Location", "Attendance", "Attendance Request"),
		*("Employee Checkin", "Leave Application", "Travel Request", "Travel Itinerary"),
		*("Training Event", "Training Event Employee", "Goal", "Appraisal", "Appraisal Cycle"),
		*("Employee Transfer", "Employee Performance Feedback"),
	)
)
# What reads the table that it is given first, or begins a query of it.
READERS = frozenset(
	(
		*("get_all", "get_list", "get_value", "get_values", "exists", "count", "get_query", "get_last_doc"),
		*("get_cached_value", "get_cached_doc", "get_descendants", "get_ancestors_of", "get_children"),
		*("DocType", "Table", "from_"),
	)
)
BY_KEYWORD = ("doctype", "dt", "table")
_ANY = "|".join(sorted(HR_TABLES, key=len, reverse=True))
IN_SQL = re.compile(rf"`tab({_ANY})`|\btab({_ANY})\b(?! [A-Z])")
# How deep it is looked for what a name stands for: a name may be bound to itself.
FAR = 8
Scope = tuple[ast.AST, ...]


def hr_reads(path: Path, documents_too: bool) -> set[tuple[int, str]]:
	"""Line and table of every reading in a file.

	A lock is none, nor is a table that the same function updates. To fetch a whole document is one with
	`documents_too`; else only where nothing is kept of it but a value.
	"""
	scopes, readers = _scopes(path), _readers(path)
	found = {(line, match[1] or match[2]) for line, text in texts(path) for match in IN_SQL.finditer(text)}
	asked = [(call, at) for call, at in _asked(path, readers) if not _writes(path, call)]
	asked += [(call, 0) for call in _documents(path, documents_too)]
	for call, at in asked:
		values = _values(path, scopes.get(call, ()), _argument(call, at))
		found |= {(call.lineno, name) for value in values if (name := value.removeprefix("tab")) in HR_TABLES}
	return found


def _asked(path: Path, readers: dict[str, int]) -> Iterator[tuple[ast.Call, int]]:
	"""The calls that read, and which of their arguments is the table."""
	for node in nodes_of(path):
		if not isinstance(node, ast.Call):
			continue
		if _called(node) in READERS:
			yield node, 0
		elif isinstance(node.func, ast.Name) and node.func.id in readers:
			yield node, readers[node.func.id]


def _documents(path: Path, all_of_them: bool) -> Iterator[ast.Call]:
	"""The documents that are fetched, or those of which a value is taken at once and nothing kept."""
	called = {id(node.func) for node in nodes_of(path) if isinstance(node, ast.Call)}
	for node in nodes_of(path):
		held = node if all_of_them else getattr(node, "value", None)
		takes_value = isinstance(node, ast.Attribute) and id(node) not in called
		if isinstance(held, ast.Call) and _called(held) == "get_doc" and (all_of_them or takes_value):
			yield held


def _called(call: ast.Call) -> str | None:
	return getattr(call.func, "attr", None) or getattr(call.func, "id", None)


def _argument(call: ast.Call, at: int) -> ast.AST | None:
	if len(call.args) > at:
		return call.args[at]
	return next((each.value for each in call.keywords if each.arg in BY_KEYWORD), None)


def _writes(path: Path, call: ast.Call) -> bool:
	"""Whether a call locks, or names the table that a statement of the same function updates: `table = DocType(…)`."""
	if any(each.arg == "for_update" and getattr(each.value, "value", None) for each in call.keywords):
		return True
	inside = [node for function in _scopes(path).get(call, ())[-1:] for node in ast.walk(function)]
	updated = {
		getattr(node.args[0], "id", None)
		for node in inside
		if isinstance(node, ast.Call) and node.args and _called(node) in ("update", "into")
	}
	return any(
		isinstance(node, ast.Assign) and getattr(target, "id", "") in updated and value is call
		for node in inside
		if isinstance(node, ast.Assign)
		for target, value in _pairs(node.targets[0], node.value)
	)


@cache
def _readers(path: Path) -> dict[str, int]:
	"""The functions of a file that hand one of their own arguments to a reader, and which one it is."""
	found, scopes = {}, _scopes(path)
	while True:
		before = len(found)
		for call, at in list(_asked(path, found)):
			function = next(iter(scopes.get(call, ())[-1:]), None)
			parameters = _parameters(function) if function else []
			name = getattr(_argument(call, at), "id", None)
			if name in parameters and not _writes(path, call):
				found.setdefault(getattr(function, "name", ""), parameters.index(name))
		if len(found) == before:
			return found


@cache
def _scopes(path: Path) -> dict[ast.AST, Scope]:
	"""By node, the functions in which it stands, the innermost last."""
	found: dict[ast.AST, Scope] = {}

	def walk(node: ast.AST, around: Scope) -> None:
		found[node] = around
		inside = (*around, node) if isinstance(node, Function | ast.Lambda) else around
		for each in ast.iter_child_nodes(node):
			walk(each, inside)

	walk(tree_of(path), ())
	return found


def _parameters(function: ast.AST) -> list[str]:
	return [each.arg for each in (*function.args.posonlyargs, *function.args.args)]


def _values(path: Path, scope: Scope, node: ast.AST | None, far: int = FAR) -> set[str]:
	"""The texts that an expression may be, as far as the source says."""
	if node is None or not far:
		return set()
	if isinstance(node, ast.Constant):
		return {node.value} if isinstance(node.value, str) else set()
	if isinstance(node, ast.Name):
		return _named(path, scope, node.id, far - 1)
	if isinstance(node, ast.Attribute):
		module = _imported(path).get(getattr(node.value, "id", ""))
		file = module and module_path(module)
		return _named(file, (), node.attr, far - 1) if file else set()
	if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict | ast.IfExp | ast.BoolOp | ast.Starred):
		parts = node.keys if isinstance(node, ast.Dict) else ast.iter_child_nodes(node)
		return {text for each in parts for text in _values(path, scope, each, far - 1)}
	if isinstance(node, ast.JoinedStr | ast.FormattedValue):
		parts = ast.iter_child_nodes(node)
		return {text for each in parts for text in _values(path, scope, each, far - 1)}
	return set()


def _named(path: Path, scope: Scope, name: str, far: int) -> set[str]:
	"""What a name may stand for: all that it is bound to in the nearest function that binds it, in the file, or in the
	module that it comes from. An argument may be anything."""
	for depth in range(len(scope), -1, -1):
		inner = scope[:depth]
		if inner and name in _parameters(inner[-1]):
			return set()
		if bound := _bound(path).get((inner, name)):
			return {text for value in bound for text in _values(path, inner, value, far)}
	module, _dot, origin = _imported(path).get(name, "").rpartition(".")
	file = module_path(module) if module else None
	return _named(file, (), origin, far - 1) if file and far else set()


@cache
def _bound(path: Path) -> dict[tuple[Scope, str], list[ast.AST]]:
	"""By function and name, the values that the name is given; of a loop, all that it goes through."""
	found: dict[tuple[Scope, str], list[ast.AST]] = {}
	for node in nodes_of(path):
		target = getattr(node, "target", None) or next(iter(getattr(node, "targets", ())), None)
		value = getattr(node, "iter", None) or getattr(node, "value", None)
		if isinstance(target, ast.AST) and isinstance(value, ast.AST):
			for name, its in _pairs(target, value):
				found.setdefault((_scopes(path)[node], getattr(name, "id", "")), []).append(its)
	return found


def _pairs(target: ast.AST, value: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
	"""Each name on the left of an assignment with what it is given."""
	if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
		for each, its in zip(target.elts, value.elts, strict=False):
			yield from _pairs(each, its)
	else:
		yield target, value


@cache
def _imported(path: Path) -> dict[str, str]:
	"""By the name that a file gives it, the full name of what it imports."""
	found = {full.rpartition(".")[2]: full for _line, full in imports(path)}
	for node in nodes_of(path):
		if isinstance(node, ast.Import | ast.ImportFrom):
			found |= {
				alias.asname: found[alias.name.rpartition(".")[2]] for alias in node.names if alias.asname
			}
	return found
