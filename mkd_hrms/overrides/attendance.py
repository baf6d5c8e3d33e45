"""A row that tells of an absence or of lateness counts for the standing, now or before the change."""

from mkd_hrms.facts.attendance import ABSENT, HALF_DAY
from mkd_hrms.facts.concerned import PERSON
from mkd_hrms.services.reevaluation import concerns


def on_change(doc, method=None):
	"""Also after `db_set`, by which the platform turns a row into leave or duty."""
	if doc.docstatus.is_draft():
		return
	before = doc.get_doc_before_save()
	if doc.docstatus.is_cancelled() or tells(doc) or (before and tells(before)):
		concerns(PERSON, doc.employee)


def tells(row):
	half = row.status == HALF_DAY and row.half_day_status == ABSENT
	return bool(row.status == ABSENT or half or row.late_entry or row.early_exit)
