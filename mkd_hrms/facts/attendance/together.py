"""The attendance of somebody with several Employee records (rule E9): his days count together, by date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from mkd_hrms.facts.attendance.outages import NOTHING, Excused, Excuses
from mkd_hrms.facts.attendance.workdays import Period, Workdays
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.dates import days_between

# The length of a date in a text of days: "2026-11-24".
ISO_LENGTH = len("2026-11-24")


class Duty(NamedTuple):
	"""When somebody has to work: how many days and which, what is known of each day, and what outages excuse."""

	period: Period
	working: Mapping[date, bool | None]
	excused: Excused


def duty_of(person: Person, workdays: Workdays, excuses: Excuses | None) -> Duty:
	"""The duty by one Employee record, from joining on."""
	return Duty(workdays.of(person), workdays.working(person), excuses.of(person) if excuses else NOTHING)


def joined(
	records: tuple[Person, ...], told: Mapping[str, str], workdays: Workdays, excuses: Excuses | None
) -> tuple[Duty, str]:
	"""The duty by all records of a person, and what is told of its days; a day belongs to the record that it serves.

	`told` are the days of each record, with marks. A date counts once; it is a working day if it is one by any of the
	records.
	"""
	working: dict[date, bool | None] = dict.fromkeys(days_between(workdays.since, workdays.until), False)
	marks, entries = {}, []
	for record in records:
		duty, served = duty_of(record, workdays, excuses), dict(_served(record, workdays))
		working |= {day: _either(working[day], works) for day, works in served.items()}
		marks |= {day: excuse for day, excuse in duty.excused.marks.items() if day in served}
		days = {day.isoformat() for day in served}
		entries += [entry for entry in told.get(record.employee, "").split(",") if entry[:ISO_LENGTH] in days]
	known = [day.isoformat() for day, works in working.items() if works]
	period = Period(sum(works is not False for works in working.values()), frozenset(known), ",".join(known))
	excused = Excused(marks, frozenset(day.isoformat() for day in marks))
	return Duty(period, working, excused), ",".join(entries)


def _either(one: bool | None, other: bool | None) -> bool | None:
	"""Whether a day is a working day by one calendar or the other; None where one does not know and none says so."""
	if one or other:
		return True
	return None if None in (one, other) else False


def _served(record: Person, workdays: Workdays) -> Iterator[tuple[date, bool | None]]:
	"""The days of the window from joining to leaving, and whether each is a working day."""
	last = record.last_day if record.status != "Active" else None
	for day, works in workdays.working(record).items():
		if (not record.joined_on or record.joined_on <= day) and (not last or day <= last):
			yield day, works
