"""Takes back what an import has written, while nothing was built on it: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import (
	APPLIED,
	CHECKIN,
	CONFIRMED,
	DAILY_REPORT,
	DISCIPLINE_RECORD,
	IMPORT,
	IMPORT_LINE,
	INTERRUPTED,
	PERFORMANCE_RECORD,
	TALENT_RECORD,
	UNDONE,
)
from mkd_hrms.facts import imports as facts
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.imports import reports
from mkd_hrms.services.imports.comparing import is_changed
from mkd_hrms.services.imports.recording import put_back
from mkd_hrms.services.imports.wanted import ATTENDANCE

# So many lines are taken back in one transaction, and of what is in the way so much is told.
AT_ONCE, NAMED = 100, 10
# Of these a decision may have been made.
JUDGED = (PERFORMANCE_RECORD, DISCIPLINE_RECORD, TALENT_RECORD)
FIELDS = "name row_no employee document_type document_name action before after decision".split()


def undo(doc: Document) -> None:
	"""Take back the lines of an import, the last one first, some in a transaction."""
	if reasons := list(in_the_way(doc.name)):
		# What was built on it came between the button and the worker.
		nobody = {"undone_by": None, "undone_on": None}
		doc.db_set({"status": _before_undoing(doc), "problems": told(reasons), **nobody}, notify=True)
		frappe.db.commit()
		return
	lines = lines_of(doc.name)
	for start in range(0, len(lines), AT_ONCE):
		for line in lines[start : start + AT_ONCE]:
			put_back(line)
		frappe.db.commit()
		frappe.publish_progress(
			100 * start // len(lines), _(doc.status, context=IMPORT), IMPORT, doc.name, str(start)
		)
	values = {"status": UNDONE, "undone_on": clock.now(), "progress": 100, "problems": None}
	doc.db_set(values, notify=True)
	frappe.db.commit()


def _before_undoing(doc: Document) -> str:
	"""What an import was: applied, or begun and interrupted. Where a part is taken back already, only the rest may follow."""
	return APPLIED if doc.applied_on else INTERRUPTED


def lines_of(name: str) -> list[dict[str, Any]]:
	"""What an import has written and nobody has taken back, the last first."""
	stands = {"mkd_import": name, "undone": 0}
	return frappe.get_all(IMPORT_LINE, stands, FIELDS, order_by="creation desc, row_no desc", limit=0)


def in_the_way(name: str) -> Iterator[str]:
	"""Why an import cannot be undone: what was built on its records, a sentence each."""
	database, lines = SiteDatabase(), lines_of(name)
	of = {
		kind: [line for line in lines if line["document_type"] == kind]
		for kind in (ATTENDANCE, CHECKIN, DAILY_REPORT, *JUDGED)
	}
	later = facts.read_later(database, name)
	for line in lines:
		if line["name"] in later:
			yield _("Row {0}: {1} has corrected it since. Undo that one first.").format(
				line["row_no"], later[line["name"]]
			)
	yield from _of_attendance([line for line in of[ATTENDANCE] if line["name"] not in later])
	yield from _of_reports([line for line in of[DAILY_REPORT] if line["name"] not in later])
	yield from _of_checkins(of[CHECKIN])
	judged = [line for kind in JUDGED for line in of[kind]]
	decided = facts.read_decided_since(database, [line["name"] for line in judged])
	for line in judged:
		if reference := decided.get(line["name"]):
			yield _(
				"Row {0}: {1} was decided on the record. Correct the record by hand, or by another file."
			).format(line["row_no"], reference)


def _of_attendance(lines: list[dict[str, Any]]) -> Iterator[str]:
	stands = facts.read_attendance_named(SiteDatabase(), [line["document_name"] for line in lines])
	for line in lines:
		row = stands.get(line["document_name"])
		if row and row["state"] in facts.ENDED:
			yield _("Row {0}: the MKD day {1} has ended with it. HR corrects it on the MKD day.").format(
				line["row_no"], row["mkd_day"]
			)
		elif row and is_changed(row, line["after"]):
			yield _("Row {0}: {1} was changed since. Correct it by hand.").format(
				line["row_no"], f"{_(ATTENDANCE)} {row['name']}"
			)


def _of_checkins(lines: list[dict[str, Any]]) -> Iterator[str]:
	for line in lines:
		if line["decision"] == CONFIRMED:
			yield _("Row {0}: HR has confirmed the check-in. Correct the MKD day by hand.").format(
				line["row_no"]
			)
	used = facts.read_used_checkins(SiteDatabase(), [line["document_name"] for line in lines])
	for line in lines:
		if attendance := used.get(line["document_name"]):
			yield _("Row {0}: {1} was made of the check-in. Cancel that first.").format(
				line["row_no"], f"{_(ATTENDANCE)} {attendance}"
			)


def _of_reports(lines: list[dict[str, Any]]) -> Iterator[str]:
	found = facts.read_reports(SiteDatabase(), "name", [line["document_name"] for line in lines])
	for line in lines:
		if sentence := reports.in_the_way(found.get(line["document_name"]), line["after"]):
			named = f"{_(DAILY_REPORT)} {line['document_name']}"
			yield _("Row {0}: {1}").format(line["row_no"], sentence.format(named))


def told(reasons: list[str]) -> str:
	"""Some of the reasons, and how many more there are."""
	lines = [_("The import cannot be undone: something was built on it."), *reasons[:NAMED]]
	if (more := len(reasons) - NAMED) > 0:
		lines.append(_("and {0} more").format(more))
	return "\n".join(lines)
