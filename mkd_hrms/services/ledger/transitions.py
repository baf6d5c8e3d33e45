"""What becomes of a booked day: the single writer of its status."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now

from mkd_hrms.constants import (
	AHEAD_STATES,
	APPROVED,
	NO_SHOW,
	PENDING,
	RELEASED,
	REVOKED,
	SUSPENDED,
	WAITING_PLACE,
	WORKED,
)
from mkd_hrms.facts.ledger.days import UsedDay
from mkd_hrms.facts.ledger.ended_days import DueDay
from mkd_hrms.facts.people import Person
from mkd_hrms.services.ledger import written_reasons
from mkd_hrms.services.ledger.booking import DayChanged
from mkd_hrms.services.platform.wording import day_list

# What somebody wrote who decided about an absence.
UNDECIDED = ("confirmed_by", "confirmed_on", "confirmation_reason", "objection_until")


def approve(days: Collection[UsedDay]) -> None:
	"""Pending days become Approved. Raises DayChanged when one is not pending any more."""
	_change(days, (PENDING,), {"status": APPROVED})


def release(
	days: Collection[UsedDay | DueDay],
	reason: str,
	from_states: Iterable[str] = AHEAD_STATES,
	by: Document | None = None,
) -> None:
	"""Days give their place in the week back: they keep their slot number, but belong to no person any more.

	`by` is the document that comes before MKD, where there is one. Raises DayChanged when one is in no such state
	any more.
	"""
	values = {"status": RELEASED, "person": None, "release_reason": reason, "absence_proposed": 0}
	if by:
		values |= {"superseded_by_doctype": by.doctype, "superseded_by": by.name}
	_change(days, from_states, values)
	_let_others_know(days)


def _let_others_know(days: Collection[UsedDay | DueDay]) -> None:
	"""Somebody may wait for room in his unit (rule W6): where anybody does, a worker looks once for all that is free."""
	dates = sorted({day.mkd_date for day in days if day.status != PENDING})
	if dates and frappe.db.exists(WAITING_PLACE, {"mkd_date": ("in", dates), "status": "Waiting"}):
		frappe.enqueue(
			"mkd_hrms.tasks.offer_places",
			enqueue_after_commit=True,
			job_id="mkd_waiting_places",
			deduplicate=True,
		)


def suspend(days: Collection[UsedDay], objection_until: date, record: str) -> None:
	"""Approved days that the rules no longer allow (rule W12): they keep their place in the week (rule Q3).

	`record` names the MKD Decision Record with what was found. Raises DayChanged when one is not approved any more.
	"""
	values = {"suspended_on": now(), "suspension_objection_until": objection_until}
	_change(days, (APPROVED,), {"status": SUSPENDED, "recheck": record, **values})


def resume(days: Collection[UsedDay], record: str) -> None:
	"""Suspended days that the rules allow again are Approved, as they were.

	Raises DayChanged when one is not suspended any more.
	"""
	values = {"suspended_on": None, "suspension_objection_until": None}
	_change(days, (SUSPENDED,), {"status": APPROVED, "recheck": record, **values})


def move_unit(days: Collection[UsedDay], person: Person) -> None:
	"""Days ahead go with their employee to another unit or company, by whose rules they are counted.

	Raises DayChanged when one is not ahead any more.
	"""
	_change(days, AHEAD_STATES, {"department": person.department, "company": person.company})


def revoke(days: Collection[UsedDay], reason: str) -> None:
	"""Days that have begun are withdrawn but stay used (rule Q3). Raises DayChanged when one was taken back already."""
	from_states = (*AHEAD_STATES, WORKED, NO_SHOW)
	_change(days, from_states, {"status": REVOKED, "release_reason": reason, "absence_proposed": 0})


def end(days: Collection[UsedDay | DueDay], status: str, remarks: Mapping[str, Any]) -> None:
	"""Approved days are over: Worked or No Show (rule D6). Raises DayChanged when one is not approved any more."""
	_change(days, (APPROVED,), {"status": status, "absence_proposed": 0, **remarks})


def correct(day: UsedDay | DueDay) -> None:
	"""A no-show was found to be none: the day was worked. Raises DayChanged when it is no no-show any more."""
	_change([day], (NO_SHOW,), {"status": WORKED})


def reopen(day: UsedDay | DueDay) -> None:
	"""A day that has ended is only approved again, because something in its end counts against nobody (rule D11).

	Raises DayChanged when it is not as it was read any more.
	"""
	values = {"status": APPROVED, "absence_proposed": 0, "report_missing": 0, **dict.fromkeys(UNDECIDED)}
	_change([day], (day.status,), values)


def open_again(day: DueDay, person: str, slot: int, today: date) -> None:
	"""A released day that is over is Approved again, in a place of its week; its report counts from today (rule W10).

	Raises DayChanged when it is not released any more.
	"""
	values = {"status": APPROVED, "person": person, "slot": slot, "reopened_on": today, "report_missing": 0}
	gone = ("release_reason", "superseded_by_doctype", "superseded_by", "report_reminded_on")
	nothing = dict.fromkeys((*UNDECIDED, *gone))
	_change([day], (RELEASED,), {**values, **nothing})


def remark(day: str, **remarks: Any) -> None:
	"""Write on a day what changes nothing about its place in the week."""
	kept, reasons = _parted(remarks)
	frappe.db.set_value("MKD Day", day, kept)
	if reasons:
		written_reasons.keep([day], reasons)


def remark_each(remarks: Mapping[str, Mapping[str, Any]]) -> None:
	"""As `remark` for many days, each with its own; nothing among it that somebody wrote."""
	frappe.db.bulk_update("MKD Day", dict(remarks), chunk_size=max(len(remarks), 1))


def attach_report(day: str, report: str) -> bool:
	"""Write the report on a day that has none. False when another one was faster."""
	table = frappe.qb.DocType("MKD Day")
	free = table.daily_report.isnull() | (table.daily_report == "")
	query = frappe.qb.update(table).set(table.daily_report, report).set(table.report_missing, 0)
	query.set(table.modified, now()).where((table.name == day) & free).run()
	return bool(frappe.db._cursor.rowcount)


def _parted(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
	"""What stands in the row, and what stands beside it."""
	reasons = {name: value for name, value in values.items() if name in written_reasons.WRITTEN}
	return {name: value for name, value in values.items() if name not in reasons}, reasons


def _change(
	days: Collection[UsedDay | DueDay], from_states: Iterable[str], values: Mapping[str, Any]
) -> None:
	"""Change rows by primary key only: a range on another index would lock the gaps in which others insert."""
	if not days:
		return
	table = frappe.qb.DocType("MKD Day")
	query = frappe.qb.update(table).set(table.modified, now()).set(table.modified_by, frappe.session.user)
	kept, reasons = _parted(values)
	for column, value in kept.items():
		query = query.set(table[column], value)
	query.where(table.name.isin([day.name for day in days]) & table.status.isin(list(from_states))).run()
	if frappe.db._cursor.rowcount != len(days):
		frappe.throw(
			_(
				"These MKD days were changed by somebody else in the meantime: {0}. Reload and try again."
			).format(day_list(day.mkd_date for day in days)),
			DayChanged,
		)
	if reasons:
		written_reasons.keep([day.name for day in days], reasons)
