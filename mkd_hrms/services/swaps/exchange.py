"""Gives both days of a swap back and books the new ones, in one transaction: if anything fails, nothing is changed.

The new day belongs to a request like any other: of who already has one, to the request of the day that he gives; who takes
a day over gets one of his own. So it is reported, withdrawn, recalled, judged again, exported and renamed as every day.
"""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate

from mkd_hrms.constants import APPROVED, REQUEST, REVOKED
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.days import read_days_of, read_used_days
from mkd_hrms.facts.people import Person
from mkd_hrms.judging.coverage import Group
from mkd_hrms.policy.dates import iso_week
from mkd_hrms.policy.model import Outcome
from mkd_hrms.policy.quota import WeekUse
from mkd_hrms.services.attendance import writer
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.decisions.records import SWAP, gate_names, keep
from mkd_hrms.services.ledger import booking, transitions
from mkd_hrms.services.ledger.quota_messages import week_lines
from mkd_hrms.services.people import assignments
from mkd_hrms.services.people.availability import policies_for
from mkd_hrms.services.platform import numbers
from mkd_hrms.services.policies.in_force import mark_used
from mkd_hrms.services.requests import asked_dates, recurrence
from mkd_hrms.services.requests.case import RequestCase
from mkd_hrms.services.swaps.sides import Side, sides_of
from mkd_hrms.services.swaps.states import ANSWERS
from mkd_hrms.services.units import coverage
from mkd_hrms.services.workflow import open_actions, system_moves
from mkd_hrms.services.workflow.states import state_of


class SwapRefused(frappe.ValidationError):
	"""The rules do not allow one of the new days; nothing is changed."""


def uses(side: Side, day: date) -> bool:
	"""Whether somebody uses a date already, through whichever of his records."""
	held = read_used_days(SiteDatabase(), side.person.person, [iso_week(day)])
	return any(entry.mkd_date == day for entry in held)


def lock(swap: Document) -> None:
	"""The requests, then who counts the same people, then the two, as everybody else locks. Raises UnitBusy."""
	for name in sorted(filter(None, (swap.own_request, swap.colleague_request))):
		frappe.db.get_value(REQUEST, name, "name", for_update=True)
	coverage.lock_groups(
		group for _taker, by_day in _losing(swap) for groups in by_day.values() for group in groups
	)
	booking.lock_persons((swap.employee, swap.colleague))


def refuse_without_room(swap: Document) -> None:
	"""The unit has as many away as before; a counter may not, where only one of the two stands (rule W5). Raises NoRoom."""
	for taker, groups in _losing(swap):
		coverage.refuse_swap_without_room(taker, groups, swap.name)


def _losing(swap: Document) -> list[tuple[Person, dict[date, tuple[Group, ...]]]]:
	"""Each who takes a day, with the groups that have one fewer in the office on it."""
	own, colleague = sides_of(swap)
	return [
		(taker.person, coverage.groups_that_lose(taker.person, giver.person, [taker.taken]))
		for taker, giver in ((own, colleague), (colleague, own))
		if taker.taken
	]


def carry_out(swap: Document) -> None:
	"""Release what each gives and book what each takes. The caller has looked at both days behind the locks.

	Raises SwapRefused, InvalidDays, DayChanged, QuotaExceeded, DayTaken.
	"""
	sides = sides_of(swap)
	days = [side.day for side in sides if side.day]
	reason = _("Swapped: {0}").format(swap.name)
	transitions.release(days, reason, from_states=(APPROVED,))
	writer.undo(day.name for day in days)
	assignments.close_questions(day.name for day in days)
	for side in sides:
		request = frappe.get_doc(REQUEST, side.day.source_name) if side.day else _own_request(swap, side)
		if side.taken:
			_take(swap, side, request)
		else:
			_close(request)
		_note(swap, side, request)


def _take(swap: Document, side: Side, request: Document) -> None:
	"""Judge the new day with the facts of today, and book it as approved."""
	case = RequestCase(request)
	case.dates = [side.taken]
	asked_dates.working_dates(case.situation, case.dates)
	asked_dates.check_time(case.dates, case.policies, case.now, correction=False)
	asked_dates.check_presence(case.situation, case.dates, request.name)
	_check_gates(side, case)
	limits = case.limits(with_tier=True)
	_check_week(side, case, limits)
	recurrence.add_days(request, case, [side.taken], limits)
	mark_used({policy.name for policy in case.policies.values()}, case.today)
	keep(request, SWAP, case.decisions)
	_widen(request, side.taken)


def _check_gates(side: Side, case: RequestCase) -> None:
	if case.outcome is Outcome.ELIGIBLE:
		return
	open_gates = gate_names(case.decisions, "failed") or gate_names(case.decisions, "unknown")
	gates = ", ".join(_(gate, context="MKD Policy Gate") for gate in open_gates)
	frappe.throw(
		_("Nothing was changed: the conditions are not met for {0} on {1} ({2}).").format(
			side.person.employee_name, format_date(side.taken), gates
		),
		SwapRefused,
	)


def _check_week(side: Side, case: RequestCase, limits: dict[str, int]) -> None:
	week = iso_week(side.taken)
	used = case.situation.used_in(week)
	if used < limits[week]:
		return
	line = "<br>".join(week_lines([WeekUse(week, limits[week], used, 1)]))
	frappe.throw(
		_("Nothing was changed: the week of {0} holds no more MKD days.").format(side.person.employee_name)
		+ f"<br>{line}",
		SwapRefused,
		title=_("Weekly Limit"),
	)


def _own_request(swap: Document, side: Side) -> Document:
	"""An approved request of whoever takes a day over: he has consented, and the superior of both has approved."""
	person, day = side.person, side.taken
	request = frappe.new_doc(REQUEST)
	request.update({name: swap.get(name) for name in ANSWERS})
	request.update(
		{
			"name": numbers.next_name(REQUEST, clock.today().year),
			"employee": person.employee,
			"employee_name": person.employee_name,
			"employee_user": person.user,
			"company": person.company,
			"department": person.department,
			"designation": person.designation,
			"request_type": "Dates",
			"from_date": day,
			"to_date": day,
			"reason": _("Taken over from {0}: {1}").format(swap.employee_name, swap.name),
			"status": APPROVED,
			"workflow_state": state_of(APPROVED, REQUEST),
			"docstatus": 1,
			"outcome": Outcome.ELIGIBLE.value,
			"policy": policies_for(person, [day])[day].name,
			"approver": swap.approver,
			"approver_name": swap.approver_name,
			"applied_by": person.user,
			"decided_by": swap.decided_by,
			"decided_on": swap.decided_on,
		}
	)
	request.db_insert()
	open_actions.settle(request)
	swap.db_set("colleague_request", request.name, update_modified=False)
	return request


def _widen(request: Document, day: date) -> None:
	"""A list of dates reaches from its first to its last; what a pattern says stays as it was signed."""
	values = {"modified": frappe.utils.now()}
	if request.request_type != asked_dates.PATTERN:
		values |= {
			"from_date": min(getdate(request.from_date), day),
			"to_date": max(getdate(request.to_date), day),
		}
	frappe.db.set_value(REQUEST, request.name, values, update_modified=False)


def _close(request: Document) -> None:
	"""A request without any day stands for nothing any more."""
	if not (read_days_of(SiteDatabase(), REQUEST, request.name) or recurrence.makes_more(request)):
		system_moves.move(request, {"status": REVOKED})
	else:
		request.db_set("modified", frappe.utils.now())


def _note(swap: Document, side: Side, request: Document) -> None:
	given, taken = (format_date(day) if day else "-" for day in (side.given, side.taken))
	request.add_comment("Info", _("{0}: {1} given, {2} taken").format(swap.name, given, taken))
