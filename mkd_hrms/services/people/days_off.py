"""What a calendar shows somebody of his own days off: the holidays of his list, and his leave or duty elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from frappe import _
from frappe.utils import escape_html, strip_html

from mkd_hrms.constants import DAY
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.dates import days_between
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.people.availability import read_situation

HOLIDAY, AWAY = "pink", "purple"


def events(person: Person, since: date, until: date) -> list[dict]:
	"""From since to until, both included; a date off each week is left out, because a calendar shows weekends anyway."""
	situation = read_situation(person, (since, until), clock.today())
	return [*_holidays(situation, since, until), *_away(situation, since, until)]


def _holidays(situation, since: date, until: date) -> Iterator[dict]:
	for day in days_between(since, until):
		if day.isoweekday() < 6 and situation.calendar.is_working(day) is False:
			name = strip_html(situation.calendar.holiday(day) or "") or _("Holiday")
			yield _event(day, day, name, HOLIDAY)


def _away(situation, since: date, until: date) -> Iterator[dict]:
	for period in situation.away:
		if period.since <= until and since <= period.until:
			kind = _("Leave", context=DAY) if period.kind == "Leave Application" else _("Official duty")
			yield _event(period.since, period.until, kind, AWAY)


def _event(since: date, until: date, title: str, color: str) -> dict:
	# A calendar takes a title for HTML.
	return {"start": since, "end": until, "title": escape_html(title), "color": color, "off": 1}
