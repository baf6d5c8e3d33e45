"""The written file beside its export: private, open for whoever had it written, and gone after some days.

It is moved to its place as it was written: the platform would hold all of it in memory, and of a large one refuse it.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import frappe
from frappe.model.document import Document
from frappe.utils import get_files_path

from mkd_hrms.constants import COMPLETED, EXPORT, FILE, REMOVED
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.platform.names import row_name

# What was exported is somewhere else by then, and what stays here is one more copy of what is recorded of people.
DAYS_KEPT = 7


def attach(doc: Document, written: Path, name: str) -> str:
	"""Put a written file beside an export. Returns its address."""
	remove(doc)
	name = f"{doc.name}-{name}"
	url = f"/private/files/{name}"
	target = Path(get_files_path(name, is_private=1))
	about = {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name}
	file = frappe.new_doc(FILE, **about, attached_to_field="written_file", file_name=name, is_private=1)
	# By its hash the platform would let a file of somebody else stand for this one.
	file.update({"file_url": url, "folder": "Home/Attachments", "content_hash": row_name()})
	file.file_size = written.stat().st_size
	shutil.move(written, target)
	file.db_insert()
	return url


def remove(doc: Document) -> None:
	"""The file of an export, if there is one."""
	about = {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name}
	for name in frappe.get_all(FILE, {**about, "attached_to_field": "written_file"}, pluck="name"):
		frappe.delete_doc(FILE, name, ignore_permissions=True)


def remove_old() -> None:
	"""The files of exports that were written some days ago."""
	before = clock.now() - timedelta(days=DAYS_KEPT)
	for name in frappe.get_all(EXPORT, {"status": COMPLETED, "finished_on": ("<", before)}, pluck="name"):
		doc = frappe.get_doc(EXPORT, name)
		remove(doc)
		doc.db_set({"status": REMOVED, "written_file": None})
		frappe.db.commit()
