"""The shipped profiles of the files of other systems, as rows."""

from mkd_hrms.services.imports import profiles


def sync():
	profiles.sync()
