"""Writes what an export asks for, by a worker, in the name and the language of whoever asked.

A run that was killed is simply run again: a file appears when it is whole.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from rq.timeouts import JobTimeoutException

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.translate import get_user_lang, print_language

from mkd_hrms.constants import COMPLETED, EXPORT, RUN_FAILED, RUNNING, WAITING
from mkd_hrms.exchange.stored import Told
from mkd_hrms.exchange.writing import CannotWrite
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.exports import actors, asked, evaluation, keeping, open_tables, profiled, recaps
from mkd_hrms.services.exports.asked import BY_PROFILE, EVALUATION, RECAP, TABLES, Asked
from mkd_hrms.services.imports.opened import reader_of
from mkd_hrms.services.platform import locks
from mkd_hrms.services.privacy import access_log

EXPORTED = "Export"
NAMES = {RECAP: "rekap", EVALUATION: "evaluasi", TABLES: "tabel"}


def start(name: str) -> None:
	"""Leave an export to a worker, once it is stored."""
	frappe.enqueue(
		"mkd_hrms.tasks.write_export",
		queue="long",
		timeout=7200,
		job_id=f"mkd_export::{name}",
		deduplicate=True,
		enqueue_after_commit=True,
		name=name,
	)


def start_unfinished() -> None:
	"""Whatever still waits, or whose worker was killed."""
	for name in frappe.get_all(EXPORT, {"status": ("in", (WAITING, RUNNING))}, pluck="name"):
		if not locks.is_held(_lock(name)):
			start(name)


def work(name: str) -> None:
	"""Write the file of an export; of one that is written, or has gone, nothing."""
	with locks.alone(_lock(name)) as mine:
		if not mine or frappe.db.get_value(EXPORT, name, "status") not in (WAITING, RUNNING):
			return
		doc = frappe.get_doc(EXPORT, name)
		if frappe.session.user != doc.owner:
			frappe.set_user(doc.owner)
		doc.db_set("status", RUNNING, notify=True)
		frappe.db.commit()
		try:
			with print_language(get_user_lang(doc.owner)):
				_write(doc)
		except JobTimeoutException:
			raise
		except Exception as wrong:
			_fail(doc, wrong)
		frappe.db.commit()


def _lock(name: str) -> str:
	return f"export {name}"


def _write(doc: Document) -> None:
	if reason := actors.refusal(doc, doc.owner):
		raise frappe.PermissionError(reason)
	wanted, told = asked.of(doc, doc.owner), Told()
	with tempfile.TemporaryDirectory() as folder:
		path = Path(folder) / "written"
		lines = _written(doc, wanted, path, told)
		url = keeping.attach(doc, path, _name(wanted)) if path.exists() else None
	lines += told.lines(reader_of(doc.owner))
	if not url:
		lines.insert(0, _("Nothing is recorded of these people in this period."))
	_log(doc, wanted)
	values = {"status": COMPLETED, "finished_on": clock.now(), "written_file": url}
	doc.db_set({**values, "row_count": told.rows, "problems": "\n".join(lines) or None}, notify=True)


def _written(doc: Document, wanted: Asked, path: Path, told: Told) -> list[str]:
	"""Write the file, and say what is to be told of it. Raises CannotWrite and OSError."""
	if wanted.kind == BY_PROFILE:
		return profiled.write(wanted, path, told)
	if wanted.kind == EVALUATION:
		evaluation.write(wanted, doc.department, path, told)
	else:
		{RECAP: recaps.write, TABLES: open_tables.write}[wanted.kind](wanted, path, told)
	return []


def _name(wanted: Asked) -> str:
	name, ending = NAMES.get(wanted.kind), (wanted.form or "").lower()
	if wanted.kind == BY_PROFILE:
		name, ending = wanted.profile.name, wanted.profile.writes
	elif wanted.kind == TABLES:
		ending = "zip"
	return f"{name}-{wanted.since}-{wanted.until}.{ending}"


def _log(doc: Document, wanted: Asked) -> None:
	"""What left the site, as the platform logs its own exports: a line for each kind of record."""
	for doctype in wanted.records:
		access_log.note(doctype, EXPORTED, doc.name)


def _fail(doc: Document, wrong: Exception) -> None:
	"""The export says why there is no file."""
	traceback = frappe.get_traceback()
	frappe.db.rollback()
	if isinstance(wrong, CannotWrite):
		said = wrong.told(reader_of(doc.owner))
	elif isinstance(wrong, frappe.ValidationError | frappe.PermissionError):
		said = str(wrong)
	else:
		log = frappe.log_error(f"MKD: {doc.name} was not written", traceback, EXPORT, doc.name)
		said = _("Something went wrong: {0}. Ask for it again.").format(log.name)
	doc.db_set({"status": RUN_FAILED, "problems": said}, notify=True)
