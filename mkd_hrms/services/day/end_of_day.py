"""The end of an MKD day (rule D6): after the grace time of its report, some hundred days in one transaction.

What a day becomes is read from the records, so a run that was killed is simply run again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import frappe
from frappe import _
from frappe.utils import getdate

from mkd_hrms.constants import APPROVED, DAY, PERSON, WORKED
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
	read_days,
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
from mkd_hrms.services.platform.transactions import in_sets, on_its_own
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.services.standing import changes_noted

# So many days are locked, looked at and ended together.
AT_ONCE = 200
# How far back a worked day may still get the attendance row that it lacks, and a proposed absence an end by itself.
MENDED_FOR = timedelta(days=31)


def companies() -> list[str]:
	"""The companies with approved days that are over."""
	day = frappe.qb.DocType(DAY)
	query = frappe.qb.from_(day).select(day.company).distinct()
	return query.where((day.status == APPROVED) & (day.mkd_date < clock.today())).run(pluck=True)


def end_days(company: str, share: due_shares.Share | None = None) -> dict[str, int]:
	"""End every approved day of a company, or of a share of it, whose report can no longer come; says how many became what.

	About whom an absence is proposed waits for a person: in the night his day is looked at again.
	"""
	due = [
		day for day in read_due_days(SiteDatabase(), clock.today(), company) if not _waits_for_a_person(day)
	]
	return _end_all(due_shares.days_of(due, share))


def _waits_for_a_person(day: DueDay) -> bool:
	return day.absence_proposed and not day.daily_report


def _end_all(days: Sequence[DueDay]) -> dict[str, int]:
	ended = Counter()
	for start in range(0, len(days), AT_ONCE):
		# Which are over is a transaction of its own: what is read after it is no older than the locks.
		for overdue in in_sets(days[start : start + AT_ONCE], _overdue, _about):
			for looked_at in in_sets(overdue, _end, _about):
				ended.update(_what_became(looked_at))
	return dict(ended)


def _what_became(looked_at: Iterable[Look]) -> Iterator[str]:
	"""How each of the days ended; those that give way do so now, each by itself."""
	for look in looked_at:
		if not _gives_way(look) or on_its_own(partial(supersede, look), *_about(look.day)):
			yield look.known.ending.value


def _about(day: DueDay) -> tuple[str, str, str]:
	"""One day that cannot be ended must not keep the others waiting; its error names it."""
	return f"MKD: {day.name} could not end", DAY, day.name


def _gives_way(look: Look) -> bool:
	return look.known.ending is Ending.SUPERSEDED


def _overdue(days: Collection[DueDay]) -> list[DueDay]:
	"""The days whose grace time is over."""
	return of_timing(days, Timing.MISSING)


def of_timing(days: Collection[DueDay], wanted: Timing) -> list[DueDay]:
	"""The days whose report stands so by now: by the calendar of each person, after outages and late approvals."""
	if not days:
		return []
	now, approvals = clock.now(), read_approvals(SiteDatabase(), (day.name for day in days))
	calendars = calendars_around(days, now.date())
	outages = outages_of((day.employee for day in days), min(day.mkd_date for day in days))

	def stands(day: DueDay) -> Timing:
		policy, mine = policy_on(day.company, day.mkd_date), outages.get(day.employee, ())
		calendar, approved_at = calendars[day.employee], approvals.get(day.name)
		return timing(policy, calendar, day.counts_from, now, mine, approved_at)

	return [day for day in days if stands(day) is wanted]


def calendars_around(days: Collection[DueDay], until: date) -> dict[str, Calendar]:
	"""By employee, from the first of the days on."""
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
	calendars = calendars_around(days, last)
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


def _end(days: Collection[DueDay]) -> list[Look]:
	"""End some days in the caller's transaction, but for those that give way to something, which come afterwards."""
	looked_at = _look_behind_locks(days)
	over = [look for look in looked_at if not _gives_way(look)]
	worked = [look for look in over if look.known.ending is Ending.WORKED]
	for remarks, group in _by_remarks(worked):
		transitions.end(group, WORKED, remarks)
	_record_work(worked)
	proposed = [
		look for look in over if look.known.ending is Ending.ABSENCE and not look.day.absence_proposed
	]
	no_shows.propose({look.day: remarks_of(look.known) for look in proposed})
	missing.mark([look.day for look in over if not look.known.reported])
	assignments.close_questions([look.day.name for look in worked if look.day.absence_proposed])
	return looked_at


def _look_behind_locks(days: Collection[DueDay]) -> list[Look]:
	"""What is known of days while nobody else changes them. Where somebody was faster, the next run looks at the day."""
	booking.lock_persons(day.employee for day in days)
	stands = read_days(SiteDatabase(), [day.name for day in days])
	return list(_look_at([day for day in days if stands.get(day.name) == day]))


def _by_remarks(looked_at: Iterable[Look]) -> Iterator[tuple[dict[str, int], list[DueDay]]]:
	"""The days by what the superior is to be shown of them."""
	groups: dict[tuple, list[DueDay]] = {}
	for look in looked_at:
		groups.setdefault(tuple(remarks_of(look.known).items()), []).append(look.day)
	return ((dict(remarks), days) for remarks, days in groups.items())


def _record_work(looked_at: Iterable[Look]) -> None:
	worked = [(look.day, look.seen.rows, look.seen.expects_row) for look in looked_at]
	changes_noted.concerns(PERSON, *sorted(writer.record_work_of_many(worked)))


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
	"""What the records tell by now of days of the last weeks that were looked at before.

	Worked days that have no attendance row get one, where auto attendance did not make it after all; proposed absences
	of which a check-in, a row or leave has come to be known end as any day. Returns the number of the former.
	"""
	since = clock.today() - MENDED_FOR
	proposed = [day for day in read_due_days(SiteDatabase(), clock.today()) if _waits_for_a_person(day)]
	_end_all([day for day in proposed if day.mkd_date >= since])
	days = read_days_without_row(SiteDatabase(), since)
	for start in range(0, len(days), AT_ONCE):
		frappe.db.commit()
		in_sets(days[start : start + AT_ONCE], lambda some: _record_work(_look_behind_locks(some)), _about)
	return len(days)
