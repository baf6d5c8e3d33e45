"""What a circular says, as the rules read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.model.document import Document
from frappe.utils import cint, getdate

from mkd_hrms.constants import COLLECTIVE_DAY
from mkd_hrms.facts.agency import read_units_below
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.collective import Stay, weekly

LIST, WEEKDAY = "List", "Weekday"
# Percent.
EVERYBODY = 100
# Whoever is listed without a date goes on all of them.
EVERY_DATE: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Circular:
	"""A circular: its dates as they are written, its units (None: the whole company), who is listed (None: everybody).

	Dates up to `booked_until` have been given; from `ends_before` on another circular takes its place.
	"""

	name: str
	number: str
	subject: str
	company: str
	units: frozenset[str] | None
	dates: tuple[date, ...]
	begins: date | None
	on_holiday: str
	share: int
	listed: Mapping[str, frozenset[date]] | None
	exempt_units: frozenset[str]
	exempt_people: Mapping[str, frozenset[date]]
	exempt_public_service: bool
	excluded_stay: bool
	booked_until: date | None
	ends_before: date | None

	@property
	def takes_turns(self) -> bool:
		"""Whether the people of a unit go in turns."""
		return self.listed is None and self.share < EVERYBODY

	def has_given_turns(self, day: date) -> bool:
		"""Whether the turns of a date have been given: they stay, whoever comes to the unit or leaves it."""
		return self.takes_turns and self.booked_until is not None and day <= self.booked_until

	def concerns(self, person: Person) -> bool:
		"""Whether somebody is of its units, or listed."""
		if self.listed is not None and person.employee not in self.listed:
			return False
		return person.company == self.company and (self.units is None or person.department in self.units)

	def exempts(self, person: Person, day: date) -> Stay | None:
		"""Why the circular itself leaves somebody in the office on a date."""
		if person.department in self.exempt_units:
			return Stay.EXEMPT_UNIT
		his = self.exempt_people.get(person.employee)
		return Stay.EXEMPT_PERSON if his is not None and (not his or day in his) else None

	def lists(self, person: Person, day: date) -> bool:
		"""Whether a list of people names somebody on a date."""
		his = self.listed[person.employee] if self.listed is not None else EVERY_DATE
		return not his or day in his


def read(doc: Document) -> Circular:
	"""What a document says, stored or not."""
	return Circular(
		name=doc.name,
		number=doc.circular_no,
		subject=doc.subject,
		company=doc.company,
		units=_below(doc.department) if doc.department else None,
		dates=dates_of(doc),
		begins=begins(doc),
		on_holiday=doc.on_holiday,
		share=cint(doc.share_percent),
		listed=_people(doc.people) if doc.share_by == LIST else None,
		exempt_units=_exempt_units(doc),
		exempt_people=_people(doc.exempt_people),
		exempt_public_service=bool(cint(doc.exempt_public_service)),
		excluded_stay=bool(cint(doc.excluded_stay)),
		booked_until=getdate(doc.booked_until) if doc.booked_until else None,
		ends_before=replaced_from(doc.name),
	)


def dates_of(doc: Document) -> tuple[date, ...]:
	"""The dates as they are written, working days or not."""
	if doc.dates_by == WEEKDAY:
		return weekly(getdate(doc.from_date), getdate(doc.to_date), doc.weekday)
	return tuple(sorted({getdate(row.mkd_date) for row in doc.dates}))


def begins(doc: Document) -> date | None:
	"""The first day of its period, or its first date: from then on it takes the place of the one that it replaces."""
	return getdate(doc.from_date) if doc.dates_by == WEEKDAY else next(iter(dates_of(doc)), None)


def replaced_from(name: str | None) -> date | None:
	"""From when on other circulars take the place of one; None where none does."""
	others = frappe.get_all(COLLECTIVE_DAY, {"replaces": name, "docstatus": 1}, pluck="name") if name else []
	first = (begins(frappe.get_doc(COLLECTIVE_DAY, other)) for other in others)
	return min((day for day in first if day), default=None)


def _below(department: str) -> frozenset[str]:
	return frozenset(read_units_below(SiteDatabase(), department))


def _exempt_units(doc: Document) -> frozenset[str]:
	found: set[str] = set()
	for row in doc.exempt_units:
		found |= {row.department} if cint(row.only_itself) else _below(row.department)
	return frozenset(found)


def _people(rows: list[Document]) -> dict[str, frozenset[date]]:
	found: dict[str, frozenset[date]] = {}
	for row in rows:
		if not row.mkd_date:
			found[row.employee] = EVERY_DATE
		elif found.get(row.employee) != EVERY_DATE:
			found[row.employee] = found.get(row.employee, EVERY_DATE) | {getdate(row.mkd_date)}
	return found
