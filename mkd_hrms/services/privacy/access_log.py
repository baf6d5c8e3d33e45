"""Who read what is sensitive (rule P4): a line in the platform's Access Log for every reading by somebody else.

A reading that fails afterwards was none, and its line goes with it. A GET request writes nothing else: its line is
stored by itself, for a commit would keep whatever else was done at an address that somebody was made to fetch.
Prints and exports are logged by the platform itself.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator

import frappe
from frappe.auth import SAFE_HTTP_METHODS
from frappe.model.document import Document

from mkd_hrms.facts.users import user_of

LOG = "Access Log"
READ, LISTED = "Read", "List"
# Who asks in one of these ways says which columns he asks for, and by which he filters.
LISTS_OF_REST = ("/api/resource/", "/api/v1/resource/", "/api/v2/document/")
LISTS = frozenset(
	(
		"frappe.client.get_list",
		"frappe.client.get_count",
		"frappe.client.get_value",
		"frappe.client.validate_link",
		"frappe.desk.reportview.get",
		"frappe.desk.reportview.get_list",
		"frappe.desk.reportview.get_count",
		"frappe.desk.reportview.export_query",
		"frappe.desk.reportview.get_sidebar_stats",
		"frappe.desk.search.search_link",
		"frappe.desk.search.search_widget",
		"frappe.desk.listview.get_group_by_count",
	)
)


def is_about_himself(employee: str | None) -> bool:
	"""Whether the reader is this employee."""
	return user_of(employee) == frappe.session.user


def note(doctype: str, how: str, name: str | None = None) -> None:
	"""Write one line for each document of a request, however often the request asks for it."""
	noted = frappe.local.mkd_noted_readings = getattr(frappe.local, "mkd_noted_readings", set())
	if (doctype, name) in noted and not frappe.flags.in_test:
		return
	noted.add((doctype, name))
	line = {"export_from": doctype, "reference_document": name, "method": how, "user": frappe.session.user}
	log = frappe.get_doc({"doctype": LOG, **line})
	if frappe.flags.read_only:
		log.deferred_insert()
	elif getattr(getattr(frappe.local, "request", None), "method", None) in SAFE_HTTP_METHODS:
		_store_by_itself(log)
	else:
		log.db_insert()


def _store_by_itself(log: Document) -> None:
	"""The platform rolls a GET request back when it has answered it: then its lines are written, and nothing else."""
	waiting = frappe.local.mkd_waiting_lines = getattr(frappe.local, "mkd_waiting_lines", [])
	waiting.append(log)
	if len(waiting) == 1:
		# One of the two: what is committed on the way takes the lines along.
		frappe.db.before_commit.add(_write_waiting)
		frappe.db.after_rollback.add(_commit_waiting)


def _write_waiting() -> None:
	waiting = frappe.local.mkd_waiting_lines
	while waiting:
		waiting.pop(0).db_insert()


def _commit_waiting() -> None:
	_write_waiting()
	frappe.db.commit()


def note_list(doctype: str, columns: Collection[str] = ()) -> None:
	"""Note that a list was asked for over the network; with columns, only where one of them may have been asked for."""
	request = getattr(frappe.local, "request", None)
	if not request:
		return
	form = list((frappe.local.form_dict or {}).values())
	if not columns or not _says_what_it_asks(request) or _names_any(columns, form):
		note(doctype, LISTED)


def _says_what_it_asks(request) -> bool:
	"""Whether all columns stand in the request itself. A chart or a report keeps its own elsewhere."""
	if request.path.startswith(LISTS_OF_REST):
		return True
	asked = frappe.local.form_dict.get("cmd") or request.path.rpartition("/")[2]
	return asked in LISTS


def _names_any(columns: Collection[str], form: object) -> bool:
	return any("*" in text or any(column in text for column in columns) for text in _texts(form))


def _texts(value: object) -> Iterator[str]:
	"""Every text in a form, as often as it was written as JSON: there each letter can be written in another way."""
	if isinstance(value, str):
		yield value.lower()
		try:
			inner = json.loads(value)
		except ValueError:
			return
		if isinstance(inner, str | list | dict):
			yield from _texts(inner)
	elif isinstance(value, dict):
		yield from _texts([*value, *value.values()])
	elif isinstance(value, list | tuple):
		for entry in value:
			yield from _texts(entry)
