"""Files in our documents: what was handed in is neither removed nor changed any more, not even by who uploaded it."""

from __future__ import annotations

import frappe
from frappe.model.document import Document

from mkd_hrms.services.platform import attached_files


def may_use_file(file: Document, ptype: str | None, user: str) -> bool:
	"""Whether a user is kept from writing or deleting a file; who reads it is for the platform to say.

	A second record of the same address is the same file.
	"""
	if ptype not in ("write", "delete") or not file.file_url:
		return True
	at = {"file_url": file.file_url, "attached_to_doctype": ("like", "MKD %")}
	for other in frappe.get_all("File", at, ["attached_to_doctype as doctype", "attached_to_name as name"]):
		if attached_files.holds(other.doctype, other.name, file.file_url):
			return False
	return True
