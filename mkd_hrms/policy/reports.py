"""When a daily report is due, and what it may contain (rule D4). The day and the moment are arguments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from itertools import pairwise

from mkd_hrms.policy.dates import Calendar, days_between
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


def timing(policy: Policy, calendar: Calendar, day: date, at: datetime) -> Timing:
	"""In time until the due minute of the day itself, late until the grace minute of the next working day."""
	minute = at.replace(second=0, microsecond=0)
	if minute <= datetime.combine(day, policy.report_due_time):
		return Timing.IN_TIME
	grace = grace_until(policy, calendar, day, at.date())
	return Timing.LATE if grace is None or minute <= grace else Timing.MISSING


def grace_until(policy: Policy, calendar: Calendar, day: date, known_until: date) -> datetime | None:
	"""The last minute of grace; None while no day up to `known_until` is known to be a working day."""
	following = (entry for entry in days_between(day + timedelta(days=1), known_until))
	next_day = next((entry for entry in following if calendar.is_working(entry)), None)
	return datetime.combine(next_day, policy.report_grace_time) if next_day else None


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
