"""Looks at the project's own source: files, imports, functions and dotted paths, without importing any of it.

Many tests ask about the same files, so what was found is kept: nobody changes a file meanwhile.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from mkd_support import PACKAGE, ROOT

DOTTED = re.compile(r"mkd_hrms(?:\.\w+)+")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree_of(path: Path) -> ast.Module:
	return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
	return tuple(ast.walk(tree_of(path)))


@cache
def python_files(*folders: Path) -> tuple[Path, ...]:
	"""Those of these folders, but for what lint brings along for Node."""
	found = (path for folder in folders for path in folder.rglob("*.py"))
	return tuple(sorted(path for path in found if "node_modules" not in path.parts))


def relative(path: Path) -> str:
	return path.relative_to(ROOT).as_posix()


def module_name(path: Path) -> str:
	"""mkd_hrms/policy/gates/registry.py is mkd_hrms.policy.gates, a package's __init__.py is the package."""
	return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def module_path(name: str) -> Path | None:
	"""The file of a module or package of this app."""
	base = ROOT.joinpath(*name.split("."))
	return next((file for file in (base.with_suffix(".py"), base / "__init__.py") if file.is_file()), None)


def functions(path: Path) -> Iterator[Function]:
	return (node for node in nodes_of(path) if isinstance(node, Function))


@cache
def imports(path: Path, typing_too: bool = True) -> tuple[tuple[int, str], ...]:
	"""Line and full name of everything a file imports; relative imports are spelled out.

	With `typing_too=False`, imports under `if TYPE_CHECKING:` are left out: they never happen.
	"""
	return tuple(_imports(path, typing_too))


def _imports(path: Path, typing_too: bool) -> Iterator[tuple[int, str]]:
	package = module_name(path).split(".")
	if path.name != "__init__.py":
		package = package[:-1]
	never = set() if typing_too else set(_under_type_checking(path))
	for node in nodes_of(path):
		if node in never:
			continue
		if isinstance(node, ast.Import):
			yield from ((node.lineno, alias.name) for alias in node.names)
		elif isinstance(node, ast.ImportFrom):
			base = package[: len(package) - node.level + 1] if node.level else []
			source = ".".join([*base, *([node.module] if node.module else [])])
			yield from ((node.lineno, f"{source}.{alias.name}") for alias in node.names)


def _under_type_checking(path: Path) -> Iterator[ast.AST]:
	for node in nodes_of(path):
		if isinstance(node, ast.If) and getattr(node.test, "id", None) == "TYPE_CHECKING":
			yield from (inner for statement in node.body for inner in ast.walk(statement))


def imported_modules(path: Path) -> Iterator[tuple[int, str]]:
	"""The imports of this app's own modules; the name imported from a module is left off."""
	for line, name in imports(path, typing_too=False):
		if name.split(".")[0] == PACKAGE.name:
			while name and not module_path(name):
				name = name.rpartition(".")[0]
			yield line, name


def defined_in(body: list[ast.stmt]) -> dict[str, ast.stmt]:
	"""Functions and classes by name, also those that a module takes over from another one."""
	found = {}
	for node in body:
		if isinstance(node, Function | ast.ClassDef):
			found[node.name] = node
		elif isinstance(node, ast.ImportFrom):
			found |= {alias.asname or alias.name: node for alias in node.names}
	return found


def resolves(dotted: str) -> bool:
	"""Whether a dotted path names a function or class (or a class's method) of this app that exists."""
	return definition(dotted) is not None


def definition(dotted: str) -> ast.stmt | None:
	"""The statement that a dotted path of this app leads to, also where a module takes it over from another of ours."""
	parts = dotted.split(".")
	for cut in range(len(parts) - 1, 0, -1):
		path = module_path(".".join(parts[:cut]))
		if path:
			return _held(tree_of(path).body, parts[cut:])
	return None


def _held(body: list[ast.stmt], names: list[str]) -> ast.stmt | None:
	node, rest = defined_in(body).get(names[0]), names[1:]
	if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == PACKAGE.name:
		origin = next(alias.name for alias in node.names if names[0] in (alias.asname, alias.name))
		is_module = module_path(f"{node.module}.{origin}") and not rest
		return node if is_module else definition(".".join([node.module, origin, *rest]))
	if not rest:
		return node
	return _held(node.body, rest) if isinstance(node, ast.ClassDef) else None


def is_whitelisted(dotted: str) -> bool:
	"""Whether a dotted path leads to a function that the browser may call."""
	node = definition(dotted)
	decorators = node.decorator_list if isinstance(node, Function) else ()
	return any(ast.unparse(each).startswith("frappe.whitelist(") for each in decorators)


def texts(path: Path) -> Iterator[tuple[int, str]]:
	"""Line and value of every string in a file."""
	for node in nodes_of(path):
		if isinstance(node, ast.Constant) and isinstance(node.value, str):
			yield node.lineno, node.value
