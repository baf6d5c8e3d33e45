"""Many documents cancelled or deleted at once: what the platform leaves behind each of them is left behind all of them.

Only for kinds of which `is_plain` says that nobody hears the difference, and only for those that no other document links to.
Forms that somebody has open are not told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import frappe
from frappe import _
from frappe.desk.notifications import clear_doctype_notifications
from frappe.model.document import Document
from frappe.model.dynamic_links import get_dynamic_link_map
from frappe.model.naming import NamingSeries
from frappe.model.rename_doc import get_link_fields
from frappe.utils import cint, now

from mkd_hrms.services.platform.listeners import CANCELLED, DELETED, INSERTED, is_heard
from mkd_hrms.services.platform.names import row_name
from mkd_hrms.services.platform.series import is_fixed_series
from mkd_hrms.services.platform.timeline import COMMENT, COMMON, VERSION

DELETED_DOCUMENT, FILE = "Deleted Document", "File"
# What the platform deletes with a document, by the columns that name it; and what it leaves without its name.
GO_WITH_IT = (
	("__Auth", "doctype", "name"),
	("__global_search", "doctype", "name"),
	("Tag Link", "document_type", "document_name"),
	("ToDo", "reference_type", "reference_name"),
	("Email Unsubscribe", "reference_doctype", "reference_name"),
	("DocShare", "share_doctype", "share_name"),
	(VERSION, "ref_doctype", "docname"),
	(COMMENT, "reference_doctype", "reference_name"),
	("View Log", "reference_doctype", "reference_name"),
	("Document Follow", "ref_doctype", "ref_docname"),
	("Notification Log", "document_type", "document_name"),
	("Communication Link", "link_doctype", "link_name"),
)
FORGET_IT = (
	("Communication", "reference_doctype", "reference_name"),
	("Activity Log", "reference_doctype", "reference_name"),
	("Activity Log", "timeline_doctype", "timeline_name"),
)


def is_plain(doctype: str, events: Collection[str]) -> bool:
	"""Whether nothing on this site happens at one of these events but what the platform does, which is done here."""
	meta = frappe.get_meta(doctype)
	# What leaves a trace of its own may be listened to as well.
	trace = VERSION if events == CANCELLED else COMMENT
	return not (
		meta.get_table_fields()
		or meta.get("track_seen")
		or frappe.db.exists("Workflow", {"document_type": doctype, "is_active": 1})
		or (events == DELETED and not _is_numbered_plainly(doctype))
		or (events == DELETED and frappe.get_hooks("sqlite_search"))
		or is_heard(doctype, events)
		or is_heard(trace, INSERTED)
		# Whoever changes a document begins to follow it.
		or frappe.get_cached_value("User", frappe.session.user, "follow_created_documents")
	)


def _is_numbered_plainly(doctype: str) -> bool:
	"""Whether it is known which number is given back when one is deleted."""
	meta = frappe.get_meta(doctype)
	rule = {"document_type": doctype, "disabled": 0}
	return is_fixed_series(meta.autoname or "", meta) and not frappe.db.exists("Document Naming Rule", rule)


def linked(doctype: str, names: Collection[str], submitted: bool = False) -> set[str]:
	"""Those of some documents that another one links to, or with `submitted` one that was submitted.

	What the platform lets pass all the same may be among them: whoever asks leaves these to their documents.
	"""
	found: set[str] = set()
	for table, condition in _links(doctype, submitted):
		link, of = frappe.qb.DocType(table), condition["field"]
		query = frappe.qb.from_(link).select(link[of]).distinct().where(link[of].isin([*names]))
		if kind := condition.get("options"):
			query = query.where(link[kind] == doctype)
		found.update(query.where(link.docstatus == 1).run(pluck=True) if submitted else query.run(pluck=True))
	return found


def _links(doctype: str, submitted: bool) -> Iterator[tuple[str, dict[str, str]]]:
	"""The tables that may link to documents of a kind, and by which column."""
	ignored = frappe.get_hooks("ignore_links_on_delete")
	fixed = [(each["parent"], {"field": each["fieldname"]}) for each in get_link_fields(doctype)]
	dynamic = [
		(each.parent, {"field": each.fieldname, "options": each.options})
		for each in get_dynamic_link_map().get(doctype, ())
	]
	for table, condition in (*fixed, *dynamic):
		passes = table in ignored or (submitted and condition["field"] == "amended_from")
		if passes or not frappe.db.table_exists(table):
			continue
		meta = frappe.get_meta(table)
		if not meta.issingle and (not submitted or meta.is_submittable or meta.istable):
			yield table, condition


def with_files(doctype: str, names: Collection[str]) -> set[str]:
	"""Those of some documents that have files beside them."""
	of = {"attached_to_doctype": doctype, "attached_to_name": ("in", [*names])}
	return set(frappe.get_all(FILE, of, pluck="attached_to_name", distinct=True))


def cancel(doctype: str, rows: Sequence[Mapping[str, Any]]) -> None:
	"""Cancel submitted documents that are given as their rows."""
	names, stamp, user = [row["name"] for row in rows], now(), frappe.session.user
	table = frappe.qb.DocType(doctype)
	query = frappe.qb.update(table).set(table.docstatus, 2).set(table.modified, stamp)
	query.set(table.modified_by, user).where(table.name.isin(names)).run()
	if frappe.get_meta(doctype).track_changes:
		# Of each the same changes, and nothing but its state.
		before, after = (
			frappe.get_doc({**rows[0], "doctype": doctype, "docstatus": state}) for state in (1, 2)
		)
		version = frappe.new_doc(VERSION)
		version.update_version_info(before, after)
		common = (stamp, stamp, user, user, doctype)
		versions = [(row_name(), *common, name, version.data) for name in names]
		frappe.db.bulk_insert(VERSION, [*COMMON, "ref_doctype", "docname", "data"], versions)
	_forget(doctype, names)


def delete(docs: Sequence[Document]) -> None:
	"""Delete documents of one kind, in this order: the number of one that was the last is given back."""
	doctype, names = docs[0].doctype, [doc.name for doc in docs]
	_give_back_numbers(doctype, names)
	frappe.db.delete(doctype, {"name": ("in", names)})
	for table, kind, name in GO_WITH_IT:
		frappe.db.delete(table, {kind: doctype, name: ("in", names)})
	for other, kind, name in FORGET_IT:
		table = frappe.qb.DocType(other)
		query = frappe.qb.update(table).set(table[kind], None).set(table[name], None)
		query.where((table[kind] == doctype) & table[name].isin(names)).run()
	_keep(docs)
	_forget(doctype, names)


def _give_back_numbers(doctype: str, names: Sequence[str]) -> None:
	"""As `revert_series_if_last` for each of them: of a series no number is lost while its newest ones go."""
	prefix, table = NamingSeries(frappe.get_meta(doctype).autoname).get_prefix(), frappe.qb.DocType("Series")
	query = frappe.qb.from_(table).select(table.current).where(table.name == prefix)
	for (current,) in query.for_update().run():
		last = current
		for name in names:
			last -= bool(last) and last == cint(name.replace(prefix, ""))
		if last != current:
			frappe.qb.update(table).set(table.current, last).where(table.name == prefix).run()


def _keep(docs: Sequence[Document]) -> None:
	"""What was deleted can be restored, and the feed says that it was."""
	doctype, stamp, user = docs[0].doctype, now(), frappe.session.user
	common = (stamp, stamp, user, user)
	kept = [(row_name(), *common, doctype, doc.name, doc.as_json()) for doc in docs]
	columns = [*COMMON, "deleted_doctype", "deleted_name", "data"]
	frappe.db.bulk_insert(DELETED_DOCUMENT, columns, kept)
	said = [(row_name(), *common, "Deleted", user, doctype, f"{_(doctype)} {doc.name}") for doc in docs]
	columns = [*COMMON, "comment_type", "comment_email", "reference_doctype", "subject"]
	frappe.db.bulk_insert(COMMENT, columns, said)


def _forget(doctype: str, names: Sequence[str]) -> None:
	"""As `clear_document_cache` for each of them."""
	forget = partial(
		frappe.cache.delete_value, [frappe.get_document_cache_key(doctype, name) for name in names]
	)
	forget()
	clear_doctype_notifications(doctype)
	# What somebody has read meanwhile is older than what is stored then.
	frappe.db.after_commit.add(forget)
	frappe.db.after_rollback.add(forget)
