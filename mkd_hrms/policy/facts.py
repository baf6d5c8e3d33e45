"""What the rules need to know about one employee. `None` always means: not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


def covers(start: date, end: date | None, day: date) -> bool:
	"""Whether a period holds a day, both ends included; no end means open."""
	return start <= day and (end is None or day <= end)


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
	"""For which MKD date something is asked, and as known on which day.

	`attendance_from` is the day since when the agency keeps attendance; None sets no bound.
	"""

	on: date
	today: date
	attendance_from: date | None


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
	"""A performance result. A word (`predicate`) beats a `score`, which the policy maps by its `source`.

	`innovation` says that one is recorded beside the score.
	"""

	source: str
	period_start: date | None
	period_end: date
	score: float | None
	predicate: str | None
	record: str
	innovation: bool = False


@dataclass(frozen=True, slots=True)
class TalentBox:
	"""The box of the talent map of a year in which somebody stands; the map has nine, 1 to 9."""

	box: int
	year: int
	record: str

	@property
	def since(self) -> date:
		"""The first day of the year: from then on the box counts."""
		return date(self.year, 1, 1)

	@property
	def until(self) -> date:
		"""The last day of the year: from then on the box grows old."""
		return date(self.year, 12, 31)


@dataclass(frozen=True, slots=True)
class AttendanceRecord:
	"""Attendance in the window `since`..`until` (both included), in days.

	`working_days` counts the person's working days, `without_record` those of them that nobody recorded,
	`absences` the unexcused ones (a half day counts 0.5), `late_days` the unexcused days of late entry or early
	exit from `late_since` on, `doubtful_absences` those on days of which no holiday list says whether one worked.
	"""

	since: date
	until: date
	working_days: int
	without_record: int
	absences: float
	late_days: int | None = None
	late_since: date | None = None
	doubtful_absences: float = 0


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
class Reports:
	"""Daily reports of MKD days from since to until: how many are overdue now, how many were rejected."""

	since: date
	until: date
	overdue: int
	rejected: int


@dataclass(frozen=True, slots=True)
class ProductiveMonth:
	"""Productive minutes of the last closed month; `available_days` are its working days without leave or trip."""

	since: date
	until: date
	minutes: int
	working_days: int
	available_days: int
	record: str


@dataclass(frozen=True, slots=True)
class Agreement:
	"""A signed agreement to work away."""

	since: date
	until: date
	signed_on: date
	record: str


@dataclass(frozen=True, slots=True)
class GateDecision:
	"""A person's decision about one gate, for a time.

	`about` is the verdict that it answers: a review by HR answers Unknown, an upheld objection Fail. It never
	answers the other one, so accepting a missing record does not excuse a bad one that turns up later.
	"""

	gate: str
	about: str
	accepted: bool
	since: date
	until: date | None
	record: str


@dataclass(frozen=True, slots=True)
class Readiness:
	"""What the applicant declared on the request; None where he did not answer."""

	has_computer: bool | None
	has_internet: bool | None

	@property
	def is_open(self) -> bool:
		"""Whether an answer is missing that can still decide: one No decides by itself."""
		answers = (self.has_computer, self.has_internet)
		return None in answers and False not in answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
	"""One employee as the HR records show him.

	`posts` are the days on which he came into his present designation or unit, where the policy asks for them.
	`suitability` is ordered by precedence: person, designation, unit, next unit upwards. `sanctions`,
	`suspensions` and `agreements` are closed registers: an empty tuple means that there are none. Of the
	`gate_decisions`, newest first, the first one that fits counts.
	"""

	employee: str
	status: str | None = None
	employment_type: str | None = None
	joined_on: date | None = None
	posts: tuple[date, ...] = ()
	suitability: tuple[Suitability, ...] = ()
	service_unit: ServiceUnit | None = None
	result: Result | None = None
	talent_box: TalentBox | None = None
	attendance: AttendanceRecord | None = None
	sanctions: tuple[Sanction, ...] = ()
	suspensions: tuple[Suspension, ...] = ()
	reports: Reports | None = None
	productive: ProductiveMonth | None = None
	agreements: tuple[Agreement, ...] = ()
	gate_decisions: tuple[GateDecision, ...] = ()
	readiness: Readiness | None = None
