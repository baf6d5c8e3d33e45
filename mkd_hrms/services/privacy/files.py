"""A file on the disk has an address, and whoever attaches that address to a record of his own may open the file.

The platform asks nobody whether he may open it already. So nobody attaches a file of one of our records that he may not
read: evidence, a scan, a doctor's letter often have a name that one can guess.
"""

from __future__ import annotations

from posixpath import normpath
from urllib.parse import unquote

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import FILE, MODULE


def refuse_foreign(file: Document) -> None:
	"""Where a file is named that was not sent along. Raises PermissionError."""
	if file.is_folder or file.flags.from_service or not file.file_url:
		return
	if not (file.is_new() or file.has_value_changed("file_url")):
		return
	address = normpath(unquote(file.file_url))
	rows = frappe.get_all(FILE, {"file_url": address, "name": ("!=", file.name or "")}, ["*"])
	if any(_is_of_ours(row) for row in rows) and not any(_may_open(row) for row in rows):
		frappe.throw(
			_("This file belongs to a record that you may not read. Attach a file of your own."),
			frappe.PermissionError,
		)


def _is_of_ours(row: frappe._dict) -> bool:
	doctype = row.attached_to_doctype
	return bool(doctype) and frappe.get_cached_value("DocType", doctype, "module") == MODULE


def _may_open(row: frappe._dict) -> bool:
	return frappe.get_doc({"doctype": FILE, **row}).is_downloadable()
