"""Who comes first where more ask for a date than their unit has room for (rule W6): shown, and not passed over in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import frappe
from frappe import _
from frappe.utils import cstr, format_date

from mkd_hrms.constants import WAITING_PLACE
from mkd_hrms.facts.database.queries import Database
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.asked_days import (
	AskedDay,
	read_asked_days,
	read_last_granted,
	read_last_refused,
)
from mkd_hrms.facts.ledger.days import read_used_by_person
from mkd_hrms.facts.people import Person
from mkd_hrms.judging.coverage import Look
from mkd_hrms.policy.coverage import AWAY_STATES
from mkd_hrms.policy.fair_order import Candidate, Placed, fair_order
from mkd_hrms.policy.model import PENDING
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.services.units import coverage
from mkd_hrms.services.units.states import TAKEN, TOLD


class ReasonMissing(frappe.ValidationError):
	"""Others stand before this application, and nobody has said why it comes first."""


@dataclass(frozen=True, slots=True)
class Line:
	"""Who asks for one date of a unit that has less room than that, in fair order; `asked` by person."""

	look: Look
	order: tuple[Placed, ...]
	asked: Mapping[str, AskedDay]
	days: int

	@property
	def day(self) -> date:
		return self.look.day

	@property
	def room(self) -> int:
		return max(0, self.look.room.room)

	def place_of(self, person: str) -> Placed | None:
		return next((placed for placed in self.order if placed.candidate.person == person), None)

	def passes_over(self, person: str) -> bool:
		"""Whether those before somebody take all the room that there is; without any nobody is approved anyway (W5)."""
		placed = self.place_of(person)
		return bool(placed and placed.rank > self.room > 0)


def lines(person: Person, dates: Collection[date], fresh: Database | None = None) -> list[Line]:
	"""The dates for which more ask than have room, each in the group of his with the least; by date.

	`fresh` is another connection, which sees what was committed meanwhile.
	"""
	looks = tightest(person, dates, fresh)
	return _lines([looks[day] for day in sorted(looks)], person.company, fresh)


def tightest(person: Person, dates: Collection[date], fresh: Database | None = None) -> dict[date, Look]:
	"""By date the group of somebody with the least room; dates on which nothing limits are left out."""
	found: dict[date, Look] = {}
	for look in coverage.looks(person, dates, fresh):
		if look.day not in found or look.room.room < found[look.day].room.room:
			found[look.day] = look
	return found


def _lines(looks: Collection[Look], company: str, fresh: Database | None) -> list[Line]:
	"""A fixed number of queries for any number of dates and people, and none where there is room for all."""
	waiting = {look.day: _waiting(look) for look in looks}
	crowded = [look for look in looks if len(waiting[look.day]) > max(0, look.room.room)]
	names = {name for look in crowded for name in waiting[look.day].values()}
	asked = _asked(names, fresh)
	entries = {
		look.day: {who: asked[name] for who, name in waiting[look.day].items() if name in asked}
		for look in crowded
	}
	crowded = [look for look in crowded if len(entries[look.day]) > max(0, look.room.room)]
	persons = {person for look in crowded for person in entries[look.day]}
	standings = Standings(persons, [look.day for look in crowded], company)
	return [_line(look, entries[look.day], standings) for look in crowded]


def _asked(names: Collection[str], fresh: Database | None) -> dict[str, AskedDay]:
	"""By name the days that wait, with those that were asked for after this transaction began."""
	found = {entry.name: entry for entry in read_asked_days(SiteDatabase(), names)}
	later = set(names) - found.keys() if fresh else ()
	return found | {entry.name: entry for entry in read_asked_days(fresh, later)}


def _line(look: Look, asked: Mapping[str, AskedDay], standings: Standings) -> Line:
	candidates = (
		standings.candidate(person, look.day, entry.applied_at, entry.special)
		for person, entry in asked.items()
	)
	order = fair_order(look.group.name, look.day, candidates)
	return Line(look, order, asked, standings.looks_back(look.day))


def _waiting(look: Look) -> dict[str, str]:
	"""By person of a group the day of the ledger that waits for a decision on the date."""
	days = ((colleague.record.person, colleague.days.get(look.day)) for colleague in look.people)
	return {person: day.name for person, day in days if day and day.status == PENDING}


class Standings:
	"""What the fair order of some dates goes by, of some people: read once."""

	def __init__(self, persons: Collection[str], dates: Collection[date], company: str) -> None:
		self.company = company
		self.used: dict[str, list[date]] = {}
		self.refused: set[str] = set()
		self.told: set[tuple[str, date]] = set()
		if persons and dates:
			self._read(persons, dates)

	def _read(self, persons: Collection[str], dates: Collection[date]) -> None:
		database = SiteDatabase()
		first = min(day - timedelta(days=self.looks_back(day)) for day in dates)
		booked = read_used_by_person(database, persons, first, max(dates), AWAY_STATES)
		self.used = {person: [day.mkd_date for day in days] for person, days in booked.items()}
		refused = read_last_refused(database, persons)
		if refused:
			since = min(refused.values()).date()
			granted = read_last_granted(database, refused, since)
			self.refused = {who for who, on in refused.items() if granted.get(who, datetime.min) < on}
		places = {"person": ("in", sorted(persons)), "mkd_date": ("in", sorted(dates))}
		places |= {"status": ("in", (TOLD, TAKEN)), "told_on": ("is", "set")}
		self.told = set(frappe.get_all(WAITING_PLACE, places, ["person", "mkd_date"], as_list=True))

	def looks_back(self, day: date) -> int:
		"""How many days before a date count, by the policy of the date."""
		return policy_on(self.company, day).fair_order_days

	def candidate(self, person: str, day: date, applied_at: datetime, special: bool) -> Candidate:
		"""Somebody who asks for a date."""
		first = day - timedelta(days=self.looks_back(day))
		days = sum(first <= used < day for used in self.used.get(person, ()))
		refused, told = person in self.refused, (person, day) in self.told
		return Candidate(person, days, applied_at, refused, special, told)


def passed_over(person: Person, dates: Iterable[date]) -> list[Line]:
	"""The dates on which an approval takes room that others have before him; what is over is only written down.

	Counted with what was committed until now: the caller holds the groups, and another may have taken room meanwhile.
	"""
	today = clock.today()
	ahead = [day for day in dates if day >= today]
	with coverage.seen_afresh(person, ahead) as fresh:
		found = lines(person, ahead, fresh) if fresh else []
	return [line for line in found if line.passes_over(person.person)]


def check(person: Person, dates: Iterable[date], note: str | None) -> str | None:
	"""Ask for the reason of an approval out of the fair order. Returns what is noted about it; None where it is in order.

	Raises ReasonMissing.
	"""
	found = passed_over(person, dates)
	if not found:
		return None
	said = "<br>".join(_sentence(line, person) for line in found)
	if not cstr(note).strip():
		advice = _(
			"Nothing was approved. Write the reason into the decision note and approve again, or decide about the others first; the form lists them."
		)
		frappe.throw(f"{said}<br>{advice}", ReasonMissing, title=_("Others Come First"))
	return said


def _sentence(line: Line, person: Person) -> str:
	placed = line.place_of(person.person)
	return _("{0}: {1} stand before {2} in the fair order, and there is room for {3} ({4}).").format(
		format_date(line.day),
		placed.rank - 1,
		frappe.utils.escape_html(person.employee_name or ""),
		line.room,
		clause_on(person.company, line.day),
	)


def clause_on(company: str, day: date) -> str:
	"""What the fair order of a date rests on."""
	return policy_on(company, day).clause("fair_order_days")
