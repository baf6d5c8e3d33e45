"""Whoever gets another calendar (rule W11): booked days that it declares off are given back, as after a new holiday.

Another list of the person, his company or his shift, another shift, other calendars in the settings. A day that is a
working day by now is applied for like any other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import frappe

from mkd_hrms.constants import DAY
from mkd_hrms.facts.attendance.calendars import calendar_key, read_calendars
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.days import UsedDay, read_used_ahead
from mkd_hrms.facts.people import read_people
from mkd_hrms.policy.dates import Calendar
from mkd_hrms.services.booked_days.superseding import AT_ONCE, GIVES_WAY_TO_HOLIDAY, give_back
from mkd_hrms.services.calendar import clock


def follow(employee: str | None = None, company: str | None = None) -> None:
	"""Look at the days ahead of somebody, of a company, or of everybody; a worker does where there are many.

	Raises ValidationError while a request of these days is being decided.
	"""
	filters = {"mkd_date": (">=", clock.today()), "status": ("in", GIVES_WAY_TO_HOLIDAY)}
	whose = {key: name for key, name in (("employee", employee), ("company", company)) if name}
	waiting = frappe.db.count(DAY, filters | whose)
	if waiting > AT_ONCE:
		job = "mkd_hrms.tasks.follow_calendars"
		frappe.enqueue(job, queue="long", enqueue_after_commit=True, **whose)
	elif waiting:
		give_way(**whose)


def give_way(employee: str | None = None, company: str | None = None) -> None:
	"""Give back the days from today on that are no working days any more; of many people one after the other.

	Raises ValidationError while a request of these days is being decided.
	"""
	database, today = SiteDatabase(), clock.today()
	used = read_used_ahead(database, today, GIVES_WAY_TO_HOLIDAY, employee, company)
	if not used:
		return
	people = read_people(database, Scope(employees=tuple(sorted(used))))
	last = max(days[-1].mkd_date for days in used.values())
	calendars = read_calendars(database, people.values(), today, last)
	for name, person in people.items():
		off = _off_by_list(calendars[calendar_key(person)], used[name])
		for holiday_list, days in off.items():
			document = frappe._dict(doctype="Holiday List", name=holiday_list)
			give_back(name, days, document, GIVES_WAY_TO_HOLIDAY)
		if off and len(used) > AT_ONCE:
			frappe.db.commit()


def _off_by_list(calendar: Calendar, days: Iterable[UsedDay]) -> dict[str, list[UsedDay]]:
	"""The days off, by the holiday list that says so. What no list covers is not known, and stays."""
	off: dict[str, list[UsedDay]] = defaultdict(list)
	for day in days:
		if calendar.is_working(day.mkd_date) is False:
			off[calendar.list_on(day.mkd_date).name].append(day)
	return off
