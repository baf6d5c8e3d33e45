"""Notices about what changed in a document, evaluated by a worker: whoever acts does not wait for them to be written.

They are Frappe's Notifications on a changed value, with their conditions, recipients and texts. The worker is given the
document as it stood at that moment, because the next person may act on it before the notice is written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import frappe
from frappe.email.doctype.notification.notification import evaluate_alert
from frappe.model.document import Document

from mkd_hrms.services.platform.listeners import VALUE_CHANGE as EVENT
from mkd_hrms.services.platform.listeners import value_notices, watched_fields


def hand_over(doc: Document, before: Mapping[str, Any] | None, alerts: Iterable[str]) -> None:
	"""Queue those of the Notifications whose field changed in this save; they go out once it is committed.

	`before` has what stood in the fields, which was nothing without it; one that it does not have cannot have changed.
	"""
	watched = watched_fields(doc.doctype)
	fields = {name: watched[name] for name in alerts if name in watched}
	old = {field: before.get(field, doc.get(field)) if before else None for field in fields.values()}
	changed = [name for name, field in fields.items() if doc.get(field) != old[field]]
	if changed:
		frappe.enqueue(
			"mkd_hrms.tasks.send_notices",
			enqueue_after_commit=True,
			now=frappe.flags.in_test,
			alerts=changed,
			snapshot=snapshot(doc),
			old=old,
			lang=frappe.local.lang,
		)


def hand_over_many(doctype: str, names: Collection[str], old: Mapping[str, Any]) -> None:
	"""The same for many documents that changed at once; `old` is what all of them had in the fields that changed."""
	alerts = value_notices(doctype, old) if names else ()
	if alerts:
		frappe.enqueue(
			"mkd_hrms.tasks.send_notices_of_many",
			enqueue_after_commit=True,
			now=frappe.flags.in_test,
			alerts=alerts,
			snapshots=[snapshot(doc) for doc in _stored(doctype, names)],
			old=dict(old),
			lang=frappe.local.lang,
		)


def _stored(doctype: str, names: Collection[str]) -> list[Document]:
	"""Documents with their rows, as they are stored: a query for each table."""
	wanted = {"parenttype": doctype, "parent": ("in", [*names])}
	rows = [
		{**row, "doctype": field.options}
		for field in frappe.get_meta(doctype).get_table_fields()
		for row in frappe.get_all(field.options, wanted, ["*"], order_by="parent, idx")
	]
	found = frappe.get_all(doctype, {"name": ("in", [*names])}, ["*"], order_by="name")
	documents = [frappe.get_doc({**values, "doctype": doctype}) for values in found]
	for document in documents:
		for row in rows:
			if row["parent"] == document.name:
				document.append(row["parentfield"], row)
	return documents


def snapshot(doc: Document) -> dict[str, Any]:
	"""What is stored of a document and its rows; what is only computed for a reader is no part of it."""
	rows = {
		field.fieldname: [row.get_valid_dict(ignore_virtual=True) for row in doc.get(field.fieldname)]
		for field in doc.meta.get_table_fields()
	}
	return {**doc.get_valid_dict(ignore_virtual=True), **rows, "doctype": doc.doctype}


def send(alerts: Iterable[str], snapshot: dict[str, Any], old: dict[str, Any], lang: str) -> None:
	"""Evaluate Notifications on a document as it stood, in the language of whoever changed it."""
	frappe.local.lang = lang
	doc = frappe.get_doc(snapshot)
	doc._doc_before_save = frappe.get_doc({**snapshot, **old})
	for name in alerts:
		evaluate_alert(doc, name, EVENT)


def send_of_many(
	alerts: Iterable[str], snapshots: Iterable[dict[str, Any]], old: dict[str, Any], lang: str
) -> None:
	"""As `send` for many; each Notification is read once."""
	frappe.local.lang = lang
	documents = [(frappe.get_doc(snapshot), frappe.get_doc({**snapshot, **old})) for snapshot in snapshots]
	for name in alerts:
		alert = frappe.get_doc("Notification", name)
		for doc, before in documents:
			doc._doc_before_save = before
			evaluate_alert(doc, alert, EVENT)
