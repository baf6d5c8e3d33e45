"""The holiday list of a company is that of everybody in it who has none of his own."""

from mkd_hrms.services.booked_days import new_calendars
from mkd_hrms.services.standing.changes_noted import COMPANY, concerns


def on_update(doc, method=None):
	before = doc.get_doc_before_save()
	if before and before.default_holiday_list != doc.default_holiday_list:
		concerns(COMPANY, doc.name)
		new_calendars.follow(company=doc.name)
