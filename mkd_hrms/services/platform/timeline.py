"""Lines in the timelines of many documents, written at once: as `add_comment` leaves each of them."""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe.utils import now, sanitize_html

from mkd_hrms.services.platform.listeners import INSERTED, is_heard
from mkd_hrms.services.platform.names import row_name

COMMENT = "Comment"
COLUMNS = (
	"name creation modified owner modified_by comment_type comment_email reference_doctype reference_name content"
).split()
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
	clean = {
		text: sanitize_html(text, always_sanitize=True, disallowed_tags=[*REFUSED])
		for text in {text for _name, text in lines}
	}
	rows = [
		(row_name(), stamp, stamp, user, user, kind, user, doctype, name, clean[text]) for name, text in lines
	]
	frappe.db.bulk_insert(COMMENT, COLUMNS, rows)


def _store(doctype: str, name: str, text: str, kind: str) -> None:
	line = {"comment_type": kind, "comment_email": frappe.session.user, "content": text}
	line |= {"reference_doctype": doctype, "reference_name": name}
	frappe.get_doc({"doctype": COMMENT, **line}).insert(ignore_permissions=True)
