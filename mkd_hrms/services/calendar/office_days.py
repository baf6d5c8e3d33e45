"""The days on which nobody of a unit works away (W7), kept between two changes: every save of an application asks."""

from __future__ import annotations

from datetime import date

import frappe

from mkd_hrms.facts.coverage_rules import OfficeDay, read_office_days
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.people import Person, read_chain
from mkd_hrms.judging.availability import office_days_by_date

CACHE = "mkd_office_days"
# Somebody may read them just before another commits a change, and keep them just after: they are not kept for long.
SECONDS = 300


def office_days_of(person: Person, since: date, until: date) -> dict[date, OfficeDay]:
	"""The office days of somebody from since to until, by date; of several on one date the one that began first."""
	near = [entry for entry in _office_days() if entry.since <= until and since <= entry.until]
	if not near:
		return {}
	by_unit = person.department and any(entry.department for entry in near)
	chain = [unit.name for unit in read_chain(SiteDatabase(), person.department)] if by_unit else []
	return office_days_by_date(near, person.company, chain, since, until)


def _office_days() -> tuple[OfficeDay, ...]:
	kept = frappe.cache.get_value(CACHE, expires=True)
	if kept is None:
		kept = read_office_days(SiteDatabase(), date.min, date.max)
		frappe.cache.set_value(CACHE, kept, expires_in_sec=SECONDS)
	return kept


def forget() -> None:
	"""Read them anew, now and once the change is committed or undone: until then others read what was before."""

	def drop():
		frappe.cache.delete_value(CACHE)

	drop()
	frappe.db.after_commit.add(drop)
	frappe.db.after_rollback.add(drop)
