"""A day that gave way to leave, trip or training, which is cancelled when the day is over or has begun (W10 and D6).

Nobody can apply for it any more. It had been approved, so it is open again as any day that has ended: its report may
still come, and without report and presence the superior is asked. Until he has decided, nobody is marked absent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html

from mkd_hrms.constants import APPROVED, COLLECTIVE_DAY, DAY, REQUEST, REVOKED
from mkd_hrms.facts.attendance.away import away_on
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.ended_days import DueDay, read_day
from mkd_hrms.facts.people import Person
from mkd_hrms.judging.application import limit_of_week
from mkd_hrms.policy.dates import iso_week
from mkd_hrms.policy.day.daily_report import grace_until
from mkd_hrms.policy.quota import free_slots, next_slots
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.calendar.outages import outages_of
from mkd_hrms.services.daily_reports import due_times
from mkd_hrms.services.ledger import booking, transitions
from mkd_hrms.services.people.approvers import approver_of
from mkd_hrms.services.people.availability import Situation, read_situation
from mkd_hrms.services.people.hr import deciders_of_hr
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.platform.announcements import Announcement, announce
from mkd_hrms.services.platform.wording import day_list
from mkd_hrms.services.policies.in_force import policy_by_day, policy_on
from mkd_hrms.services.workflow import system_moves

OPEN_AGAIN = "mkd_open_again"
STANDS = (APPROVED, REVOKED)


def open_again(document: Document, rows: Iterable[frappe._dict]) -> None:
	"""Open the days of some rows of the ledger, all of them over or begun, that had given way to a document.

	A day that was only applied for, or was suspended, was a day in the office and stays one.
	"""
	by_source = defaultdict(list)
	for row in rows:
		if not row.suspended_on:
			whose = row.employee if row.source_doctype == COLLECTIVE_DAY else ""
			by_source[row.source_doctype, row.source_name, whose].append(row)
	for key in sorted(by_source):
		doctype, name, _employee = key
		# The request before the person, as everybody else locks; a circular stays as it is.
		source = frappe.get_doc(doctype, name, for_update=doctype == REQUEST)
		if source.docstatus.is_submitted() and (doctype == COLLECTIVE_DAY or source.status in STANDS):
			_open_days(document, source, by_source[key])


def _open_days(document: Document, request: Document, rows: Collection[frappe._dict]) -> None:
	person = read_person(rows[0].employee)
	booking.lock_person(person.employee)
	opened, full = [], []
	for row in rows:
		around = read_situation(person, [row.mkd_date], clock.today())
		if away_on(around.away, row.mkd_date) or around.calendar.is_working(row.mkd_date) is not True:
			continue
		day = read_day(SiteDatabase(), row.name)
		(opened if _takes_a_place(day, row.limit_at_booking, around, request) else full).append(day)
	if opened:
		if request.get("status") == REVOKED:
			system_moves.write(request, {"status": APPROVED})
		_tell(document, request, person, opened)
	if full:
		_tell_hr(document, request, person, full)


def _takes_a_place(day: DueDay, limit_then: int, around: Situation, request: Document) -> bool:
	"""Give a day a place in its week again. False where the week holds what it may (rule Q1), or the date is used.

	A day by circular finds one in any week (rule W11).
	"""
	taken = {entry.slot for entry in around.used}
	if day.mkd_date in {entry.mkd_date for entry in around.used}:
		return False
	if request.doctype == COLLECTIVE_DAY:
		transitions.open_again(day, around.person.person, next_slots(taken, 1)[0], around.today)
		return True
	in_force, special = policy_by_day(day.company), bool(request.special_circumstances)
	limit = limit_of_week(around, iso_week(day.mkd_date), in_force, None, special)
	limit = limit_then if limit is None else min(limit, limit_then)
	free = free_slots(taken, limit)
	if len(around.used) >= limit or not free:
		return False
	transitions.open_again(day, around.person.person, free[0], around.today)
	return True


def _tell(document: Document, request: Document, person: Person, days: Collection[DueDay]) -> None:
	"""The employee is asked for his report; the superior, or HR, learns that he may be asked to decide."""
	dates, until = day_list(day.mkd_date for day in days), due_times.shown(_grace(person, days[0]))
	if request.doctype == REQUEST:
		line = _("{0} {1} was cancelled. Open again: {2}")
		request.add_comment("Info", line.format(*_named(document), dates))

	def ask(_in_mail: bool) -> tuple[str, str]:
		subject = _("MKD on {0} counts again").format(dates)
		text = _(
			"{0} {1} was cancelled, and MKD on {2} had given way to it. Hand in the report until {3}; without report and"
			" presence your superior is asked about your absence."
		)
		return subject, escape_html(text.format(*_named(document), dates, until))

	def foretell(_in_mail: bool) -> tuple[str, str]:
		subject = _("MKD of {0} on {1} counts again").format(person.employee_name, dates)
		text = _(
			"{0} {1} was cancelled, and MKD of {2} on {3} had given way to it. The report may come until {4}; without"
			" report and presence you are asked to confirm the absence or excuse it. Until then nobody is marked absent."
		)
		return subject, escape_html(text.format(*_named(document), person.employee_name, dates, until))

	about = _shown(request, days)
	announce(OPEN_AGAIN, DAY, Announcement((person.user,), *about, say=ask))
	announce(OPEN_AGAIN, DAY, Announcement(tuple(_deciders(person)), *about, say=foretell))


def _shown(request: Document, days: Collection[DueDay]) -> tuple[str, str]:
	"""The document that a notice opens: a circular is not for everybody, so it is the day then."""
	is_own = request.doctype == REQUEST
	return (REQUEST, request.name) if is_own else (DAY, next(iter(days)).name)


def _tell_hr(document: Document, request: Document, person: Person, days: Collection[DueDay]) -> None:
	"""A day without a place in its week is one in the office; whoever decides about him learns of it."""
	dates = day_list(day.mkd_date for day in days)

	def say(_in_mail: bool) -> tuple[str, str]:
		subject = _("MKD of {0} on {1} does not count again").format(person.employee_name, dates)
		text = _(
			"{0} {1} was cancelled, and MKD of {2} on {3} had given way to it. Its week has no place left, so it is a day in"
			" the office. HR corrects the attendance, if it is wrong."
		)
		return subject, escape_html(text.format(*_named(document), person.employee_name, dates))

	users = (person.user, *_deciders(person))
	announce(OPEN_AGAIN, DAY, Announcement(users, *_shown(request, days), say=say))


def _deciders(person: Person) -> list[str]:
	approver = approver_of(person)
	return [approver] if approver else deciders_of_hr(person.employee, DAY, but=[person.user])


def _named(document: Document) -> tuple[str, str]:
	return _(document.doctype), document.name


def _grace(person: Person, day: DueDay) -> datetime | None:
	"""Until when the report is taken: as if the day had been today."""
	today = clock.today()
	around = read_situation(person, [today], today)
	policy, mine = (
		policy_on(day.company, day.mkd_date),
		outages_of([day.employee], today).get(day.employee, ()),
	)
	return grace_until(policy, around.calendar, today, today + due_times.LOOK_AHEAD, mine)
