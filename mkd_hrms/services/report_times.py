"""The due times of a daily report, by the person's own calendar and after the outages that concern him (D4, D5, D11)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import frappe
from frappe import _
from frappe.utils import format_datetime

from mkd_hrms.facts.attendance.calendars import calendar_key, read_calendars
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.dates import Calendar
from mkd_hrms.policy.day.daily_report import Timing, grace_until, last_minute, timing
from mkd_hrms.policy.model import Policy
from mkd_hrms.services import clock
from mkd_hrms.services.outages import outages_of
from mkd_hrms.services.policies import policy_on

# Holidays in a row that may lie between a day and the next working days.
LOOK_AHEAD = timedelta(days=45)


def stands(person: Person, day: date) -> Timing:
	"""How the report of a day stands now."""
	outages = outages_of([person.employee], day).get(person.employee, ())
	return timing(policy_on(person.company, day), calendar_of(person, day), day, clock.now(), outages)


def grace(person: Person, day: date) -> datetime | None:
	"""Until when the report of a day is taken."""
	outages = outages_of([person.employee], day).get(person.employee, ())
	until = clock.today() + LOOK_AHEAD
	return grace_until(policy_on(person.company, day), calendar_of(person, day), day, until, outages)


def due_after(person: Person, policy: Policy, since: date, days: int) -> datetime | None:
	"""The last minute of so many working days after a day; outages are counted when somebody asks whether it is over."""
	return last_minute(policy, calendar_of(person, since), since, days, since + LOOK_AHEAD)


def calendar_of(person: Person, day: date) -> Calendar:
	calendars = read_calendars(SiteDatabase(), [person], day, max(clock.today(), day) + LOOK_AHEAD)
	return calendars[calendar_key(person)]


def shown(moment: datetime | None) -> str:
	return format_datetime(moment, "dd-MM-yyyy HH:mm") if moment else _("not known")


def is_over(moment: datetime | str | None) -> bool:
	"""Whether the minute is over; what nobody knows is not."""
	if not moment:
		return False
	last = frappe.utils.get_datetime(moment).replace(second=0, microsecond=0)
	return last + timedelta(minutes=1) <= clock.now()
