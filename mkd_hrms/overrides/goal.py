"""A Goal whose progress follows verified MKD reports, and whom its progress concerns."""

from mkd_hrms.facts.concerned import PERSON
from mkd_hrms.services.performance import goal_progress
from mkd_hrms.services.platform import written_numbers
from mkd_hrms.services.standing.changes_noted import concerns

# What the goal score of an appraisal is made of.
COUNTS = "progress status appraisal_cycle kra parent_goal employee".split()


def before_validate(doc, method=None):
	written_numbers.read(doc)
	goal_progress.set_progress(doc)


def validate(doc, method=None):
	goal_progress.check_target(doc)


def on_change(doc, method=None):
	"""Frappe HR writes the new score into the appraisal without telling anybody."""
	before = doc.get_doc_before_save()
	if before is None or any(doc.has_value_changed(field) for field in COUNTS):
		_concerns(doc, before)


def after_delete(doc, method=None):
	_concerns(doc)


def _concerns(*versions):
	"""A goal outside any appraisal counts for nothing."""
	concerns(PERSON, *(version.employee for version in versions if version and version.appraisal_cycle))
