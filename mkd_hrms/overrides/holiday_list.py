"""A new holiday frees the MKD days on its date (rule W11), and one more or less changes what an absence is."""

import frappe

from mkd_hrms.facts.concerned import HOLIDAY_LIST
from mkd_hrms.services.booked_days import new_calendars, superseding
from mkd_hrms.services.calendar import holidays
from mkd_hrms.services.renames import holiday_lists
from mkd_hrms.services.renames.refusals import told_to_writers
from mkd_hrms.services.standing.changes_noted import concerns


def on_update(doc, method=None):
	holidays.forget()
	before = doc.get_doc_before_save()
	if before and says(doc) != says(before):
		concerns(HOLIDAY_LIST, doc.name)
	if before and covers(doc) != covers(before):
		# On a date that it does not cover any more, or covers from now on, another list has its say.
		new_calendars.follow()
	give_way(doc, superseding.holidays_added(doc))


def give_way(doc, dates):
	waiting = superseding.count_used_on(dates) if dates else 0
	if waiting > superseding.AT_ONCE:
		frappe.enqueue(
			"mkd_hrms.tasks.give_way_to_holidays",
			queue="long",
			enqueue_after_commit=True,
			holiday_list=doc.name,
			dates=dates,
		)
	elif waiting:
		superseding.give_way_to_holidays(doc.name, dates)


def on_trash(doc, method=None):
	holidays.forget()


def before_rename(doc, method, old, new, merge=False):
	if merge:
		with told_to_writers(doc.doctype, old, new):
			holiday_lists.before_merge(old, new)


def after_rename(doc, method, old, new, merge=False):
	"""Whoever had the list that goes has the holidays of the other one now."""
	holidays.forget()
	if merge:
		concerns(HOLIDAY_LIST, doc.name)
		give_way(doc, superseding.holidays_added(doc))


def says(doc):
	return covers(doc), {str(row.holiday_date) for row in doc.holidays}


def covers(doc):
	return str(doc.from_date), str(doc.to_date)
