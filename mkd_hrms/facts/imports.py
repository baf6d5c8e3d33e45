"""What stands where a file of another system would write: employees by their numbers, and the records that are there. Sets in, sets out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from pypika import Order, Query, Table
from pypika.queries import QueryBuilder

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.people import EMPLOYEE
from mkd_hrms.policy.model import AT_WORK_STATES, NO_SHOW, REVOKED, WORKED

ATTENDANCE, CHECKIN, DAY = Table("tabAttendance"), Table("tabEmployee Checkin"), Table("tabMKD Day")
RESULT, CASE = Table("tabMKD Performance Record"), Table("tabMKD Discipline Record")
TALENT = Table("tabMKD Talent Record")
REPORT, ACTIVITY = Table("tabMKD Daily Report"), Table("tabMKD Daily Report Activity")
ASSIGNMENT, ONE_DAY = Table("tabShift Assignment"), timedelta(days=1)
LINE, DECISION = Table("tabMKD Import Line"), Table("tabMKD Decision Record")
HINT = Table("tabMKD Place Hint")
CANCELLED, SUBMITTED = 2, 1
# A day on which one of these was found has its end behind it.
ENDED = (WORKED, NO_SHOW, REVOKED)
# What is compared of each record, and what says that somebody else has a hand in it.
OF_ATTENDANCE = (
	"name employee attendance_date status late_entry early_exit in_time out_time"
	" mkd_day leave_application attendance_request docstatus"
).split()
OF_RESULT = (
	"name employee source period_start period_end predicate has_score score productive_minutes docstatus"
).split()
OF_REPORT = "name employee mkd_day mkd_date status docstatus total_minutes".split()
OF_ACTIVITY = (
	"activity output minutes from_time to_time volume volume_unit evidence goal planned_activity".split()
)
OF_CHECKIN = "name employee time attendance log_type latitude longitude".split()
OF_CASE = "name employee level from_date stage to_date decree_no docstatus".split()
OF_BOX = "name employee year source source_document box x_axis y_axis total_axis docstatus".split()
Record = dict[str, Any]


def read_numbers(database: Database, company: str, column: str) -> list[tuple[str, str, str, bool]]:
	"""Of a company, who has a number in a column of the Employee record: number, record, name, whether it is active."""

	def build(bind: Binder):
		query = Query.from_(EMPLOYEE).select(
			EMPLOYEE[column], EMPLOYEE.name, EMPLOYEE.employee_name, EMPLOYEE.status
		)
		return query.where((EMPLOYEE.company == bind(company)) & (EMPLOYEE[column] > bind("")))

	return [
		(number, name, called, status == "Active") for number, name, called, status in rows(database, build)
	]


def read_attendance(
	database: Database, employees: Collection[str], since: date, until: date
) -> dict[tuple[str, date], Record]:
	"""The attendance that stands, by employee and date; of several rows of a date the first."""

	def build(bind: Binder):
		query = Query.from_(ATTENDANCE).select(*(ATTENDANCE[column] for column in OF_ATTENDANCE))
		query = query.where(ATTENDANCE.employee.isin(bind.all(employees)))
		query = query.where(
			(ATTENDANCE.attendance_date >= bind(since)) & (ATTENDANCE.attendance_date <= bind(until))
		)
		return query.where(ATTENDANCE.docstatus < bind(CANCELLED)).orderby(ATTENDANCE.name, order=Order.desc)

	found = (
		dict(zip(OF_ATTENDANCE, row, strict=True)) for row in (rows(database, build) if employees else ())
	)
	return {(row["employee"], row["attendance_date"]): row for row in found}


def lock_attendance(
	database: Database, employees: Collection[str], since: date, until: date
) -> set[tuple[str, date]]:
	"""By employee and date where rows stand, as the last commit left them; nobody adds one until the transaction ends."""

	def build(bind: Binder):
		query = Query.from_(ATTENDANCE).select(ATTENDANCE.employee, ATTENDANCE.attendance_date)
		query = query.where(ATTENDANCE.employee.isin(bind.all(employees)))
		query = query.where(
			(ATTENDANCE.attendance_date >= bind(since)) & (ATTENDANCE.attendance_date <= bind(until))
		)
		return query.where(ATTENDANCE.docstatus < bind(CANCELLED)).for_update()

	return set(rows(database, build)) if employees else set()


def read_with_shifts(database: Database, employees: Collection[str], since: date, until: date) -> set[str]:
	"""Those of some employees who have a shift, assigned about some days or as their usual one."""

	def assigned(bind: Binder):
		query = Query.from_(ASSIGNMENT).select(ASSIGNMENT.employee).distinct()
		query = query.where(
			ASSIGNMENT.employee.isin(bind.all(employees)) & (ASSIGNMENT.docstatus == SUBMITTED)
		)
		# A night shift ends on the day after its own.
		begins = ASSIGNMENT.start_date <= bind(until + ONE_DAY)
		return query.where(
			begins & (ASSIGNMENT.end_date.isnull() | (ASSIGNMENT.end_date >= bind(since - ONE_DAY)))
		)

	def usual(bind: Binder):
		query = Query.from_(EMPLOYEE).select(EMPLOYEE.name)
		return query.where(EMPLOYEE.name.isin(bind.all(employees)) & (EMPLOYEE.default_shift > bind("")))

	return {name for build in (assigned, usual) for (name,) in (rows(database, build) if employees else ())}


def read_checkins(
	database: Database, employees: Collection[str], since: date, until: date
) -> dict[tuple[str, datetime], Record]:
	"""The check-ins that stand, by employee and moment."""
	first, last = datetime.combine(since, time.min), datetime.combine(until, time.max)

	def build(bind: Binder):
		query = Query.from_(CHECKIN).select(*(CHECKIN[column] for column in OF_CHECKIN))
		query = query.where(CHECKIN.employee.isin(bind.all(employees)))
		return query.where((CHECKIN.time >= bind(first)) & (CHECKIN.time <= bind(last)))

	found = (dict(zip(OF_CHECKIN, row, strict=True)) for row in (rows(database, build) if employees else ()))
	return {(row["employee"], row["time"]): row for row in found}


class Ended(NamedTuple):
	"""An MKD day that is over: its state, and whether it ended without presence."""

	name: str
	status: str
	no_presence: bool


def read_ended_days(
	database: Database, employees: Collection[str], since: date, until: date
) -> dict[tuple[str, date], Ended]:
	"""By employee and date the MKD days that are over.

	A day that was booked through another Employee record of the same person is his all the same.
	"""
	if not employees:
		return {}
	whose = {}
	for name, nip in rows(database, lambda bind: _nips(bind, employees)):
		whose.setdefault(nip or name, []).append(name)

	def build(bind: Binder):
		query = Query.from_(DAY).select(DAY.person, DAY.mkd_date, DAY.name, DAY.status, DAY.no_presence)
		query = query.where(DAY.person.isin(bind.all(whose)) & DAY.status.isin(bind.all(ENDED)))
		return query.where((DAY.mkd_date >= bind(since)) & (DAY.mkd_date <= bind(until)))

	return {
		(employee, day): Ended(name, status, bool(no_presence))
		for person, day, name, status, no_presence in rows(database, build)
		for employee in whose[person]
	}


def _nips(bind: Binder, employees: Collection[str]) -> QueryBuilder:
	query = Query.from_(EMPLOYEE).select(EMPLOYEE.name, EMPLOYEE.mkd_nip)
	return query.where(EMPLOYEE.name.isin(bind.all(employees)))


def read_results(database: Database, employees: Collection[str]) -> dict[tuple, Record]:
	"""The submitted results of some employees, by employee, source, and first and last day."""
	found = _submitted(database, RESULT, OF_RESULT, employees)
	return {(row["employee"], row["source"], row["period_start"], row["period_end"]): row for row in found}


def read_cases(database: Database, employees: Collection[str]) -> dict[tuple, Record]:
	"""The submitted sanctions of some employees, by employee, level and first day."""
	found = _submitted(database, CASE, OF_CASE, employees)
	return {(row["employee"], row["level"], row["from_date"]): row for row in found}


def read_boxes(database: Database, employees: Collection[str]) -> dict[tuple, Record]:
	"""The submitted talent records of some employees, by employee and year."""
	found = _submitted(database, TALENT, OF_BOX, employees)
	return {(row["employee"], row["year"]): row for row in found}


def _submitted(
	database: Database, table: Table, columns: list[str], employees: Collection[str]
) -> list[Record]:
	def build(bind: Binder):
		query = Query.from_(table).select(*(table[column] for column in columns))
		query = query.where(table.employee.isin(bind.all(employees)) & (table.docstatus == bind(SUBMITTED)))
		return query.orderby(table.name)

	return [dict(zip(columns, row, strict=True)) for row in (rows(database, build) if employees else ())]


def read_report_days(
	database: Database, employees: Collection[str], since: date, until: date
) -> dict[tuple[str, date], str]:
	"""By employee and date the MKD days about which there is to be a report."""

	def build(bind: Binder):
		query = Query.from_(DAY).select(DAY.employee, DAY.mkd_date, DAY.name)
		query = query.where(
			DAY.employee.isin(bind.all(employees)) & DAY.status.isin(bind.all(AT_WORK_STATES))
		)
		return query.where((DAY.mkd_date >= bind(since)) & (DAY.mkd_date <= bind(until)))

	return {(employee, day): name for employee, day, name in (rows(database, build) if employees else ())}


def read_reports(database: Database, column: str, values: Collection[str]) -> dict[str, Record]:
	"""The reports that stand, by their day or by their name, each with its activities in their order."""

	def build(bind: Binder):
		query = Query.from_(REPORT).left_join(ACTIVITY).on(ACTIVITY.parent == REPORT.name)
		query = query.select(*(REPORT[each] for each in OF_REPORT), *(ACTIVITY[each] for each in OF_ACTIVITY))
		query = query.where(REPORT[column].isin(bind.all(values)) & (REPORT.docstatus < bind(CANCELLED)))
		return query.orderby(REPORT.name).orderby(ACTIVITY.idx)

	found: dict[str, Record] = {}
	for row in rows(database, build) if values else ():
		report = dict(zip(OF_REPORT, row[: len(OF_REPORT)], strict=True))
		known = found.setdefault(report[column], {**report, "activities": []})
		activity = dict(zip(OF_ACTIVITY, row[len(OF_REPORT) :], strict=True))
		if activity["activity"] is not None:
			known["activities"].append(activity)
	return found


class Line(NamedTuple):
	"""What a line of an import remembers."""

	document: str | None
	action: str
	after: str


def read_lines_of(
	database: Database, doctype: str, employees: Collection[str], details: Collection[str]
) -> dict[tuple[str, str], Line]:
	"""What imports wrote last of some employees, or left for HR to confirm, by employee and what of him."""

	def build(bind: Binder):
		query = Query.from_(LINE).select(
			LINE.employee, LINE.detail, LINE.document_name, LINE.action, LINE.after
		)
		query = query.where(LINE.employee.isin(bind.all(employees)) & (LINE.document_type == bind(doctype)))
		query = query.where(LINE.detail.isin(bind.all(details)) & (LINE.undone == bind(0)))
		return query.orderby(LINE.creation)

	asked = employees and details
	return {
		(employee, detail): Line(*rest)
		for employee, detail, *rest in (rows(database, build) if asked else ())
	}


def read_written(database: Database, documents: Collection[str]) -> dict[str, str]:
	"""Of some records those that an import wrote, each with what it wrote last."""

	def build(bind: Binder):
		query = Query.from_(LINE).select(LINE.document_name, LINE.after)
		query = query.where(LINE.document_name.isin(bind.all(documents)) & (LINE.undone == bind(0)))
		return query.orderby(LINE.creation)

	return dict(rows(database, build)) if documents else {}


def read_done(database: Database, name: str) -> set[tuple[str, str, str]]:
	"""What an import has written already: DocType, employee and what of him."""

	def build(bind: Binder):
		query = Query.from_(LINE).select(LINE.document_type, LINE.employee, LINE.detail)
		return query.where((LINE.mkd_import == bind(name)) & (LINE.undone == bind(0)))

	return set(rows(database, build))


def read_later(database: Database, name: str) -> dict[str, str]:
	"""By line of an import another one that has corrected the same record since."""
	other = LINE.as_("other")

	def build(bind: Binder):
		same = (other.employee == LINE.employee) & (other.document_type == LINE.document_type)
		same &= (
			(other.detail == LINE.detail) & (other.mkd_import != LINE.mkd_import) & (other.undone == bind(0))
		)
		query = Query.from_(LINE).join(other).on(same & (other.creation > LINE.creation))
		query = query.select(LINE.name, other.mkd_import)
		return query.where((LINE.mkd_import == bind(name)) & (LINE.undone == bind(0)))

	return dict(rows(database, build))


def read_decided_since(database: Database, lines: Collection[str]) -> dict[str, str]:
	"""By line of an import a decision about its employee that was made after the line was written."""

	def build(bind: Binder):
		query = Query.from_(LINE).join(DECISION)
		query = query.on((DECISION.employee == LINE.employee) & (DECISION.creation > LINE.creation))
		query = query.select(LINE.name, DECISION.reference_name).where(LINE.name.isin(bind.all(lines)))
		return query.orderby(DECISION.creation)

	return dict(rows(database, build)) if lines else {}


def read_attendance_named(database: Database, names: Collection[str]) -> dict[str, Record]:
	"""Some attendance rows that stand, each with the state of the MKD day that it names."""

	def build(bind: Binder):
		query = Query.from_(ATTENDANCE).left_join(DAY).on(DAY.name == ATTENDANCE.mkd_day)
		query = query.select(*(ATTENDANCE[column] for column in OF_ATTENDANCE), DAY.status.as_("state"))
		return query.where(ATTENDANCE.name.isin(bind.all(names)) & (ATTENDANCE.docstatus < bind(CANCELLED)))

	columns = (*OF_ATTENDANCE, "state")
	found = (dict(zip(columns, row, strict=True)) for row in (rows(database, build) if names else ()))
	return {row["name"]: row for row in found}


def read_used_checkins(database: Database, names: Collection[str]) -> dict[str, str]:
	"""Those of some check-ins from which attendance was made, each with it."""

	def build(bind: Binder):
		query = Query.from_(CHECKIN).select(CHECKIN.name, CHECKIN.attendance)
		return query.where(CHECKIN.name.isin(bind.all(names)) & (CHECKIN.attendance > bind("")))

	return dict(rows(database, build)) if names else {}


def read_hinted(database: Database, names: Collection[str]) -> dict[str, str]:
	"""Those of some check-ins whose place somebody is to explain, each with the hint."""

	def build(bind: Binder):
		query = Query.from_(HINT).select(HINT.checkin, HINT.name)
		return query.where(HINT.checkin.isin(bind.all(names)))

	return dict(rows(database, build)) if names else {}
