"""Links under which a calendar program reads MKD days (iCalendar, RFC 5545): made, found, told, revoked.

Whoever has the link has what it tells, so it tells little: dates, and names in a unit. The token is shown once; what is kept
of it is a hash, under which it is found.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_system_timezone

from mkd_hrms.constants import APPROVED, FEED, NO_SHOW, PERSON, UNIT, WORKED
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.calendar_feeds import (
	FedDay,
	Feed,
	count_feeds,
	is_active_record,
	read_fed_days,
	read_feed,
)
from mkd_hrms.facts.superiors import read_active_record
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.people.person import read_person

# 256 bits: nobody finds one by trying.
TOKEN_BYTES = 32
TOKEN = re.compile(r"[\w-]{43}", re.ASCII)
BEFORE, AFTER = timedelta(days=30), timedelta(days=60)
# An absence stays a day with MKD here: that it was one is nobody's business who has the link.
TOLD = (APPROVED, WORKED, NO_SHOW)
# A telephone, a computer, some units.
AT_MOST = 10
# Of more people than these a date tells a number, as in the calendar of the Desk.
NAMED = 500
ADDRESS = "/api/method/mkd_hrms.api.calendar_feed?token={0}"


def make_own(user: str) -> dict:
	"""A link to the days of the user himself. Raises ValidationError without an active record, or with too many links."""
	employee = read_active_record(SiteDatabase(), user)
	if not employee:
		frappe.throw(_("No active Employee record names you as its user. Ask HR."))
	return _make(user, PERSON, employee, read_person(employee).employee_name)


def make_for_unit(user: str, unit: str) -> dict:
	"""A link to the days of a unit, for whom the caller has found to see it. Raises ValidationError with too many links."""
	return _make(user, UNIT, unit, unit)


def _make(user: str, doctype: str, name: str, title: str) -> dict:
	if count_feeds(SiteDatabase(), user) >= AT_MOST:
		frappe.throw(
			_("You have {0} calendar links, and nobody has more. Revoke one that you do not use.").format(
				AT_MOST
			)
		)
	token = secrets.token_urlsafe(TOKEN_BYTES)
	doc = frappe.new_doc(FEED)
	doc.update({"user": user, "reference_doctype": doctype, "reference_name": name})
	doc.reference_title = title
	doc.token_hash = hash_of(token)
	doc.flags.from_service = True
	doc.insert(ignore_permissions=True)
	return {"name": doc.name, "url": frappe.utils.get_url(ADDRESS.format(token))}


def revoke(feed: Document) -> None:
	"""End a link: from now on it tells nothing. To revoke it again changes nothing."""
	if feed.revoked_on:
		return
	feed.revoked_on = clock.now()
	feed.flags.from_service = True
	feed.save(ignore_permissions=True)


def found(token: str) -> Feed | None:
	"""The link of a token; None where there is none, somebody revoked it, its user cannot log in, or he left.

	It is looked up by its hash: how long that takes says nothing about the token.
	"""
	if not TOKEN.fullmatch(token or ""):
		return None
	feed = read_feed(SiteDatabase(), hash_of(token))
	if feed and feed.doctype == PERSON and not is_active_record(SiteDatabase(), feed.about, feed.user):
		return None
	return feed


def hash_of(token: str) -> str:
	"""What is kept of a token. It is as long as a key, so one round is enough."""
	return hashlib.sha256(token.encode()).hexdigest()


def as_calendar(feed: Feed, names: Mapping[str, str]) -> bytes:
	"""The days of some employees as a calendar program reads them; `names` are those of a unit's people, by employee."""
	# A bench without the library lacks feeds, and nothing else.
	from icalendar import Calendar

	days = read_fed_days(SiteDatabase(), names, clock.today() - BEFORE, clock.today() + AFTER, TOLD)
	calendar = Calendar()
	calendar.add("prodid", "-//MKD HRMS//Calendar Feed//EN")
	calendar.add("version", "2.0")
	calendar.add("method", "PUBLISH")
	calendar.add("x-wr-calname", "MKD" if feed.doctype == PERSON else f"MKD: {feed.about}")
	events = _crowd(feed, days) if len(names) > NAMED else _one_by_one(feed, days, names)
	for uid, day, summary, changed_on in events:
		calendar.add_component(_event(uid, day, summary, changed_on))
	return calendar.to_ical()


def _one_by_one(feed: Feed, days: list[FedDay], names: Mapping[str, str]):
	for day in days:
		summary = "MKD" if feed.doctype == PERSON else f"MKD: {names[day.employee]}"
		yield day.name, day.mkd_date, summary, day.changed_on


def _crowd(feed: Feed, days: list[FedDay]):
	counted = Counter(day.mkd_date for day in days)
	newest: dict[date, datetime] = {}
	for day in days:
		newest[day.mkd_date] = max(day.changed_on, newest.get(day.mkd_date, day.changed_on))
	lang = frappe.db.get_value("User", feed.user, "language")
	for day, people in counted.items():
		yield f"{feed.name}-{day}", day, _("MKD: {0} people", lang=lang).format(people), newest[day]


def _event(uid: str, day: date, summary: str, changed_on: datetime):
	"""A whole day that blocks nobody's calendar: he works."""
	from icalendar import Event

	event = Event()
	event.add("uid", f"{uid}@{frappe.local.site}")
	event.add("dtstamp", changed_on.replace(tzinfo=ZoneInfo(get_system_timezone())).astimezone(timezone.utc))
	event.add("dtstart", day)
	event.add("dtend", day + timedelta(days=1))
	event.add("summary", summary)
	event.add("transp", "TRANSPARENT")
	return event
