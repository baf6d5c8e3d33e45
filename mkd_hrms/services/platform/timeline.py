"""Lines in the timelines of documents, written as rows where nobody hears the difference: as the platform leaves each."""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe.model.document import Document
from frappe.utils import now, sanitize_html

from mkd_hrms.services.platform.listeners import INSERTED, is_heard
from mkd_hrms.services.platform.names import row_name

COMMENT, VERSION = "Comment", "Version"
COMMON = "name creation modified owner modified_by".split()
COLUMNS = [*COMMON, *"comment_type comment_email reference_doctype reference_name content".split()]
# What a text may not hold, as the platform has it for a comment.
REFUSED = ("form", "input", "button")


def note(doctype: str, lines: Iterable[tuple[str, str]], kind: str = "Info") -> None:
	"""Lines, each with the name of the document in whose timeline it is to stand.

	Not for what people write: nobody is mentioned in it.
	"""
	lines = list(lines)
	if not lines:
		return
	user, stamp = frappe.session.user, now()
	if is_heard(COMMENT, INSERTED):
		for name, text in lines:
			_store(doctype, name, text, kind)
		return
	clean = {text: _clean(text) for text in {text for _name, text in lines}}
	rows = [
		(row_name(), stamp, stamp, user, user, kind, user, doctype, name, clean[text]) for name, text in lines
	]
	frappe.db.bulk_insert(COMMENT, COLUMNS, rows)


def note_change(version: Document) -> None:
	"""What changed in a document, as a Version that has been filled in and may be stored."""
	if is_heard(VERSION, INSERTED):
		version.insert(ignore_permissions=True, ignore_links=True)
		return
	user, stamp = frappe.session.user, now()
	row = (row_name(), stamp, stamp, user, user, version.ref_doctype, version.docname, version.data)
	frappe.db.bulk_insert(VERSION, [*COMMON, "ref_doctype", "docname", "data"], [row])


def _clean(text: str) -> str:
	"""To look through a text for tags takes longer than to store it, and most have nothing that could begin one."""
	if not any(mark in text for mark in "<>&"):
		return text
	return sanitize_html(text, always_sanitize=True, disallowed_tags=[*REFUSED])


def _store(doctype: str, name: str, text: str, kind: str) -> None:
	line = {"comment_type": kind, "comment_email": frappe.session.user, "content": text}
	line |= {"reference_doctype": doctype, "reference_name": name}
	frappe.get_doc({"doctype": COMMENT, **line}).insert(ignore_permissions=True)
