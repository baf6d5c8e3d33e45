"""The single writer of MKD Day, the only truth about quota.

Every used day holds a slot of its person and ISO week, unique in the database, and a second unique key holds
person and date (rule Q6). So the database itself refuses the day too many, whatever a transaction has seen. The
lock on the person only queues the writers of one person: they wait for each other instead of deadlocking.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import now

from mkd_hrms.constants import AHEAD_STATES, SUSPENDED
from mkd_hrms.facts.ledger.days import UsedDay
from mkd_hrms.facts.ledger.ended_days import DueDay
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.dates import iso_week
from mkd_hrms.policy.quota import RELEASED, WeekUse, by_week, free_slots
from mkd_hrms.services.messages import as_text, day_list, quota_message

PENDING, APPROVED, WORKED, NO_SHOW, REVOKED = "Pending", "Approved", "Worked", "No Show", "Revoked"
DATE_KEY = "mkd_day_person_date"
SECONDS_TO_WAIT = 30
TYPED = frozenset(("release_reason", "confirmation_reason"))
COLUMNS = (
	"name creation modified owner modified_by employee employee_name person department company mkd_date iso_week"
	" slot status limit_at_booking source_doctype source_name"
).split()


class QuotaExceeded(frappe.ValidationError):
	"""A week has no free slot within its limit."""


class DayTaken(frappe.ValidationError):
	"""The person already uses a date."""


class DayChanged(frappe.ValidationError):
	"""A day is no longer in the state in which it was read."""


@dataclass(frozen=True, slots=True)
class Booking:
	"""Days that one document asks for, with the limit of each ISO week and the days known to be used."""

	source_doctype: str
	source_name: str
	person: Person
	dates: tuple[date, ...]
	limits: Mapping[str, int]
	used: Collection[UsedDay]

	def slots(self, week: str, also: Iterable[int] = ()) -> tuple[int, ...]:
		"""The slots of a week that look free, lowest first."""
		held = {entry.slot for entry in self.used if entry.iso_week == week}
		return free_slots(held | set(also), self.limits[week])


def lock_person(employee: str) -> None:
	"""Queue behind every other writer of this employee's days until the transaction ends.

	A lock by name, not on the row of the Employee: HR changes that row, and moves it in the tree of superiors,
	which a strict MariaDB would answer by undoing the application.
	"""
	name = f"mkd {frappe.conf.db_name} {employee}"[-64:]
	if not frappe.db.sql("select get_lock(%s, %s)", (name, SECONDS_TO_WAIT))[0][0]:
		frappe.throw(_("Another change of this employee's MKD days takes too long. Try again."), DayChanged)

	def release_lock():
		frappe.db.sql("select release_lock(%s)", name)

	frappe.db.after_commit.add(release_lock)
	frappe.db.after_rollback.add(release_lock)


def book(booking: Booking) -> None:
	"""Write one Pending day per date. Raises QuotaExceeded or DayTaken, and then has written nothing."""
	lock_person(booking.person.employee)
	chosen: dict[str, list[int]] = {}
	rows = []
	for day in booking.dates:
		week = iso_week(day)
		free = booking.slots(week, chosen.get(week, ()))
		if not free:
			_refuse(booking, week)
		chosen.setdefault(week, []).append(free[0])
		rows.append(_row(booking, day, free[0]))
	if _clash(rows):
		_book_one_by_one(booking)


def _book_one_by_one(booking: Booking) -> None:
	"""Somebody else was faster than this transaction could see: try the next slots, day by day."""
	frappe.db.savepoint("mkd_book")
	chosen: dict[str, list[int]] = {}
	for day in booking.dates:
		week = iso_week(day)
		slot = _first_slot_that_holds(booking, day, booking.slots(week, chosen.get(week, ())))
		if slot is None:
			frappe.db.rollback(save_point="mkd_book")
			_refuse(booking, week)
		chosen.setdefault(week, []).append(slot)


def _first_slot_that_holds(booking: Booking, day: date, slots: Iterable[int]) -> int | None:
	for slot in slots:
		clash = _clash([_row(booking, day, slot)])
		if not clash:
			return slot
		if DATE_KEY in clash:
			frappe.throw(_("MKD on {0} is already applied for.").format(day_list([day])), DayTaken)
	return None


def _refuse(booking: Booking, week: str) -> None:
	asked, limit = by_week(booking.dates)[week], booking.limits[week]
	known = sum(entry.iso_week == week for entry in booking.used)
	# A slot that looked free was not, so the week is at least as full as its limit less the slots still open.
	used = max(known, limit - asked + 1)
	frappe.throw(quota_message([WeekUse(week, limit, used, asked)]), QuotaExceeded)


def _row(booking: Booking, day: date, slot: int) -> tuple:
	person, stamp, user, week = booking.person, now(), frappe.session.user, iso_week(day)
	return (
		frappe.generate_hash(length=10),
		stamp,
		stamp,
		user,
		user,
		person.employee,
		person.employee_name,
		person.person,
		person.department,
		person.company,
		day,
		week,
		slot,
		PENDING,
		booking.limits[week],
		booking.source_doctype,
		booking.source_name,
	)


def _clash(rows: list[tuple]) -> str | None:
	"""Write rows, or say which unique key is held by somebody else.

	A refusal raised while the violation is still handled would carry the database's words in its traceback.
	"""
	try:
		frappe.db.bulk_insert("MKD Day", COLUMNS, rows)
	except Exception as clash:
		if not frappe.db.is_unique_key_violation(clash):
			raise
		return str(clash)
	return None


def move_person(employee: str, person: str, until: date = date.max) -> None:
	"""Carry an employee's used days, up to a date, to the name by which the person is known from now on.

	Raises DayTaken where that person already uses one of those dates or places, through another record.
	"""
	day = frappe.qb.DocType("MKD Day")
	try:
		frappe.qb.update(day).set(day.person, person).where(
			(day.employee == employee)
			& day.person.notnull()
			& (day.person != person)
			& (day.mkd_date <= until)
		).run()
	except Exception as clash:
		if not frappe.db.is_unique_key_violation(clash):
			raise
	else:
		return
	frappe.throw(
		_("{0} already uses MKD days of the same weeks through another Employee record.").format(person),
		DayTaken,
	)


def approve(days: Collection[UsedDay]) -> None:
	"""Pending days become Approved. Raises DayChanged when one is not pending any more."""
	_change(days, (PENDING,), {"status": APPROVED})


def release(
	days: Collection[UsedDay | DueDay],
	reason: str,
	from_states: Iterable[str] = AHEAD_STATES,
	by=None,
) -> None:
	"""Days give their place in the week back: they keep their slot number, but belong to no person any more.

	`by` is the document that comes before MKD, where there is one.
	"""
	values = {"status": RELEASED, "person": None, "release_reason": reason, "absence_proposed": 0}
	if by:
		values |= {"superseded_by_doctype": by.doctype, "superseded_by": by.name}
	_change(days, from_states, values)


def suspend(days: Collection[UsedDay], objection_until: date, record: str) -> None:
	"""Approved days that the rules no longer allow (rule W12): they keep their place in the week (rule Q3).

	`record` names the MKD Decision Record with what was found.
	"""
	values = {"suspended_on": now(), "suspension_objection_until": objection_until}
	_change(days, (APPROVED,), {"status": SUSPENDED, "recheck": record, **values})


def resume(days: Collection[UsedDay], record: str) -> None:
	"""Suspended days that the rules allow again are Approved, as they were."""
	values = {"suspended_on": None, "suspension_objection_until": None}
	_change(days, (SUSPENDED,), {"status": APPROVED, "recheck": record, **values})


def move_unit(days: Collection[UsedDay], person: Person) -> None:
	"""Days ahead go with their employee to another unit or company, by whose rules they are counted."""
	_change(days, AHEAD_STATES, {"department": person.department, "company": person.company})


def revoke(days: Collection[UsedDay], reason: str) -> None:
	"""Days that have begun are withdrawn but stay used (rule Q3)."""
	from_states = (*AHEAD_STATES, WORKED, NO_SHOW)
	_change(days, from_states, {"status": REVOKED, "release_reason": reason, "absence_proposed": 0})


def end(day: UsedDay | DueDay, status: str, remarks: Mapping[str, Any]) -> None:
	"""An approved day is over: Worked or No Show (rule D6). Raises DayChanged when it is not approved any more."""
	_change([day], (APPROVED,), {"status": status, "absence_proposed": 0, **remarks})


def correct(day: UsedDay | DueDay) -> None:
	"""A no-show was found to be none: the day was worked. Raises DayChanged when it is no no-show any more."""
	_change([day], (NO_SHOW,), {"status": WORKED})


def reopen(day: UsedDay | DueDay) -> None:
	"""A day that has ended is only approved again, because something in its end counts against nobody (rule D11).

	Raises DayChanged when it is not as it was read any more.
	"""
	undecided = dict.fromkeys("confirmed_by confirmed_on confirmation_reason objection_until".split())
	values = {"status": APPROVED, "absence_proposed": 0, "report_missing": 0, **undecided}
	_change([day], (day.status,), values)


def remark(day: str, **remarks: Any) -> None:
	"""Write on a day what changes nothing about its place in the week."""
	frappe.db.set_value("MKD Day", day, _as_shown(remarks))


def attach_report(day: str, report: str) -> bool:
	"""Write the report on a day that has none. False when another one was faster."""
	table = frappe.qb.DocType("MKD Day")
	free = table.daily_report.isnull() | (table.daily_report == "")
	query = frappe.qb.update(table).set(table.daily_report, report).set(table.report_missing, 0)
	query.set(table.modified, now()).where((table.name == day) & free).run()
	return bool(frappe.db._cursor.rowcount)


def _as_shown(values: Mapping[str, Any]) -> dict[str, Any]:
	return {name: as_text(value) if value and name in TYPED else value for name, value in values.items()}


def _change(
	days: Collection[UsedDay | DueDay], from_states: Iterable[str], values: Mapping[str, Any]
) -> None:
	"""Change rows by primary key only: a range on another index would lock the gaps in which others insert."""
	if not days:
		return
	table = frappe.qb.DocType("MKD Day")
	query = frappe.qb.update(table).set(table.modified, now()).set(table.modified_by, frappe.session.user)
	for column, value in _as_shown(values).items():
		query = query.set(table[column], value)
	query.where(table.name.isin([day.name for day in days]) & table.status.isin(list(from_states))).run()
	if frappe.db._cursor.rowcount != len(days):
		frappe.throw(
			_(
				"These MKD days were changed by somebody else in the meantime: {0}. Reload and try again."
			).format(day_list(day.mkd_date for day in days)),
			DayChanged,
		)
