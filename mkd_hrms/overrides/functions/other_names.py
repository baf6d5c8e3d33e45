"""What ours takes the place of, it takes the place of under every name.

The platform looks for a replacement by the name that was asked for. A module that only imports a function, as the
platform's own tests do, lends it another one.
"""

from __future__ import annotations

import frappe
from frappe import _

from mkd_hrms.constants import APP

METHODS = ("/api/method/", "/api/v1/method/", "/api/v2/method/")


def refuse():
	"""Ends a request for a function that ours replaces, under another name than its own. Raises PermissionError."""
	overrides = frappe.get_hooks("override_whitelisted_methods", {})
	replaced = {name for name, targets in overrides.items() if targets[-1].startswith(f"{APP}.")}
	last = {name.rpartition(".")[2] for name in replaced}
	for asked in asked_for():
		if asked.rpartition(".")[2] in last and asked not in replaced:
			refuse_alias(asked, replaced)


def asked_for() -> list[str]:
	"""The dotted names in the form, which count before the address, and in the address."""
	path, cmd = frappe.request.path, frappe.form_dict.get("cmd")
	prefix = next((prefix for prefix in METHODS if path.startswith(prefix)), None)
	named = [path.removeprefix(prefix).split("/")[0]] if prefix else []
	return [*named, cmd] if isinstance(cmd, str) else named


def refuse_alias(asked: str, replaced: set[str]):
	"""Where the name is lent to a function that is replaced. Raises PermissionError."""
	try:
		function = frappe.get_attr(asked)
	except (ImportError, AttributeError, ValueError, frappe.ValidationError):
		return  # There is none; the platform says so itself.
	own = f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', '')}"
	if own in replaced:
		frappe.throw(_("{0} is called by this name only.").format(own), frappe.PermissionError)
