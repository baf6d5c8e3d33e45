"""Feedback counts in the score of an appraisal."""

from mkd_hrms.services.standing.changes_noted import concerns_employee


def on_change(doc, method=None):
	concerns_employee(doc)
