"""What follows from a daily report beyond its own form."""

from mkd_hrms.services import goals


def on_change(doc, method=None):
	goals.report_changed(doc)
