"""Another shift is another calendar, where shifts have holiday lists of their own (rule T3)."""

from mkd_hrms.facts.concerned import PERSON
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.shift_lists import has_lists
from mkd_hrms.services.booked_days import new_calendars
from mkd_hrms.services.standing.changes_noted import concerns


def on_change(doc, method=None):
	if not doc.docstatus.is_draft() and has_lists(SiteDatabase()):
		concerns(PERSON, doc.employee)
		new_calendars.follow(employee=doc.employee)
