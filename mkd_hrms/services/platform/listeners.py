"""Whether something on this site listens when documents of a DocType are stored.

Where nothing does, rows may be written as rows: nobody hears the difference. Otherwise each is stored as a document
of its own, with all that an administrator or another app has happen at it. What is on record about that is kept in the
cache, because it is asked for with every line that a save leaves in a timeline.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import frappe
from frappe.core.doctype.server_script.server_script_utils import EVENT_MAP, get_server_script_map
from frappe.integrations.doctype.webhook import get_all_webhooks
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
	"Energy Point Rule": {"reference_doctype": None, "enabled": 1},
	"Milestone Tracker": {"document_type": None, "disabled": 0},
	"Assignment Rule": {"document_type": None, "disabled": 0},
}
CACHE = "mkd_listeners"
# Somebody may read it just before another commits a change, and keep it just after: it is not kept for long.
SECONDS = 300


class Recorded(NamedTuple):
	"""Who is on record as listening to a DocType: whether a rule does, and the Notifications that are on."""

	by_rules: bool
	notices: tuple[tuple[str, str, str | None, str | None], ...]


def is_heard(doctype: str, events: Collection[str]) -> bool:
	"""Whether an app, a script, a webhook, a rule or a notice follows one of these events of a DocType.

	Notices on a changed value are asked for by `value_notices`.
	"""
	if (
		_by_class(doctype)
		or _by_apps(doctype, events)
		or _by_scripts(doctype, events)
		or _by_webhooks(doctype)
	):
		return True
	recorded = _recorded(doctype)
	return recorded.by_rules or (not NOTIFIED.isdisjoint(events) and _has_notices(recorded, events))


def value_notices(doctype: str, fields: Collection[str]) -> list[str]:
	"""The Notifications that go out when one of these fields of a DocType changes."""
	return [name for name, field in watched_fields(doctype).items() if field in fields]


def watched_fields(doctype: str) -> dict[str, str | None]:
	"""By Notification on a changed value of a DocType, in the order of their names, the field that it watches."""
	notices = _recorded(doctype).notices
	return {name: field for name, event, _method, field in notices if event == VALUE_CHANGE}


def forget() -> None:
	"""What listens was changed: it is read anew, by others when they can see it."""
	frappe.cache.delete_value(CACHE)
	for end in (frappe.db.after_commit, frappe.db.after_rollback):
		end.add(lambda: frappe.cache.delete_value(CACHE))


def _recorded(doctype: str) -> Recorded:
	known: Mapping[str, tuple] = frappe.cache.get_value(CACHE) or {}
	if doctype not in known:
		known = {**known, doctype: _read(doctype)}
		frappe.cache.set_value(CACHE, known, expires_in_sec=SECONDS)
		# Of what ends by itself the platform keeps no copy for the rest of a request.
		frappe.local.cache[frappe.cache.make_key(CACHE)] = known
	return Recorded(*known[doctype])


def _read(doctype: str) -> tuple:
	"""As plain values, which any process can read from the cache."""
	return any(_by_records(kind, doctype) for kind in NAMED_IN), tuple(
		frappe.get_all(
			"Notification",
			{"enabled": 1, "document_type": doctype},
			["name", "event", "method", "value_changed"],
			order_by="name",
			as_list=True,
		)
	)


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


def _by_webhooks(doctype: str) -> bool:
	return doctype in frappe.cache.get_value("webhooks", get_all_webhooks)


def _by_records(kind: str, doctype: str) -> bool:
	return bool(
		frappe.db.exists(
			kind, {name: doctype if value is None else value for name, value in NAMED_IN[kind].items()}
		)
	)


def _has_notices(recorded: Recorded, events: Collection[str]) -> bool:
	"""A notice on a method hears that method alone; those that services send (announcements.py) hear no save."""
	return any(
		method in events if event == METHOD else event != VALUE_CHANGE
		for _name, event, method, _field in recorded.notices
	)
