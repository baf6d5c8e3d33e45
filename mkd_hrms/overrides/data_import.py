"""A file with unclear numbers is refused before a row of it is read."""

from mkd_hrms.services.platform import numbers_in_files


def validate(doc, method=None):
	numbers_in_files.look_at_import(doc)
