"""What surrounds an application: the person, his calendar, his leave, the days he uses. Read once per save."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mkd_hrms.facts.attendance.away import read_away
from mkd_hrms.facts.attendance.calendars import CalendarKey, calendar_key
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import widened
from mkd_hrms.facts.ledger.days import read_used_days
from mkd_hrms.facts.people import Person
from mkd_hrms.judging.availability import Availability, apart
from mkd_hrms.policy.dates import Calendar, iso_week, week_days
from mkd_hrms.policy.model import Policy
from mkd_hrms.services.calendar.holidays import calendars_of
from mkd_hrms.services.calendar.office_days import office_days_of
from mkd_hrms.services.policies.in_force import policy_on


@dataclass(frozen=True, slots=True)
class Situation(Availability):
	"""One person around some MKD dates, as known on `today`."""

	today: date
	calendars: dict[CalendarKey, Calendar]
	scope: Scope


def read_situation(person: Person, dates: Iterable[date], today: date) -> Situation:
	"""Everything around the dates, in two queries, or three of somebody who may have other Employee records.

	It holds for the whole ISO weeks that the dates touch.
	"""
	database = SiteDatabase()
	scope = widened(database, Scope(employees=(person.employee,)), {person.employee: person})
	weeks = sorted({iso_week(day) for day in dates})
	first, last = week_days(weeks[0])[0], week_days(weeks[-1])[-1]
	calendars = calendars_of(person)
	away, claims = apart(read_away(database, scope, first, last, claims=True).get(person.employee, ()))
	return Situation(
		person=person,
		today=today,
		calendar=calendars[calendar_key(person)],
		calendars=calendars,
		scope=scope,
		away=away,
		claims=claims,
		used=read_used_days(database, person.person, weeks),
		office_days=office_days_of(person, first, last),
	)


def policies_for(person: Person, dates: Iterable[date]) -> dict[date, Policy]:
	"""The policy of each date (rule P1). Raises NoPolicyInForce."""
	return {day: policy_on(person.company, day) for day in dates}
