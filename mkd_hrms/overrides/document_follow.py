"""Whoever follows a document gets its changes by mail: nobody follows what he may not read.

The platform lets everybody follow everything whose name he can guess, and by itself whatever is written while he
acts: the measure, for instance, that follows from what a superior confirms.
"""

import frappe

from mkd_hrms.constants import MODULE


def after_insert(doc, method=None):
	"""Without a word: what is being written must not fail because of it."""
	if frappe.get_meta(doc.ref_doctype).module != MODULE:
		return
	if not frappe.has_permission(doc.ref_doctype, doc=doc.ref_docname, user=doc.user):
		frappe.db.delete(doc.doctype, {"name": doc.name})
