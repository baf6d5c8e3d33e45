"""Files in the Attach fields of our documents: private, of this site, readable for whoever names them, and known by what they hold.

The platform takes any text for an address and prints it as it stands, and a file can be exchanged under its address.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from rq.timeouts import JobTimeoutException

import frappe
from frappe import _
from frappe.core.doctype.file.utils import get_content_hash
from frappe.model.document import Document
from frappe.utils import escape_html, get_files_path

from mkd_hrms.constants import DRAFT, MISSING
from mkd_hrms.policy.day import evidence_files
from mkd_hrms.policy.day.evidence_files import Unsafe

# As the library calls them.
PICTURES = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "gif": "GIF", "webp": "WEBP"}
KINDS, PRIVATE = ("Attach", "Attach Image"), "/private/files/"
# A DocType that keeps what a file held when it was handed in has a field of this name beside the address.
HASH = "{0}_hash"
# Until it is handed in, a document may be written anew, and with it its files.
DRAFTS = (DRAFT, MISSING)
# What ends an attribute of a page or begins a tag; no name of a file needs it.
MARKUP = re.compile(r'["<>`\x00-\x1f\x7f]')


class FileRefused(frappe.ValidationError):
	"""What stands in an Attach field is no file that may stand there."""


def settle(doc: Document) -> None:
	"""Look at every file that a save names anew, and at all of them when the document is handed in; keep what they hold.

	Raises FileRefused.
	"""
	before = doc.get_doc_before_save()
	stored = {} if not before or is_handed_in(doc, before) else _stored(before)
	for row, name in places(doc):
		url = row.get(name) or None
		key = (row.get("parentfield"), name, url or row.name)
		held = stored[key] if key in stored else url and _looked_at(row, name, url)
		if row.meta.has_field(HASH.format(name)):
			row.set(HASH.format(name), held)


def places(doc: Document) -> Iterator[tuple[Document, str]]:
	"""Where a file may stand in a document: the document or a row of it, and the name of the field."""
	for row in (doc, *doc.get_all_children()):
		for df in row.meta.get("fields", {"fieldtype": ("in", KINDS)}):
			yield row, df.fieldname


def is_handed_in(doc: Document, before: Document) -> bool:
	"""Whether this save makes more of a draft."""
	stays = doc.get("status") in DRAFTS and doc.docstatus.is_draft()
	return before.get("status") in DRAFTS and not stays


def _stored(before: Document) -> dict[tuple, str | None]:
	"""What is known of the files that were named before; of a row whose file is gone by now, what it held."""
	return {
		(row.get("parentfield"), name, row.get(name) or row.name): row.get(HASH.format(name))
		for row, name in places(before)
	}


def _looked_at(row: Document, name: str, url: str) -> str:
	"""What a file holds that may stand in a field, as a hash. Raises FileRefused."""
	found = frappe.get_all("File", {"file_url": url, "is_folder": 0}, ["name", "file_url", "is_private"])
	# The database compares without case and accents.
	files = [file for file in found if file.file_url == url]
	readable = any(frappe.get_doc("File", file.name).is_downloadable() for file in files)
	held = hash_of(url) if readable else None
	if held is None:
		_refuse(row, name, _("the file was not uploaded here, or not for you. Attach it here."))
	if not url.startswith(PRIVATE) or not all(file.is_private for file in files):
		_refuse(row, name, _("the file is public. Attach it again as a private file."))
	if MARKUP.search(url):
		_refuse(row, name, _("its name holds a quotation mark or a bracket. Rename it and attach it again."))
	if reason := unsafe(url, content_of(url)):
		_refuse(row, name, reason)
	return held


def _refuse(row: Document, name: str, sentence: str) -> None:
	field = _(row.meta.get_label(name), context=row.doctype)
	place = [_("Row {0}").format(row.idx)] if row.get("parentfield") else []
	place += [field, shown(row.get(name))]
	frappe.throw(f"{', '.join(place)}: {sentence}", FileRefused, title=_("File Not Taken"))


def shown(url: str) -> str:
	"""The name of a file for a message, which the platform prints as it stands."""
	return escape_html(Path(url).name)


def unsafe(url: str, content: bytes) -> str | None:
	"""Why a file may not be handed in: another kind than its name says, or one that runs; None where it may."""
	name = Path(url).name
	why = evidence_files.unsafe(name, content)
	if why is Unsafe.KIND:
		return _("files of this kind are not taken. Use one of: {0}.").format(
			", ".join(evidence_files.BEGINS)
		)
	if why is Unsafe.DISGUISED or not _is_as_drawn(evidence_files.kind_of(name), content):
		return _("the file is not what its name says. Save it again in the format that its name promises.")
	if why is Unsafe.ACTIVE:
		return _("the file holds a program or a web page. Hand in a PDF or a picture of it.")
	return None


def _is_as_drawn(kind: str, content: bytes) -> bool:
	"""Whether a picture can be opened as one of its kind; whatever is none is as it is."""
	return kind not in PICTURES or is_picture(PICTURES[kind], content)


def is_picture(kind: str, content: bytes) -> bool:
	"""Whether a picture is one beyond its first bytes, and unpacks to no more than a machine holds."""
	try:
		with Image.open(io.BytesIO(content), formats=[kind]) as picture:
			picture.verify()
	except JobTimeoutException:
		raise
	except Exception:  # Pillow names no error of its own for what is broken
		return False
	return True


def hash_of(url: str) -> str | None:
	"""What the file at an address of this site holds now, as a hash; None where there is none.

	What stands in the File record can be sent along by whoever creates one; this is what is really there.
	"""
	content = content_of(url)
	return None if content is None else get_content_hash(content)


def content_of(url: str) -> bytes | None:
	"""What the file at an address of this site holds now; None where there is none."""
	path = path_of(url)
	return path.read_bytes() if path else None


def path_of(url: str) -> Path | None:
	"""Where the file at an address of this site lies; None where there is none."""
	folder, _files, name = url.rpartition("/files/")
	if folder not in ("", "/private") or not name or "/" in name:
		return None
	path = Path(get_files_path(name, is_private=folder == "/private"))
	return path if path.is_file() else None


def holds(doctype: str, name: str, url: str) -> bool:
	"""Whether a file stands in a document that was handed in."""
	if not frappe.db.exists(doctype, name):
		return False
	doc = frappe.get_doc(doctype, name)
	return doc.get("status") not in DRAFTS and any(row.get(field) == url for row, field in places(doc))


def is_changed(url: str | None, held: str | None) -> bool:
	"""Whether a file does not hold any more what it held when it was handed in; without a hash nobody knows."""
	return bool(url and held) and hash_of(url) != held


def changed(*docs: Document) -> list[str]:
	"""The addresses of the files in some documents that are not any more what was handed in."""
	return sorted(
		{
			row.get(name)
			for doc in docs
			for row, name in places(doc)
			if is_changed(row.get(name), row.get(HASH.format(name)))
		}
	)


def tell_changed(*docs: Document) -> str | None:
	"""Name the changed files of some documents to whoever decides; it is for him to say what follows.

	Returns what he was told, if anything.
	"""
	if not (urls := changed(*docs)):
		return None
	told = _(
		"{0}: not the file that was handed in; it was changed or removed since. Ask for it again, or decide without it."
	).format(", ".join(map(shown, urls)))
	frappe.msgprint(told, title=_("File Changed"), indicator="orange")
	return told
