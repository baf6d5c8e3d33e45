"""A single day of a holiday list, where it is written without its list."""

from mkd_hrms.services.calendar import holidays


def on_update(doc, method=None):
	holidays.forget()


def on_trash(doc, method=None):
	holidays.forget()


def after_rename(doc, method, old, new, merge=False):
	holidays.forget()
