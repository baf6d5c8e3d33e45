"""A unit: the coverage board, links for calendar programs, places in the waiting list."""

from __future__ import annotations

from werkzeug.wrappers import Response

import frappe
from frappe.rate_limiter import rate_limit
from frappe.utils import cint

from mkd_hrms.constants import ENDED, FEED, WAITING_PLACE
from mkd_hrms.permissions import board
from mkd_hrms.services.booked_days import from_the_board
from mkd_hrms.services.platform.opened import opened
from mkd_hrms.services.units import board as coverage
from mkd_hrms.services.units import calendar_feed as feeds
from mkd_hrms.services.units import waiting_list


@frappe.whitelist()
def coverage_board(unit: str | None = None, start: str | None = None, weeks: int = 1, after: int = 0) -> dict:
	"""Who is where, a letter for each person and date, and the room of each unit: of whom it shows the user (rule P3)."""
	since, until = coverage.window(start, cint(weeks))
	people, has_more = board.page_of(frappe.session.user, unit, max(0, cint(after)))
	return {**coverage.of(people, since, until), "more": has_more, "page": board.PAGE}


@frappe.whitelist()
def coverage_board_units() -> list[tuple[str, str, int]]:
	"""The units that the user may choose on the board: name, title, and how deep each stands in the tree."""
	return board.units_for(frappe.session.user)


@frappe.whitelist()
def coverage_board_day(employee: str, day: str) -> dict:
	"""What the user may do about a day of somebody of whom the board shows him everything; nothing for others."""
	user = frappe.session.user
	if not board.is_shown_in_full(user, employee):
		return {}
	return from_the_board.of_day(employee, frappe.utils.getdate(day), user)


@frappe.whitelist(methods=["POST"])
def make_calendar_feed(unit: str | None = None) -> dict:
	"""A link for a calendar program, shown this once: to the user's own days, or to those of a unit whose people he sees."""
	user = frappe.session.user
	if not unit:
		return feeds.make_own(user)
	board.refuse_feed(user, unit)
	return feeds.make_for_unit(user, unit)


@frappe.whitelist(methods=["POST"])
def revoke_calendar_feed(feed: str) -> dict:
	"""End a link: whoever made it, or who administers the site."""
	doc = opened(FEED, feed)
	feeds.revoke(doc)
	return {"revoked_on": doc.revoked_on}


# By address and token: an agency has one address for all its people, and programs ask every hour or so.
@frappe.whitelist(allow_guest=True, methods=["GET"])
@rate_limit(key="token", limit=60, seconds=3600)
def calendar_feed(token: str = "") -> Response:
	"""The days of a link, for whoever has it; for a wrong or ended one nothing, not even a reason."""
	feed = feeds.found(token)
	names = board.names_in(feed) if feed else None
	if not names:
		return Response(status=404)
	answer = Response(feeds.as_calendar(feed, names), content_type="text/calendar; charset=utf-8")
	answer.headers["Cache-Control"] = "private, max-age=900"
	return answer


@frappe.whitelist(methods=["POST"])
def decline_place(place: str) -> dict:
	"""Somebody no longer wants the date that he waits for: the employee himself."""
	doc = opened(WAITING_PLACE, place)
	waiting_list.decline(doc, frappe.session.user)
	return {"place": doc.name, "status": ENDED}
