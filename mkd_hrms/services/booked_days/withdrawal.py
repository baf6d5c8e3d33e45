"""How the days of a request end before they are worked: given back, revoked, or expired undecided."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from mkd_hrms.constants import (
	APPROVED,
	COLLECTIVE_DAY,
	DAY,
	EXPIRED,
	NO_SHOW,
	PENDING,
	REQUEST,
	REVOKED,
	SUSPENDED,
	USED_DAY_STATES,
	WORKED,
)
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import read_records_of
from mkd_hrms.facts.ledger.days import BookedDay, UsedDay, read_days_of_many, read_waiting_by_circular
from mkd_hrms.facts.people import Person
from mkd_hrms.services.attendance import writer
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.daily_reports import missing
from mkd_hrms.services.ledger import booking, transitions
from mkd_hrms.services.people import assignments
from mkd_hrms.services.people.person import read_persons
from mkd_hrms.services.platform import deferred_notifications, timeline
from mkd_hrms.services.platform.listeners import CHANGED, is_heard
from mkd_hrms.services.platform.transactions import in_sets
from mkd_hrms.services.platform.wording import day_list
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.services.requests import recurrence
from mkd_hrms.services.requests.asked_dates import InvalidDays
from mkd_hrms.services.requests.case import RequestCase
from mkd_hrms.services.requests.states import lock
from mkd_hrms.services.requests.transitions import settle_own_days
from mkd_hrms.services.units import waiting_list
from mkd_hrms.services.workflow import system_moves
from mkd_hrms.services.workflow.states import MoveNotAllowed

# So many requests are looked at in one transaction.
AT_ONCE = 100
ONCE_APPROVED = (APPROVED, WORKED, NO_SHOW)


def has_begun(case: RequestCase, entry: UsedDay) -> bool:
	"""Whether a day has begun: its date, and the policy's hour of that date (rules W4 and W8)."""
	return (entry.mkd_date, case.policies[entry.mkd_date].expiry_time) <= (case.today, case.now.time())


def is_correction(request: Document, entry: UsedDay) -> bool:
	"""Whether HR entered a day that was over already: it waits for its decision, however long that takes."""
	return bool(request.on_behalf) and entry.mkd_date <= getdate(request.creation)


def release(request: Document, reason: str) -> None:
	"""Give back every day of a request that has not begun; an approved one that has begun stays used (Q3)."""
	booking.lock_person(request.employee)
	case = settle_own_days(request)
	begun = [entry for entry in case.own_days if entry.status in ONCE_APPROVED and has_begun(case, entry)]
	transitions.revoke(begun, reason)
	transitions.release([entry for entry in case.own_days if entry not in begun], reason)
	missing.take_back((entry.name for entry in case.own_days), reason)
	writer.undo(entry.name for entry in case.own_days)
	if begun:
		assignments.close_questions(entry.name for entry in begun)


def withdraw_days(request: Document, days: Iterable[date]) -> None:
	"""Take back single days of an approved request, until each of them begins (rule W8).

	Without any day left the request is Revoked: it is on record, but stands for nothing any more. Raises
	InvalidDays, MoveNotAllowed, ChangedMeanwhile, DayChanged.
	"""
	case, wanted = locked_case(request), set(days)
	chosen = [entry for entry in case.own_days if entry.mkd_date in wanted and not has_begun(case, entry)]
	gone = wanted - {entry.mkd_date for entry in chosen}
	if gone or not chosen:
		frappe.throw(
			_("These days are not open to withdrawal any more: {0}.").format(day_list(gone)), InvalidDays
		)
	_end_pattern(request, case, chosen)
	give_back(request, case, chosen, _("Withdrawn"))


def end_pattern(request: Document) -> None:
	"""Take back a weekly pattern: its days that have not begun, and those that were still to come (rules W2, W8).

	Raises InvalidDays, MoveNotAllowed, ChangedMeanwhile, DayChanged.
	"""
	case = locked_case(request)
	if request.pattern_state not in recurrence.GOES_ON:
		frappe.throw(_("This request has no weekly pattern that goes on."), InvalidDays)
	recurrence.end(request)
	give_back(request, case, _ahead(case), _("Weekly pattern withdrawn"))


def _ahead(case: RequestCase) -> list[UsedDay]:
	open_ones = [entry for entry in case.own_days if entry.status in (APPROVED, SUSPENDED)]
	return [entry for entry in open_ones if not has_begun(case, entry)]


def _end_pattern(request: Document, case: RequestCase, chosen: Collection[UsedDay]) -> None:
	"""Whoever takes back every day ahead wants no more of them."""
	if len(chosen) == len(_ahead(case)):
		recurrence.end(request)


def refuse_days_by_circular(name: str) -> None:
	"""Nobody takes back himself what a circular gave him; asked of others' circulars it says nothing. Raises MoveNotAllowed."""
	records = read_records_of(SiteDatabase(), frappe.session.user) or [""]
	own = {"source_doctype": COLLECTIVE_DAY, "source_name": name, "status": ("in", USED_DAY_STATES)}
	if frappe.db.exists(DAY, {**own, "employee": ("in", records)}):
		frappe.throw(by_circular(), MoveNotAllowed)


def by_circular() -> str:
	"""Why an employee does not take back a day by circular, and who can."""
	return _(
		"This day is by circular, which binds you: it is not yours to give back. Your superior, or HR for him, can call you back to the office."
	)


def release_at_office(request: Document, day: date) -> None:
	"""Take back one day, begun or not, because the employee came to the office (rule D1); the caller knows that.

	Raises InvalidDays, MoveNotAllowed, ChangedMeanwhile, DayChanged.
	"""
	case = locked_case(request)
	chosen = [entry for entry in case.own_days if entry.mkd_date == day and entry.status == APPROVED]
	if not chosen or frappe.db.get_value(DAY, chosen[0].name, "daily_report", for_update=True):
		frappe.throw(
			_("These days are not open to withdrawal any more: {0}.").format(day_list([day])), InvalidDays
		)
	give_back(request, case, chosen, _("Came to the office"))


def locked_case(request: Document) -> RequestCase:
	"""An approved request of which single days are taken back, with its days as they are by now. Raises MoveNotAllowed."""
	if request.status != APPROVED:
		frappe.throw(_("Only days of an approved request are withdrawn one by one."), MoveNotAllowed)
	lock(request)
	booking.lock_person(request.employee)
	return settle_own_days(request)


def give_back(
	request: Document, case: RequestCase, chosen: Collection[UsedDay], reason: str, line: str | None = None
) -> None:
	"""Release some days of a locked request, which stands for nothing any more without any.

	The reason stands on the days; `line`, where there is one, in the timeline, which others read as well.
	"""
	transitions.release(chosen, reason, from_states=(APPROVED, SUSPENDED))
	writer.undo(entry.name for entry in chosen)
	if len(chosen) == len(case.own_days) and not recurrence.makes_more(request):
		# He did it himself, or is told of the pattern.
		request.flags.told_otherwise = bool(line) or frappe.session.user == case.person.user
		system_moves.move(request, {"status": REVOKED})
	else:
		request.db_set("modified", frappe.utils.now())
	said = line or reason
	if chosen:
		said = _("{0}: {1}").format(said, day_list(entry.mkd_date for entry in chosen))
	request.add_comment("Info", said)


@dataclass(frozen=True, slots=True)
class Begun:
	"""What becomes of days of some state when they begin, and of a request without any day left."""

	days: str
	request: str
	reason: Callable[[], str]
	said: Callable[[], str]


UNDECIDED = Begun(
	PENDING, EXPIRED, lambda: _("Not decided before the day began"), lambda: _("Expired undecided: {0}")
)
STILL_SUSPENDED = Begun(
	SUSPENDED,
	REVOKED,
	lambda: _("Suspended when the day began"),
	lambda: _("Given back, because still suspended when the day began: {0}"),
)


def expire_undecided() -> None:
	"""Every application that nobody decided before its days began (rule W4): nothing is approved by the clock."""
	_each_request_with(UNDECIDED)


def end_suspended() -> None:
	"""Every day that is still suspended when it begins (rule W12): it is given back, for it was a day in the office."""
	_each_request_with(STILL_SUSPENDED)
	_end_suspended_by_circular()


def _end_suspended_by_circular() -> None:
	"""The same for days without a request, some people in one transaction."""
	now = clock.now()
	late = [
		day
		for day in read_waiting_by_circular(SiteDatabase(), SUSPENDED, now.date())
		if (day.mkd_date, policy_on(day.company, day.mkd_date).expiry_time) <= (now.date(), now.time())
	]

	def release(days: Collection[BookedDay]) -> None:
		booking.lock_persons({day.employee for day in days})
		transitions.release(days, STILL_SUSPENDED.reason(), (SUSPENDED,))

	def about(day: BookedDay) -> tuple[str, str, str]:
		return f"MKD: {day.name} could not be given back", DAY, day.name

	for start in range(0, len(late), AT_ONCE):
		in_sets(late[start : start + AT_ONCE], release, about)


def _each_request_with(begun: Begun) -> None:
	"""Every request that holds days of a state whose date has come, a hundred in one transaction."""
	day = frappe.qb.DocType("MKD Day")
	late = (
		frappe.qb.from_(day)
		.select(day.source_name)
		.distinct()
		.where((day.source_doctype == REQUEST) & (day.status == begun.days) & (day.mkd_date <= clock.today()))
		.orderby(day.source_name)
		.run(pluck=True)
	)
	for start in range(0, len(late), AT_ONCE):
		# What is read of the requests is no older than their locks.
		frappe.db.commit()
		in_sets(late[start : start + AT_ONCE], partial(_end, begun), _about)


def _about(name: str) -> tuple[str, str, str]:
	return f"MKD: {name} could not expire", REQUEST, name


def expire(request: Document) -> None:
	"""Give back the undecided days that have begun; without any left the request is Expired."""
	_end(UNDECIDED, [request.name])


def _end(begun: Begun, names: Collection[str]) -> None:
	"""Give back days that have begun, in the caller's transaction; a request without any left ends."""
	requests = _locked(names)
	booking.lock_persons(request.employee for request in requests)
	days = read_days_of_many(SiteDatabase(), REQUEST, names)
	people, now = read_persons([request.employee for request in requests]), clock.now()
	over = {}
	for request in requests:
		company = people[request.employee].company
		if found := [
			day for day in days.get(request.name, ()) if _is_over(request, day, begun, company, now)
		]:
			over[request.name] = found
	if begun is UNDECIDED:
		_note_no_room(requests, people, over)
	transitions.release([day for found in over.values() for day in found], begun.reason(), (begun.days,))
	ended = [r for r in requests if r.name in over and len(over[r.name]) == len(days[r.name])]
	_close([request for request in ended if not recurrence.makes_more(request)], begun.request)
	said = begun.said()
	lines = [(name, said.format(day_list(day.mkd_date for day in found))) for name, found in over.items()]
	timeline.note(REQUEST, lines)


def _note_no_room(
	requests: Iterable[Document], people: Mapping[str, Person], over: Mapping[str, Collection[UsedDay]]
) -> None:
	"""Who was not decided about, and whose unit had no room, comes before others the next time (rule W6)."""
	for request in requests:
		if found := over.get(request.name):
			waiting_list.note_refused(people[request.employee], [day.mkd_date for day in found], request.name)


def _locked(names: Collection[str]) -> list[Document]:
	"""The requests before their people, as everybody else locks; and first, so that nothing read is old."""
	table = frappe.qb.DocType(REQUEST)
	query = frappe.qb.from_(table).select("*").where(table.name.isin(sorted(names))).orderby(table.name)
	return [frappe.get_doc({**row, "doctype": REQUEST}) for row in query.for_update().run(as_dict=True)]


def _is_over(request: Document, day: UsedDay, begun: Begun, company: str, now: datetime) -> bool:
	if day.status != begun.days or (begun is UNDECIDED and is_correction(request, day)):
		return False
	return (day.mkd_date, policy_on(company, day.mkd_date).expiry_time) <= (now.date(), now.time())


def _close(requests: Collection[Document], status: str) -> None:
	"""Move requests that stand for nothing any more; at once, unless somebody listens when one changes."""
	if is_heard(REQUEST, CHANGED):
		for request in requests:
			system_moves.move(frappe.get_doc(REQUEST, request.name), {"status": status})
		return
	before: dict[tuple, list[str]] = {}
	for request in requests:
		before.setdefault((request.status, request.workflow_state), []).append(request.name)
	for (old, state), names in before.items():
		system_moves.move_many(REQUEST, names, {"status": status})
		deferred_notifications.hand_over_many(REQUEST, names, {"status": old, "workflow_state": state})
