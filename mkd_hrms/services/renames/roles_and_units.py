"""Two designations or two units that become one: a merge classifies nobody (rules E4, E5).

Refused where the two say different things, rather than that the stricter holds: who works away is decided by decree,
and a decision that nobody made could not be explained.
"""

from __future__ import annotations

from datetime import date, timedelta

import frappe
from frappe import _
from frappe.utils import format_date

from mkd_hrms.constants import PERSON, UNIT
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.people import marked_unit, read_chain
from mkd_hrms.facts.registers import read_suitability_of
from mkd_hrms.policy.facts import Suitability, covers
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.renames import circulars

SERVES = "Yes"


def before_merge(doctype: str, old: str, new: str) -> None:
	"""Refuse to join two designations, units or people that differ, today or later.

	What was decided about one record of a person, and not about the other, was decided about the person. Raises
	ValidationError.
	"""
	today = clock.today()
	if doctype == UNIT:
		_refuse_other_mark(old, new)
		circulars.refuse_units(old, new)
	ours, theirs = _decisions(doctype, old, today), _decisions(doctype, new, today)
	for day in sorted(_turning_days(today, (*ours, *theirs))):
		one, other = _verdict(ours, day), _verdict(theirs, day)
		if one != other and not (doctype == PERSON and None in (one, other)):
			frappe.throw(
				_(
					"On {0} the decision about {1} is {2}, and about {3} it is {4} (rule E4). Merging them would change who may work away. Let MKD Suitability say the same about both first, or move the people one by one."
				).format(format_date(day), frappe.bold(old), _said(one), frappe.bold(new), _said(other)),
				title=_("Two Verdicts"),
			)


def _refuse_other_mark(old: str, new: str) -> None:
	"""A mark is inherited from the units above, so it may differ where neither has one."""
	one, other = (_serves(name) for name in (old, new))
	if one != other:
		serving, not_serving = (old, new) if one else (new, old)
		frappe.throw(
			_(
				"{0} serves the public face to face, and {1} does not (rule E5). Merging them would change who may work away. Mark both units the same first, or move the people one by one."
			).format(frappe.bold(serving), frappe.bold(not_serving)),
			title=_("Two Verdicts"),
		)


def _serves(department: str) -> bool:
	marked = marked_unit(read_chain(SiteDatabase(), department))
	return bool(marked) and marked.public_service == SERVES


def _decisions(doctype: str, name: str, since: date) -> tuple[Suitability, ...]:
	names = [unit.name for unit in read_chain(SiteDatabase(), name)] if doctype == UNIT else [name]
	return read_suitability_of(SiteDatabase(), [(doctype, name) for name in names], since)


def _turning_days(today: date, decisions: tuple[Suitability, ...]) -> set[date]:
	"""Today, and every later day on which a decision begins or has just ended."""
	begins = {entry.valid_from for entry in decisions}
	ends = {entry.valid_to + timedelta(days=1) for entry in decisions if entry.valid_to}
	return {today, *(day for day in begins | ends if day > today)}


def _verdict(decisions: tuple[Suitability, ...], day: date) -> str | None:
	holds = (entry.verdict for entry in decisions if covers(entry.valid_from, entry.valid_to, day))
	return next(holds, None)


def _said(verdict: str | None) -> str:
	return frappe.bold(_(verdict) if verdict else _("not made yet"))
