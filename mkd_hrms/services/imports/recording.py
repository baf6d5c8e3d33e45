"""Records are made, corrected and put back through the platform's own documents, so that whatever they refuse is refused here.

What was submitted is cancelled and amended: what it said before stays on record.
"""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import time_diff_in_hours

from mkd_hrms.constants import CHECKIN, DAILY_REPORT, DISCIPLINE_RECORD, IMPORT_LINE
from mkd_hrms.facts.users import employment_of
from mkd_hrms.services.imports import reports
from mkd_hrms.services.imports.remembering import line_of, remember, without_places
from mkd_hrms.services.imports.steps import CORRECTION, CREATED, UPDATED, Record, Step
from mkd_hrms.services.imports.wanted import ATTENDANCE

# What changes where it stands.
STANDING = (DISCIPLINE_RECORD, CHECKIN)
# What a record is told by, and not what it says.
NOT_SAID = ("name", "docstatus", "mkd_day", "leave_application", "attendance_request")


def record(step: Step, name_of: str) -> str:
	"""Do a step, and remember it in a line of the import. Returns the name of the record."""
	written, said = _do(step, name_of)
	before = _line_says(dict(step.stored)) if step.action == UPDATED else None
	# Where somebody was stands on the check-in alone, until it is rounded there; what waits for HR has none yet.
	after = json.dumps(said, default=str) if step.action == CORRECTION else _line_says(said)
	remember(line_of(step, name_of, written, before, after))
	return written


def _do(step: Step, name_of: str) -> tuple[str | None, dict[str, Any]]:
	"""The name of the record, and what it says of the file."""
	wanted, said = step.wanted, dict(step.wanted.values)
	if step.action == CORRECTION:
		return None, {**wanted.fixed, **said}
	if wanted.doctype == DAILY_REPORT:
		return reports.write(step)
	if step.action == CREATED:
		return _make(wanted.doctype, {"employee": wanted.employee, **wanted.fixed, **said}, name_of), said
	return _correct(wanted.doctype, step.stored["name"], dict(step.stored), said), said


def _line_says(values: Record) -> str:
	return json.dumps(without_places(values), default=str)


def _make(doctype: str, values: Record, name_of: str) -> str:
	doc = frappe.new_doc(doctype)
	doc.update(values)
	if doctype == CHECKIN:
		doc.update({"device_id": name_of, "log_type": values.get("log_type", "")})
	return _store(doc)


def _correct(doctype: str, name: str, stored: Record, values: Record) -> str:
	"""A sanction or a check-in may change while it stands; of all else a new version takes the place of the old one."""
	doc = frappe.get_doc(doctype, name)
	doc.flags.ignore_permissions = True
	if doctype in STANDING:
		doc.update(values)
		doc.flags.from_import = True
		# What it said before stays in its history.
		doc.save(ignore_version=False)
		return doc.name
	doc.cancel()
	amended = frappe.new_doc(doctype)
	kept = {field: value for field, value in stored.items() if field not in NOT_SAID}
	amended.update({**kept, **values, "amended_from": doc.name})
	for field in ("shift", "innovation"):
		if doc.get(field):
			amended.set(field, doc.get(field))
	return _store(amended)


def _store(doc: Document) -> str:
	doc.flags.ignore_permissions = doc.flags.from_import = True
	if doc.doctype == ATTENDANCE:
		doc.company, _employed_as = employment_of(doc.employee)
		if doc.in_time and doc.out_time:
			doc.working_hours = time_diff_in_hours(doc.out_time, doc.in_time)
	doc.insert()
	if doc.meta.is_submittable:
		doc.submit()
	return doc.name


def put_back(line: Record) -> None:
	"""Leave a record as it was before a line of an import."""
	doctype, name = line["document_type"], line["document_name"]
	if doctype == DAILY_REPORT:
		reports.put_back(line)
	elif line["action"] == CREATED:
		_take_away(doctype, name)
	elif line["action"] == UPDATED and _stands(doctype, name):
		before = json.loads(line["before"])
		# Of what stays where it is, only what was corrected.
		said = json.loads(line["after"]) if doctype in STANDING else before
		values = {field: before.get(field) for field in said if field not in NOT_SAID}
		restored = _correct(doctype, name, before, values)
		# What an earlier import wrote stands under a new name, and is that import's still.
		earlier = {"document_name": before["name"], "undone": 0}
		frappe.db.set_value(IMPORT_LINE, earlier, "document_name", restored, update_modified=False)
	values = {"undone": 1}
	if line["action"] == CORRECTION:
		# Where somebody was is kept for nobody any more.
		values["after"] = _line_says(json.loads(line["after"]))
	frappe.db.set_value(IMPORT_LINE, line["name"], values, update_modified=False)


def _stands(doctype: str, name: str) -> bool:
	docstatus = frappe.db.get_value(doctype, name, "docstatus")
	return docstatus is not None and (docstatus == 1 or doctype == CHECKIN)


def _take_away(doctype: str, name: str) -> None:
	"""What somebody has taken away already is gone."""
	if not frappe.db.exists(doctype, name):
		return
	if doctype == CHECKIN:
		frappe.delete_doc(doctype, name, ignore_permissions=True)
		return
	doc = frappe.get_doc(doctype, name)
	if doc.docstatus.is_submitted():
		doc.flags.ignore_permissions = True
		doc.cancel()
