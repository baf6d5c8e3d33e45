"""Notices about what changed in a document, evaluated by a worker: whoever acts does not wait for them to be written.

They are Frappe's Notifications on a changed value, with their conditions, recipients and texts. The worker is given the
document as it stood at that moment, because the next person may act on it before the notice is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe.email.doctype.notification.notification import evaluate_alert
from frappe.model.document import Document

EVENT = "Value Change"


def hand_over(doc: Document, alerts: Iterable[str]) -> None:
	"""Queue those of the Notifications whose field changed in this save; they go out once it is committed."""
	before = doc.get_doc_before_save()
	fields = {name: frappe.get_cached_value("Notification", name, "value_changed") for name in alerts}
	old = {field: before.get(field) if before else None for field in fields.values()}
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
