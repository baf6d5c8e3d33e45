"""The weeks that hold no more days, in words (rule Q5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import frappe
from frappe import _
from frappe.utils import format_date

from mkd_hrms.facts.ledger.days import PlacedDay
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
	"""Each week with its limit, used and asked days, and how many of the used ones are by circular."""
	return [_week_line(use) for use in weeks]


def _week_line(use: WeekUse) -> str:
	days = week_days(use.week)
	shown = (use.week, format_date(days[0]), format_date(days[-1]), use.limit, use.used, use.asked)
	if not use.collective:
		return _("Week {0} ({1} to {2}): limit {3}, used {4}, asked {5}.").format(*shown)
	line = _("Week {0} ({1} to {2}): limit {3}, used {4} ({6} of them by circular), asked {5}.")
	return line.format(*shown, use.collective)


def overfull_message(person: str, week: str, limit: int, days: Collection[PlacedDay]) -> str:
	"""A week that would hold too many days of one person once they are counted together (rules Q1, Q6)."""
	return _(
		"{0} would use {1} MKD days in week {2} ({3} to {4}), and the week holds {5}: {6}. Withdraw {7} of them first;"
		" a day that has begun stays used, and then the records stay apart."
	).format(
		frappe.bold(person),
		len(days),
		week,
		format_date(week_days(week)[0]),
		format_date(week_days(week)[-1]),
		limit,
		_of_requests(days),
		len(days) - limit,
	)


def date_twice_message(person: str, days: Collection[PlacedDay]) -> str:
	"""A date that one person would use twice (rule Q6)."""
	return _(
		"{0} would use one date twice: {1}. Withdraw one of them first; a day that has begun stays used, and then the"
		" records stay apart."
	).format(frappe.bold(person), _of_requests(days))


def _of_requests(days: Iterable[PlacedDay]) -> str:
	return ", ".join(f"{format_date(day.mkd_date)} ({day.employee}, {day.source_name})" for day in days)
