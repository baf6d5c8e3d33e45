"""An approved MKD day that its superior takes back (rule W9): with notice it is given back, later it stays used.

Called back in time, the person plans anew, so the day costs nothing. After that hour he has set himself up to work
away, and nobody else can have his place in the week any more: the approval is withdrawn, the day stays used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

import frappe
from frappe import _
from frappe.utils import format_datetime, get_fullname

from mkd_hrms.constants import APPROVED, DAY, REQUEST, REVOKED
from mkd_hrms.facts.attendance.shifts import read_shifts
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.days import read_days_of
from mkd_hrms.facts.ledger.ended_days import DueDay, read_day
from mkd_hrms.facts.people import Person
from mkd_hrms.services.attendance import writer
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.ledger import booking, transitions
from mkd_hrms.services.people import assignments
from mkd_hrms.services.people.approvers import is_superior_or_hr
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.platform.announcements import Announcement, announce
from mkd_hrms.services.platform.opened import opened
from mkd_hrms.services.platform.wording import day_list
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.services.requests.recurrence import makes_more
from mkd_hrms.services.workflow import system_moves
from mkd_hrms.services.workflow.states import MoveNotAllowed

RECALL, REVOKE = "Recall", "Revoke"


class TooLate(MoveNotAllowed):
	"""The notice that a recall needs cannot be kept any more."""


class TooEarly(MoveNotAllowed):
	"""A day that can still be called back is not revoked: it costs the employee nothing."""


def way_of(day: DueDay) -> str | None:
	"""Recall or Revoke, whichever is open now; None for a day that is not approved."""
	if day.status != APPROVED:
		return None
	return RECALL if clock.now() <= last_moment(day) else REVOKE


def ways_back(names: Iterable[str]) -> dict[str, str]:
	"""What the user may do with each of these days; those about which he has no say are left out."""
	days = [day for name in names if (day := read_day(SiteDatabase(), name))]
	allowed = {
		employee
		for employee in {day.employee for day in days}
		if is_superior_or_hr(read_person(employee), frappe.session.user)
	}
	ways = {day.name: way_of(day) for day in days if day.employee in allowed and not day.daily_report}
	return {name: way for name, way in ways.items() if way}


def last_moment(day: DueDay) -> datetime:
	"""Until when a day can be called back: the policy's notice before the person's working day begins."""
	notice = timedelta(hours=policy_on(day.company, day.mkd_date).recall_notice_hours)
	return _begins(day) - notice


def _begins(day: DueDay) -> datetime:
	"""The start of the shift of the date (rule D7); without a shift, the policy's start of the working day."""
	shifts = read_shifts(SiteDatabase(), Scope(employees=(day.employee,)), day.mkd_date)
	if shift := shifts.get(day.employee):
		return datetime.combine(day.mkd_date, time.min) + shift.start
	return datetime.combine(day.mkd_date, policy_on(day.company, day.mkd_date).expiry_time)


def recall(names: Iterable[str], reason: str) -> None:
	"""Call somebody back to the office on some days: they are Released, and their place in the week is free.

	Raises TooLate, MoveNotAllowed, PermissionError, MandatoryError without a reason, DoesNotExistError without a
	day, or ValidationError for days of several people.
	"""
	person, days = _begin(names, reason)
	late = [day for day in days if way_of(day) != RECALL]
	if late:
		frappe.throw(
			_(
				"It is too late to call back {0}: this was possible until {1}. Revoke the day; it stays used."
			).format(day_list(day.mkd_date for day in late), format_datetime(last_moment(late[0]))),
			TooLate,
		)
	transitions.release(
		days, _("Called back to the office: {0}").format(reason.strip()), from_states=(APPROVED,)
	)
	_finish(person, days, reason, RECALL)


def revoke(names: Iterable[str], reason: str) -> None:
	"""Withdraw the approval of days that can no longer be called back: they are Revoked and stay used.

	Raises TooEarly, MoveNotAllowed, PermissionError, MandatoryError without a reason, DoesNotExistError without a
	day, or ValidationError for days of several people.
	"""
	person, days = _begin(names, reason)
	early = [day for day in days if way_of(day) != REVOKE]
	if early:
		frappe.throw(
			_("{0} can still be called back until {1}; that costs the employee nothing.").format(
				day_list(day.mkd_date for day in early), format_datetime(last_moment(early[0]))
			),
			TooEarly,
		)
	transitions.revoke(days, _("Approval withdrawn: {0}").format(reason.strip()))
	_finish(person, days, reason, REVOKE)


def _begin(names: Iterable[str], reason: str) -> tuple[Person, list[DueDay]]:
	"""Check who acts and why, lock what is to change, and read it anew."""
	wanted = sorted(set(names))
	owners = [opened(DAY, name) for name in wanted]
	if not wanted:
		frappe.throw(_("Choose at least one day."), frappe.DoesNotExistError)
	if len({row.employee for row in owners}) > 1:
		frappe.throw(_("Call back one employee after the other."))
	person = read_person(owners[0].employee)
	if not is_superior_or_hr(person, frappe.session.user):
		frappe.throw(
			_("Only {0}'s superior or HR takes back an approved day, and nobody about himself.").format(
				person.employee_name
			),
			frappe.PermissionError,
		)
	if not (reason or "").strip():
		frappe.throw(_("Say why: the employee reads the reason."), frappe.MandatoryError)
	_lock(person, wanted, {row.source_name for row in owners if row.source_doctype == REQUEST})
	return person, _approved(wanted)


def _lock(person: Person, days: Sequence[str], requests: Iterable[str]) -> None:
	"""The requests before the person, as everybody else locks; then nothing read may be older than the lock."""
	for name in sorted(requests):
		frappe.db.get_value(REQUEST, name, "name", for_update=True)
	booking.lock_person(person.employee)
	for name in days:
		frappe.db.get_value(DAY, name, "status", for_update=True)


def _approved(names: Iterable[str]) -> list[DueDay]:
	days = [read_day(SiteDatabase(), name) for name in names]
	others = [day.mkd_date for day in days if day.status != APPROVED or day.daily_report]
	if others:
		frappe.throw(
			_("Only approved days without a report are taken back: {0}.").format(day_list(others)),
			MoveNotAllowed,
		)
	return days


def _finish(person: Person, days: Sequence[DueDay], reason: str, way: str) -> None:
	"""Leave no trace in attendance, record who and when, close what has no day left, and tell the employee."""
	names = [day.name for day in days]
	writer.undo(names)
	assignments.close_questions(names)
	for name in names:
		transitions.remark(name, recalled_by=frappe.session.user, recalled_on=clock.now())
	dates = [day.mkd_date for day in days]
	for request in sorted({_request_of(name) for name in names} - {None}):
		_note(request, dates, way)
	told = {"dates": dates, "recalled": way == RECALL, "reason": reason.strip()}
	told["who"] = get_fullname(frappe.session.user)
	announce("mkd_recalled", DAY, Announcement((person.user,), DAY, names[0], told))


def _request_of(day: str) -> str | None:
	doctype, name = frappe.db.get_value(DAY, day, ["source_doctype", "source_name"])
	return name if doctype == REQUEST else None


def _note(name: str, dates: Iterable[date], way: str) -> None:
	"""One line in the timeline; why stands on the day, for the employee and HR (rule P3)."""
	request = frappe.get_doc(REQUEST, name)
	if not (read_days_of(SiteDatabase(), REQUEST, name) or makes_more(request)):
		request.flags.told_otherwise = True
		system_moves.move(request, {"status": REVOKED})
	else:
		request.db_set("modified", frappe.utils.now())
	line = _("Called back to the office: {0}") if way == RECALL else _("Approval withdrawn: {0}")
	request.add_comment("Info", line.format(day_list(dates)))
