"""A document that somebody names: open to who may read it; to everybody else it might as well not exist."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document


def opened(doctype: str, name: str) -> Document:
	"""The document, for a user who may read it. The refusal says the same whether it is not his or there is none.

	Raises PermissionError.
	"""
	try:
		doc = frappe.get_doc(doctype, name)
	except frappe.DoesNotExistError:
		frappe.clear_last_message()
	else:
		if frappe.has_permission(doctype, "read", doc=doc):
			return doc
	frappe.throw(
		_("{0} {1} is not open to you, or there is none: check the number, or ask HR.").format(
			_(doctype), name
		),
		frappe.PermissionError,
	)
