"""What a swap must be (rule W14), what follows from each of its moves, and how an open one ends with its days."""

from __future__ import annotations

from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate

from mkd_hrms.constants import (
	APPROVED,
	ASK,
	DAY,
	DAY_SWAP,
	DRAFT,
	EXPIRED,
	PENDING_APPROVAL,
	PENDING_CONSENT,
	REJECTED,
	RELEASED,
	REVOKED,
)
from mkd_hrms.policy.dates import iso_week
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.people.approvers import approver_of
from mkd_hrms.services.platform.transactions import on_its_own
from mkd_hrms.services.policies.in_force import is_in_scope, policy_on
from mkd_hrms.services.requests import answers
from mkd_hrms.services.swaps import exchange, messages, states
from mkd_hrms.services.swaps.actors import refusal
from mkd_hrms.services.swaps.sides import Side, is_exchange, sides_of
from mkd_hrms.services.workflow import system_moves
from mkd_hrms.services.workflow.states import is_moving, old_status, refuse


class InvalidSwap(frappe.ValidationError):
	"""These two cannot swap these days; nothing is changed."""


def check(swap: Document) -> None:
	"""Everything that a swap must be, and who may do what it is about to become.

	Raises PermissionError, MoveNotAllowed, InvalidSwap, NotAnswered, NoRoom, UnitBusy.
	"""
	states.check_move(swap)
	states.check_content(swap)
	old = old_status(swap)
	if old == DRAFT:
		refuse(refusal(swap, ASK, frappe.session.user))
	elif is_moving(swap):
		refuse(refusal(swap, states.ACTION_OF[old, swap.status], frappe.session.user))
	if is_moving(swap) and swap.status == APPROVED:
		exchange.lock(swap)
	if old == DRAFT or (is_moving(swap) and swap.status in (PENDING_APPROVAL, APPROVED)):
		check_days(swap)
	if is_moving(swap) and swap.status == APPROVED:
		exchange.refuse_without_room(swap)
	if is_moving(swap):
		_note_move(swap)


def _note_move(swap: Document) -> None:
	if swap.status == PENDING_APPROVAL:
		if not is_exchange(swap):
			answers.check(swap, [policy_on(swap.company, getdate(swap.mkd_date))])
		swap.consented_on = clock.now()
	if swap.status in (APPROVED, REJECTED):
		swap.decided_by, swap.decided_on = frappe.session.user, clock.now()
	# Of two swaps of one day at the same moment the database refuses the second.
	swap.open_key = swap.own_day if swap.status in states.OPEN else None


def check_days(swap: Document) -> None:
	"""The two, their days, and who decides about them, as they are now.

	Raises InvalidSwap, or MandatoryError where a day or the colleague is not named.
	"""
	_check_dates(swap)
	own, colleague = sides_of(swap)
	_check_people(own, colleague)
	for side in (own, colleague):
		_check_side(side)
	_refuse_second(swap, own)
	approver = approver_of(own.person)
	if approver != approver_of(colleague.person):
		_refuse(
			_(
				"{0} and {1} have different superiors, so nobody decides about both. Ask a colleague of your superior."
			),
			own.person.employee_name,
			colleague.person.employee_name,
		)
	swap.approver = approver
	swap.approver_name = frappe.get_cached_value("User", approver, "full_name") if approver else None
	for side, day, request in (
		(own, "own_day", "own_request"),
		(colleague, "colleague_day", "colleague_request"),
	):
		swap.set(day, side.day.name if side.day else None)
		swap.set(request, side.day.source_name if side.day else None)


def _check_dates(swap: Document) -> None:
	if not (swap.employee and swap.colleague and swap.mkd_date):
		frappe.throw(_("Say which day, and with which colleague."), frappe.MandatoryError)
	if not is_exchange(swap):
		swap.colleague_date = None
		return
	if not swap.colleague_date:
		frappe.throw(_("Say which day of your colleague you take for yours."), frappe.MandatoryError)
	first, second = getdate(swap.mkd_date), getdate(swap.colleague_date)
	if first == second or iso_week(first) != iso_week(second):
		_refuse(
			_("Days are exchanged within one week, Monday to Sunday: {0} and {1} are not two days of one."),
			format_date(first),
			format_date(second),
		)


def _check_people(own: Side, colleague: Side) -> None:
	one, other = own.person, colleague.person
	if one.person == other.person:
		_refuse(_("Choose a colleague: nobody swaps with himself."))
	if (one.department, one.company) != (other.department, other.company) or not one.department:
		_refuse(_("{0} is in another unit. Days are swapped within one unit."), other.employee_name)
	if other.status != "Active":
		_refuse(_("{0} is not active."), other.employee_name)


def _check_side(side: Side) -> None:
	name = side.person.employee_name
	if side.given:
		if not side.day:
			_refuse(
				_("{0} has no approved MKD day on {1} that could be swapped."), name, format_date(side.given)
			)
		if has_begun(side.person.company, side.given):
			_refuse(
				_("{0} has begun or is over. Days are swapped until they begin."), format_date(side.given)
			)
	if side.taken and exchange.uses(side, side.taken):
		_refuse(_("{0} already uses {1} for MKD."), name, format_date(side.taken))


def _refuse_second(swap: Document, own: Side) -> None:
	about = {"own_day": own.day.name, "status": ("in", states.OPEN), "name": ("!=", swap.name or "")}
	if other := frappe.db.get_value(DAY_SWAP, about, "name"):
		_refuse(_("{0} is already asked for this day. Withdraw it before you ask somebody else."), other)


def has_begun(company: str, day) -> bool:
	"""Whether a day has begun: its date, and the policy's hour of that date. Without a policy it is over."""
	if not is_in_scope(company, day):
		return True
	now = clock.now()
	return (day, policy_on(company, day).expiry_time) <= (now.date(), now.time())


def _refuse(sentence: str, *values: str | None) -> None:
	frappe.throw(sentence.format(*values), InvalidSwap)


def follow(swap: Document) -> None:
	"""After the save: what the new state brings with it, and who learns of it."""
	if not is_moving(swap) or not swap.get_doc_before_save():
		return
	if swap.status == APPROVED:
		exchange.carry_out(swap)
	messages.tell(swap)


def end_open() -> None:
	"""End every open swap of which a day has begun, or was released or recalled: nobody is asked any more."""
	fields = ["name", "company", "mkd_date", "colleague_date", "own_day", "colleague_day"]
	swaps = frappe.get_all(DAY_SWAP, {"status": ("in", states.OPEN)}, fields, order_by="name")
	if not swaps:
		return
	days = {name for swap in swaps for name in (swap.own_day, swap.colleague_day) if name}
	gone_days = {"name": ("in", sorted(days)), "status": ("in", (RELEASED, REVOKED))}
	gone = set(frappe.get_all(DAY, gone_days, pluck="name"))
	for swap in swaps:
		first = min(filter(None, (swap.mkd_date, swap.colleague_date)))
		if {swap.own_day, swap.colleague_day} & gone or has_begun(swap.company, first):
			on_its_own(partial(_expire, swap.name), f"MKD: {swap.name} could not end", DAY_SWAP, swap.name)


def _expire(name: str) -> None:
	swap = frappe.get_doc(DAY_SWAP, name, for_update=True)
	if swap.status in (PENDING_CONSENT, PENDING_APPROVAL):
		system_moves.move(swap, {"status": EXPIRED, "open_key": None})
		messages.tell(swap)
