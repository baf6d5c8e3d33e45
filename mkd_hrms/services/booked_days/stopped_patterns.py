"""A weekly pattern that the superior ends from a date on: its days from then on are given back, in time (rules W2, W9)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html, format_date, get_fullname

from mkd_hrms.constants import APPROVED, REQUEST, SUSPENDED
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.days import UsedDay
from mkd_hrms.facts.ledger.ended_days import read_day
from mkd_hrms.services.booked_days import recall, withdrawal
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.people import assignments
from mkd_hrms.services.people.approvers import is_superior_or_hr
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.platform.announcements import Announcement, announce
from mkd_hrms.services.platform.wording import day_list
from mkd_hrms.services.requests import recurrence
from mkd_hrms.services.requests.asked_dates import InvalidDays
from mkd_hrms.services.requests.case import RequestCase


def may_stop(request: Document, user: str) -> bool:
	"""Whether a request has a pattern that this user may end: who takes back days (W9), and nobody his own."""
	goes_on = request.status == APPROVED and request.get("pattern_state") in recurrence.GOES_ON
	return goes_on and is_superior_or_hr(read_person(request.employee), user)


def stop(request: Document, since: date, reason: str) -> None:
	"""End a pattern from a date on. Days before it follow as they were signed; those from then on are given back.

	Raises PermissionError, MandatoryError without a reason, InvalidDays, TooLate, MoveNotAllowed, ChangedMeanwhile,
	DayChanged.
	"""
	_refuse_strangers(request)
	if not (reason or "").strip():
		frappe.throw(_("Say why: the employee reads the reason."), frappe.MandatoryError)
	case = withdrawal.locked_case(request)
	_refuse_dates(request, case, since)
	chosen = _from(case, since)
	_refuse_late(chosen)
	recurrence.stop(request, since, case.today)
	said = _("Weekly pattern ended from {0} on").format(format_date(since))
	withdrawal.give_back(request, case, chosen, f"{said}: {reason.strip()}", line=said)
	assignments.close_questions(entry.name for entry in chosen)
	_tell(case, since, [entry.mkd_date for entry in chosen], reason)


def _refuse_strangers(request: Document) -> None:
	person = read_person(request.employee)
	if not is_superior_or_hr(person, frappe.session.user):
		frappe.throw(
			_("Only {0}'s superior or HR ends this pattern, and nobody his own.").format(
				person.employee_name
			),
			frappe.PermissionError,
		)


def _refuse_dates(request: Document, case: RequestCase, since: date) -> None:
	if request.pattern_state not in recurrence.GOES_ON:
		frappe.throw(_("This request has no weekly pattern that goes on."), InvalidDays)
	last = recurrence.last_date(request)
	if not case.today <= since <= last:
		frappe.throw(
			_("A pattern ends from a date between {0} and {1} on.").format(
				format_date(case.today), format_date(last)
			),
			InvalidDays,
		)


def _from(case: RequestCase, since: date) -> list[UsedDay]:
	open_ones = [entry for entry in case.own_days if entry.status in (APPROVED, SUSPENDED)]
	return sorted((entry for entry in open_ones if entry.mkd_date >= since), key=lambda entry: entry.mkd_date)


def _refuse_late(chosen: Collection[UsedDay]) -> None:
	"""Whoever works away on a day has the notice that a recall needs (rule W9)."""
	days = [read_day(SiteDatabase(), entry.name) for entry in chosen]
	late = [day.mkd_date for day in days if day.daily_report or clock.now() > recall.last_moment(day)]
	if late:
		frappe.throw(
			_("It is too late to call back {0}. End the pattern from a later date on.").format(
				day_list(late)
			),
			recall.TooLate,
		)


def _tell(case: RequestCase, since: date, days: Collection[date], reason: str) -> None:
	"""The employee, and whoever signed, who need not be who ends it."""
	who = get_fullname(frappe.session.user)

	def say(_in_mail: bool) -> tuple[str, str]:
		subject = _("The weekly pattern of {0} ends from {1} on").format(
			case.person.employee_name, format_date(since)
		)
		told = [_("{0} gives as the reason: {1}").format(escape_html(who), escape_html(reason.strip()))]
		if days:
			told.append(
				_("Given back to the weekly quota: {0}. For other days, make a new request.").format(
					day_list(days)
				)
			)
		return subject, "".join(f"<p>{line}</p>" for line in (f"{escape_html(subject)}.", *told))

	users = tuple({case.person.user, case.approver})
	announce("mkd_pattern_changed", REQUEST, Announcement(users, REQUEST, case.request.name, say=say))
