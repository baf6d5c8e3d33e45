"""The single writer of MKD Day, the only truth about quota.

Every used day holds a slot of its person and ISO week, unique in the database, and a second unique key holds
person and date (rule Q6). So the database itself refuses the day too many, whatever a transaction has seen: who
looks at the same week goes for the same lowest place. The lock on the person only queues the writers of one person:
they wait for each other instead of deadlocking.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import frappe
from frappe import _
from frappe.utils import now

from mkd_hrms.constants import APPROVED, COLLECTIVE_DAY, PENDING
from mkd_hrms.facts.ledger.days import UsedDay
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.dates import iso_week
from mkd_hrms.policy.quota import WeekUse, by_week, free_slots, next_slots
from mkd_hrms.services.ledger.quota_messages import quota_message
from mkd_hrms.services.platform.names import row_name
from mkd_hrms.services.platform.wording import day_list

DATE_KEY = "mkd_day_person_date"
SECONDS_TO_WAIT = 30
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
	"""Days that one document asks for, with the limit (days) of each ISO week and the days known to be used."""

	source_doctype: str
	source_name: str
	person: Person
	dates: tuple[date, ...]
	limits: Mapping[str, int]
	used: Collection[UsedDay]

	def slots(self, week: str, also: Iterable[int] = ()) -> tuple[int, ...]:
		"""The slots of a week that look open, lowest first."""
		held = {entry.slot for entry in self.used if entry.iso_week == week}
		return free_slots(held | set(also), self.limits[week])


@dataclass(frozen=True, slots=True)
class Ordered:
	"""A day that a circular gives somebody, with the limit (days) of its ISO week, which it may exceed (rule W11)."""

	person: Person
	day: date
	limit: int


def lock_person(employee: str) -> None:
	"""Queue behind every other writer of this employee's days until the transaction ends.

	A lock by name, not on the row of the Employee: HR changes that row, and moves it in the tree of superiors,
	which a strict MariaDB would answer by undoing the application. Raises DayChanged after SECONDS_TO_WAIT.
	"""
	lock_persons([employee])


def lock_persons(employees: Iterable[str]) -> None:
	"""As `lock_person` for many, in one statement and always in the same order.

	Whoever holds the locks of many keeps many waiting, so he himself waits for nobody. Raises DayChanged at once then.
	"""
	names = sorted({f"mkd {frappe.conf.db_name} {employee}"[-64:] for employee in employees})
	if not names:
		return
	patience = SECONDS_TO_WAIT if len(names) == 1 else 0
	asked = ", ".join(["get_lock(%s, %s)"] * len(names))
	answers = frappe.db.sql(f"select {asked}", [value for name in names for value in (name, patience)])[0]
	held = [name for name, answer in zip(names, answers, strict=True) if answer]

	def release_locks():
		if held:
			frappe.db.sql(f"select {', '.join(['release_lock(%s)'] * len(held))}", held)

	frappe.db.after_commit.add(release_locks)
	frappe.db.after_rollback.add(release_locks)
	if len(held) < len(names):
		frappe.throw(_("Another change of this employee's MKD days takes too long. Try again."), DayChanged)


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


def book_by_circular(
	circular: str, days: Iterable[Ordered], used: Mapping[str, Collection[UsedDay]]
) -> dict[str, list[str]]:
	"""Write one Approved day for each, in the lowest place that nobody holds; who uses a date already keeps what he has.

	`used` are the days of the weeks by person, read behind the locks that the caller holds. Returns the names of the
	written days by employee. Raises DayChanged when somebody else was faster, and then has written nothing.
	"""
	held: dict[tuple[str, str], set[int]] = {}
	for person, own in used.items():
		for entry in own:
			held.setdefault((person, entry.iso_week), set()).add(entry.slot)
	taken = {(person, entry.mkd_date) for person, own in used.items() for entry in own}
	rows, written = [], {}
	for entry in days:
		person = entry.person
		if (person.person, entry.day) in taken:
			continue
		in_week = held.setdefault((person.person, iso_week(entry.day)), set())
		(slot,) = next_slots(in_week, 1)
		in_week.add(slot)
		taken.add((person.person, entry.day))
		rows.append(_row_of(person, entry.day, slot, APPROVED, entry.limit, COLLECTIVE_DAY, circular))
		written.setdefault(person.employee, []).append(rows[-1][0])
	if rows and _clash(rows):
		frappe.throw(_("MKD days of these people were booked in the meantime. Try again."), DayChanged)
	return written


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
	collective = sum(entry.iso_week == week and entry.is_collective for entry in booking.used)
	frappe.throw(quota_message([WeekUse(week, limit, used, asked, collective)]), QuotaExceeded)


def _row(booking: Booking, day: date, slot: int) -> tuple:
	limit, source = booking.limits[iso_week(day)], (booking.source_doctype, booking.source_name)
	return _row_of(booking.person, day, slot, PENDING, limit, *source)


def _row_of(
	person: Person, day: date, slot: int, status: str, limit: int, source_doctype: str, source_name: str
) -> tuple:
	stamp, user = now(), frappe.session.user
	return (
		row_name(),
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
		iso_week(day),
		slot,
		status,
		limit,
		source_doctype,
		source_name,
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
