"""Attendance: every row that is stored meets the MKD day of its date, and one that tells of something counts at once."""

from mkd_hrms.facts.concerned import PERSON
from mkd_hrms.services.attendance import writer
from mkd_hrms.services.standing.changes_noted import concerns


def before_insert(doc, method=None):
	# Before the row gets its number: auto attendance asks for each such day at each of its runs.
	writer.refuse_unconfirmed_absence(doc)


def before_validate(doc, method=None):
	writer.follow(doc)


def on_submit(doc, method=None):
	writer.link(doc)


def on_cancel(doc, method=None):
	writer.unlink(doc)


def on_change(doc, method=None):
	"""Also after `db_set`, by which the platform turns a row into leave or duty."""
	if doc.docstatus.is_draft():
		return
	before = doc.get_doc_before_save()
	if doc.docstatus.is_cancelled() or writer.tells(doc) or (before and writer.tells(before)):
		concerns(PERSON, doc.employee)
