"""What files of other systems say once nobody sees any more who wrote them: neutral rows, and what kind each field is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any, ClassVar

from mkd_hrms.policy.model import PREDICATES

# What a field may hold, and which function of values.py reads it.
KEY, NAME, DAY, ANY_DAY, MOMENT, TIME = "key", "text", "day", "any day", "moment", "time"
NUMBER, WHOLE, MONTH, WORD, PLACE = "number", "whole", "month", "word", "place"

# How a day was spent. Permitted: away, and the superior knew; nobody may take it for Unexcused.
PRESENT, LATE, LEFT_EARLY, LATE_AND_EARLY = "Present", "Late", "Left Early", "Late and Left Early"
HOME, ANYWHERE, DUTY = "Home", "Anywhere", "On Duty"
LEAVE, SICK, PERMITTED, STUDY, UNEXCUSED, OFF = "Leave", "Sick", "Permitted", "Study", "Unexcused", "Off"
HALF_UNEXCUSED = "Half Day Unexcused"
STATUSES = (
	*(PRESENT, LATE, LEFT_EARLY, LATE_AND_EARLY, HOME, ANYWHERE, DUTY),
	*(LEAVE, SICK, PERMITTED, STUDY, UNEXCUSED, HALF_UNEXCUSED, OFF),
)
AXES = ("Above", "As Expected", "Below")
LEVELS = ("Light", "Medium", "Severe")
APPROVED, WAITING, REFUSED = "Approved", "Waiting", "Refused"
# The words that a profile may give other spellings, by field.
WORDS = {
	"status": STATUSES,
	"predicate": PREDICATES,
	"results": AXES,
	"behaviour": AXES,
	"level": LEVELS,
	"state": (APPROVED, WAITING, REFUSED),
	"mode": (HOME, ANYWHERE),
}


@dataclass(frozen=True, slots=True)
class Row:
	"""Whose a row is: a NIP, the number of a person in a machine, or an employee, as the profile says."""

	who: str
	KINDS: ClassVar[dict[str, str]] = {"who": KEY}
	NEEDS: ClassVar[tuple[str, ...]] = ("who",)

	@property
	def said(self) -> tuple[Any, ...] | None:
		"""What no other row of a file may say differently; None where rows may stand side by side."""
		return None

	def values(self) -> dict[str, Any]:
		"""The fields by name."""
		return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class Presence(Row):
	"""One person on one day."""

	day: date
	status: str | None = None
	time_in: time | None = None
	time_out: time | None = None
	latitude_in: float | None = None
	longitude_in: float | None = None
	latitude_out: float | None = None
	longitude_out: float | None = None
	name: str | None = None
	unit: str | None = None
	note: str | None = None
	KINDS: ClassVar[dict[str, str]] = {
		**{"who": KEY, "day": DAY, "status": WORD, "time_in": TIME, "time_out": TIME},
		**dict.fromkeys(("latitude_in", "longitude_in", "latitude_out", "longitude_out"), NUMBER),
		**dict.fromkeys(("name", "unit", "note"), NAME),
	}
	NEEDS: ClassVar[tuple[str, ...]] = ("who", "day")

	@property
	def said(self) -> tuple[Any, ...]:
		"""One day of one person is told once."""
		return self.who, self.day


@dataclass(frozen=True, slots=True)
class Punch(Row):
	"""One moment at a machine, or one cell of a recap with several times a day. Nothing says whether somebody came or went."""

	at: datetime
	name: str | None = None
	KINDS: ClassVar[dict[str, str]] = {"who": KEY, "at": MOMENT, "name": NAME}
	NEEDS: ClassVar[tuple[str, ...]] = ("who", "at")

	@property
	def said(self) -> tuple[Any, ...]:
		"""A moment that stands there twice is one."""
		return self.who, self.at


@dataclass(frozen=True, slots=True)
class Activity(Row):
	"""One piece of work on one day."""

	day: date
	activity: str
	start: time | None = None
	end: time | None = None
	volume: float | None = None
	measure: str | None = None
	minutes: int | None = None
	minutes_approved: int | None = None
	category: str | None = None
	goal: str | None = None
	evidence: str | None = None
	state: str | None = None
	verifier: str | None = None
	note: str | None = None
	KINDS: ClassVar[dict[str, str]] = {
		**{"who": KEY, "day": DAY, "activity": NAME, "start": TIME, "end": TIME, "volume": NUMBER},
		**{"minutes": WHOLE, "minutes_approved": WHOLE, "state": WORD},
		**dict.fromkeys(("measure", "category", "goal", "evidence", "verifier", "note"), NAME),
	}
	NEEDS: ClassVar[tuple[str, ...]] = ("who", "day", "activity")


@dataclass(frozen=True, slots=True)
class Result(Row):
	"""What somebody achieved in some whole months."""

	first: date
	last: date
	predicate: str | None = None
	results: str | None = None
	behaviour: str | None = None
	score: float | None = None
	minutes: int | None = None
	minutes_wanted: int | None = None
	days_present: int | None = None
	working_days: int | None = None
	name: str | None = None
	KINDS: ClassVar[dict[str, str]] = {
		**{"who": KEY, "first_year": WHOLE, "first_month": MONTH, "last_year": WHOLE, "last_month": MONTH},
		**{"predicate": WORD, "results": WORD, "behaviour": WORD, "score": NUMBER, "name": NAME},
		**dict.fromkeys(("minutes", "minutes_wanted", "days_present", "working_days"), WHOLE),
	}
	NEEDS: ClassVar[tuple[str, ...]] = ("who", "first_year", "first_month")

	@property
	def said(self) -> tuple[Any, ...]:
		"""One period of one person has one result."""
		return self.who, self.first, self.last


@dataclass(frozen=True, slots=True)
class Discipline(Row):
	"""A sanction that is in force."""

	level: str
	first: date
	last: date | None = None
	letter: str | None = None
	letter_day: date | None = None
	sanction: str | None = None
	KINDS: ClassVar[dict[str, str]] = {
		**{"who": KEY, "level": WORD, "first": ANY_DAY, "last": ANY_DAY, "years": WHOLE, "months": WHOLE},
		**{"letter": NAME, "letter_day": ANY_DAY, "sanction": NAME},
	}
	NEEDS: ClassVar[tuple[str, ...]] = ("who", "level", "first")

	@property
	def said(self) -> tuple[Any, ...]:
		"""A sanction of one level begins on one day."""
		return self.who, self.level, self.first


@dataclass(frozen=True, slots=True)
class TalentBox(Row):
	"""One of the nine boxes, as the system of the state puts it."""

	year: int
	box: int
	across: float | None = None
	up: float | None = None
	total: float | None = None
	KINDS: ClassVar[dict[str, str]] = {
		**{"who": KEY, "year": WHOLE, "box": WHOLE},
		**dict.fromkeys(("across", "up", "total"), NUMBER),
	}
	NEEDS: ClassVar[tuple[str, ...]] = ("who", "year", "box")

	@property
	def said(self) -> tuple[Any, ...]:
		"""One year of one person is in one box."""
		return self.who, self.year


@dataclass(frozen=True, slots=True)
class Planned(Row):
	"""A day on which somebody is to work away: what the presence app is told beforehand, and no record of presence."""

	day: date
	mode: str
	name: str | None = None
	unit: str | None = None
	KINDS: ClassVar[dict[str, str]] = {
		**{"who": KEY, "day": ANY_DAY, "mode": WORD},
		**dict.fromkeys(("name", "unit"), NAME),
	}
	NEEDS: ClassVar[tuple[str, ...]] = ("who", "day", "mode")

	@property
	def said(self) -> tuple[Any, ...]:
		"""One day of one person is planned once."""
		return self.who, self.day


# What a row of a file with each layout is.
LAYOUTS: dict[str, type[Row]] = {
	**{"long": Presence, "wide month": Presence, "punch pairs": Punch, "machine log": Punch},
	**{"activities": Activity, "results": Result, "discipline": Discipline, "talent box": TalentBox},
	"schedule": Planned,
}
