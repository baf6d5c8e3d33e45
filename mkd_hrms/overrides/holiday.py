"""A single day of a holiday list, where it is written without its list."""

from mkd_hrms.services import calendars


def on_update(doc, method=None):
	calendars.forget()


def on_trash(doc, method=None):
	calendars.forget()


def after_rename(doc, method, old, new, merge=False):
	calendars.forget()
