"""Tells of a weekly pattern that pauses, goes on or ends: the employee and his superior (rule W2).

Why it pauses is for the employee; his superior reads that it does (rule P3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from frappe import _
from frappe.utils import escape_html, format_date

from mkd_hrms.constants import REQUEST
from mkd_hrms.policy.model import Verdict
from mkd_hrms.services.decisions import reasons
from mkd_hrms.services.platform.announcements import Announcement, announce
from mkd_hrms.services.platform.wording import day_list

if TYPE_CHECKING:
	from mkd_hrms.services.requests.case import RequestCase

# Why a pattern ends before its last date.
LEFT, MOVED = "Left", "Moved"


def tell_paused(case: RequestCase) -> None:
	"""Once, with the reasons for the employee alone."""
	name, since = case.request.name, case.today
	_tell([case.person.user], case, lambda: (_paused(case), _why(name)))
	_tell([case.approver], case, lambda: (_paused(case), _("Paused since {0}.").format(format_date(since))))


def tell_resumed(case: RequestCase) -> None:
	"""Once, when the conditions are met again."""

	def say():
		subject = _("The weekly pattern of {0} goes on").format(case.person.employee_name)
		return subject, _("The conditions are met again. Dates that are over by now are not made up for.")

	_tell([case.person.user, case.approver], case, say)


def tell_ended(case: RequestCase, reason: str) -> None:
	"""Why no more days follow, and what to do for more."""

	def say():
		subject = _("The weekly pattern of {0} has ended").format(case.person.employee_name)
		if reason == LEFT:
			return subject, _("The employee has left; no more days follow.")
		return subject, _(
			"The employee is in another unit now, and who approved the pattern no longer decides. Days that are booked stay"
			" until they are judged again; for more, apply anew."
		)

	_tell([case.person.user, case.approver], case, say)


def tell_skipped(case: RequestCase, days: Iterable[date]) -> None:
	"""Days of the pattern for which there was no room: they are days in the office."""
	when = list(days)

	def say():
		subject = _("Days of your weekly pattern were skipped: {0}").format(day_list(when))
		return subject, _("There was no room for them, so they are days in the office. The pattern goes on.")

	_tell([case.person.user], case, say)


def _paused(case: RequestCase) -> str:
	return _("The weekly pattern of {0} pauses").format(case.person.employee_name)


def _why(request: str) -> str:
	evaluations = reasons.last_findings(REQUEST, request)
	found = reasons.told(evaluations, (Verdict.FAIL, Verdict.UNKNOWN))
	lines = dict.fromkeys(
		f"{entry['gate']}: {entry['sentence']} {entry['next_step'] or ''}".strip() for entry in found
	)
	told = "".join(f"<li>{escape_html(line)}</li>" for line in lines)
	closing = _(
		"No new days are booked until the conditions are met again; then the pattern goes on by itself."
	)
	return f"<ul>{told}</ul><p>{closing}</p>"


def _tell(users: Iterable[str | None], case: RequestCase, say: Callable[[], tuple[str, str]]) -> None:
	def as_html(_in_mail: bool) -> tuple[str, str]:
		subject, text = say()
		return subject, text if text.startswith("<") else f"<p>{text}</p>"

	told = Announcement(tuple(users), REQUEST, case.request.name, say=as_html)
	announce("mkd_pattern_changed", REQUEST, told)
