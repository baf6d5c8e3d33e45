"""Requests as a calendar draws them: a date that is asked for with the state of its request, or of many a number on each date."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date

import frappe
from frappe import _
from frappe.utils import escape_html, getdate

from mkd_hrms.constants import (
	APPROVED,
	COMPLETED,
	DAY,
	DENIED,
	DRAFT,
	PENDING_APPROVAL,
	PENDING_HR_REVIEW,
	REJECTED,
	RELEASED,
	REQUEST,
	REVOKED,
)
from mkd_hrms.services.ledger import drawn_days
from mkd_hrms.services.ledger.drawn_days import COLOURS as DAY_COLOURS
from mkd_hrms.services.ledger.drawn_days import CROWD, DRAWN, MANY, event, window
from mkd_hrms.services.platform.filters import as_list

ROW = "MKD Request Date"
DATE = f"`tab{ROW}`.`mkd_date`"
# Of these the ledger holds the days, each with a state of its own.
GRANTED = (APPROVED, COMPLETED, REVOKED)
# As the list has them; what was withdrawn, expired or cancelled is drawn for who asks for it by its status.
COLOURS = {
	DRAFT: "gray",
	PENDING_APPROVAL: "orange",
	PENDING_HR_REVIEW: "orange",
	DENIED: "red",
	REJECTED: "red",
	REVOKED: "red",
	APPROVED: "green",
	COMPLETED: "blue",
}


def events(
	start: str | date,
	end: str | date,
	filters: str | Mapping | Sequence | None = None,
	whose: Callable[[], Collection[str] | None] = lambda: None,
) -> list[dict]:
	"""What a calendar shows from start to the day before end, of the requests in the user's list.

	The filters are those of the list; `whose` finds the people whom the user may list, None for everybody. Raises
	ValidationError for a window that no calendar has, and PermissionError for who lists no requests.
	"""
	frappe.has_permission(REQUEST, throw=True)
	since, until = window(getdate(start), getdate(end))
	filters = as_list(REQUEST, filters)
	people = whose()
	if not filters and _is_crowd(since, until, people):
		return drawn_days.numbers(since, until, people)
	asked = _within(filters, since, until)
	fields = ["name", "employee_name", "status", f"{DATE} as day"]
	rows = frappe.get_list(REQUEST, filters=asked, fields=fields, order_by=DATE, limit_page_length=DRAWN + 1)
	return list(_one_by_one(rows, _ledger(rows, since, until)) if len(rows) <= DRAWN else _numbers(asked))


def _is_crowd(since: date, until: date, people: Collection[str] | None) -> bool:
	"""Whether so many ask for so much that the database would read every request of all the years to draw the month.

	The ledger then says how many have a day on each date, from an index alone.
	"""
	if people is not None and len(people) <= MANY:
		return False
	window = {"mkd_date": ("between", [since, until])}
	found = frappe.get_all(ROW, window, pluck="name", order_by="mkd_date", limit=DRAWN + 1)
	return len(found) > DRAWN


def _ledger(rows: list, since: date, until: date) -> dict[tuple[str, date], str]:
	"""By request and date, how the day itself stands: one query for all of them."""
	held = {row.name for row in rows if row.status in GRANTED}
	if not held:
		return {}
	filters = {"source_doctype": REQUEST, "source_name": ("in", sorted(held))}
	filters |= {"mkd_date": ("between", [since, until])}
	days = frappe.get_all(DAY, filters, ["source_name", "mkd_date", "status"])
	return {(day.source_name, day.mkd_date): day.status for day in days}


def _within(filters: list, since: date, until: date) -> list:
	asked = [*filters, [ROW, "mkd_date", "between", [since, until]]]
	if not any("status" in list(entry)[:2] for entry in filters):
		asked.append([REQUEST, "status", "in", list(COLOURS)])
	return asked


def _one_by_one(rows: list, ledger: Mapping[tuple[str, date], str]) -> Iterator[dict]:
	"""What was granted is drawn as the day itself stands by now, and what was given back of it not at all."""
	for row in sorted(rows, key=lambda row: (row.day, row.employee_name or "", row.name)):
		status = ledger.get((row.name, row.day))
		if status == RELEASED:
			continue
		said = _(status, context=DAY) if status else _(row.status, context=REQUEST)
		colour = DAY_COLOURS[status] if status else COLOURS.get(row.status, "gray")
		# A calendar takes a title for HTML.
		title = escape_html(f"{row.employee_name}: {said}")
		yield event(row.day, title, colour) | {"name": row.name}


def _numbers(asked: list) -> Iterator[dict]:
	counted = frappe.get_list(
		REQUEST,
		filters=asked,
		fields=[f"{DATE} as day", "count(*) as requests"],
		group_by=DATE,
		order_by=DATE,
		limit_page_length=0,
	)
	for row in counted:
		yield event(row.day, _("{0} requests").format(row.requests), CROWD)
