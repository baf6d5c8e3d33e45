"""The fair order of an application's dates in words: all of it for who decides, for the applicant his own place (rule P3)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import frappe
from frappe import _

from mkd_hrms.constants import REQUEST
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.fair_order import Criterion, Placed
from mkd_hrms.services.units.fair_order import Line, clause_on, lines


def of(person: Person, dates: Collection[date], with_names: bool) -> list[dict]:
	"""Each date for which more ask than have room; nothing where there is room for all."""
	found = [line for line in lines(person, dates) if line.place_of(person.person)]
	readable = _readable(found) if with_names else set()
	return [_shown(line, person, with_names, readable) for line in found]


def _readable(found: Collection[Line]) -> set[str]:
	"""The applications of the others that the reader may open; of the rest he reads the names alone."""
	names = {entry.request for line in found for entry in line.asked.values()}
	wanted = {"name": ("in", sorted(names) or [""])}
	return set(frappe.get_list(REQUEST, wanted, pluck="name", limit=0))


def _shown(line: Line, person: Person, with_names: bool, readable: Collection[str]) -> dict:
	own = line.place_of(person.person)
	shown = {
		"day": line.day,
		"unit": line.look.group.title,
		"asked": len(line.order),
		"room": line.room,
		"rank": own.rank,
		"reason": _own_reason(own, line.days),
		"source": clause_on(person.company, line.day),
		"passes_over": line.passes_over(person.person),
	}
	if with_names:
		shown["order"] = [_entry(placed, line, readable) for placed in line.order]
	return shown


def _entry(placed: Placed, line: Line, readable: Collection[str]) -> dict:
	asked = line.asked[placed.candidate.person]
	entry = {"rank": placed.rank, "employee_name": asked.employee_name}
	if asked.request in readable:
		entry |= {"request": asked.request, "reason": _reason(placed, line.days)}
	return entry


def _reason(placed: Placed, looks_back: int) -> str:
	"""What puts somebody behind the one before him, for who decides."""
	days = _("{0} MKD days in {1} days").format(placed.candidate.days, looks_back)
	said = {
		None: days,
		Criterion.TOLD: _("the one before was told of a free place"),
		Criterion.FEWER_DAYS: _("{0}; the one before has fewer").format(days),
		Criterion.REFUSED_BEFORE: _("{0}, as many; the one before was refused last time").format(days),
		Criterion.SPECIAL: _("{0}, as many; the one before has special circumstances").format(days),
		Criterion.EARLIER: _("{0}, as many; the one before applied earlier").format(days),
		Criterion.LOT: _("alike in everything; the lot of unit, date and person decided"),
	}
	return said[placed.behind_by]


def _own_reason(placed: Placed, looks_back: int) -> str:
	"""The same for himself: what counts for him, and nothing of anybody else."""
	if placed.rank == 1:
		return _("Nobody comes before you.")
	said = {
		Criterion.TOLD: _("Others were told of a free place and come first."),
		Criterion.FEWER_DAYS: _("Fewer MKD days in the last {1} days come first; you have {0}."),
		Criterion.REFUSED_BEFORE: _(
			"With as many MKD days ({0} in {1} days), who was refused last time comes first."
		),
		Criterion.SPECIAL: _("With as many MKD days ({0} in {1} days), special circumstances come first."),
		Criterion.EARLIER: _("With as many MKD days ({0} in {1} days), who applied earlier comes first."),
		Criterion.LOT: _("Alike in everything: the lot of unit, date and person decided."),
	}
	return said[placed.behind_by].format(placed.candidate.days, looks_back)
