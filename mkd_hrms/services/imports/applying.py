"""Applies a file, by a worker: some rows in one transaction, each with the line that remembers it.

What is stored is read anew before each set, so a run that was killed is simply run again: no row is stored twice, and none
is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from rq.timeouts import JobTimeoutException

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import strip_html

from mkd_hrms.constants import APPLIED, APPLYING, CHECKING, DRAFT, IMPORT, IMPORT_LINE, INTERRUPTED, UNDOING
from mkd_hrms.exchange.rejections import Wrong
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.imports import read_done
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.imports import actors, looking, undoing
from mkd_hrms.services.imports import opened as files
from mkd_hrms.services.imports.in_bulk import record_many
from mkd_hrms.services.imports.looking import COUNTS, Found, sets
from mkd_hrms.services.imports.opened import FileNotUsable
from mkd_hrms.services.imports.planning import plan
from mkd_hrms.services.imports.progress import show
from mkd_hrms.services.imports.recording import record
from mkd_hrms.services.imports.rejected_rows import RejectedRows
from mkd_hrms.services.imports.steps import CORRECTION, CREATED, UNCHANGED, UPDATED, Step
from mkd_hrms.services.imports.wanted import Wanted
from mkd_hrms.services.platform import locks
from mkd_hrms.services.platform.transactions import again_if_kept_out

# The actions of which each leaves a line.
WRITTEN = (CREATED, UPDATED, CORRECTION)
# What a document refuses is the row's fault; whatever else goes wrong is not.
REFUSALS = (frappe.ValidationError, frappe.PermissionError)


def start(name: str) -> None:
	"""Leave an import to a worker, once it is stored."""
	frappe.enqueue(
		"mkd_hrms.tasks.work_on_import",
		queue="long",
		timeout=7200,
		job_id=f"mkd_import::{name}",
		deduplicate=True,
		enqueue_after_commit=True,
		name=name,
	)


def start_unfinished() -> None:
	"""Whatever waits for another import of its company, or whose worker was killed."""
	for row in frappe.get_all(IMPORT, {"status": ("in", actors.AT_WORK)}, ["name", "company"]):
		if not locks.is_held(_lock(row.company)):
			start(row.name)


def work(name: str) -> None:
	"""Apply or undo an import, by its state; of one company one at a time."""
	company = frappe.db.get_value(IMPORT, name, "company")
	with locks.alone(_lock(company)) as mine:
		if not mine:
			return
		frappe.db.commit()
		doc = frappe.get_doc(IMPORT, name)
		try:
			_go_on(doc)
		except JobTimeoutException:
			raise
		except Exception as wrong:
			_interrupt(doc, wrong)
	start_unfinished()


def _go_on(doc: Document) -> None:
	"""What an import is at, for whoever asked for it. Raises FileNotUsable where he has no part in it any more."""
	if doc.status not in WORK:
		return
	asked_by, go_on = WORK[doc.status]
	if frappe.session.user != doc.get(asked_by):
		frappe.set_user(doc.get(asked_by))
	with _in_the_words_of(frappe.session.user):
		if reason := actors.stranger(doc, frappe.session.user):
			raise FileNotUsable(reason)
		go_on(doc)
	frappe.db.commit()


@contextmanager
def _in_the_words_of(user: str) -> Iterator[None]:
	"""A worker speaks the site's language; what is told of a file is read by whoever brought it."""
	before, frappe.local.lang = frappe.local.lang, files.reader_of(user).code
	try:
		yield
	finally:
		frappe.local.lang = before


def _lock(company: str) -> str:
	return f"imports {company}"


def _apply(doc: Document) -> None:
	reader = files.reader_of(frappe.session.user)
	found = Found(RejectedRows(reader))
	done, total = read_done(SiteDatabase(), doc.name), sum(doc.get(COUNTS[action]) for action in WRITTEN)
	looked_at = 0
	with files.opened(doc, frappe.session.user, found.rejected.add) as opened:
		for wanted in sets(opened):
			left = [each for each in wanted if (each.doctype, each.employee, each.detail) not in done]
			for step in _store(doc.name, left):
				found.add(step, opened.whose.names[step.wanted.employee])
			frappe.db.commit()
			looked_at += len(wanted)
			show(doc.name, looked_at, total + doc.unchanged_count)
		values = found.values(opened.reading.tally, reader)
	values |= {COUNTS[action]: _lines(doc.name, action) for action in WRITTEN}
	values |= {"status": APPLIED, "progress": 100, "applied_on": clock.now()}
	# The preview of what would become of the file is not that of a run that went on where another one had ended.
	values.pop("preview")
	doc.db_set({**values, "rejected_rows": found.rejected.attach(doc)}, notify=True)
	frappe.db.commit()


def _lines(name: str, action: str) -> int:
	return frappe.db.count(IMPORT_LINE, {"mkd_import": name, "action": action, "undone": 0})


def _store(name: str, wanted: Sequence[Wanted]) -> list[Step]:
	"""One set, in one transaction; what another one was in the way of is done again from its beginning."""
	return again_if_kept_out(partial(_store_once, name, wanted))


def _store_once(name: str, wanted: Sequence[Wanted]) -> list[Step]:
	steps = plan(wanted)
	stored = record_many(steps, name)
	return [step if place in stored else _done(name, step) for place, step in enumerate(steps)]


def _done(name: str, step: Step) -> Step:
	"""The step, or why the platform refuses what it would store."""
	if step.wrong or step.action == UNCHANGED:
		return step
	frappe.db.savepoint("mkd_import_row")
	try:
		record(step, name)
	except REFUSALS as wrong:
		frappe.db.rollback(save_point="mkd_import_row")
		said = strip_html(str(wrong)).strip() or type(wrong).__name__
		return Step(step.wanted, None, step.stored, Wrong("not_taken", step.wanted.who, said))
	finally:
		frappe.clear_messages()
	return step


# By the state of an import, who asked for it and what is done.
WORK = {
	CHECKING: ("checked_by", looking.check),
	APPLYING: ("applied_by", _apply),
	UNDOING: ("undone_by", undoing.undo),
}


def _went_wrong(state: str) -> str:
	if state == UNDOING:
		return _(
			"Something went wrong while the import was taken back: {0}. Undo again; it goes on from there."
		)
	return _("Something went wrong that is no fault of the file: {0}. Apply again; what is stored stays.")


def _interrupt(doc: Document, wrong: Exception) -> None:
	"""What is stored stays stored; the import says why it went no further."""
	traceback = frappe.get_traceback()
	frappe.db.rollback()
	if isinstance(wrong, FileNotUsable):
		said = str(wrong)
	else:
		log = frappe.log_error(f"MKD: {doc.name} was interrupted", traceback, IMPORT, doc.name)
		said = _went_wrong(doc.status).format(log.name)
	state = DRAFT if doc.status == CHECKING else INTERRUPTED
	doc.db_set({"status": state, "problems": said}, notify=True)
	frappe.db.commit()
