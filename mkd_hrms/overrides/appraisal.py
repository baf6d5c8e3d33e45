"""An appraisal is a result by which somebody is judged."""

from mkd_hrms.services.standing.changes_noted import concerns_employee


def on_change(doc, method=None):
	concerns_employee(doc)
