"""Rows that another system sends by itself: an import like any other, looked at and stored at once, with an answer for each row.

What was sent under a key is stored once: whoever gets no answer sends it again, and is told what became of it the first time.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import frappe
from frappe import _
from frappe.core.doctype.file.utils import get_content_hash
from frappe.model.document import Document

from mkd_hrms.constants import (
	APPLIED,
	APPLYING,
	CHECKED,
	CHECKIN,
	DAILY_REPORT,
	FILE,
	IMPORT,
	IMPORT_LINE,
	IMPORT_PROFILE,
)
from mkd_hrms.exchange.profiles import Profile
from mkd_hrms.exchange.rows import Activity
from mkd_hrms.services.imports import actors, applying, looking, profiles
from mkd_hrms.services.imports.rejected_rows import rows_in
from mkd_hrms.services.imports.steps import UNCHANGED
from mkd_hrms.services.platform import locks
from mkd_hrms.services.platform.statuses import AtWork, Malformed, TooLarge, Unprocessable
from mkd_hrms.services.workflow.states import refuse

# Rows of one call; whoever has more sends the others afterwards.
MOST_ROWS, LONGEST_KEY = 200, 140
REJECTED, INCLUDED = "Rejected", "Included"
# What is sent is text, a number, or nothing; a list or a table would be a row of its own.
PLAIN = (str, int, float, type(None))
MACHINE = "machine log"
# What stands beside the record that a row is about.
BESIDES = (CHECKIN, DAILY_REPORT)


class Pushed(NamedTuple):
	"""An import that came of what was sent, and whether it had come before."""

	doc: Document
	is_repeated: bool


def push(company: str, profile: str, rows: Sequence[Any], key: str) -> Pushed:
	"""Store what is sent, or what the same call has stored before.

	Raises PermissionError for who may not send it, AtWork, Malformed, TooLarge and Unprocessable; then nothing is stored.
	"""
	refuse(actors.refusal_of_push(company, profile, frappe.session.user))
	_refuse_unfit(rows, key)
	under = hashed(company, key)
	with locks.alone(f"push {under}") as mine:
		if not mine:
			frappe.throw(
				_("What was sent under this key is being stored. Send the same call again in a while."),
				AtWork,
			)
		# What somebody stored who had the lock before is seen from here on.
		frappe.db.commit()
		content = _as_text(_profile(profile), rows)
		if known := frappe.db.get_value(IMPORT, {"push_key": under}):
			return Pushed(_the_same(known, profile, content), True)
		return Pushed(_stored(company, profile, content, under), False)


def hashed(company: str, key: str) -> str:
	"""Under what a key is kept: what a colleague has sent for another company is nobody's business."""
	return hashlib.sha256(f"{company}\n{key}".encode()).hexdigest()


def _stored(company: str, profile: str, content: bytes, under: str) -> Document:
	doc = frappe.new_doc(IMPORT, company=company, profile=profile)
	file = frappe.new_doc(FILE, file_name=f"{frappe.scrub(profile)}.csv", is_private=1)
	file.content = content
	doc.file = file.insert(ignore_permissions=True).file_url
	doc.flags.push_key = under
	doc.insert(ignore_permissions=True)
	# Its owner could open it, and a program that sends rows reads none, least of all with a key that was stolen.
	file.db_set("owner", "Administrator")
	doc.check_file()
	if doc.status != CHECKED:
		frappe.throw(doc.problems, Unprocessable, title=_("Nothing Stored"))
	_apply(doc)
	return doc


def _the_same(name: str, profile: str, content: bytes) -> Document:
	"""What was stored under a key. Raises Unprocessable where something else was, or somebody else's."""
	doc = frappe.get_doc(IMPORT, name)
	mine = doc.owner == frappe.session.user or doc.has_permission("read")
	if not mine or doc.profile != profile or doc.file_hash != get_content_hash(content):
		frappe.throw(
			_("Something else was sent under this key before. Send what is new under another key."),
			Unprocessable,
		)
	return doc


def listed(rows: Any) -> list:
	"""The rows as a caller wrote them: in JSON, or in a form as one text. Raises Malformed."""
	if isinstance(rows, str):
		try:
			rows = json.loads(rows)
		except ValueError:
			frappe.throw(_("rows is no JSON."), Malformed)
	if not isinstance(rows, list) or not rows:
		frappe.throw(
			_("Send a list of 1 to {0} rows, and the others afterwards.").format(MOST_ROWS), Malformed
		)
	return rows


def _refuse_unfit(rows: Sequence[Any], key: str) -> None:
	if not key or len(key) > LONGEST_KEY:
		frappe.throw(
			_("Send a key with the rows, of at most {0} signs, and another one with others.").format(
				LONGEST_KEY
			),
			Malformed,
		)
	if len(rows) > MOST_ROWS:
		frappe.throw(
			_("Send a list of 1 to {0} rows, and the others afterwards.").format(MOST_ROWS), TooLarge
		)
	for number, row in enumerate(rows, 1):
		if not isinstance(row, dict) or not all(isinstance(value, PLAIN) for value in row.values()):
			frappe.throw(_("Row {0}: expected headings with texts or numbers.").format(number), Malformed)


def _profile(name: str) -> Profile:
	if not frappe.db.exists(IMPORT_PROFILE, name):
		known = ", ".join(each.name for each in profiles.enabled())
		frappe.throw(_("There is no profile {0}; there are {1}.").format(name, known), Unprocessable)
	return profiles.named(name)


def _as_text(profile: Profile, rows: Sequence[Mapping[str, Any]]) -> bytes:
	"""What was sent as a file that its profile reads; it stays beside the import. Raises TooLarge."""
	text = io.StringIO()
	if profile.layout == MACHINE:
		for row in rows:
			said = {profile.fields.get(heading.casefold()): value for heading, value in row.items()}
			text.write(f"{_plain(said.get('who'))}\t{_plain(said.get('at'))}\n")
	else:
		headings = list(dict.fromkeys(heading for row in rows for heading in row))
		writer = csv.writer(text, delimiter=profile.delimiter)
		writer.writerow(headings)
		writer.writerows([_plain(row.get(heading)) for heading in headings] for row in rows)
	content = text.getvalue().encode()
	if len(content) > looking.INLINE:
		frappe.throw(_("The rows of one call hold at most a million signs. Send fewer of them."), TooLarge)
	return content


def _plain(value: Any) -> str:
	return "" if value is None else " ".join(str(value).split())


def _apply(doc: Document) -> None:
	"""At once, unless another import of the company is at work; then a worker does it."""
	doc.db_set({"status": APPLYING, "applied_by": frappe.session.user})
	frappe.db.commit()
	applying.work(doc.name)
	doc.reload()
	if doc.status == APPLYING:
		applying.start(doc.name)


def results(doc: Document, count: int) -> list[dict[str, Any]]:
	"""What became of each of so many rows that were sent, by its number in the list; nothing while a worker is at it."""
	if doc.status not in (APPLIED, CHECKED):
		return []
	profile = profiles.named(doc.profile)
	below = 0 if profile.layout == MACHINE else 1
	# Of the pieces of work of a month the first one names the record.
	usual = INCLUDED if profile.row is Activity else UNCHANGED
	found = {number: {"row": number, "result": usual} for number in range(1, count + 1)}
	lines = frappe.get_all(
		IMPORT_LINE, {"mkd_import": doc.name}, ["row_no", "action", "document_type", "document_name"]
	)
	# What a row says besides comes first, so that the record which it is about is named.
	for line in sorted(lines, key=lambda line: line.document_type not in BESIDES):
		told = {"result": line.action, "doctype": line.document_type, "name": line.document_name}
		found[line.row_no - below].update(told)
	for row in rows_in(doc):
		told = {
			"result": REJECTED,
			"column": row.column,
			"kind": row.kind,
			"reason": row.reason,
			"advice": row.advice,
		}
		found[row.number - below].update(told)
	return list(found.values())
