"""How long a day is to be worked (rule D7). It is a measure that is shown, never a reason to refuse."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from mkd_hrms.policy.dates import FRIDAY
from mkd_hrms.policy.model import Hours, Policy


def hours_on(policy: Policy, day: date) -> Hours | None:
	"""The working hours that hold on a day: of those that cover it, the ones that began last. Ramadan has its own."""
	covering = (row for row in policy.working_hours if row.from_date <= day <= (row.to_date or date.max))
	return max(covering, key=lambda row: row.from_date, default=None)


def target_minutes(policy: Policy, day: date, shift_minutes: int | None = None) -> int | None:
	"""The minutes of one day: the week's share, and no more than the shift of that date leaves after its break.

	None where the policy says nothing about the day.
	"""
	hours = hours_on(policy, day)
	if not hours:
		return None
	share = hours.week_minutes // max(hours.working_days, 1)
	if shift_minutes is None:
		return share
	return max(min(share, shift_minutes - _pause(hours, day)), 0)


def working_time(policy: Policy, day: date) -> tuple[datetime, datetime]:
	"""From the hour at which a working day begins, so long as the day's share and its break take."""
	begins, hours = datetime.combine(day, policy.expiry_time), hours_on(policy, day)
	if not hours:
		return begins, datetime.combine(day, policy.report_due_time)
	return begins, begins + timedelta(minutes=(target_minutes(policy, day) or 0) + _pause(hours, day))


def _pause(hours: Hours, day: date) -> int:
	"""The minutes of the break."""
	return hours.friday_break_minutes if day.isoweekday() == FRIDAY else hours.break_minutes
