"""Leave, trips, training and holidays come before MKD (rules W10, W11): a day gives way, and its quota comes back.

Nothing comes back by itself: when the leave is cancelled, the employee and his superior are asked about the days to
come; a day that is over by then is open again (opening_again.py).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.desk.form import assign_to
from frappe.model.document import Document

from mkd_hrms.constants import (
	APPROVED,
	COLLECTIVE_DAY,
	DAY,
	EXPIRED,
	NO_SHOW,
	PENDING,
	RELEASED,
	REQUEST,
	REVOKED,
	SUSPENDED,
)
from mkd_hrms.facts.attendance.away import Away, away_on, read_away
from mkd_hrms.facts.attendance.calendars import calendar_key, read_calendars
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import with_other_records
from mkd_hrms.facts.ledger.days import UsedDay, read_days_of, read_used_between
from mkd_hrms.facts.people import read_people
from mkd_hrms.facts.users import user_of
from mkd_hrms.services.attendance import writer
from mkd_hrms.services.booked_days.opening_again import open_again
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.daily_reports import missing
from mkd_hrms.services.ledger import booking, transitions
from mkd_hrms.services.people import assignments
from mkd_hrms.services.platform.wording import day_list
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.services.workflow import system_moves

# Whoever worked was not away: such a day stays as it is, and Frappe HR refuses leave over its attendance.
GIVES_WAY = (PENDING, APPROVED, SUSPENDED, NO_SHOW)
# A holiday that is added afterwards changes no day that is over.
GIVES_WAY_TO_HOLIDAY = (PENDING, APPROVED, SUSPENDED)
# So many days are given back while the holiday list is being saved; more are left to a job.
AT_ONCE = 50


def give_way_to(document: Document, employees: Collection[str], since: date, until: date) -> None:
	"""Give back the MKD days on which a document that has just been approved takes somebody away for the whole day.

	Whoever is away is so by all his Employee records: days booked through another one of the same NIP give way, too.
	Raises ValidationError while a request of these days is being decided.
	"""
	if not employees:
		return
	database = SiteDatabase()
	scope = with_other_records(database, employees)
	used = read_used_between(database, scope, since, until, GIVES_WAY)
	if not used:
		return
	away = _periods_of(document, read_away(database, scope, since, until))
	for employee in sorted(used):
		periods = tuple(period for owner in scope.owners(employee) for period in away.get(owner, ()))
		give_back(
			employee, [day for day in used[employee] if away_on(periods, day.mkd_date)], document, GIVES_WAY
		)


def _periods_of(document: Document, away: Mapping[str, tuple[Away, ...]]) -> dict[str, tuple[Away, ...]]:
	return {
		employee: tuple(
			entry for entry in periods if (entry.kind, entry.record) == (document.doctype, document.name)
		)
		for employee, periods in away.items()
	}


def give_way_to_holidays(holiday_list: str, dates: Iterable[date]) -> None:
	"""Give back the MKD days that have become holidays of their people; of many, one person after the other.

	Raises ValidationError while a request of these days is being decided.
	"""
	document, wanted = frappe.get_doc("Holiday List", holiday_list), sorted(dates)
	found = _days_that_became_holidays(wanted)
	for employee, days in found.items():
		give_back(employee, days, document, GIVES_WAY_TO_HOLIDAY)
		if len(found) > AT_ONCE:
			frappe.db.commit()


def holidays_added(document: Document) -> list[date]:
	"""The dates from today on that a holiday list has now and did not have before it was saved."""
	before = document.get_doc_before_save()
	known = {str(row.holiday_date) for row in before.holidays} if before else set()
	today = clock.today()
	dates = {frappe.utils.getdate(row.holiday_date) for row in document.holidays}
	return sorted(day for day in dates if day >= today and str(day) not in known)


def count_used_on(dates: Collection[date]) -> int:
	"""How many MKD days would have to be looked at."""
	return frappe.db.count(DAY, {"mkd_date": ("in", list(dates)), "status": ("in", GIVES_WAY_TO_HOLIDAY)})


def _days_that_became_holidays(dates: list[date]) -> dict[str, list[UsedDay]]:
	"""By employee: a list is the calendar of some people only, and on a date that another one covers of nobody."""
	database = SiteDatabase()
	used = read_used_between(database, None, dates[0], dates[-1], GIVES_WAY_TO_HOLIDAY)
	if not used:
		return {}
	people = read_people(database, Scope(employees=tuple(sorted(used))))
	calendars = read_calendars(database, people.values(), dates[0], dates[-1])
	found = {}
	for employee, person in people.items():
		calendar = calendars[calendar_key(person)]
		days = [day for day in used[employee] if calendar.is_working(day.mkd_date) is False]
		if days := [day for day in days if day.mkd_date in set(dates)]:
			found[employee] = days
	return found


def give_back(
	employee: str, days: Collection[UsedDay], document: Document | frappe._dict, states: tuple[str, ...]
) -> None:
	"""Give days back to the week, close the requests that have none left, and say so where it is read.

	Raises ValidationError while a request of these days is being decided.
	"""
	if not days:
		return
	requests = _locked({day.source_name for day in days if day.source_doctype == REQUEST})
	booking.lock_person(employee)
	reason = _("Superseded by {0} {1}").format(_(document.doctype), document.name)
	transitions.release(days, reason, from_states=states, by=document)
	missing.take_back((day.name for day in days), reason)
	writer.undo(day.name for day in days)
	assignments.close_questions(day.name for day in days)
	for request in requests:
		own = [day.mkd_date for day in days if day.source_name == request.name]
		if not read_days_of(SiteDatabase(), REQUEST, request.name):
			system_moves.move(request, {"status": REVOKED if request.docstatus.is_submitted() else EXPIRED})
		request.add_comment("Info", _("{0}: {1}").format(reason, day_list(own)))
	frappe.msgprint(
		_("{0} takes precedence: the MKD days of {1} were given back to the weekly quota: {2}.").format(
			_(document.doctype), employee, day_list(day.mkd_date for day in days)
		),
		alert=True,
	)


def _locked(names: Iterable[str]) -> list:
	"""The requests, locked before the person, as everybody else does."""
	return _or_say_that_it_is_decided(
		lambda: [frappe.get_doc(REQUEST, name, for_update=True) for name in sorted(names)]
	)


def _or_say_that_it_is_decided(work: Callable[[], Any]) -> Any:
	"""A strict MariaDB may refuse to lock a request that somebody decides, with an error."""
	try:
		return work()
	except frappe.QueryDeadlockError:
		pass
	frappe.throw(_("An MKD request of these days is being decided at this moment. Save again."))


def ask_again(document: Document) -> None:
	"""After a cancellation: ask the employee and his superior about the days to come that had given way.

	Nothing of these is restored: the place in the week may be somebody else's plan by now, and nobody has said that he
	still wants to work away. A day that has begun can no longer be applied for: like one that is over it is open again.
	Raises ValidationError while a request of these days is being decided.
	"""
	rows = frappe.get_all(
		DAY,
		filters={
			"superseded_by": document.name,
			"superseded_by_doctype": document.doctype,
			"source_doctype": ("in", (REQUEST, COLLECTIVE_DAY)),
			"status": RELEASED,
		},
		fields="name employee company source_doctype source_name mkd_date limit_at_booking suspended_on".split(),
		order_by="mkd_date",
	)
	begun, by_request = [row for row in rows if _has_begun(row)], {}
	_or_say_that_it_is_decided(lambda: open_again(document, begun))
	# What a circular gave and lies ahead it gives again by itself.
	for row in (row for row in rows if row not in begun and row.source_doctype == REQUEST):
		by_request.setdefault(row.source_name, []).append(row.mkd_date)
	for name, dates in by_request.items():
		_ask(document, name, dates)


def _has_begun(row: frappe._dict) -> bool:
	now = clock.now()
	if row.mkd_date != now.date():
		return row.mkd_date < now.date()
	return now.time() >= policy_on(row.company, row.mkd_date).expiry_time


def _ask(document: Document, name: str, dates: list[date]) -> None:
	employee, approver = frappe.db.get_value(REQUEST, name, ["employee", "approver"])
	user = user_of(employee)
	question = _(
		"{0} {1} was cancelled. MKD on {2} had given way to it and was not restored. Agree whether it is still wanted; the employee applies again."
	).format(_(document.doctype), document.name, day_list(dates))
	asked = {
		"doctype": REQUEST,
		"name": name,
		"assign_to": sorted({person for person in (user, approver) if person}),
		"description": frappe.utils.escape_html(question),
	}
	if asked["assign_to"]:
		assign_to.add(asked, ignore_permissions=True)
