"""Sentences about days and weeks that more than one service says: what, which number, what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from frappe import _
from frappe.utils import format_date

from mkd_hrms.policy.dates import week_days
from mkd_hrms.policy.quota import WeekUse


def as_text(typed: str) -> str:
	"""What somebody typed, for a column that is written past the platform, whose forms show a long text as HTML."""
	return typed.strip().replace("<", "&lt;")


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


def day_list(days: Iterable[date]) -> str:
	"""Dates in the reader's format, in order."""
	return ", ".join(format_date(day) for day in sorted(days))
