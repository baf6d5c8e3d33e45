"""What has to happen so that records say what a file wants, some at a time; and what keeps it from happening.

A file changes what an import wrote, while it stands as it was written. What people wrote, what leave or duty has written
over it, and a day that the ledger has ended is for people to correct.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from frappe import _
from frappe.utils import format_date

from mkd_hrms.constants import (
	CHECKIN,
	DAILY_REPORT,
	DAY,
	DISCIPLINE_RECORD,
	IMPORT,
	NO_SHOW,
	PERFORMANCE_RECORD,
	TALENT_RECORD,
	WORKED,
)
from mkd_hrms.exchange.rejections import Wrong
from mkd_hrms.facts import imports as facts
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.services.imports import checkins, reports
from mkd_hrms.services.imports.comparing import differs, is_changed
from mkd_hrms.services.imports.steps import CREATED, UNCHANGED, UPDATED, Record, Step
from mkd_hrms.services.imports.wanted import ATTENDANCE, Wanted

PRESENT, ABSENT, WORK_FROM_HOME = "Present", "Absent", "Work From Home"
# What a row that other hands wrote is held against; the minutes of machines differ from those of auto attendance.
SUBSTANCE = ("status", "late_entry", "early_exit")
# How a day was spent, by what its end found.
ENDED_AS = {WORKED: (PRESENT, WORK_FROM_HOME), NO_SHOW: (ABSENT,)}


class _There(NamedTuple):
	"""What stands where some wanted records would: by their keys, what imports wrote of it, and the days that are over."""

	records: Mapping[tuple, Record]
	written: Mapping[str, str]
	ended: Mapping[tuple[str, date], facts.Ended]


def plan(wanted: Sequence[Wanted]) -> list[Step]:
	"""A step for each of some records, by a fixed number of queries for each kind; of work on no day of MKD none."""
	steps = []
	for doctype in dict.fromkeys(each.doctype for each in wanted):
		some = [each for each in wanted if each.doctype == doctype]
		steps += PLANS.get(doctype, _plan)(some)
	return steps


def _plan(wanted: Sequence[Wanted]) -> list[Step]:
	there, look = _read(wanted), LOOKS[wanted[0].doctype]
	return [look(each, there) for each in wanted]


def _read(wanted: Sequence[Wanted]) -> _There:
	database, doctype = SiteDatabase(), wanted[0].doctype
	employees = sorted({each.employee for each in wanted})
	since, until = min(each.day for each in wanted), max(each.day for each in wanted)
	if doctype == ATTENDANCE:
		records = facts.read_attendance(database, employees, since, until)
		ended = facts.read_ended_days(database, employees, since, until)
	else:
		records, ended = REGISTERS[doctype](database, employees), {}
	names = [record["name"] for each in wanted if (record := records.get(each.key))]
	return _There(records, facts.read_written(database, names), ended)


def _attendance(wanted: Wanted, there: _There) -> Step:
	stored, day = there.records.get(wanted.key), there.ended.get((wanted.employee, wanted.day))
	if day and wanted.values["status"] not in ENDED_AS.get(day.status, ()):
		return Step(wanted, None, stored, _day_ended(wanted, day))
	if day or (stored and not differs(stored, wanted.values)):
		return Step(wanted, UNCHANGED, stored)
	if not stored:
		return Step(wanted, CREATED)
	if stored["name"] not in there.written:
		substance = {name: wanted.values[name] for name in SUBSTANCE}
		if not differs(stored, substance):
			return Step(wanted, UNCHANGED, stored)
	return _corrected(wanted, stored, there)


def _record(wanted: Wanted, there: _There) -> Step:
	stored = there.records.get(wanted.key)
	if not stored:
		return Step(wanted, CREATED)
	return (
		_corrected(wanted, stored, there)
		if differs(stored, wanted.values)
		else Step(wanted, UNCHANGED, stored)
	)


LOOKS = {
	ATTENDANCE: _attendance,
	PERFORMANCE_RECORD: _record,
	DISCIPLINE_RECORD: _record,
	TALENT_RECORD: _record,
}
# What reads the submitted records of a register, by the keys of what is wanted.
REGISTERS = {
	PERFORMANCE_RECORD: facts.read_results,
	DISCIPLINE_RECORD: facts.read_cases,
	TALENT_RECORD: facts.read_boxes,
}


def _corrected(wanted: Wanted, stored: Record, there: _There) -> Step:
	"""A record that says something else is corrected where an import wrote it, and nobody else has since."""
	named = f"{_(wanted.doctype, context=IMPORT)} {stored['name']}"
	if stored["name"] not in there.written:
		return Step(wanted, None, stored, Wrong("kept_otherwise", wanted.who, named))
	if is_changed(stored, there.written[stored["name"]]):
		return Step(wanted, None, stored, Wrong("changed_since", wanted.who, named))
	return Step(wanted, UPDATED, stored)


def _day_ended(wanted: Wanted, day: facts.Ended) -> Wrong:
	said = f"{day.name}, {_(day.status, context=DAY)}"
	return Wrong("day_ended", f"{wanted.who}, {format_date(wanted.day)}", said)


# The kinds that are not told by their key alone.
PLANS = {DAILY_REPORT: reports.plan, CHECKIN: checkins.plan}
