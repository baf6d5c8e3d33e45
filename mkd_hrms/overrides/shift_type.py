"""The holiday list of a shift comes before that of whoever works in it (rule T3)."""

from mkd_hrms.facts.concerned import SHIFT_TYPE
from mkd_hrms.services.booked_days import new_calendars
from mkd_hrms.services.standing.changes_noted import concerns


def on_update(doc, method=None):
	before = doc.get_doc_before_save()
	if before and (before.holiday_list or doc.holiday_list) and doc.has_value_changed("holiday_list"):
		concerns(SHIFT_TYPE, doc.name)
		new_calendars.follow()
