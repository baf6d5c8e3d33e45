"""MKD days as a calendar draws them, for whoever may list them: one by one, or as a number on each date if they are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

import frappe
from frappe import _
from frappe.utils import escape_html, getdate

from mkd_hrms.constants import (
	APPROVED,
	DAY,
	NO_SHOW,
	PENDING,
	RELEASED,
	REVOKED,
	SUSPENDED,
	USED_DAY_STATES,
	WORKED,
)
from mkd_hrms.services.platform.filters import as_list

# A page shows six weeks.
WINDOW_DAYS = 45
# Of more nobody sees anything on a page.
DRAWN = 1000
# Of no more people than these a page is found by their names, and of more than those the month of everybody is shorter.
MANY, NAMED = 500, 10_000
# Of a longer list of names the database makes a table, and no longer looks each of them up in the index.
AT_ONCE = 900
# As the list has them.
COLOURS = {
	PENDING: "orange",
	APPROVED: "green",
	SUSPENDED: "yellow",
	WORKED: "blue",
	NO_SHOW: "red",
	REVOKED: "red",
	RELEASED: "gray",
}
CROWD = "blue"


def events(
	start: str | date,
	end: str | date,
	filters: str | Mapping | Sequence | None = None,
	whose: Callable[[], Collection[str] | None] = lambda: None,
) -> list[dict]:
	"""What a calendar shows from start to the day before end: of each entry no more than what is drawn.

	The filters are those of the list; `whose` finds the people whose days the user may list, None for everybody's. Days that were given back are shown to who asks for them by their status. Raises
	ValidationError for a window that no calendar has, and PermissionError for who lists no days.
	"""
	asked = _within(as_list(DAY, filters), *window(getdate(start), getdate(end)))
	fields = ["name", "mkd_date", "employee_name", "status"]
	people = whose()
	if people is not None and len(people) > MANY:
		# To count what thousands have in the month takes less than to find a page of it.
		counted = _count(asked, people)
		if sum(counted.values()) > DRAWN:
			return list(_numbers(counted))
	days = frappe.get_list(
		DAY, filters=asked, fields=fields, order_by="mkd_date", limit_page_length=DRAWN + 1
	)
	return list(_one_by_one(days) if len(days) <= DRAWN else _numbers(_count(asked, people)))


def numbers(since: date, until: date, people: Collection[str] | None = None) -> list[dict]:
	"""How many people have a used day on each date from since to until, of some whose days the user may list, or of all."""
	return list(_numbers(_count(_within([], since, until), people)))


def window(start: date, end: date) -> tuple[date, date]:
	"""The first and the last day; a calendar names the day after. Raises ValidationError for more than a page shows."""
	last = max(start, end - timedelta(days=1))
	if (last - start).days >= WINDOW_DAYS:
		frappe.throw(
			_("A calendar shows at most {0} days at once. Choose a shorter period.").format(WINDOW_DAYS),
			title=_("Too Many at Once"),
		)
	return start, last


def _within(filters: list, since: date, until: date) -> list:
	asked = [*filters, [DAY, "mkd_date", "between", [since, until]]]
	if not any("status" in list(entry)[:2] for entry in filters):
		asked.append([DAY, "status", "in", list(USED_DAY_STATES)])
	return asked


def _one_by_one(days: list) -> Iterator[dict]:
	for day in sorted(days, key=lambda day: (day.mkd_date, day.employee_name or "")):
		# A calendar takes a title for HTML.
		title = escape_html(f"{day.employee_name}: {_(day.status, context=DAY)}")
		yield event(day.mkd_date, title, COLOURS.get(day.status, CROWD)) | {"name": day.name}


def _count(asked: list, people: Collection[str] | None) -> Mapping[date, int]:
	"""By date how many days there are. Of thousands of people the database begins with these, and not with everybody's month."""
	by_name = sorted(people) if people and len(people) <= NAMED else []
	named = [[DAY, "employee", "in", by_name[at : at + AT_ONCE]] for at in range(0, len(by_name), AT_ONCE)]
	counted: Counter[date] = Counter()
	for some in named or [None]:
		found = frappe.get_list(
			DAY,
			filters=[*asked, some] if some else asked,
			fields=["mkd_date", "count(*) as days"],
			group_by="mkd_date",
			order_by="mkd_date",
			limit_page_length=WINDOW_DAYS,
		)
		counted.update({row.mkd_date: row.days for row in found})
	return counted


def _numbers(counted: Mapping[date, int]) -> Iterator[dict]:
	for day, days in sorted(counted.items()):
		yield event(day, _("{0} people with an MKD day").format(days), CROWD)


def event(day: date, title: str, color: str) -> dict:
	"""An entry of a date that leads nowhere by itself."""
	return {"start": day, "end": day, "title": title, "color": color}
