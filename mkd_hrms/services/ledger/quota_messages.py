"""The weeks that hold no more days, in words (rule Q5)."""

from __future__ import annotations

from collections.abc import Iterable

from frappe import _
from frappe.utils import format_date

from mkd_hrms.policy.dates import week_days
from mkd_hrms.policy.quota import WeekUse


def quota_message(weeks: Iterable[WeekUse], deciding: bool = False) -> str:
	"""Each week into which the asked days do not fit (rule Q5), and what the applicant or whoever decides can do next."""
	advice = (
		_("Reject the request, or ask the employee to withdraw it and to apply for fewer days.")
		if deciding
		else _("Remove days from the weeks named here and save again; the request stays a draft.")
	)
	return "<br>".join([*week_lines(weeks), advice])


def week_lines(weeks: Iterable[WeekUse]) -> list[str]:
	"""Each week with its limit, used and asked days."""
	return [
		_("Week {0} ({1} to {2}): limit {3}, used {4}, asked {5}.").format(
			use.week,
			format_date(week_days(use.week)[0]),
			format_date(week_days(use.week)[-1]),
			use.limit,
			use.used,
			use.asked,
		)
		for use in weeks
	]
