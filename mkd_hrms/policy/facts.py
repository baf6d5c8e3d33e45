"""What the rules need to know about one employee. `None` always means: not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


def covers(start: date, end: date | None, day: date) -> bool:
	"""Whether a period holds a day, both ends included; no end means open."""
	return start <= day and (end is None or day <= end)


@dataclass(frozen=True, slots=True)
class Suitability:
	"""A decision that a person, designation or unit may (not) work away; `verdict` as in MKD Suitability."""

	verdict: str
	reference: str
	valid_from: date
	valid_to: date | None
	record: str


@dataclass(frozen=True, slots=True)
class ServiceUnit:
	"""Whether the employee's unit, or the nearest unit above with a mark, serves the public face to face."""

	marked: bool
	unit: str


@dataclass(frozen=True, slots=True)
class Result:
	"""A performance result. A word (`predicate`) beats a `score`, which the policy maps by its `source`."""

	source: str
	period_start: date | None
	period_end: date
	score: float | None
	predicate: str | None
	record: str


@dataclass(frozen=True, slots=True)
class AttendanceRecord:
	"""Attendance in the window `since`..`until` (both included), in days.

	`working_days` counts the person's working days, `without_record` those of them that nobody recorded,
	`absences` the unexcused ones (a half day counts 0.5).
	"""

	since: date
	until: date
	working_days: int
	without_record: int
	absences: float


@dataclass(frozen=True, slots=True)
class Sanction:
	"""A disciplinary case under PP 94/2021. `until` None means without an end."""

	level: str
	stage: str
	since: date
	until: date | None
	record: str


@dataclass(frozen=True, slots=True)
class Suspension:
	"""A period without MKD."""

	since: date
	until: date
	record: str


@dataclass(frozen=True, slots=True)
class Readiness:
	"""What the applicant declared on the request."""

	has_computer: bool
	has_internet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
	"""One employee as the HR records show him.

	`suitability` is ordered by precedence: person, designation, unit, next unit upwards. `sanctions` and
	`suspensions` are closed registers: an empty tuple means that there are none.
	"""

	employee: str
	status: str | None = None
	employment_type: str | None = None
	joined_on: date | None = None
	suitability: tuple[Suitability, ...] = ()
	service_unit: ServiceUnit | None = None
	result: Result | None = None
	attendance: AttendanceRecord | None = None
	sanctions: tuple[Sanction, ...] = ()
	suspensions: tuple[Suspension, ...] = ()
	readiness: Readiness | None = None
