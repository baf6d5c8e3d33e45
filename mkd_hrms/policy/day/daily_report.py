"""When a daily report is due, and what it may contain (rule D4); until when it is verified (rule D5).

The day and the moment are arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from itertools import pairwise

from mkd_hrms.policy.dates import Calendar, workday_after
from mkd_hrms.policy.day.outages import Outage, extended
from mkd_hrms.policy.model import Policy


class Timing(str, Enum):
	"""How a report stands at a moment: LATE reports still count, after that they are MISSING."""

	IN_TIME = "In Time"
	LATE = "Late"
	MISSING = "Missing"


@dataclass(frozen=True, slots=True)
class Activity:
	"""One row of a report: how long it took, and perhaps from when to when."""

	minutes: int
	start: time | None = None
	end: time | None = None


def timing(
	policy: Policy,
	calendar: Calendar,
	day: date,
	at: datetime,
	outages: Iterable[Outage] = (),
	approved_at: datetime | None = None,
) -> Timing:
	"""In time until the due minute of the day itself, late until the grace minute of the next working day.

	Both come later where the day was approved only after it (see `owed_on`), and where they fall into an outage
	(rule D11).
	"""
	minute = at.replace(second=0, microsecond=0)
	owed = owed_on(policy, calendar, day, at.date(), approved_at)
	if owed is None or minute <= extended(datetime.combine(owed, policy.report_due_time), outages):
		return Timing.IN_TIME
	grace = grace_until(policy, calendar, day, at.date(), outages, approved_at)
	return Timing.LATE if grace is None or minute <= grace else Timing.MISSING


def owed_on(
	policy: Policy, calendar: Calendar, day: date, known_until: date, approved_at: datetime | None = None
) -> date | None:
	"""The day on which the report is owed: the MKD day, or the first working day after an approval that came too late.

	Nobody reports on a day that is none yet. None while no day up to `known_until` is known to be a working day.
	"""
	if approved_at is None or approved_at <= datetime.combine(day, policy.report_due_time):
		return day
	return workday_after(calendar, approved_at.date(), 1, known_until)


def grace_until(
	policy: Policy,
	calendar: Calendar,
	day: date,
	known_until: date,
	outages: Iterable[Outage] = (),
	approved_at: datetime | None = None,
) -> datetime | None:
	"""The last minute of grace; None while no day up to `known_until` is known to be a working day."""
	owed = owed_on(policy, calendar, day, known_until, approved_at)
	next_day = workday_after(calendar, owed, 1, known_until) if owed else None
	return extended(datetime.combine(next_day, policy.report_grace_time), outages) if next_day else None


def last_minute(
	policy: Policy,
	calendar: Calendar,
	since: date,
	days: int,
	known_until: date,
	assumes_weekdays: bool = False,
) -> datetime | None:
	"""Until when something is to be done within so many working days (rule D5): the minute in which reports are due.

	None while not so many working days are known up to `known_until`: then nothing is late. Of whoever only decides
	Monday to Friday may be assumed.
	"""
	day = workday_after(calendar, since, days, known_until, assumes_weekdays)
	return datetime.combine(day, policy.report_due_time) if day else None


def minutes_between(start: time, end: time) -> int:
	"""Whole minutes from one time of a day to another; none or fewer when the end does not come later."""
	day = date.min
	return int((datetime.combine(day, end) - datetime.combine(day, start)) / timedelta(minutes=1))


def overlapping(activities: Sequence[Activity]) -> tuple[int, int] | None:
	"""The positions of two activities at the same time; rows without times overlap with nothing."""
	timed = sorted(
		(entry.start, entry.end, place)
		for place, entry in enumerate(activities)
		if entry.start is not None and entry.end is not None
	)
	for (_start, end, one), (next_start, _end, other) in pairwise(timed):
		if next_start < end:
			return min(one, other), max(one, other)
	return None
