"""The words in which a rule speaks: policy, finding, decision. All values are frozen and comparable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import Enum
from typing import NamedTuple


class Verdict(str, Enum):
	"""What one gate says. Missing data is UNKNOWN: never a pass, never a failure."""

	PASS = "Pass"  # noqa: S105 -- a verdict, no password
	FAIL = "Fail"
	UNKNOWN = "Unknown"

	# Enum would hash the name, which is slower and not the hash of the equal text.
	__hash__ = str.__hash__


class Outcome(str, Enum):
	"""What all gates say together."""

	ELIGIBLE = "Eligible"
	NOT_ELIGIBLE = "Not Eligible"
	NEEDS_REVIEW = "Needs Review"

	__hash__ = str.__hash__


class Gate(str, Enum):
	"""The conditions of eligibility, in the order in which they are shown."""

	STATUS = "Status"
	TYPE = "Type"
	NOT_NEW = "Not New"
	ROLE = "Role"
	SERVICE_UNIT = "Service Unit"
	PERFORMANCE = "Performance"
	FRESHNESS = "Freshness"
	TALENT_BOX = "Talent Box"
	ABSENCE = "Absence"
	RECORDS = "Records"
	LATENESS = "Lateness"
	DISCIPLINE = "Discipline"
	REPORTS = "Reports"
	TRK = "TRK"
	AGREEMENT = "Agreement"
	READINESS = "Readiness"
	SUSPENSION = "Suspension"
	TIER = "Tier"

	__hash__ = str.__hash__


# Predicates of PermenPANRB 6/2022, best first. PP 30/2019 calls the middle one "Cukup".
PREDICATES = ("Sangat Baik", "Baik", "Butuh Perbaikan", "Kurang", "Sangat Kurang")


def folded(word: str) -> str:
	"""A word without what nobody means by it: its case, and blanks around it or more than one between."""
	return " ".join(word.split()).casefold()


def among(word: str, words: Iterable[str]) -> str | None:
	"""The one of some words that is meant, as it is spelled there; None for an unknown word."""
	wanted = folded(word)
	return next((known for known in words if known == word or folded(known) == wanted), None)


def at_least(predicate: str, minimum: str) -> bool:
	"""Whether a predicate is as good as the minimum or better. Raises ValueError for an unknown word."""
	return PREDICATES.index(predicate) <= PREDICATES.index(minimum)


# The talent map of a civil servant has nine boxes.
FIRST_BOX, LAST_BOX = 1, 9

# From when on somebody counts as new (rule E3): the start of his service, or that of his present post.
JOINING, POST = SERVICE_STARTS = ("Joining", "Post")


@dataclass(frozen=True, slots=True)
class Tier:
	"""A personal weekly limit (days) for a predicate with at most so many whole absences."""

	predicate: str
	max_absences: int
	weekly_limit: int


@dataclass(frozen=True, slots=True)
class Scale:
	"""From `min_score` on, a score of `source` means `predicate`; above `max_score` it means nothing.

	`innovation`: only together with one, otherwise it means what the row below says (PP 30/2019 art. 41).
	"""

	source: str
	min_score: float
	predicate: str
	max_score: float | None = None
	innovation: bool = False


# States of a day in the ledger.
PENDING, APPROVED, SUSPENDED, WORKED = "Pending", "Approved", "Suspended", "Worked"
NO_SHOW, REVOKED = "No Show", "Revoked"
# The one state that gives the place in the week back (rule Q4); every other one holds it (rule Q3).
RELEASED = "Released"
USED_DAY_STATES = (PENDING, APPROVED, SUSPENDED, WORKED, NO_SHOW, REVOKED)
# Days on which somebody works away, or did.
AT_WORK_STATES = (APPROVED, WORKED)
# Days that have not begun.
AHEAD_STATES = (PENDING, APPROVED, SUSPENDED)

# What may put somebody on the ladder, and what the ladder may answer with. A no-show is named as the state of its day.
MISSING_REPORT, FALSE_PLACE = "Missing Report", "False Place"
EVENTS = (MISSING_REPORT, NO_SHOW, FALSE_PLACE)
WARNING, SUSPENSION, REVOCATION = MEASURES = ("Warning", "Suspension", "Revocation")


@dataclass(frozen=True, slots=True)
class Step:
	"""So many events of a kind within so many days are answered by a measure of a length (rule D8).

	Of two steps that are reached, the one with the higher number is taken.
	"""

	step: int
	event: str
	times: int
	within_days: int
	measure: str
	days: int = 0
	months: int = 0
	referral: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
	"""What is to be worked in a week of so many working days from one date on, and how long its breaks are (minutes)."""

	from_date: date
	to_date: date | None
	week_minutes: int
	working_days: int
	break_minutes: int
	friday_break_minutes: int
	source: str


@dataclass(frozen=True, slots=True)
class Source:
	"""Where a number comes from and in what it is counted."""

	unit: str
	source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
	"""One dated set of all numbers; units and clauses stand in `sources` under the same names."""

	name: str
	effective_from: date
	company: str | None = None
	legal_basis: str = ""
	weekly_limit: int
	legal_ceiling: int | None
	min_office_days: int
	count_collective_days: bool
	collective_in_ceiling: bool
	tiers: tuple[Tier, ...]
	gates: frozenset[Gate]
	score_field: str
	predicates: tuple[Scale, ...]
	min_predicate: str
	appraisal_max_age_months: int
	periodic_max_age_months: int
	periodic_longest_days: int
	absence_fails_at: float
	absence_window_months: int
	late_allowed: int
	late_window_days: int
	max_unknown_percent: float
	min_service_months: int
	new_counts_from: str
	employment_types: tuple[str, ...]
	known_employment_types: tuple[str, ...]
	cool_off_light_months: int
	cool_off_medium_months: int
	cool_off_severe_months: int
	unit_cap_percent: float
	min_on_site: int
	min_on_site_percent: float
	single_person_units: bool
	long_leave_days: int
	cut_off_time: time
	expiry_time: time
	recall_notice_hours: int
	horizon_days: int
	fair_order_days: int
	objection_days: int
	objection_decide_days: int
	approval_sla_days: int
	release_until_time: time
	report_due_time: time
	report_grace_time: time
	report_max_minutes: int
	verify_within_days: int
	revise_within_days: int
	evidence_max_mb: int
	working_hours: tuple[Hours, ...]
	report_rejections_allowed: int
	report_window_days: int
	ladder: tuple[Step, ...]
	trk_minutes_target: int
	talent_boxes: tuple[int, ...]
	agreement_months: int
	warning_days: int
	sources: Mapping[str, Source] = field(default_factory=dict, compare=False)

	def clause(self, parameter: str) -> str:
		"""The clause a number rests on. A number without one is a broken policy: KeyError."""
		return self.sources[parameter].source

	def cool_off_months(self, level: str) -> int:
		"""Months after the end of a sanction of this level in which MKD stays closed."""
		months = {
			"Light": self.cool_off_light_months,
			"Medium": self.cool_off_medium_months,
			"Severe": self.cool_off_severe_months,
		}
		return months[level]


class Finding(NamedTuple):
	"""What one gate found: the value measured, the limit it was held against, and the clause.

	A tuple, because a night makes a dozen of them for everybody.

	`reason` names the sentence in `explain`; `since`/`until` bound the period looked at; `record` names the
	document that decided. A gate that the law does not know may bring its own sentence in `note`.
	"""

	gate: str
	verdict: Verdict
	reason: str
	actual: str | float | None
	limit: str | float | None
	source: str
	since: date | None = None
	until: date | None = None
	record: str | None = None
	note: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
	"""All findings for one employee and one MKD date, under one policy, as known on one day."""

	employee: str
	mkd_date: date
	evaluated_on: date
	policy: str
	findings: tuple[Finding, ...]
	tier_limit: int

	@property
	def failed(self) -> tuple[str, ...]:
		return heard(self.findings)[0]

	@property
	def unknown(self) -> tuple[str, ...]:
		return heard(self.findings)[1]

	@property
	def outcome(self) -> Outcome:
		return outcome_of(self.findings)


def outcome_of(findings: Iterable[Finding]) -> Outcome:
	"""One failing gate closes; otherwise one unknown gate goes to a person; otherwise open."""
	return heard(findings)[2]


def heard(findings: Iterable[Finding]) -> tuple[tuple[str, ...], tuple[str, ...], Outcome]:
	"""The gates that fail, those that do not know, and what all say together."""
	stopping = [found for found in findings if found.verdict != Verdict.PASS]
	if not stopping:
		return (), (), Outcome.ELIGIBLE
	failed = tuple([found.gate for found in stopping if found.verdict == Verdict.FAIL])
	unknown = tuple([found.gate for found in stopping if found.verdict == Verdict.UNKNOWN])
	return failed, unknown, Outcome.NOT_ELIGIBLE if failed else Outcome.NEEDS_REVIEW
