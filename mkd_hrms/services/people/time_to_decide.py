"""Until when somebody decides about an application before it is passed on (rule W4)."""

from __future__ import annotations

from datetime import date, timedelta

from frappe.model.document import Document

from mkd_hrms.facts.attendance.calendars import calendar_key
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.dates import Calendar, later, workday_after
from mkd_hrms.policy.model import Policy
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.calendar.holidays import calendars_of
from mkd_hrms.services.policies.in_force import submitted_policies

# Holidays in a row that may lie before the next working days.
LOOK_AHEAD = timedelta(days=45)
NOT_PASSED_ON = {"escalated_on": None, "escalated_to": None, "escalated_to_name": None, "escalated_to_hr": 0}


def last_day(policy: Policy, calendar: Calendar, since: date) -> date | None:
	"""The last of the working days in which to decide; None where the policy sets no time.

	Where no holiday list reaches, Monday to Friday count: an application is passed on a day early rather than never.
	"""
	days, until = policy.approval_sla_days, later(since, LOOK_AHEAD)
	return workday_after(calendar, since, days, until, assumes_weekdays=True) if days else None


def last_day_from_today(request: Document, person: Person) -> date | None:
	"""Until when whoever is asked today decides, by the policy of the application and the applicant's calendar."""
	policy = policy_of(request)
	return last_day(policy, calendars_of(person)[calendar_key(person)], clock.today()) if policy else None


def policy_of(request: Document) -> Policy | None:
	"""The policy by which an application was received."""
	return next((entry for entry in submitted_policies() if entry.name == request.policy), None)
