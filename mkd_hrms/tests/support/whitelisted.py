"""Every function that a browser may call, read from the source: a module that nobody imports yet answers too."""

import ast
from functools import cache
from pathlib import Path

import frappe

APPS = ("frappe", "erpnext", "hrms", "mkd_hrms")
ALL_METHODS = ("GET", "POST", "PUT", "DELETE")


@cache
def functions():
	"""By dotted name: the parameters, and the HTTP methods."""
	found = {}
	for app in APPS:
		root = Path(frappe.get_app_path(app))
		for path in root.rglob("*.py"):
			text = path.read_text(encoding="utf-8")
			if "whitelist" in text and not path.name.startswith("test_"):
				module = ".".join((app, *path.relative_to(root).with_suffix("").parts)).removesuffix(
					".__init__"
				)
				found |= {f"{module}.{name}": entry for name, entry in whitelisted_in(ast.parse(text))}
	return found


def whitelisted_in(tree):
	for node in tree.body:
		if isinstance(node, ast.FunctionDef):
			for decorator in node.decorator_list:
				if ast.unparse(decorator).startswith(("frappe.whitelist", "whitelist")):
					yield node.name, (tuple(arg.arg for arg in node.args.args), methods_of(decorator))


def methods_of(decorator):
	keywords = decorator.keywords if isinstance(decorator, ast.Call) else ()
	for keyword in keywords:
		if keyword.arg == "methods":
			return tuple(ast.literal_eval(keyword.value))
	return ALL_METHODS


def imported_as(names):
	"""Names under which other modules lend some functions of the platform: (lent, own)."""
	modules = {name.rpartition(".")[0] for name in names}
	for app in APPS:
		root = Path(frappe.get_app_path(app))
		for path in root.rglob("*.py"):
			text = path.read_text(encoding="utf-8")
			if not any(f"from {module} import" in text for module in modules):
				continue
			module = ".".join((app, *path.relative_to(root).with_suffix("").parts)).removesuffix(".__init__")
			for node in ast.parse(text).body:
				if isinstance(node, ast.ImportFrom) and node.module and not node.level:
					for alias in node.names:
						yield f"{module}.{alias.asname or alias.name}", f"{node.module}.{alias.name}"
