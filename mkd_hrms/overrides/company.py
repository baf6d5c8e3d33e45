"""A company: whose holiday list it gives, and what of ours bears its name."""

from mkd_hrms.services.booked_days import new_calendars
from mkd_hrms.services.renames import companies
from mkd_hrms.services.renames.refusals import told_to_writers
from mkd_hrms.services.standing.changes_noted import COMPANY, concerns


def on_update(doc, method=None):
	"""The holiday list of a company is that of everybody in it who has none of his own."""
	before = doc.get_doc_before_save()
	if before and before.default_holiday_list != doc.default_holiday_list:
		concerns(COMPANY, doc.name)
		new_calendars.follow(company=doc.name)


def before_rename(doc, method, old, new, merge=False):
	if merge:
		with told_to_writers(doc.doctype, old, new):
			companies.before_merge(old, new)
	companies.before_rename(new)


def on_trash(doc, method=None):
	companies.on_trash(doc)
