"""What ours takes the place of, it takes the place of under every name.

The platform looks for a replacement by the name that was asked for. A module that only imports a function, as the
platform's own tests do, lends it another one.
"""

from __future__ import annotations

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.modules.utils import load_doctype_module

from mkd_hrms.constants import APP

NOT_THERE = (ImportError, AttributeError, ValueError, frappe.ValidationError)

METHODS = ("/api/method/", "/api/v1/method/", "/api/v2/method/")
# The one that also takes a DocType, whose module holds the function.
BY_DOCTYPE = METHODS[-1]


def refuse():
	"""Ends a request for a function that ours replaces, under another name than its own. Raises PermissionError."""
	overrides = frappe.get_hooks("override_whitelisted_methods", {})
	replaced = {name for name, targets in overrides.items() if targets[-1].startswith(f"{APP}.")}
	for asked in asked_for():
		if asked not in replaced and (own := own_name(asked)) in replaced:
			frappe.throw(_("{0} is called by this name only.").format(own), frappe.PermissionError)


def asked_for() -> Iterator[str]:
	"""The dotted names in the address, and in the form, which count before it."""
	path, cmd = frappe.request.path, frappe.form_dict.get("cmd")
	if isinstance(cmd, str):
		yield cmd
	prefix = next((prefix for prefix in METHODS if path.startswith(prefix)), None)
	if not prefix:
		return
	first, *rest = path.removeprefix(prefix).strip("/").split("/")
	if not rest:
		yield first
	elif prefix == BY_DOCTYPE and (module := module_of(first)):
		yield f"{module}.{rest[0]}"


def module_of(doctype: str) -> str | None:
	try:
		return load_doctype_module(doctype).__name__
	except NOT_THERE:
		return None


def own_name(asked: str) -> str | None:
	"""Where the function of a dotted name stands; None where there is none, which the platform says itself."""
	try:
		function = frappe.get_attr(asked)
	except NOT_THERE:
		return None
	return f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', '')}"
