"""Every function that a browser may call, read from the source: a module that nobody imports yet answers too."""

import ast
import re
from functools import cache
from pathlib import Path

import frappe

PLATFORM = ("frappe", "erpnext", "hrms")
APPS = (*PLATFORM, "mkd_hrms")
ALL_METHODS = ("GET", "POST", "PUT", "DELETE")
DECORATORS = ("whitelist", "whitelist_for_tests")
RELATIVE = re.compile(r"^from \.", re.MULTILINE)


@cache
def functions():
	"""By dotted name, but for those of tests: the parameters, and the HTTP methods."""
	return {
		path: (tuple(arg.arg for arg in node.args.args), methods_of(decorator))
		for app in APPS
		for path, node, decorator in whitelisted_in(app)
		if ".test_" not in path and not is_method(path)
	}


def whitelisted_in(app):
	"""Dotted name, function and decorator; methods of classes and functions of tests, too."""
	for module, text, _is_package in texts(app):
		if any(word in text for word in DECORATORS):
			yield from whitelisted(module, ast.parse(text))


def whitelisted(path, tree):
	for node in tree.body:
		if isinstance(node, ast.ClassDef):
			yield from whitelisted(f"{path}.{node.name}", node)
		elif isinstance(node, ast.FunctionDef):
			if decorator := next(filter(is_whitelist, node.decorator_list), None):
				yield f"{path}.{node.name}", node, decorator


def is_whitelist(decorator):
	named = decorator.func if isinstance(decorator, ast.Call) else decorator
	return ast.unparse(named).rpartition(".")[2] in DECORATORS


def is_method(path):
	return path.split(".")[-2][:1].isupper()


def methods_of(decorator):
	keywords = decorator.keywords if isinstance(decorator, ast.Call) else ()
	for keyword in keywords:
		if keyword.arg == "methods":
			return tuple(ast.literal_eval(keyword.value))
	return ALL_METHODS


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


def other_addresses(known):
	"""Where else the functions stand that have these dotted names, because a module imports them."""
	wanted = {path.rpartition(".")[0] for path in known}
	names = {path.rpartition(".")[2] for path in known}
	for app in APPS:
		for module, text, is_package in texts(app):
			if not any(f"from {source} import" in text for source in wanted) and not RELATIVE.search(text):
				continue
			for own, source, name in imported(module, text, is_package):
				for each in names if name == "*" else (name,):
					if f"{source}.{each}" in known:
						yield f"{module}.{each if name == '*' else own}"


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
