"""What is laid down for units, kept between two changes: hardly any unit has a rule, and every application asks."""

from __future__ import annotations

from datetime import date

import frappe

from mkd_hrms.facts.coverage_rules import CoverageRule, ServicePoint, read_coverage_rules, read_service_points
from mkd_hrms.facts.database.site import SiteDatabase

CACHE = "mkd_coverage_registers"
# Somebody may read one just before another commits a change, and keep it just after: it is not kept for long.
SECONDS = 300


def coverage_rules() -> tuple[CoverageRule, ...]:
	"""The rules of all units and dates, newest first."""
	return _registers()[0]


def service_points() -> tuple[ServicePoint, ...]:
	"""All counters with their rosters."""
	return _registers()[1]


def _registers() -> tuple[tuple[CoverageRule, ...], tuple[ServicePoint, ...]]:
	kept = frappe.cache.get_value(CACHE, expires=True)
	if kept is None:
		database, always = SiteDatabase(), (date.min, date.max)
		kept = read_coverage_rules(database, *always), read_service_points(database, *always)
		frappe.cache.set_value(CACHE, kept, expires_in_sec=SECONDS)
	return kept


def forget() -> None:
	"""Read them anew, after one was changed or names somebody or a unit that has another name by now.

	Once more after the commit, until which another process may read what was there before, and where it is undone.
	"""

	def drop():
		frappe.cache.delete_value(CACHE)

	drop()
	frappe.db.after_commit.add(drop)
	frappe.db.after_rollback.add(drop)
