"""The two sides of a swap: which day each gives, and which date each takes. Reads; never writes."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from frappe.model.document import Document
from frappe.utils import getdate

from mkd_hrms.constants import APPROVED, EXCHANGE, REQUEST
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.days import UsedDay, read_used_between
from mkd_hrms.facts.people import Person
from mkd_hrms.services.swaps.actors import people_of


class Side(NamedTuple):
	"""One of the two: the date he gives with the approved day that he has on it, and the date he takes."""

	person: Person
	given: date | None
	day: UsedDay | None
	taken: date | None


def is_exchange(swap: Document) -> bool:
	"""Whether both give a day; otherwise one hands his over."""
	return swap.kind == EXCHANGE


def sides_of(swap: Document) -> tuple[Side, Side]:
	"""Who asks, and his colleague, as the ledger has their days now."""
	own, colleague = people_of(swap)
	first = getdate(swap.mkd_date)
	second = getdate(swap.colleague_date) if is_exchange(swap) and swap.colleague_date else None
	return (
		Side(own, first, approved_day(own, first), second),
		Side(colleague, second, approved_day(colleague, second) if second else None, first),
	)


def approved_day(person: Person, day: date) -> UsedDay | None:
	"""The approved day of an application that somebody has on a date."""
	found = read_used_between(SiteDatabase(), Scope(employees=(person.employee,)), day, day, (APPROVED,))
	days = found.get(person.employee, ())
	return next((entry for entry in days if entry.source_doctype == REQUEST), None)
