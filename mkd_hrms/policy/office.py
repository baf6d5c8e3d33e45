"""Who comes to the office on his MKD day after all (rule D1). The day and the moment are arguments."""

from __future__ import annotations

from datetime import date, datetime

from mkd_hrms.policy.model import Policy


def may_give_back(policy: Policy, day: date, at: datetime) -> bool:
	"""On the day itself, before the policy's time of day."""
	return at.date() == day and at.time() < policy.release_until_time
