"""The end of an MKD day (rule D6): after the grace time of its report, each day in a transaction of its own.

What a day becomes is read from the records, so a run that was killed is simply run again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import frappe
from frappe import _
from frappe.utils import getdate

from mkd_hrms.constants import APPROVED, DAY, WORKED
from mkd_hrms.facts.attendance.away import Away, away_on, read_away
from mkd_hrms.facts.attendance.calendars import calendar_key, read_calendars
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import with_other_records
from mkd_hrms.facts.ledger.ended_days import (
	DueDay,
	Recorded,
	Seen,
	read_approvals,
	read_day,
	read_days_of_employee,
	read_days_without_row,
	read_due_days,
	read_seen,
)
from mkd_hrms.facts.people import read_people
from mkd_hrms.policy.dates import Calendar
from mkd_hrms.policy.day.daily_report import Timing, timing
from mkd_hrms.policy.day.day_end import DayEnd, Ending
from mkd_hrms.services.attendance import writer
from mkd_hrms.services.attendance.writer import ABSENT, CREATED, HALF_DAY, PRESENT, WORK_FROM_HOME
from mkd_hrms.services.booked_days import superseding
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.calendar.outages import outages_of
from mkd_hrms.services.daily_reports import missing
from mkd_hrms.services.day import due_shares, no_shows
from mkd_hrms.services.ledger import booking, transitions
from mkd_hrms.services.people import assignments
from mkd_hrms.services.platform.transactions import on_its_own
from mkd_hrms.services.policies.in_force import policy_on

AT_ONCE = 500
# How far back a worked day may still get the attendance row that it lacks.
MENDED_FOR = timedelta(days=31)


def companies() -> list[str]:
	"""The companies with approved days that are over."""
	day = frappe.qb.DocType(DAY)
	query = frappe.qb.from_(day).select(day.company).distinct()
	return query.where((day.status == APPROVED) & (day.mkd_date < clock.today())).run(pluck=True)


def end_days(company: str, share: due_shares.Share | None = None) -> dict[str, int]:
	"""End every approved day of a company, or of a share of it, whose report can no longer come; says how many became what."""
	ended = Counter()
	days = due_shares.days_of(read_due_days(SiteDatabase(), clock.today(), company), share)
	for start in range(0, len(days), AT_ONCE):
		looked_at = list(_look_at(_overdue(days[start : start + AT_ONCE])))
		# Whatever each day's own transaction reads is no older than its lock.
		frappe.db.commit()
		for look in looked_at:
			if _in_its_own_transaction(look.day, lambda: _end(look)):  # noqa: B023 (called at once)
				ended[look.known.ending.value] += 1
	return dict(ended)


def _in_its_own_transaction(day: DueDay, work: Callable[[], object]) -> bool:
	"""One day that cannot be ended must not keep the others waiting."""
	return on_its_own(work, f"MKD: {day.name} could not end", DAY, day.name)


def _overdue(days: Collection[DueDay]) -> list[DueDay]:
	"""The days whose grace time is over, by the calendar of each person, after outages and late approvals."""
	now, approvals = clock.now(), read_approvals(SiteDatabase(), (day.name for day in days))
	calendars = _calendars(days, now.date())
	outages = outages_of((day.employee for day in days), min(day.mkd_date for day in days))

	def is_over(day: DueDay) -> bool:
		policy, mine = policy_on(day.company, day.mkd_date), outages.get(day.employee, ())
		calendar, approved_at = calendars[day.employee], approvals.get(day.name)
		return timing(policy, calendar, day.counts_from, now, mine, approved_at) is Timing.MISSING

	return [day for day in days if is_over(day)]


def _calendars(days: Collection[DueDay], until: date) -> dict[str, Calendar]:
	employees = tuple(sorted({day.employee for day in days}))
	if not employees:
		return {}
	people = read_people(SiteDatabase(), Scope(employees=employees))
	since = min(day.mkd_date for day in days)
	calendars = read_calendars(SiteDatabase(), people.values(), since, until)
	return {employee: calendars[calendar_key(person)] for employee, person in people.items()}


@dataclass(frozen=True, slots=True)
class Look:
	"""A day with what the platform has of it, what that says, and what takes its place, if something does."""

	day: DueDay
	seen: Seen
	known: DayEnd
	away: Away | None


def _look_at(days: Collection[DueDay]) -> Iterator[Look]:
	if not days:
		return
	first, last = min(day.mkd_date for day in days), max(day.mkd_date for day in days)
	scope = with_other_records(SiteDatabase(), {day.employee for day in days})
	seen, away = read_seen(SiteDatabase(), days, scope), read_away(SiteDatabase(), scope, first, last)
	calendars = _calendars(days, last)
	for day in days:
		recorded, periods = seen[day.employee, day.mkd_date], away.get(day.employee, ())
		known = known_of(day, recorded, periods, calendars[day.employee])
		yield Look(day, recorded, known, away_on(periods, day.mkd_date))


def known_of(day: DueDay, seen: Seen, away: tuple[Away, ...], calendar: Calendar) -> DayEnd:
	"""What the records say about a day, in the words of the rule."""
	short = [row for row in seen.rows if _is_short(row)]
	whole = [row for row in seen.rows if row.status in (PRESENT, WORK_FROM_HOME) and row not in short]
	absent = any(_status_before(row) == ABSENT for row in short)
	attended = any(row.before != CREATED for row in whole) or any(row.status == HALF_DAY for row in short)
	return DayEnd(
		reported=bool(day.daily_report),
		present=attended or seen.elsewhere or (seen.checked_in and not absent),
		short_hours=bool(short),
		away=bool(away_on(away, day.mkd_date)) or any(row.status == "On Leave" for row in seen.rows),
		away_half=any(period.touches(day.mkd_date) for period in away),
		holiday=calendar.is_working(day.mkd_date) is False,
	)


def _is_short(row: Recorded) -> bool:
	"""Check-ins for too few hours: half a day without leave or duty, or what auto attendance found to be an absence."""
	return (row.status == HALF_DAY and not row.half_excused) or _status_before(row) == ABSENT


def _status_before(row: Recorded) -> str | None:
	return json.loads(row.before or "{}").get("status")


def _end(look: Look) -> None:
	day, known = look.day, look.known
	if known.ending is Ending.SUPERSEDED:
		return supersede(look)
	booking.lock_person(day.employee)
	if read_day(SiteDatabase(), day.name) != day:
		# Somebody was faster; the next run looks at the day as it is by then.
		return
	if known.ending is Ending.WORKED:
		transitions.end(day, WORKED, remarks_of(known))
		writer.record_work(day, look.seen.rows, look.seen.expects_row)
	elif not day.absence_proposed:
		no_shows.propose(day, remarks_of(known))
	if not known.reported:
		missing.mark(day)
	if day.absence_proposed and known.ending is Ending.WORKED:
		assignments.close_questions([day.name])


def remarks_of(known: DayEnd) -> dict[str, int]:
	"""The flags for the superior."""
	return {
		"no_presence": int(not known.present),
		"report_missing": int(not known.reported),
		"short_hours": int(known.short_hours),
	}


def supersede(look: Look) -> None:
	"""Leave or duty that came around its own form, or a holiday, takes the place of the day (rule W10)."""
	day = look.day
	if look.away:
		document = frappe.get_doc(look.away.kind, look.away.record)
		superseding.give_way_to(document, [day.employee], day.mkd_date, day.mkd_date)
		return
	booking.lock_person(day.employee)
	reason = _("Superseded by leave or a holiday")
	transitions.release([day], reason, from_states=(APPROVED,))
	missing.take_back([day.name], reason)
	writer.undo([day.name])
	assignments.close_questions([day.name])


def look_again(employee: str, since: str | date, until: str | date) -> None:
	"""After something wrote attendance around the rules: the rows of MKD days say again what they said before."""
	for look in _look_at(read_days_of_employee(SiteDatabase(), employee, getdate(since), getdate(until))):
		if look.day.status == WORKED:
			writer.record_work(look.day, look.seen.rows, look.seen.expects_row)
		elif look.known.ending is not Ending.SUPERSEDED:
			writer.settle(look.day, look.seen.rows)


def mend() -> int:
	"""Worked days that have no attendance row get one, where auto attendance did not make it after all."""
	days = read_days_without_row(SiteDatabase(), clock.today() - MENDED_FOR)
	for look in _look_at(days):
		_in_its_own_transaction(look.day, lambda: _mend(look))  # noqa: B023 (called at once)
	return len(days)


def _mend(look: Look) -> None:
	booking.lock_person(look.day.employee)
	writer.record_work(look.day, look.seen.rows, look.seen.expects_row)
