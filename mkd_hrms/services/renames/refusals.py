"""Who reads why a merge is refused: the platform asks us before it asks for permissions, and the reason names people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
from frappe import _


@contextmanager
def told_to_writers(doctype: str, *names: str) -> Iterator[None]:
	"""Whoever may not write all of the records learns no more than that. Raises PermissionError instead of the reason."""
	try:
		yield
	except frappe.ValidationError:
		if all(frappe.has_permission(doctype, "write", doc=name) for name in names):
			raise
		frappe.clear_last_message()
		frappe.throw(
			_("You need write permission on {0} and {1} to merge them.").format(*names),
			frappe.PermissionError,
		)
