"""How the days of a request end before they are worked: given back, revoked, or expired undecided."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from mkd_hrms.constants import APPROVED, DAY, EXPIRED, NO_SHOW, PENDING, REQUEST, REVOKED, SUSPENDED, WORKED
from mkd_hrms.facts.ledger.days import UsedDay
from mkd_hrms.services.attendance import writer
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.daily_reports import missing
from mkd_hrms.services.ledger import booking, transitions
from mkd_hrms.services.people import assignments
from mkd_hrms.services.platform.transactions import on_its_own
from mkd_hrms.services.platform.wording import day_list
from mkd_hrms.services.requests.asked_dates import InvalidDays
from mkd_hrms.services.requests.case import RequestCase
from mkd_hrms.services.requests.states import lock
from mkd_hrms.services.requests.transitions import settle_own_days
from mkd_hrms.services.workflow import system_moves
from mkd_hrms.services.workflow.states import MoveNotAllowed

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
	case, wanted = _locked_case(request), set(days)
	chosen = [entry for entry in case.own_days if entry.mkd_date in wanted and not has_begun(case, entry)]
	gone = wanted - {entry.mkd_date for entry in chosen}
	if gone or not chosen:
		frappe.throw(
			_("These days are not open to withdrawal any more: {0}.").format(day_list(gone)), InvalidDays
		)
	_give_back(request, case, chosen, _("Withdrawn"))


def release_at_office(request: Document, day: date) -> None:
	"""Take back one day, begun or not, because the employee came to the office (rule D1); the caller knows that.

	Raises InvalidDays, MoveNotAllowed, ChangedMeanwhile, DayChanged.
	"""
	case = _locked_case(request)
	chosen = [entry for entry in case.own_days if entry.mkd_date == day and entry.status == APPROVED]
	if not chosen or frappe.db.get_value(DAY, chosen[0].name, "daily_report", for_update=True):
		frappe.throw(
			_("These days are not open to withdrawal any more: {0}.").format(day_list([day])), InvalidDays
		)
	_give_back(request, case, chosen, _("Came to the office"))


def _locked_case(request: Document) -> RequestCase:
	"""An approved request of which single days are taken back, with its days as they are by now."""
	if request.status != APPROVED:
		frappe.throw(_("Only days of an approved request are withdrawn one by one."), MoveNotAllowed)
	lock(request)
	booking.lock_person(request.employee)
	return settle_own_days(request)


def _give_back(request: Document, case: RequestCase, chosen: Collection[UsedDay], reason: str) -> None:
	transitions.release(chosen, reason, from_states=(APPROVED, SUSPENDED))
	writer.undo(entry.name for entry in chosen)
	if len(chosen) == len(case.own_days):
		system_moves.move(request, {"status": REVOKED})
	else:
		request.db_set("modified", frappe.utils.now())
	request.add_comment("Info", _("{0}: {1}").format(reason, day_list(entry.mkd_date for entry in chosen)))


def expire_undecided() -> None:
	"""Every application that nobody decided before its days began (rule W4): nothing is approved by the clock."""
	_each_request_with(PENDING, expire)


def end_suspended() -> None:
	"""Every day that is still suspended when it begins (rule W12): it is given back, for it was a day in the office."""
	_each_request_with(SUSPENDED, end_suspended_days)


def _each_request_with(status: str, end: Callable[[Document], None]) -> None:
	"""Do something with every request that holds days of a state whose date has come, each in its own transaction."""
	day = frappe.qb.DocType("MKD Day")
	late = (
		frappe.qb.from_(day)
		.select(day.source_name)
		.distinct()
		.where((day.source_doctype == REQUEST) & (day.status == status) & (day.mkd_date <= clock.today()))
		.run()
	)

	def lock_and_end(name: str) -> None:
		# The request before the person, as everybody else locks; and first, so that nothing read is old.
		end(frappe.get_doc(REQUEST, name, for_update=True))

	for (name,) in late:
		on_its_own(partial(lock_and_end, name), f"MKD: {name} could not expire", REQUEST, name)


def expire(request: Document) -> None:
	"""Give back the undecided days that have begun; without any left the request is Expired."""
	booking.lock_person(request.employee)
	case = settle_own_days(request)
	over = [
		entry
		for entry in case.own_days
		if entry.status == PENDING and has_begun(case, entry) and not is_correction(request, entry)
	]
	if not over:
		return
	transitions.release(over, _("Not decided before the day began"))
	if len(over) == len(case.own_days):
		system_moves.move(request, {"status": EXPIRED})
	request.add_comment(
		"Info", _("Expired undecided: {0}").format(day_list(entry.mkd_date for entry in over))
	)


def end_suspended_days(request: Document) -> None:
	"""Give back the suspended days that have begun; a request without any day left is Revoked."""
	booking.lock_person(request.employee)
	case = settle_own_days(request)
	over = [entry for entry in case.own_days if entry.status == SUSPENDED and has_begun(case, entry)]
	if not over:
		return
	transitions.release(over, _("Suspended when the day began"), from_states=(SUSPENDED,))
	if len(over) == len(case.own_days):
		system_moves.move(request, {"status": REVOKED})
	request.add_comment(
		"Info",
		_("Given back, because still suspended when the day began: {0}").format(
			day_list(entry.mkd_date for entry in over)
		),
	)
