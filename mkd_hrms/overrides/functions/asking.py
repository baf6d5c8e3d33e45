"""What is asked before a function of the platform answers that itself asks nobody who may read what (rule P3)."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.db_query import DatabaseQuery

from mkd_hrms.constants import MODULE, PERSON

# Of these only what belongs to MKD days and to places is guarded here: the rest is Frappe HR's to show.
PARTLY_OURS = ("Attendance", "Employee Checkin", PERSON)
GUARDED_WORDS = ("latitude", "longitude", "geolocation", "mkd_")


def is_ours(doctype: str | None) -> bool:
	return bool(doctype) and frappe.get_cached_value("DocType", doctype, "module") == MODULE


def concerns_ours(doctype: str | None, *asked: object) -> bool:
	"""Whether a question is about a DocType of ours, or about what is ours of another."""
	return is_ours(doctype) or (doctype in PARTLY_OURS and mentions_ours(asked))


def may_read(doctype: str, name: str) -> bool:
	"""Whether the user may read a document; one that is not there is for nobody to read."""
	return bool(frappe.db.exists(doctype, name)) and frappe.has_permission(doctype, doc=name)


def ask(doctype: str | None, name: str | None, ptype: str = "read") -> None:
	"""Of a document of ours whose name somebody knows. Raises PermissionError, or DoesNotExistError."""
	if is_ours(doctype):
		frappe.has_permission(doctype, ptype, doc=name or "", throw=True)


def ask_for_all(doctype: str | None, *asked: object) -> None:
	"""Where everything is counted or summed up: only for whom nothing narrows the list. Raises PermissionError."""
	if not concerns_ours(doctype, *asked):
		return
	frappe.has_permission(doctype, throw=True)
	if DatabaseQuery(doctype).build_match_conditions():
		frappe.throw(
			_(
				"{0} is summed up here without looking at who may see what, so only whoever may list all of it gets an answer. Use its list instead."
			).format(_(doctype)),
			frappe.PermissionError,
		)


def mentions_ours(asked: object) -> bool:
	text = frappe.as_json(asked).encode().decode("unicode_escape", "ignore").lower()
	return any(word in text for word in GUARDED_WORDS)
