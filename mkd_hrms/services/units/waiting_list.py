"""Who wanted a date for which his unit had no room: he is told when a place becomes free, one after the other (rule W6).

The single writer of MKD Waiting Place. Nobody is booked for a date by it: whoever is told applies, and comes first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, now

from mkd_hrms.constants import WAITING_PLACE
from mkd_hrms.facts.attendance.calendars import calendar_key
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.days import read_used_by_person
from mkd_hrms.facts.people import Person
from mkd_hrms.judging.coverage import Look
from mkd_hrms.policy.coverage import Where
from mkd_hrms.policy.fair_order import fair_order
from mkd_hrms.policy.model import USED_DAY_STATES
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.calendar.holidays import calendars_of
from mkd_hrms.services.people.person import read_person, read_persons
from mkd_hrms.services.platform.announcements import Announcement, announce_many
from mkd_hrms.services.platform.locks import alone
from mkd_hrms.services.platform.names import row_name
from mkd_hrms.services.policies.in_force import policy_on
from mkd_hrms.services.units import coverage, registers
from mkd_hrms.services.units.fair_order import Standings, tightest
from mkd_hrms.services.units.states import ENDED, OPEN, TAKEN, TOLD, WAITING

COLUMNS = (
	"name creation modified owner modified_by employee employee_name person department company mkd_date request"
	" status since ended_on"
).split()
FIELDS = "name employee person mkd_date request status since told_on answer_until".split()
# The job that looks for free places; also queued where days are released.
JOB = "mkd_waiting_places"
# Before a date that lies so far behind holidays there is still a working day.
LOOK_BACK = timedelta(days=45)


class NotWaiting(frappe.ValidationError):
	"""The place on the waiting list is not open any more."""


def note_refused(person: Person, dates: Iterable[date], request: str) -> None:
	"""Let somebody wait for those of his dates for which his unit had no room; of a date that has begun it is only noted."""
	dates = [day for day in dates if day >= clock.today()]
	full = sorted({look.day for look in coverage.looks(person, dates) if look.room.room < 1}) if dates else []
	if not full:
		return
	waits = {"person": person.person, "mkd_date": ("in", full), "status": ("in", OPEN)}
	known = set(frappe.get_all(WAITING_PLACE, waits, pluck="mkd_date"))
	rows = [_row(person, day, request) for day in full if day not in known]
	if rows:
		frappe.db.bulk_insert(WAITING_PLACE, COLUMNS, rows)


def _row(person: Person, day: date, request: str) -> tuple:
	stamp, user, moment = now(), frappe.session.user, clock.now()
	ended = moment if _begins(person.company, day) <= moment else None
	return (
		*(row_name(), stamp, stamp, user, user),
		*(person.employee, person.employee_name, person.person, person.department, person.company),
		*(day, request, ENDED if ended else WAITING, moment, ended),
	)


def decline(place: Document, user: str) -> None:
	"""Somebody no longer wants the date; whoever waits after him is told soon. Raises NotWaiting, PermissionError."""
	if user != read_person(place.employee).user:
		frappe.throw(_("Only who waits for a date declines it."), frappe.PermissionError)
	if place.status not in OPEN:
		frappe.throw(
			_("You do not wait for {0} any more.").format(format_date(place.mkd_date)),
			NotWaiting,
		)
	_end([place.name])
	frappe.enqueue("mkd_hrms.tasks.offer_places", enqueue_after_commit=True, job_id=JOB, deduplicate=True)


def offer() -> int:
	"""Tell of every place that is free whoever comes first, and end what nobody waits for any more. Returns how many were told.

	Two workers at once would tell of one place twice: the second one leaves it to the first.
	"""
	with alone("waiting places") as mine:
		return _offer() if mine else 0


def _offer() -> int:
	frappe.db.commit()
	waits = {"status": ("in", OPEN)}
	open_rows = frappe.get_all(WAITING_PLACE, waits, FIELDS, order_by="mkd_date, since, name")
	_let_go()
	people = read_persons(sorted({row.employee for row in open_rows}))
	rows = _settle(open_rows, people)
	told = _choose(rows, people) if rows else []
	_tell(told, people)
	frappe.db.commit()
	return len(told)


def _settle(rows: Collection[frappe._dict], people: Mapping[str, Person]) -> list[frappe._dict]:
	"""End what has come to its end, note who has applied, and return what is still waited for."""
	if not rows:
		return []
	moment, has_day = clock.now(), _who_has_a_day(rows)
	taken = [row for row in rows if (row.person, row.mkd_date) in has_day]
	over = [row for row in rows if row not in taken and _is_over(row, people.get(row.employee), moment)]
	_write([row.name for row in taken], {"status": TAKEN, "ended_on": moment})
	_end([row.name for row in over])
	return [row for row in rows if row not in taken and row not in over]


def _let_go() -> None:
	"""Who was told, applied and has given the date up again comes before nobody any more."""
	taken = {"status": TAKEN, "told_on": ("is", "set"), "mkd_date": (">=", clock.today())}
	rows = frappe.get_all(WAITING_PLACE, taken, FIELDS)
	has_day = _who_has_a_day(rows)
	_end([row.name for row in rows if (row.person, row.mkd_date) not in has_day])


def _who_has_a_day(rows: Collection[frappe._dict]) -> set[tuple[str, date]]:
	if not rows:
		return set()
	dates, persons = [row.mkd_date for row in rows], {row.person for row in rows}
	booked = read_used_by_person(SiteDatabase(), persons, min(dates), max(dates), USED_DAY_STATES)
	return {(person, day.mkd_date) for person, days in booked.items() for day in days}


def _is_over(row: frappe._dict, person: Person | None, moment: datetime) -> bool:
	"""Whether nobody waits any more: he is not in service, the date has begun, or he did not apply when he was told."""
	if not person or person.status != "Active" or _begins(person.company, row.mkd_date) <= moment:
		return True
	return row.status == TOLD and bool(row.answer_until) and row.answer_until <= moment


def _choose(rows: Collection[frappe._dict], people: Mapping[str, Person]) -> list[frappe._dict]:
	"""Of those who wait as many as there is room for that nobody was told of; where nothing limits any more, all."""
	dates = {row.mkd_date for row in rows}
	special, promised = _special(rows), _promised(dates)
	chosen: list[frappe._dict] = []
	for company in sorted({people[row.employee].company for row in rows}):
		own = [row for row in rows if people[row.employee].company == company]
		standings = Standings({row.person for row in own}, dates, company)
		for look, waiting in _by_group(own, people):
			found = _first(look, waiting, standings, special, promised) if look else waiting
			chosen += found
			promised |= {(row.person, row.mkd_date, TOLD) for row in found}
	return chosen


def _first(
	look: Look,
	waiting: Collection[frappe._dict],
	standings: Standings,
	special: Collection[str],
	promised: Collection[tuple[str, date, str]],
) -> list[frappe._dict]:
	"""Who comes first in fair order, as many as a group has room for; who lost first, applied first."""
	free = look.room.room - _held(look, promised)
	candidates = [
		standings.candidate(row.person, look.day, row.since, row.request in special) for row in waiting
	]
	order = fair_order(look.group.name, look.day, candidates)[: max(0, free)]
	first = {placed.candidate.person for placed in order}
	return [row for row in waiting if row.person in first]


def _by_group(
	rows: Collection[frappe._dict], people: Mapping[str, Person]
) -> Iterator[tuple[Look | None, list[frappe._dict]]]:
	"""Each date that is waited for, in the group with the least room, with those who could work away on it; by date."""
	keyed: dict[tuple, list[frappe._dict]] = {}
	counters = registers.service_points()
	for row in rows:
		points = tuple(counter.name for counter in counters if row.employee in counter.employees)
		keyed.setdefault((people[row.employee].department, points), []).append(row)
	for theirs in keyed.values():
		looks = tightest(people[theirs[0].employee], {row.mkd_date for row in theirs})
		for day in sorted({row.mkd_date for row in theirs}):
			waiting = [row for row in theirs if row.mkd_date == day and row.status == WAITING]
			if look := looks.get(day):
				ready = {c.record.person for c in look.people if c.on(day) is Where.OFFICE}
				waiting = [row for row in waiting if row.person in ready]
			if waiting:
				yield look, waiting


def _promised(dates: Collection[date]) -> set[tuple[str, date, str]]:
	"""Who was told of a place of a date, and whether he has applied for it."""
	told = {"mkd_date": ("in", sorted(dates)), "status": ("in", (TOLD, TAKEN)), "told_on": ("is", "set")}
	return set(frappe.get_all(WAITING_PLACE, told, ["person", "mkd_date", "status"], as_list=True))


def _held(look: Look, promised: Collection[tuple[str, date, str]]) -> int:
	"""How many places of a group nobody else is told of: who was told has not applied, or waits for the decision."""
	where = {colleague.record.person: colleague.on(look.day) for colleague in look.people}
	kept = {(Where.OFFICE, TOLD), (Where.PENDING, TOLD), (Where.PENDING, TAKEN)}
	return sum(day == look.day and (where.get(person), status) in kept for person, day, status in promised)


def _special(rows: Collection[frappe._dict]) -> set[str]:
	names = sorted({row.request for row in rows if row.request})
	wanted = {"name": ("in", names or [""]), "special_circumstances": 1}
	return set(frappe.get_all("MKD Request", wanted, pluck="name"))


def _tell(rows: Collection[frappe._dict], people: Mapping[str, Person]) -> None:
	moment = clock.now()
	for row in rows:
		row.answer_until = answer_until(people[row.employee], row.mkd_date, moment)
		_write([row.name], {"status": TOLD, "told_on": moment, "answer_until": row.answer_until})
	announce_many(
		"mkd_place_free",
		WAITING_PLACE,
		(
			Announcement(
				(people[row.employee].user,),
				WAITING_PLACE,
				row.name,
				{"day": row.mkd_date, "until": row.answer_until},
			)
			for row in rows
		),
	)


def answer_until(person: Person, day: date, moment: datetime) -> datetime:
	"""Until when somebody applies who is told now: the cut-off of the next working day, or that of the date, if it is earlier.

	After the cut-off of the date he has until the date begins (rules W1, W4).
	"""
	calendar = calendars_of(person)[calendar_key(person)]
	cut_off = policy_on(person.company, day).cut_off_time
	last = day - timedelta(days=1)
	while calendar.is_working(last) is False and day - last < LOOK_BACK:
		last -= timedelta(days=1)
	following = moment.date() + timedelta(days=1)
	while calendar.is_working(following) is False and following < last:
		following += timedelta(days=1)
	until = datetime.combine(min(following, last), cut_off)
	return until if until > moment else _begins(person.company, day)


def _begins(company: str, day: date) -> datetime:
	return datetime.combine(day, policy_on(company, day).expiry_time)


def _end(names: Collection[str]) -> None:
	_write(names, {"status": ENDED, "ended_on": clock.now()})


def _write(names: Collection[str], values: Mapping) -> None:
	if names:
		frappe.db.set_value(WAITING_PLACE, {"name": ("in", sorted(names))}, dict(values))
