"""Carries out what a re-check found (rule W12): suspends and resumes days, records why, and tells who has to know.

Each person's days are written in a transaction of their own, behind the lock of every other writer of them. What was
changed by somebody else since the re-check is left alone; the next evaluation looks at it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import EXPIRED, PERSON, REQUEST, REVOKED
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.days import BookedDay, read_booked, read_days_of
from mkd_hrms.services.booked_days import messages
from mkd_hrms.services.booked_days.day_changes import Change
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.decisions.records import RECHECK, keep
from mkd_hrms.services.ledger import booking, transitions
from mkd_hrms.services.platform.transactions import on_its_own
from mkd_hrms.services.platform.wording import day_list
from mkd_hrms.services.policies.in_force import mark_used
from mkd_hrms.services.workflow import system_moves


def carry_out(changes: Iterable[Change]) -> None:
	"""Write every change, and tell of it. One that cannot be written keeps no other waiting."""
	for change in changes:
		# What is read behind the lock is no older than the lock.
		frappe.db.commit()
		employee = change.person.employee
		title = f"MKD: days of {employee} could not be re-checked"
		on_its_own(partial(_carry_out, change), title, PERSON, employee)


def _carry_out(change: Change) -> None:
	person = change.person
	booking.lock_person(person.employee)
	stored = read_booked(SiteDatabase(), [person.person], clock.today()).get(person.person, ())
	change = change.still(stored)
	transitions.move_unit(change.move, person)
	if not change.says_something:
		return
	mark_used(
		{change.decisions[day.mkd_date].policy for day in (*change.suspend, *change.resume)}, clock.today()
	)
	days = (*change.release, *change.suspend, *change.resume)
	for doctype, name in sorted({(day.source_doctype, day.source_name) for day in days}):
		if doctype == REQUEST:
			_write(change, name)
		else:
			_write_by_circular(change, doctype, name)
	messages.tell(change)


def _of(change: Change, name: str) -> Iterable[list[BookedDay]]:
	"""What of a document's days is released, suspended, approved again."""
	for days in (change.release, change.suspend, change.resume):
		yield [day for day in days if day.source_name == name]


def _write_by_circular(change: Change, doctype: str, name: str) -> None:
	"""The days that one person has by one circular; nothing about him is written in the circular's timeline."""
	released, suspended, resumed = _of(change, name)
	if judged := [*suspended, *resumed]:
		about = frappe._dict(doctype=doctype, name=name, employee=change.person.employee)
		record = keep(about, RECHECK, [change.decisions[day.mkd_date] for day in judged])
	if suspended:
		transitions.suspend(suspended, change.objection_until(), record)
	if resumed:
		transitions.resume(resumed, record)
	transitions.release(released, _no_way_back())


def _write(change: Change, name: str) -> None:
	"""The days of one request, with one record of what was found about them."""
	request = frappe.get_doc(REQUEST, name)
	released, suspended, resumed = _of(change, name)
	if judged := [*suspended, *resumed]:
		record = keep(request, RECHECK, [change.decisions[day.mkd_date] for day in judged])
	if suspended:
		transitions.suspend(suspended, change.objection_until(), record)
		# Everybody above him reads the timeline, and not everybody the names of the gates (rule P3).
		text = _("Suspended: {0}. Objection possible until {1}.")
		until = frappe.utils.format_date(change.objection_until())
		request.add_comment("Info", text.format(_dates(suspended), until))
	if resumed:
		transitions.resume(resumed, record)
		request.add_comment(
			"Info", _("Approved again, because the conditions are met: {0}").format(_dates(resumed))
		)
	if released:
		_give_back(request, released)


def _give_back(request: Document, days: Sequence[BookedDay]) -> None:
	"""Days that cannot come back; without any day left the request stands for nothing any more."""
	transitions.release(days, _no_way_back())
	if not read_days_of(SiteDatabase(), REQUEST, request.name):
		system_moves.move(request, {"status": REVOKED if request.docstatus.is_submitted() else EXPIRED})
	request.add_comment("Info", _("Given back, because service or MKD ends before: {0}").format(_dates(days)))


def _no_way_back() -> str:
	return _("No longer in service, or without an MKD Policy, on this date")


def _dates(days: Iterable[BookedDay]) -> str:
	return day_list(day.mkd_date for day in days)
