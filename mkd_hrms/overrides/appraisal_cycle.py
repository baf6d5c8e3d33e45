"""The dates of a cycle say from when on and how long its results count."""

from mkd_hrms.facts.concerned import CYCLE
from mkd_hrms.services.standing.changes_noted import concerns


def on_update(doc, method=None):
	"""A new cycle has no results yet."""
	before = doc.get_doc_before_save()
	if before and (doc.has_value_changed("start_date") or doc.has_value_changed("end_date")):
		concerns(CYCLE, doc.name)
