"""Holiday lists of shifts: one that the shift of a date has comes before that of its people, as in Frappe HR (rule T3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pypika import Query, Table
from pypika.functions import Max

from mkd_hrms.facts.database.queries import Binder, Database, rows
from mkd_hrms.facts.database.scope import Scope

ASSIGNMENT, SHIFT = Table("tabShift Assignment"), Table("tabShift Type")
SUBMITTED = 1


class ListPeriod(NamedTuple):
	"""From when to when a shift is somebody's, both included, and the holiday list that it has; None: it has none."""

	since: date
	until: date
	holiday_list: str | None


def has_lists(database: Database) -> bool:
	"""Whether any shift has a holiday list; where none has, nobody's calendar depends on his shift."""
	return bool(rows(database, lambda _bind: Query.from_(SHIFT).select(Max(SHIFT.holiday_list)))[0][0])


def read_assigned(database: Database, scope: Scope) -> dict[str, list[ListPeriod]]:
	"""By employee, his assigned shifts, of which the one that began last comes first (rule D7)."""

	def build(bind: Binder):
		return (
			Query.from_(ASSIGNMENT)
			.join(SHIFT)
			.on(SHIFT.name == ASSIGNMENT.shift_type)
			.select(ASSIGNMENT.employee, ASSIGNMENT.start_date, ASSIGNMENT.end_date, SHIFT.holiday_list)
			.where((ASSIGNMENT.docstatus == SUBMITTED) & (ASSIGNMENT.status == bind("Active")))
			.where(scope.has(ASSIGNMENT.employee, bind))
			.orderby(ASSIGNMENT.start_date)
			.orderby(ASSIGNMENT.name)
		)

	found: dict[str, list[ListPeriod]] = defaultdict(list)
	for employee, since, until, name in rows(database, build):
		found[employee].insert(0, ListPeriod(since, until or date.max, name or None))
	return dict(found)


def periods_of(usual: str | None, assigned: Sequence[ListPeriod] = ()) -> tuple[ListPeriod, ...]:
	"""The first of these periods that holds a date says whose list counts on it; none where no shift has a list.

	`usual` is the list of the usual shift, which is somebody's where he is assigned to none.
	"""
	found = (*assigned, *([ListPeriod(date.min, date.max, usual)] if usual else []))
	return found if any(period.holiday_list for period in found) else ()
