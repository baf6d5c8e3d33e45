"""What the scheduler calls: one line each."""

from mkd_hrms.services import endings


def expire_undecided():
	endings.expire_undecided()
