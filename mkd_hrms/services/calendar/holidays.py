"""A person's holiday lists, for the decisions about one person: every save asks for them, and they hardly ever change."""

from __future__ import annotations

from datetime import date

import frappe
from frappe.model.document import Document

from mkd_hrms.facts.attendance.calendars import CalendarKey, calendar_key, read_calendars
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.dates import Calendar

CACHE = "mkd_calendars"
# Somebody may read a list just before another commits a change, and keep it just after: it is not kept for long.
SECONDS = 300


def calendars_of(person: Person) -> dict[CalendarKey, Calendar]:
	"""The person's calendar by its key, as `read_calendars` gives it, for all days that the lists know."""
	key = calendar_key(person)
	calendar = frappe.cache.hget(CACHE, str(key))
	if calendar is None:
		calendar = read_calendars(SiteDatabase(), [person], date.min, date.max)[key]
		frappe.cache.hset(CACHE, str(key), calendar)
		frappe.cache.expire(frappe.cache.make_key(CACHE), SECONDS)
	return {key: calendar}


def forget(doc: Document = None, method: str | None = None, *_names) -> None:
	"""Read the lists anew, now and once the change is committed or undone: until then others read what was before."""
	_drop()
	frappe.db.after_commit.add(_drop)
	frappe.db.after_rollback.add(_drop)


def _drop() -> None:
	frappe.cache.delete_value(CACHE)
