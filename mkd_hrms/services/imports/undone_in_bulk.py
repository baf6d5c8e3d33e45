"""Attendance and check-ins that an import has newly made, taken back for many lines at once.

Only where nobody hears the difference, and only records about which their own documents would have nothing to say: everything
else goes through the document (`recording.py`). As there, attendance is cancelled and a check-in is deleted.
"""

from __future__ import annotations

from collections.abc import Sequence

import frappe

from mkd_hrms.constants import CHECKIN, IMPORT_LINE, PERSON
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.taken_back import Record, lock_rows
from mkd_hrms.services.imports.in_bulk import FEWEST
from mkd_hrms.services.imports.steps import CREATED
from mkd_hrms.services.imports.wanted import ATTENDANCE
from mkd_hrms.services.platform import many_documents
from mkd_hrms.services.platform.listeners import CANCELLED, DELETED
from mkd_hrms.services.standing.changes_noted import concerns

SUBMITTED = 1


def put_back_many(lines: Sequence[Record]) -> set[str]:
	"""Take back those of some lines that can be taken back together. Returns their names; the others are left to their documents."""
	done: set[str] = set()
	for doctype, events, take_back in (
		(ATTENDANCE, CANCELLED, _cancel_attendance),
		(CHECKIN, DELETED, _delete_checkins),
	):
		new = [line for line in lines if line["action"] == CREATED and line["document_type"] == doctype]
		if len(new) >= FEWEST and many_documents.is_plain(doctype, events):
			left = take_back([line["document_name"] for line in new])
			done.update(line["name"] for line in new if line["document_name"] not in left)
	if done:
		table = frappe.qb.DocType(IMPORT_LINE)
		frappe.qb.update(table).set(table.undone, 1).where(table.name.isin([*done])).run()
	return done


def _cancel_attendance(names: Sequence[str]) -> set[str]:
	"""Cancel what stands of some attendance. Returns what is left to its document."""
	rows = [row for row in _locked(ATTENDANCE, names).values() if row["docstatus"] == SUBMITTED]
	# What an MKD day names follows the day.
	left = {row["name"] for row in rows if row["mkd_day"]}
	left |= many_documents.linked(ATTENDANCE, names, submitted=True)
	if free := [row for row in rows if row["name"] not in left]:
		many_documents.cancel(ATTENDANCE, free)
		table = frappe.qb.DocType(CHECKIN)
		# As Frappe HR lets them go.
		query = frappe.qb.update(table).set(table.attendance, "")
		query.where(table.attendance.isin([row["name"] for row in free])).run()
		concerns(PERSON, *sorted({row["employee"] for row in free}))
	return left


def _delete_checkins(names: Sequence[str]) -> set[str]:
	"""Delete what is there of some check-ins, in this order. Returns what is left to its document."""
	rows = _locked(CHECKIN, names)
	left = many_documents.linked(CHECKIN, names) | many_documents.with_files(CHECKIN, names)
	if free := [rows[name] for name in names if name in rows and name not in left]:
		many_documents.delete([frappe.get_doc({**row, "doctype": CHECKIN}) for row in free])
	return left


def _locked(doctype: str, names: Sequence[str]) -> dict[str, Record]:
	return lock_rows(SiteDatabase(), f"tab{doctype}", frappe.db.get_table_columns(doctype), names)
