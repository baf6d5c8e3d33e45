"""Attendance: every row that is stored meets the MKD day of its date."""

from mkd_hrms.services import attendance


def before_insert(doc, method=None):
	# Before the row gets its number: auto attendance asks for each such day at each of its runs.
	attendance.refuse_unconfirmed_absence(doc)


def before_validate(doc, method=None):
	attendance.follow(doc)


def on_submit(doc, method=None):
	attendance.link(doc)


def on_cancel(doc, method=None):
	attendance.unlink(doc)
