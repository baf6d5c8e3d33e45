"""The transactions of a company are cleared away, and MKD with what rests on it stays."""

from mkd_hrms.services.renames import companies


def before_submit(doc, method=None):
	companies.before_clearing(doc)
