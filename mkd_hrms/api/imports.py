"""Files of other systems, and rows that one sends by itself."""

from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import cint

from mkd_hrms.constants import IMPORT
from mkd_hrms.services.imports import corrections, pushing
from mkd_hrms.services.platform import pace
from mkd_hrms.services.platform.opened import opened
from mkd_hrms.services.platform.statuses import refuse_other_than_texts


@frappe.whitelist(methods=["POST"])
def check_import(name: str) -> dict:
	"""Look at the file of an import; what would become of it stands on the import afterwards."""
	doc = opened(IMPORT, name)
	doc.check_file()
	return _import_as_it_stands(doc)


@frappe.whitelist(methods=["POST"])
def apply_import(name: str) -> dict:
	"""Leave the file of an import to a worker."""
	doc = opened(IMPORT, name)
	doc.apply_file()
	return _import_as_it_stands(doc)


@frappe.whitelist(methods=["POST"])
def undo_import(name: str) -> dict:
	"""Leave it to a worker to take back what an import has written, while nothing was built on it."""
	doc = opened(IMPORT, name)
	doc.undo_import()
	return _import_as_it_stands(doc)


@frappe.whitelist(methods=["POST"])
def decide_check_in(name: str, confirmed: bool | int | str) -> dict:
	"""Let a check-in of a day that is over count, or not: HR, and nobody his own. `name` is the line of the import."""
	return {"decision": corrections.decide(name, bool(cint(confirmed)))}


@frappe.whitelist(methods=["POST"])
def push_import(company: str = "", profile: str = "", rows: str | list | None = None, key: str = "") -> dict:
	"""Rows that another system sends by itself, stored at once, with what became of each; under a key they are stored once."""
	pace.keep("import push", times=600, seconds=3600)
	refuse_other_than_texts(company=company, profile=profile, key=key)
	sent = pushing.listed(rows)
	pushed = pushing.push(company, profile, sent, key)
	answer = {**_import_as_it_stands(pushed.doc), "repeated": pushed.is_repeated}
	return {**answer, "rows": pushing.results(pushed.doc, len(sent))}


def _import_as_it_stands(doc: Document) -> dict:
	return {
		"name": doc.name,
		"status": doc.status,
		"read_as": doc.read_as,
		"created": doc.created_count,
		"updated": doc.updated_count,
		"unchanged": doc.unchanged_count,
		"to_confirm": doc.correction_count,
		"rejected": doc.rejected_count,
		"problems": doc.problems,
	}
