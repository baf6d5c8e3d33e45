"""Takes back what an import has written, while nothing was built on it: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
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
	PLACE_HINT,
	TALENT_RECORD,
	UNDONE,
)
from mkd_hrms.facts import imports as facts
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.imports import reports
from mkd_hrms.services.imports.comparing import is_changed
from mkd_hrms.services.imports.progress import show
from mkd_hrms.services.imports.recording import put_back
from mkd_hrms.services.imports.undone_in_bulk import put_back_many
from mkd_hrms.services.imports.wanted import ATTENDANCE
from mkd_hrms.services.platform.transactions import again_if_kept_out

# So many lines are taken back in one transaction, so many are asked about together, and of what is in the way so much is told.
AT_ONCE, ASKED_AT_ONCE, NAMED = 200, 1000, 10
# Of these a decision may have been made.
JUDGED = (PERFORMANCE_RECORD, DISCIPLINE_RECORD, TALENT_RECORD)
FIELDS = "name row_no employee document_type document_name action before after decision".split()


def undo(doc: Document) -> None:
	"""Take back the lines of an import, the last one first, some in a transaction.

	What is left is read anew, so a run that was killed is simply run again.
	"""
	if reasons := list(in_the_way(doc.name)):
		# What was built on it came between the button and the worker.
		nobody = {"undone_by": None, "undone_on": None}
		doc.db_set({"status": _before_undoing(doc), "problems": told(reasons), **nobody}, notify=True)
		frappe.db.commit()
		return
	left, total = _left(doc.name), frappe.db.count(IMPORT_LINE, {"mkd_import": doc.name})
	for start in range(0, len(left), AT_ONCE):
		again_if_kept_out(partial(_put_back, left[start : start + AT_ONCE]))
		frappe.db.commit()
		show(doc.name, total - len(left) + start + AT_ONCE, total)
	values = {"status": UNDONE, "undone_on": clock.now(), "progress": 100, "problems": None}
	doc.db_set(values, notify=True)
	frappe.db.commit()


def _put_back(names: Sequence[str]) -> None:
	lines = _read(names)
	done = put_back_many(lines)
	for line in lines:
		if line["name"] not in done:
			put_back(line)


def _before_undoing(doc: Document) -> str:
	"""What an import was: applied, or begun and interrupted. Where a part is taken back already, only the rest may follow."""
	return APPLIED if doc.applied_on else INTERRUPTED


def _left(name: str) -> list[str]:
	"""The lines of an import that nobody has taken back, the last first."""
	stands = {"mkd_import": name, "undone": 0}
	return frappe.get_all(IMPORT_LINE, stands, pluck="name", order_by="creation desc, row_no desc", limit=0)


def _read(names: Sequence[str]) -> list[dict[str, Any]]:
	"""What some lines say, in this order."""
	found = frappe.get_all(IMPORT_LINE, {"name": ("in", names), "undone": 0}, FIELDS, limit=0)
	lines = {line["name"]: line for line in found}
	return [lines[name] for name in names if name in lines]


def in_the_way(name: str) -> Iterator[str]:
	"""Why an import cannot be undone: what was built on its records, a sentence each."""
	left, later = _left(name), facts.read_later(SiteDatabase(), name)
	for start in range(0, len(left), ASKED_AT_ONCE):
		yield from _of(_read(left[start : start + ASKED_AT_ONCE]), later)


def _of(lines: Sequence[dict[str, Any]], later: Mapping[str, str]) -> Iterator[str]:
	of = {
		kind: [line for line in lines if line["document_type"] == kind]
		for kind in (ATTENDANCE, CHECKIN, DAILY_REPORT, *JUDGED)
	}
	for line in lines:
		if line["name"] in later:
			yield _("Row {0}: {1} has corrected it since. Undo that one first.").format(
				line["row_no"], later[line["name"]]
			)
	yield from _of_attendance([line for line in of[ATTENDANCE] if line["name"] not in later])
	yield from _of_reports([line for line in of[DAILY_REPORT] if line["name"] not in later])
	yield from _of_checkins(of[CHECKIN])
	judged = [line for kind in JUDGED for line in of[kind]]
	decided = facts.read_decided_since(SiteDatabase(), [line["name"] for line in judged])
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
	names = [line["document_name"] for line in lines]
	used, hinted = (read(SiteDatabase(), names) for read in (facts.read_used_checkins, facts.read_hinted))
	for line in lines:
		if hint := hinted.get(line["document_name"]):
			yield _("Row {0}: {1} tells of the place of the check-in. What was found stays.").format(
				line["row_no"], f"{_(PLACE_HINT)} {hint}"
			)
		if attendance := used.get(line["document_name"]):
			yield _("Row {0}: {1} was made of the check-in. Cancel that first.").format(
				line["row_no"], f"{_(ATTENDANCE)} {attendance}"
			)


def _of_reports(lines: list[dict[str, Any]]) -> Iterator[str]:
	found = facts.read_reports(SiteDatabase(), "name", [line["document_name"] for line in lines])
	for line in lines:
		if sentence := reports.in_the_way(found.get(line["document_name"]), line["after"]):
			named = f"{_(DAILY_REPORT)} {line['document_name']}"
			yield _("Row {0}: {1}", context=IMPORT).format(line["row_no"], sentence.format(named))


def told(reasons: list[str]) -> str:
	"""Some of the reasons, and how many more there are."""
	lines = [_("The import cannot be undone: something was built on it."), *reasons[:NAMED]]
	if (more := len(reasons) - NAMED) > 0:
		lines.append(_("and {0} more").format(more))
	return "\n".join(lines)
