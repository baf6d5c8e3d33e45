"""What hangs together with a document of ours: the groups on its form, and how many of each the reader's lists show.

The platform would count every record that names the document, whoever asks, and knows no way over a third one. No group
offers a new record: what follows a document is begun with its buttons, where the server says that it may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

import frappe
from frappe.model.document import Document

from mkd_hrms.constants import (
	COLLECTIVE_DAY,
	DAILY_REPORT,
	DAY,
	DAY_SWAP,
	DECISION_RECORD,
	GATE_DECISION,
	LETTER,
	OBJECTION,
	PLACE_HINT,
	REQUEST,
	SUSPENSION,
	WAITING_PLACE,
	WARNING,
)

ATTENDANCE = "Attendance"
# The platform shows "99+" from here on.
COUNTED = 100
# Seconds; the platform leaves its own statements as many.
PATIENCE = 1


class Named(NamedTuple):
	"""The other one names the document in a field, and in a second one of which DocType it is."""

	field: str
	kind: str = ""


class Found(NamedTuple):
	"""The other one is found by what the document says: by filters all of which hold, or any; None for nothing."""

	by: Callable[[Document], Mapping | None]
	any_of: bool = False


def _itself(kind_field: str, name_field: str, doctype: str) -> Found:
	"""The document that a field names, if it is of this DocType."""
	return Found(partial(_named_in, kind_field, name_field, doctype))


def _named_in(kind_field: str, name_field: str, doctype: str, doc: Document) -> Mapping | None:
	return {"name": doc.get(name_field)} if doc.get(kind_field) == doctype else None


def _of_days(request: Document) -> Mapping | None:
	of_it = {"source_doctype": REQUEST, "source_name": request.name}
	days = frappe.get_all(DAY, of_it, pluck="name", order_by="mkd_date", limit=COUNTED)
	return {"mkd_day": ("in", days)} if days else None


def _of_its_day(report: Document) -> Mapping | None:
	return {"mkd_day": report.mkd_day} if report.mkd_day else None


def _source_of_its_day(report: Document) -> Mapping | None:
	source = frappe.db.get_value(DAY, report.mkd_day, ["source_doctype", "source_name"])
	return {"name": source[1]} if source and source[0] == REQUEST else None


def _either(*fields: str) -> Found:
	return Found(lambda doc: dict.fromkeys(fields, doc.name), any_of=True)


def _one(field: str) -> Found:
	return Found(lambda doc: {"name": doc.get(field)} if doc.get(field) else None)


AGAINST = Named("against_name", "against_doctype")
ABOUT = Named("reference_name", "reference_doctype")
_objected = partial(_itself, "against_doctype", "against_name")
_written_about = partial(_itself, "reference_doctype", "reference_name")
# By DocType, the groups of its form; of each DocType in them, how it is connected.
GROUPS: dict[str, dict[str, dict[str, Named | Found]]] = {
	REQUEST: {
		"Days": {
			DAY: Named("source_name", "source_doctype"),
			DAY_SWAP: _either("own_request", "colleague_request"),
			WAITING_PLACE: Named("request"),
		},
		"Evidence": {DAILY_REPORT: Found(_of_days), ATTENDANCE: Found(_of_days)},
		"Decisions": {OBJECTION: AGAINST, LETTER: ABOUT, GATE_DECISION: ABOUT, DECISION_RECORD: ABOUT},
	},
	DAY: {
		"Origin": {
			REQUEST: _itself("source_doctype", "source_name", REQUEST),
			COLLECTIVE_DAY: _itself("source_doctype", "source_name", COLLECTIVE_DAY),
			DAY_SWAP: _either("own_day", "colleague_day"),
		},
		"Evidence": {
			DAILY_REPORT: Named("mkd_day"),
			ATTENDANCE: Named("mkd_day"),
			PLACE_HINT: Named("mkd_day"),
		},
		"Decisions": {OBJECTION: AGAINST},
	},
	DAILY_REPORT: {
		"Origin": {DAY: _one("mkd_day"), REQUEST: Found(_source_of_its_day)},
		"Evidence": {ATTENDANCE: Found(_of_its_day)},
		"Decisions": {OBJECTION: AGAINST},
	},
	OBJECTION: {
		"Against": {
			each: _objected(doctype=each) for each in (REQUEST, DAY, DAILY_REPORT, SUSPENSION, WARNING)
		},
		"Decisions": {LETTER: ABOUT},
	},
	LETTER: {
		"Issued For": {
			each: _written_about(doctype=each)
			for each in (REQUEST, SUSPENSION, WARNING, OBJECTION, COLLECTIVE_DAY)
		},
	},
}


def dashboard(doctype: str) -> dict:
	"""What the form of a DocType is told: its groups, and by which fields a list shows the records of one."""
	groups, fields = GROUPS[doctype], _connected(doctype)
	named = {other: way for other, way in fields.items() if isinstance(way, Named)}
	return {
		"fieldname": "name",
		"transactions": [{"label": label, "items": list(others)} for label, others in groups.items()],
		"non_standard_fieldnames": {other: way.field for other, way in named.items()},
		"dynamic_links": {way.field: [doctype, way.kind] for way in named.values() if way.kind},
		# The platform offers a new record where it does not look for one inside the document.
		"internal_links": dict.fromkeys(fields, "name"),
	}


def count(doctype: str, name: str, others: Iterable[str] | None = None) -> dict:
	"""How many of the records that are connected each of the reader's lists shows. Raises PermissionError."""
	doc = frappe.get_doc(doctype, name)
	doc.check_permission()
	ways = _connected(doctype)
	frappe.db.set_execution_timeout(PATIENCE)
	answer = {"external_links_found": [], "internal_links_found": []}
	try:
		for other in ways.keys() & set(others if others is not None else ways):
			names = _listed(other, doc, ways[other])
			entry = {"doctype": other, "count": len(names), "open_count": 0}
			if isinstance(ways[other], Named):
				answer["external_links_found"].append(entry)
			else:
				answer["internal_links_found"].append({**entry, "names": names})
	except Exception as error:
		if frappe.db.is_statement_timeout(error):
			return {"count": []}
		raise
	return {"count": answer}


def _connected(doctype: str) -> dict[str, Named | Found]:
	return {other: way for others in GROUPS[doctype].values() for other, way in others.items()}


def _listed(other: str, doc: Document, way: Named | Found) -> list[str]:
	if not frappe.has_permission(other):
		return []
	if isinstance(way, Named):
		filters = {way.field: doc.name} | ({way.kind: doc.doctype} if way.kind else {})
	else:
		filters = way.by(doc)
	if not filters:
		return []
	kind = "or_filters" if isinstance(way, Found) and way.any_of else "filters"
	return frappe.get_list(other, **{kind: filters}, pluck="name", limit_page_length=COUNTED)
