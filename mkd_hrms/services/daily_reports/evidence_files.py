"""Files as evidence of an activity (rule D4): uploaded, private, safe, small enough, and of one day only."""

from __future__ import annotations

from collections.abc import Mapping

import frappe
from frappe import _
from frappe.core.doctype.file.utils import get_content_hash
from frappe.model.document import Document
from frappe.utils import format_date, getdate

from mkd_hrms.constants import DAILY_REPORT
from mkd_hrms.policy.model import Policy
from mkd_hrms.services.platform import attached_files

ROWS, FILE = "MKD Daily Report Activity", "File"
MEGABYTE = 1024 * 1024


class EvidenceRefused(attached_files.FileRefused):
	"""A file that cannot be evidence of an activity."""


def check(report: Document, policy: Policy, writers: set[str]) -> None:
	"""Look at every file of a report, and again when it is handed in; what stands then is not opened again.

	Raises EvidenceRefused.
	"""
	known = _known(report)
	files = _files(report, writers)
	for row in report.activities:
		url = row.evidence = row.evidence or None
		row.evidence_hash = None
		if url:
			row.evidence_hash = known.get(url) or _checked(row, files.get(url), policy)
	_refuse_another_day(report, policy)


def _known(report: Document) -> dict[str, str]:
	before = report.get_doc_before_save()
	rows = before.activities if before and not attached_files.is_handed_in(report, before) else ()
	return {row.evidence: row.evidence_hash for row in rows if row.evidence and row.evidence_hash}


def _files(report: Document, writers: set[str]) -> dict[str, frappe._dict]:
	"""By address, the files that a writer of the report uploaded, or that are attached to it already."""
	urls = {row.evidence for row in report.activities if row.evidence}
	if not urls:
		return {}
	fields = ["name", "file_url", "owner", "is_private", "attached_to_doctype", "attached_to_name"]
	found = frappe.get_all(FILE, {"file_url": ("in", urls), "is_folder": 0}, fields, order_by="creation")
	return {
		file.file_url: file
		for file in found
		if file.owner in writers or _is_attached(file, report.name or "")
	}


def _is_attached(file: Mapping, name: str) -> bool:
	return (file.attached_to_doctype, file.attached_to_name) == (DAILY_REPORT, name)


def _checked(row: Document, file: Mapping | None, policy: Policy) -> str:
	"""The hash of a file that may be evidence. Raises EvidenceRefused."""
	content = attached_files.content_of(file.file_url) if file else None
	clause = policy.clause("evidence_max_mb")
	if content is None:
		_refuse(row, _("the file was not uploaded here by the author. Attach it to this report."), clause)
	if not file.is_private:
		_refuse(row, _("the file is public. Attach it again as a private file."), clause)
	most = policy.evidence_max_mb
	if len(content) > most * MEGABYTE:
		size = frappe.format(len(content) / MEGABYTE, {"fieldtype": "Float", "precision": 1})
		_refuse(
			row,
			_("the file has {0} MB; at most {1} MB are taken. Make it smaller.").format(size, most),
			clause,
		)
	if reason := attached_files.unsafe(file.file_url, content):
		_refuse(row, reason, clause)
	# The hash that stands in File can be sent along by whoever creates one; this is the same, of what is really there.
	return get_content_hash(content)


def _refuse(row: Document, sentence: str, clause: str) -> None:
	frappe.throw(
		_("Row {0}, {1}: {2} ({3})").format(row.idx, attached_files.shown(row.evidence), sentence, clause),
		EvidenceRefused,
	)


def _refuse_another_day(report: Document, policy: Policy) -> None:
	"""One file, by what it holds, is evidence of one day; on that day it may serve several activities and people."""
	hashes = {row.evidence_hash: row for row in report.activities if row.evidence_hash}
	if not hashes:
		return
	row, other = frappe.qb.DocType(ROWS), frappe.qb.DocType(DAILY_REPORT)
	found = (
		frappe.qb.from_(row)
		.join(other)
		.on(other.name == row.parent)
		.select(row.evidence_hash, other.mkd_date)
		.where(row.evidence_hash.isin(list(hashes)) & (other.docstatus < 2))
		.where((other.mkd_date != getdate(report.mkd_date)) & (other.name != (report.name or "")))
		.orderby(other.mkd_date)
		.limit(1)
		.run()
	)
	if found:
		(used, day), clause = found[0], policy.clause("evidence_max_mb")
		text = _("the same file is evidence of {0} already. Attach what shows the work of this day.")
		_refuse(hashes[used], text.format(format_date(day)), clause)


def attach(report: Document) -> None:
	"""Whoever may read the report may open its files."""
	for url in {row.evidence for row in report.activities if row.evidence}:
		target = {"attached_to_doctype": DAILY_REPORT, "attached_to_name": report.name}
		if frappe.db.exists(FILE, {"file_url": url, **target}):
			continue
		columns = ["name", "attached_to_doctype", "attached_to_name"]
		his = frappe.get_all(FILE, {"file_url": url, "owner": frappe.session.user}, columns)
		loose = [file for file in his if (file.attached_to_doctype or DAILY_REPORT) == DAILY_REPORT]
		free = next(
			(file.name for file in loose if not frappe.db.exists(DAILY_REPORT, file.attached_to_name)), None
		)
		if free:
			frappe.db.set_value(FILE, free, target)
		else:
			copy = frappe.get_doc({"doctype": FILE, "file_url": url, "is_private": 1, **target})
			copy.flags.from_service = True
			copy.insert(ignore_permissions=True)
