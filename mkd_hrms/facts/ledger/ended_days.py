"""Approved MKD days that are over, and what the platform recorded on them (rule D6). Sets in, sets out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pypika import Query, Table
from pypika.functions import Cast, Coalesce
from pypika.terms import Criterion

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.policy.model import APPROVED, NO_SHOW, WORKED

DAY, ATTENDANCE = Table("tabMKD Day"), Table("tabAttendance")
CHECKIN, SHIFT = Table("tabEmployee Checkin"), Table("tabShift Type")
REQUEST = Table("tabMKD Request")
SUBMITTED, CANCELLED = 1, 2
PRESENT, WORK_FROM_HOME = "Present", "Work From Home"
COLUMNS = (
	DAY.name,
	DAY.employee,
	DAY.company,
	DAY.mkd_date,
	DAY.status,
	DAY.daily_report,
	DAY.absence_proposed,
	DAY.reopened_on,
)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueDay:
	"""A day of the ledger as the day's end looks at it."""

	name: str
	employee: str
	company: str
	mkd_date: date
	status: str
	daily_report: str | None
	absence_proposed: bool
	reopened_on: date | None

	@property
	def counts_from(self) -> date:
		"""The day from which its report is due: its own, or that on which it was opened again (rule W10)."""
		return max(self.mkd_date, self.reopened_on or self.mkd_date)


@dataclass(frozen=True, slots=True)
class Recorded:
	"""An attendance row of the day. `before` is what stood there before MKD changed it.

	`half_excused` says of half a day that leave or official duty is the reason, not the hours.
	"""

	name: str
	docstatus: int
	status: str
	half_excused: bool
	half_day_status: str | None
	undecided_half: bool
	mkd_day: str | None
	before: str | None

	@property
	def at_work(self) -> bool:
		"""Whether it says that somebody came."""
		return self.docstatus == SUBMITTED and self.status in (PRESENT, WORK_FROM_HOME)


@dataclass(frozen=True, slots=True)
class Seen:
	"""What the platform has of a day. `expects_row`: auto attendance will still make a row of the check-ins.

	`elsewhere`: another Employee record of the same person tells that he came. The rows of a day are those of its own.
	"""

	rows: tuple[Recorded, ...] = ()
	checked_in: bool = False
	expects_row: bool = False
	elsewhere: bool = False


def read_due_days(database: Database, before: date, company: str | None = None) -> tuple[DueDay, ...]:
	"""The approved days before a date, oldest first: of a company, or all."""

	def condition(bind: Binder) -> Criterion:
		due = (DAY.status == bind(APPROVED)) & (DAY.mkd_date < bind(before))
		return due & (DAY.company == bind(company)) if company else due

	return _read_days(database, condition)


def read_days_without_row(database: Database, since: date) -> tuple[DueDay, ...]:
	"""The worked days since a date that no attendance row is linked to."""

	def condition(bind: Binder) -> Criterion:
		unlinked = DAY.attendance.isnull() | (DAY.attendance == bind(""))
		return (DAY.status == bind(WORKED)) & (DAY.mkd_date >= bind(since)) & unlinked

	return _read_days(database, condition)


def read_days_of_employee(database: Database, employee: str, since: date, until: date) -> tuple[DueDay, ...]:
	"""The approved and worked days of an employee in a period."""

	def condition(bind: Binder) -> Criterion:
		within = (DAY.mkd_date >= bind(since)) & (DAY.mkd_date <= bind(until))
		return (DAY.employee == bind(employee)) & within & DAY.status.isin(bind.all((APPROVED, WORKED)))

	return _read_days(database, condition)


def read_marked_days(database: Database, since: date, until: date) -> tuple[DueDay, ...]:
	"""The days of a period that ended with a missing report or an absence, confirmed or only proposed."""

	def condition(bind: Binder) -> Criterion:
		within = (DAY.mkd_date >= bind(since)) & (DAY.mkd_date <= bind(until))
		return within & _is_marked(bind)

	return _read_days(database, condition)


def read_marked_day(database: Database, name: str) -> DueDay | None:
	"""One of these days by its name; None where nothing is held against it any more."""
	return next(iter(_read_days(database, lambda bind: (DAY.name == bind(name)) & _is_marked(bind))), None)


def _is_marked(bind: Binder) -> Criterion:
	open_or_over = DAY.status.isin(bind.all((APPROVED, WORKED, NO_SHOW)))
	marked = (DAY.report_missing == 1) | (DAY.absence_proposed == 1) | (DAY.status == bind(NO_SHOW))
	return open_or_over & marked


def read_day(database: Database, name: str) -> DueDay | None:
	"""One day by its name."""
	return next(iter(_read_days(database, lambda bind: DAY.name == bind(name))), None)


def read_days(database: Database, names: Collection[str]) -> dict[str, DueDay]:
	"""Some days by their names."""
	if not names:
		return {}
	found = _read_days(database, lambda bind: DAY.name.isin(bind.all(names)))
	return {day.name: day for day in found}


def _read_days(database: Database, condition: Callable[[Binder], Criterion]) -> tuple[DueDay, ...]:
	def build(bind: Binder):
		query = Query.from_(DAY).select(*COLUMNS).where(condition(bind))
		return query.orderby(DAY.mkd_date).orderby(DAY.name)

	return tuple(
		DueDay(*values, report or None, bool(proposed), reopened or None)
		for *values, report, proposed, reopened in rows(database, build)
	)


def read_approvals(database: Database, days: Iterable[str]) -> dict[str, datetime]:
	"""By day of the ledger, when the request was approved from which it came."""
	names = sorted(set(days))
	if not names:
		return {}

	def build(bind: Binder):
		return (
			Query.from_(DAY)
			.join(REQUEST)
			.on(REQUEST.name == DAY.source_name)
			.select(DAY.name, REQUEST.decided_on)
			.where(DAY.name.isin(bind.all(names)) & (DAY.source_doctype == bind("MKD Request")))
			.where((REQUEST.docstatus == SUBMITTED) & REQUEST.decided_on.notnull())
		)

	return dict(rows(database, build))


def read_seen(
	database: Database, days: Collection[DueDay], scope: Scope | None = None
) -> dict[tuple[str, date], Seen]:
	"""By employee and date, the attendance rows and check-ins of some days; with a scope that was widened, also
	whether another Employee record tells of presence."""
	if not days:
		return {}
	others = (scope.others if scope else None) or {}
	employees = {day.employee for day in days} | {
		other.employee for more in others.values() for other in more
	}
	first, last = min(day.mkd_date for day in days), max(day.mkd_date for day in days)
	recorded = _read_rows(database, sorted(employees), first, last)
	checked_in = _read_checkins(database, sorted(employees), first, last)

	def came(employee: str, day: date) -> bool:
		return (employee, day) in checked_in or any(row.at_work for row in recorded.get((employee, day), ()))

	keys = {(day.employee, day.mkd_date) for day in days}
	return {
		(employee, day): Seen(
			tuple(recorded.get((employee, day), ())),
			(employee, day) in checked_in,
			checked_in.get((employee, day), False),
			any(came(other.employee, day) for other in others.get(employee, ())),
		)
		for employee, day in keys
	}


def _read_rows(
	database: Database, employees: Iterable[str], first: date, last: date
) -> dict[tuple[str, date], list[Recorded]]:
	def build(bind: Binder):
		return (
			Query.from_(ATTENDANCE)
			.select(ATTENDANCE.employee, ATTENDANCE.attendance_date, ATTENDANCE.name, ATTENDANCE.docstatus)
			.select(ATTENDANCE.status, ATTENDANCE.leave_type, ATTENDANCE.attendance_request)
			.select(ATTENDANCE.half_day_status, ATTENDANCE.modify_half_day_status)
			.select(ATTENDANCE.mkd_day, ATTENDANCE.mkd_before)
			.where(ATTENDANCE.employee.isin(bind.all(employees)) & (ATTENDANCE.docstatus < CANCELLED))
			.where(ATTENDANCE.attendance_date >= bind(first))
			.where(ATTENDANCE.attendance_date <= bind(last))
			.orderby(ATTENDANCE.name)
		)

	found = defaultdict(list)
	for employee, day, name, docstatus, status, leave, duty, half, undecided, mkd_day, before in rows(
		database, build
	):
		row = Recorded(
			name,
			docstatus,
			status,
			bool(leave or duty),
			half or None,
			bool(undecided),
			mkd_day or None,
			before or None,
		)
		found[employee, day].append(row)
	return dict(found)


def _read_checkins(
	database: Database, employees: Iterable[str], first: date, last: date
) -> dict[tuple[str, date], bool]:
	"""The days with check-ins, and whether auto attendance has yet to make a row of one of them."""

	def build(bind: Binder):
		day = Cast(Coalesce(CHECKIN.shift_start, CHECKIN.time), "DATE")
		return (
			Query.from_(CHECKIN)
			.left_join(SHIFT)
			.on(SHIFT.name == CHECKIN.shift)
			.select(CHECKIN.employee, day, CHECKIN.time, CHECKIN.attendance, CHECKIN.skip_auto_attendance)
			.select(CHECKIN.offshift, SHIFT.enable_auto_attendance, SHIFT.process_attendance_after)
			.where(CHECKIN.employee.isin(bind.all(employees)))
			# A night shift begins on the day before its last check-in.
			.where(CHECKIN.time >= bind(datetime.combine(first - ONE_DAY, time.min)))
			.where(CHECKIN.time < bind(datetime.combine(last + 2 * ONE_DAY, time.min)))
		)

	found: dict[tuple[str, date], bool] = {}
	for employee, day, moment, attendance, skipped, offshift, automatic, begins in rows(database, build):
		expected = not (attendance or skipped or offshift) and bool(automatic and begins)
		expected = expected and moment >= datetime.combine(begins, time.min)
		found[employee, day] = found.get((employee, day), False) or expected
	return found
