"""The days of an approved weekly pattern, as they come within the horizon (rule W2).

One application and one approval stand for all of them; each date is judged by its own policy when it is booked. Whoever
is not eligible any more gets no new days until he is again: the pattern pauses. A date that is over by then is not made
up for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import takewhile

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate

from mkd_hrms.constants import APPROVED, ENDED, PAUSED, PENDING, REQUEST, REVOKED, RUNNING
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.days import read_days_of
from mkd_hrms.judging.application import (
	Mistake,
	problems_of_calendar,
	problems_of_presence,
	split_working,
)
from mkd_hrms.judging.coverage import Group
from mkd_hrms.policy.dates import days_between, iso_week
from mkd_hrms.policy.model import Decision, Outcome
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.decisions.records import keep
from mkd_hrms.services.ledger import booking, transitions
from mkd_hrms.services.people.person import read_persons
from mkd_hrms.services.platform.notify import in_language_of
from mkd_hrms.services.platform.transactions import in_sets
from mkd_hrms.services.policies.in_force import mark_used, policy_by_day
from mkd_hrms.services.requests import pattern_messages as messages
from mkd_hrms.services.requests.asked_dates import PATTERN
from mkd_hrms.services.requests.case import RequestCase
from mkd_hrms.services.units import coverage
from mkd_hrms.services.workflow import system_moves

# So many patterns are looked at in one transaction.
AT_ONCE = 20
GOES_ON = (RUNNING, PAUSED)
LEFT = "Left"


def starts(request: Document) -> dict:
	"""What the approval writes on a request: a pattern runs from then on."""
	return {"pattern_state": RUNNING} if request.request_type == PATTERN else {}


def makes_more(request: Document) -> bool:
	"""Whether a request stands also while it holds no day, because its pattern makes more of them."""
	if request.get("pattern_state") not in GOES_ON or not request.made_until:
		return False
	return getdate(request.made_until) < last_date(request)


def last_date(request: Document) -> date:
	"""The last date of a pattern: as it was signed, or the day before that from which on its superior ended it."""
	signed = getdate(request.to_date)
	stops_on = request.get("pattern_stops_on")
	return min(signed, getdate(stops_on) - timedelta(days=1)) if stops_on else signed


def stop(request: Document, since: date, today: date) -> None:
	"""No days follow from a date on, and none at all where it has come. What was signed stays as it was."""
	_write(request, {"pattern_stops_on": since})
	if since <= today:
		end(request)


def end(request: Document) -> None:
	"""No more days follow. Whoever ends a pattern says so himself."""
	if request.get("pattern_state") in GOES_ON:
		_write(request, {"pattern_state": ENDED, "paused_since": None})


def make_days() -> None:
	"""Make the days of every pattern that have come within the horizon, some patterns in one transaction.

	What is booked and how far a pattern was made is stored together, so whoever is interrupted begins again. One that
	cannot be made keeps no other waiting.
	"""
	names = frappe.get_all(REQUEST, {"pattern_state": ("in", GOES_ON)}, pluck="name", order_by="name")
	for start in range(0, len(names), AT_ONCE):
		# What is read of the patterns is no older than their locks.
		frappe.db.commit()
		some = names[start : start + AT_ONCE]
		counted_in = _counted_in(some)
		frappe.db.commit()
		in_sets(some, partial(follow, counted_in=counted_in), _about)


def _about(name: str) -> tuple[str, str, str]:
	return f"MKD: the days of {name} could not be made", REQUEST, name


def _counted_in(names: Collection[str]) -> dict[str, set[Group]]:
	"""By pattern the groups that must have room for its days (rule W5)."""
	rows = frappe.get_all(REQUEST, {"name": ("in", list(names))}, ["name", "employee"])
	people, today, found = read_persons([row.employee for row in rows]), clock.today(), {}
	for row in rows:
		if not (person := people.get(row.employee)):
			continue
		in_force = policy_by_day(person.company)
		ahead = (
			days_between(today, today + timedelta(days=policy.horizon_days))
			if (policy := in_force(today))
			else ()
		)
		found[row.name] = coverage.groups_of_person(person, filter(in_force, ahead))
	return found


def follow(names: Collection[str], counted_in: Mapping[str, Collection[Group]] | None = None) -> None:
	"""Make the days of some patterns, in the caller's transaction.

	`counted_in` are the groups of each that whoever approves is counted in, too: they are queued for before the people
	are, as everywhere.
	"""
	groups = _counted_in(names) if counted_in is None else counted_in
	coverage.lock_groups(group for name in names for group in groups.get(name, ()))
	requests = [frappe.get_doc(REQUEST, name, for_update=True) for name in sorted(names)]
	booking.lock_persons(request.employee for request in requests)
	# What stands on a request is read by others than whoever runs this.
	with in_language_of(None):
		for request in requests:
			if request.pattern_state in GOES_ON:
				_follow(request)


def _follow(request: Document) -> None:
	case = RequestCase(request)
	if request.status != APPROVED or last_date(request) < case.today:
		_end_by_clock(request)
	elif reason := _ends(case):
		more = makes_more(request)
		_end_by_clock(request)
		if more:
			messages.tell_ended(case, reason)
	elif makes_more(request):
		_make(request, case)


def _end_by_clock(request: Document) -> None:
	"""A request whose pattern has ended without any day left stands for nothing any more."""
	end(request)
	if request.status == APPROVED and not read_days_of(SiteDatabase(), REQUEST, request.name):
		system_moves.move(request, {"status": REVOKED})


def _ends(case: RequestCase) -> str | None:
	"""Why a pattern ends before its last date: who signed it signed for somebody of this unit (rule W12)."""
	person, request = case.person, case.request
	if person.status == LEFT or (person.last_day and person.last_day < case.today):
		return messages.LEFT
	if (person.department, person.company) != (request.department or None, request.company):
		return messages.MOVED
	return None


def _make(request: Document, case: RequestCase) -> None:
	"""Book what has come within the horizon, and note how far the pattern is made."""
	until, dates = _window(request, case)
	if not dates:
		_write(request, {"made_until": max(until, getdate(request.made_until))})
		return
	working, off = split_working(case.situation.calendar, dates)
	refused = {day: said for day in working if (said := may_be_booked(case, day))}
	free = [day for day in working if day not in refused]
	case.dates = free
	blocked = [decision for decision in _decisions(case) if decision.outcome is not Outcome.ELIGIBLE]
	eligible = [day for day in free if day not in {decision.mkd_date for decision in blocked}]
	crowded = coverage.days_without_room(case.person, eligible, request.name)
	booked, full = _within_the_weeks(case, [day for day in eligible if day not in crowded])
	if booked:
		add_days(request, case, booked, case.limits(with_tier=True))
	skipped = {day: [holiday or _("Not a working day")] for day, holiday in off.items()} | refused
	skipped |= {day: [_("the week holds no more MKD days")] for day in full}
	skipped |= {day: [_("no room in the unit")] for day in crowded}
	values = {"made_until": min([until, *(entry.mkd_date - timedelta(days=1) for entry in blocked)])}
	values["skipped_dates"] = _noted(request.skipped_dates or "", skipped)
	_keep(request, case)
	_pause_or_go_on(request, case, blocked, values)
	if full or crowded:
		messages.tell_skipped(case, sorted({*full, *crowded}))


def _window(request: Document, case: RequestCase) -> tuple[date, list[date]]:
	"""How far the pattern can be made today, and its dates up to there of which no day was made before.

	A date without a policy or a holiday list is not known yet, so it waits, with all that follow.
	"""
	in_force = policy_by_day(case.person.company)
	made = getdate(request.made_until)
	if not in_force(case.today):
		return made, []
	until = min(case.horizon, last_date(request))
	since, there = max(made, case.today), {getdate(row.mkd_date) for row in request.dates}
	dates = [day for day in case.written if since < day <= until and day not in there]
	known = list(takewhile(in_force, dates))
	if known:
		case.dates = known
		unknown = {problem.day for problem in problems_of_calendar(case.situation.calendar, known)}
		known = list(takewhile(lambda day: day not in unknown, known))
	if len(known) < len(dates):
		until = dates[len(known)] - timedelta(days=1)
	return until, known


def may_be_booked(case: RequestCase, day: date) -> list[str]:
	"""What speaks against a working day of a pattern, besides the rules of the policy and the limit of its week."""
	said = {
		Mistake.NOT_IN_SERVICE: _("not in service"),
		Mistake.AWAY: _("away"),
		Mistake.CLAIMED: _("away"),
		Mistake.TAKEN: _("used already"),
		Mistake.OFFICE_DAY: _("day in the office"),
	}
	found = problems_of_presence(case.situation, [day], case.request.name)
	return [said[problem.kind] for problem in found]


def _decisions(case: RequestCase) -> list[Decision]:
	return case.decisions if case.dates else []


def _within_the_weeks(case: RequestCase, days: Iterable[date]) -> tuple[list[date], list[date]]:
	"""The days for which their weeks have a place, the first ones first, and those that find none (rule Q1)."""
	limits = case.limits(with_tier=True) if case.dates else {}
	room = {week: limit - case.situation.used_in(week) for week, limit in limits.items()}
	booked, full = [], []
	for day in days:
		week = iso_week(day)
		(booked if room[week] > 0 else full).append(day)
		room[week] -= 1
	return booked, full


def add_days(request: Document, case: RequestCase, days: Sequence[date], limits: dict[str, int]) -> None:
	"""Book days on a request that has been approved, as Approved. The caller has judged them and locked the person.

	Raises QuotaExceeded, DayTaken.
	"""
	used = case.situation.used
	booking.book(booking.Booking(REQUEST, request.name, case.person, tuple(days), limits, used))
	held = read_days_of(SiteDatabase(), REQUEST, request.name)
	transitions.approve([entry for entry in held if entry.mkd_date in days and entry.status == PENDING])
	for day in days:
		row = request.append("dates", {"mkd_date": day, "iso_week": iso_week(day), "docstatus": 1})
		row.db_insert()


def _noted(text: str, skipped: dict[date, Sequence[str]]) -> str:
	"""The skipped dates with why, once each, behind those that the request names already."""
	for day, reasons in sorted(skipped.items()):
		shown = format_date(day)
		if shown not in text:
			line = f"{shown} ({', '.join(dict.fromkeys(map(frappe.utils.strip_html, reasons)))})"
			text = f"{text}, {line}" if text else line
	return text


def _keep(request: Document, case: RequestCase) -> None:
	if case.dates:
		mark_used({policy.name for policy in case.policies.values()}, case.today)
		keep(request, PATTERN, case.decisions)


def _pause_or_go_on(request: Document, case: RequestCase, blocked: Sequence[Decision], values: dict) -> None:
	"""Tell once that a pattern pauses, and once that it goes on; where nothing was judged it stays as it is."""
	was_paused = request.pattern_state == PAUSED
	if blocked and not was_paused:
		values |= {"pattern_state": PAUSED, "paused_since": case.today}
	elif was_paused and case.dates and not blocked:
		values |= {"pattern_state": RUNNING, "paused_since": None}
	_write(request, values)
	if blocked and not was_paused:
		messages.tell_paused(case)
	elif was_paused and request.pattern_state == RUNNING:
		messages.tell_resumed(case)


def _write(request: Document, values: dict) -> None:
	values = {**values, "modified": frappe.utils.now()}
	frappe.db.set_value(REQUEST, request.name, values, update_modified=False)
	request.update(values)
