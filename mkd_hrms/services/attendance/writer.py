"""The single writer of Attendance on MKD days (rule D6): after the day, linked both ways, and undone without loss.

However a row comes about, by check-ins, by hand, in bulk or by import, it passes `follow` before it is stored.
What stood there before is kept on the row itself, in `mkd_before`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.query_builder.functions import Coalesce
from frappe.utils import format_date, getdate

from hrms.hr.doctype.attendance.attendance import DuplicateAttendanceError

from mkd_hrms.constants import AT_WORK_STATES, DAY, NO_SHOW
from mkd_hrms.facts.attendance.away import is_on_duty
from mkd_hrms.facts.attendance.linked import Kept, read_kept, read_linked, stands_and_remembers
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.ended_days import DueDay, Recorded
from mkd_hrms.services.ledger import transitions
from mkd_hrms.services.platform import timeline
from mkd_hrms.services.platform.listeners import CHANGED, is_heard, value_notices

ATTENDANCE = "Attendance"
PRESENT, ABSENT, HALF_DAY, WORK_FROM_HOME = "Present", "Absent", "Half Day", "Work From Home"
# The row is our own; there was nothing before.
CREATED = json.dumps({"created": True})
KEPT = ("status", "half_day_status", "modify_half_day_status")
TURNED = (*KEPT, "mkd_day", "mkd_before")


class AbsenceNotConfirmed(DuplicateAttendanceError):
	"""Nobody is marked absent on an MKD day before his superior has confirmed it.

	To Frappe HR the day is taken, so auto attendance passes it over and asks again at its next run.
	"""


# A row on its way into the database


def follow(row: Document) -> None:
	"""Present becomes Work From Home where an MKD day covers the date; hours, shift and flags stay as they are.

	One look-up by index for everybody, and nothing more for whoever has no MKD day.
	"""
	if row.flags.from_mkd:
		return
	before = row.get_doc_before_save()
	row.mkd_day, row.mkd_before = (before.mkd_day, before.mkd_before) if before else (None, None)
	day = day_of(row)
	if not day or _is_on_duty(row):
		return
	if day.status == NO_SHOW:
		row.mkd_day = day.name if row.status == ABSENT else row.mkd_day
		return
	refuse_unconfirmed_absence(row)
	_make_way(row, day)
	if row.status in (PRESENT, ABSENT):
		row.mkd_before, row.status = _state_of(row), WORK_FROM_HOME
	if row.status in (WORK_FROM_HOME, HALF_DAY):
		row.mkd_day = day.name


def refuse_unconfirmed_absence(row: Document) -> None:
	"""Raises AbsenceNotConfirmed for an absence without check-ins on an approved or worked MKD day."""
	if row.status != ABSENT or row.flags.from_mkd or _has_hours(row):
		return
	day = day_of(row)
	if not day or day.status not in AT_WORK_STATES or _is_on_duty(row):
		return
	message = _(
		"{0} has an MKD day on {1}. An absence is recorded only after the superior has confirmed it on the MKD Day; he is"
		" asked when neither report nor presence has come in by the end of the grace time."
	).format(row.employee_name or row.employee, format_date(row.attendance_date))
	if frappe.form_dict.get("method") == "process_auto_attendance":
		# The button of the shift marks many days at once; a message for each would hide its own.
		raise AbsenceNotConfirmed(message)
	frappe.throw(message, AbsenceNotConfirmed, title=_("MKD Day"))


def day_of(row: Document) -> frappe._dict | None:
	"""The MKD day of a row's employee and date; asked once for an insert and the submit that follows it."""
	key = (row.employee, getdate(row.attendance_date))
	if not row.flags.mkd_asked or row.flags.mkd_asked[0] != key:
		row.flags.mkd_asked = (key, _look_up(*key))
	return row.flags.mkd_asked[1]


def _look_up(employee: str, day: date) -> frappe._dict | None:
	table = frappe.qb.DocType(DAY)
	found = (
		frappe.qb.from_(table)
		.select(table.name, table.status, table.attendance)
		.where((table.employee == employee) & (table.mkd_date == day))
		.where(table.status.isin([*AT_WORK_STATES, NO_SHOW]))
		.limit(1)
		.run(as_dict=True)
	)
	return found[0] if found else None


def _has_hours(row: Document) -> bool:
	return bool(row.in_time or row.working_hours)


def _is_on_duty(row: Document) -> bool:
	"""Official duty elsewhere takes the place of an MKD day (rule T4)."""
	return bool(row.attendance_request) and is_on_duty(SiteDatabase(), row.attendance_request)


def _make_way(row: Document, day: frappe._dict) -> None:
	"""Check-ins that arrive late replace the row that was made without them."""
	if not (row.is_new() and row.in_time and day.attendance):
		return
	if stands_and_remembers(SiteDatabase(), day.attendance, CREATED):
		_cancel(frappe.get_doc(ATTENDANCE, day.attendance))


def link(row: Document) -> None:
	"""A submitted row is named on its day."""
	if row.mkd_day:
		remarks = {"no_presence": 0} if row.in_time else {}
		if json.loads(row.mkd_before or "{}").get("status") == ABSENT:
			remarks["short_hours"] = 1
		transitions.remark(row.mkd_day, attendance=row.name, **remarks)


def unlink(row: Document) -> None:
	"""A row that was cancelled is not named any more, and the check-ins that it kept out are free again."""
	if not row.mkd_day:
		return
	if frappe.db.get_value(DAY, row.mkd_day, "attendance") == row.name:
		transitions.remark(row.mkd_day, attendance=None)
	if row.mkd_before == CREATED:
		_free_checkins(row.employee, getdate(row.attendance_date))


# Rows of a day that is over


def record_work(day: DueDay, rows: Collection[Recorded], expects_row: bool = False) -> None:
	"""The rows of a worked day say so. Without any, one is made, unless auto attendance is about to make it."""
	if not rows and not expects_row:
		_create(day, WORK_FROM_HOME)
	settle(day, rows)


def record_work_of_many(worked: Collection[tuple[DueDay, Collection[Recorded], bool]]) -> set[str]:
	"""As `record_work` for many: what is turned is turned at once; a row that is made is a document of Frappe HR.

	Returns the employees of whom a turned row tells something, for whoever notes whom a change concerns.
	"""
	for day, rows, expects_row in worked:
		if not rows and not expects_row:
			_create(day, WORK_FROM_HOME)
	return _turn_all([(day, *turn) for day, rows, _expects_row in worked for turn in _turns(day, rows)])


def settle(day: DueDay, rows: Iterable[Recorded]) -> None:
	"""Turn the rows that some path has written around `follow`."""
	for row, values in _turns(day, rows):
		_turn(day, row, values)


def _turns(day: DueDay, rows: Iterable[Recorded]) -> Iterator[tuple[Recorded, dict[str, Any]]]:
	"""The rows that do not say yet that the day was worked away, with what they are to say."""
	for row in rows:
		if row.status in (PRESENT, ABSENT):
			yield row, {"status": WORK_FROM_HOME}
		elif (
			row.status == HALF_DAY
			and row.half_excused
			and (row.undecided_half or row.half_day_status != PRESENT)
		):
			yield row, {"half_day_status": PRESENT, "modify_half_day_status": 0}
		elif row.status in (WORK_FROM_HOME, HALF_DAY) and row.mkd_day != day.name:
			yield row, {}


def record_absence(day: DueDay, rows: Collection[Recorded]) -> None:
	"""The row of a confirmed no-show: what auto attendance had found is put back or stands, or a new one is made."""
	if not rows:
		_create(day, ABSENT)
	for row in rows:
		if row.status in (WORK_FROM_HOME, ABSENT):
			values = {"status": ABSENT, "mkd_day": day.name, "mkd_before": row.before}
			_write(row.name, values, _("Absence confirmed by the superior."))
			_name_on(day, row)


def undo(days: Iterable[str]) -> None:
	"""Leave the attendance of days as it was before MKD: our own rows are cancelled, changed ones changed back.

	What leave or official duty has written over a row since then stays.
	"""
	for row in read_linked(SiteDatabase(), list(days)):
		is_ours = row.status in (WORK_FROM_HOME, ABSENT)
		if row.before == CREATED and is_ours:
			_cancel(frappe.get_doc(ATTENDANCE, row.name))
		else:
			is_ours = is_ours or row.status == HALF_DAY
			kept = json.loads(row.before) if row.before not in (None, "", CREATED) and is_ours else {}
			values = {**kept, "mkd_day": None, "mkd_before": None}
			_write(row.name, values, _("As before, because the MKD day was withdrawn."))
		transitions.remark(row.mkd_day, attendance=None)


def _create(day: DueDay, status: str) -> None:
	row = frappe.new_doc(ATTENDANCE)
	row.update({"employee": day.employee, "attendance_date": day.mkd_date, "company": day.company})
	row.update({"status": status, "mkd_day": day.name, "mkd_before": CREATED})
	row.flags.from_mkd = row.flags.ignore_permissions = True
	row.submit()


def _turn(day: DueDay, row: Recorded, values: dict) -> None:
	"""Change a row and remember what it was. What is remembered already came first."""
	kept = row.before or (_state_of(frappe.get_doc(ATTENDANCE, row.name)) if values else None)
	_write(row.name, {**values, "mkd_day": day.name, "mkd_before": kept}, _("Worked away: MKD Day."))
	_name_on(day, row)


def _turn_all(turns: Collection[tuple[DueDay, Recorded, dict[str, Any]]]) -> set[str]:
	"""As `_turn` for many. Where somebody else listens, each is turned as a document, which says itself whom it concerns."""
	if not turns:
		return set()
	if len(turns) == 1 or is_heard(ATTENDANCE, CHANGED) or value_notices(ATTENDANCE, TURNED):
		for turn in turns:
			_turn(*turn)
		return set()
	found = read_kept(SiteDatabase(), [row.name for _day, row, _values in turns])
	written = {}
	for day, row, values in turns:
		kept = row.before or (_state_of(found[row.name]._asdict()) if values else None)
		written[row.name] = {**values, "mkd_day": day.name, "mkd_before": kept}
	frappe.db.bulk_update(ATTENDANCE, written, chunk_size=len(written))
	timeline.note(ATTENDANCE, dict.fromkeys(written, _("Worked away: MKD Day.")).items())
	named = {day.name: {"attendance": row.name} for day, row, _values in turns if row.docstatus == 1}
	transitions.remark_each(named)
	return {row.employee for row in found.values() if row.docstatus and tells(row)}


def tells(row: Document | Kept) -> bool:
	"""Whether a row says something against somebody: an absence, for half a day too, coming late or leaving early."""
	half = row.status == HALF_DAY and row.half_day_status == ABSENT
	return bool(row.status == ABSENT or half or row.late_entry or row.early_exit)


def _name_on(day: DueDay, row: Recorded) -> None:
	if row.docstatus == 1:
		transitions.remark(day.name, attendance=row.name)


def _write(name: str, values: dict, comment: str) -> None:
	row = frappe.get_doc(ATTENDANCE, name)
	row.db_set(values)
	row.add_comment("Info", comment)


def _state_of(row: Document | dict[str, Any]) -> str:
	return json.dumps({name: row.get(name) for name in KEPT})


def _cancel(row: Document) -> None:
	row.flags.ignore_permissions = True
	row.cancel()


def _free_checkins(employee: str, day: date) -> None:
	"""Auto attendance left out the check-ins of a day that had its row; now it may look at them again."""
	table = frappe.qb.DocType("Employee Checkin")
	begins = Coalesce(table.shift_start, table.time)
	start = datetime.combine(day, time.min)
	(
		frappe.qb.update(table)
		.set(table.skip_auto_attendance, 0)
		.where((table.employee == employee) & (table.skip_auto_attendance == 1))
		.where(table.attendance.isnull() | (table.attendance == ""))
		.where((begins >= start) & (begins < start + timedelta(days=1)))
		.run()
	)
