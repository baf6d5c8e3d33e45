"""Whether something on this site listens when documents of a DocType are stored.

Where nothing does, many rows may be written at once: nobody hears the difference. Otherwise each is stored as a document
of its own, with all that an administrator or another app has happen at it.
"""

from __future__ import annotations

from collections.abc import Collection

import frappe
from frappe.core.doctype.server_script.server_script_utils import EVENT_MAP, get_server_script_map
from frappe.model.base_document import get_controller

INSERTED = ("before_insert", "before_validate", "validate", "after_insert", "on_update", "on_change")
SUBMITTED = (*INSERTED, "before_submit", "on_submit")
CHANGED = ("before_change", "on_change")
CANCELLED = ("before_cancel", "on_cancel", "on_change")
DELETED = ("on_trash", "after_delete", "on_change")
# Events of which notices of other kinds than a changed value may go out.
NOTIFIED = frozenset(("after_insert", "on_cancel", "on_trash"))
# What the platform itself does at every document is done for many where it matters; so is what we do.
KNOWN = frozenset(("frappe", "erpnext", "hrms", "mkd_hrms"))
VALUE_CHANGE, METHOD = "Value Change", "Method"
# By DocType of what listens, the field that names whom it listens to.
NAMED_IN = {
	"Webhook": {"webhook_doctype": None, "enabled": 1},
	"Energy Point Rule": {"reference_doctype": None, "enabled": 1},
	"Milestone Tracker": {"document_type": None, "disabled": 0},
	"Assignment Rule": {"document_type": None, "disabled": 0},
}


def is_heard(doctype: str, events: Collection[str]) -> bool:
	"""Whether an app, a script, a webhook, a rule or a notice follows one of these events of a DocType.

	Notices on a changed value are asked for by `value_notices`.
	"""
	return (
		_by_class(doctype)
		or _by_apps(doctype, events)
		or _by_scripts(doctype, events)
		or any(_by_records(kind, doctype) for kind in NAMED_IN)
		or (not NOTIFIED.isdisjoint(events) and _has_notices(doctype, events))
	)


def value_notices(doctype: str, fields: Collection[str]) -> list[str]:
	"""The Notifications that go out when one of these fields of a DocType changes."""
	wanted = {
		"enabled": 1,
		"document_type": doctype,
		"event": VALUE_CHANGE,
		"value_changed": ("in", [*fields]),
	}
	return frappe.get_all("Notification", wanted, pluck="name", order_by="name")


def _by_class(doctype: str) -> bool:
	"""An app may put a class of its own in the place of the platform's."""
	return get_controller(doctype).__module__.partition(".")[0] not in KNOWN


def _by_apps(doctype: str, events: Collection[str]) -> bool:
	hooks = frappe.get_doc_hooks()
	paths = (path for key in (doctype, "*") for event in events for path in hooks.get(key, {}).get(event, ()))
	return any(path.partition(".")[0] not in KNOWN for path in paths)


def _by_scripts(doctype: str, events: Collection[str]) -> bool:
	scripts = get_server_script_map().get(doctype, {})
	return any(scripts.get(EVENT_MAP.get(event)) for event in events)


def _by_records(kind: str, doctype: str) -> bool:
	return bool(
		frappe.db.exists(
			kind, {name: doctype if value is None else value for name, value in NAMED_IN[kind].items()}
		)
	)


def _has_notices(doctype: str, events: Collection[str]) -> bool:
	"""A notice on a method hears that method alone; those that services send (announcements.py) hear no save."""
	on = {"enabled": 1, "document_type": doctype}
	others = {**on, "event": ("not in", (VALUE_CHANGE, METHOD))}
	methods = {**on, "event": METHOD, "method": ("in", [*events])}
	return any(frappe.db.exists("Notification", wanted) for wanted in (others, methods))
