"""Invariant 6, of files: evidence and scans are what they were when they were handed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frappe import _

from mkd_hrms.audit.question import Question
from mkd_hrms.services.platform import attached_files

# Every file that stands in a document of ours, with what it held; without that nobody knows.
HANDED_IN = """select report.name, activity.evidence as file, activity.evidence_hash as held from report
	join `tabMKD Daily Report Activity` activity on activity.parent = report.name where report.docstatus = 1
	union all select name, evidence, evidence_hash from request where status <> 'Draft'
	union all select name, evidence, evidence_hash from objection where status <> 'Draft'
	union all select name, attachment, attachment_hash from agreement where signed_on is not null"""


def questions() -> list[Question]:
	return [
		Question(
			6,
			"file changed",
			_("A file that does not hold any more what was handed in, or is gone"),
			f"select * from ({HANDED_IN}) found where found.file is not null and found.held is not null",
			_is_changed,
		)
	]


def _is_changed(row: Mapping[str, Any]) -> bool:
	return attached_files.is_changed(row["file"], row["held"])
