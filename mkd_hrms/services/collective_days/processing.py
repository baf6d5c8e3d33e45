"""Has the days of a circular booked, given back and counted, by a worker: some hundred people in one transaction.

What is still to do is read from the ledger, so a run that was killed is simply run again: nobody is given a date twice,
and nobody is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.constants import AHEAD_STATES, COLLECTIVE_DAY, DAY, PENDING, PERSON, USED_DAY_STATES
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.days import BookedDay, read_booked_by
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.collective import added
from mkd_hrms.services.booked_days import superseding
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.collective_days import circular as circulars
from mkd_hrms.services.collective_days import concerned, messages, planning
from mkd_hrms.services.collective_days.circular import Circular
from mkd_hrms.services.collective_days.concerned import Concerned
from mkd_hrms.services.collective_days.planning import Plan
from mkd_hrms.services.ledger import booking, transitions
from mkd_hrms.services.people.person import read_persons
from mkd_hrms.services.platform import locks
from mkd_hrms.services.platform.transactions import in_sets, on_its_own
from mkd_hrms.services.policies.in_force import mark_used, policy_by_day

# So many people are looked at together.
AT_ONCE = 300
WAITING, UP_TO_DATE, FAILED, ENDED = "Waiting", "Up to Date", "Failed", "Ended"


def start(name: str) -> None:
	"""Leave a circular to a worker, once it is stored: submitting it books nothing."""
	frappe.enqueue(
		"mkd_hrms.tasks.book_collective_day",
		queue="long",
		timeout=7200,
		job_id=f"mkd_collective::{name}",
		deduplicate=True,
		enqueue_after_commit=True,
		name=name,
	)


def start_all() -> None:
	"""Every circular with dates ahead: what has come into the horizon, and who has come to its units."""
	for name in frappe.get_all(COLLECTIVE_DAY, {"docstatus": 1, "processing": ("!=", ENDED)}, pluck="name"):
		start(name)


def run(name: str) -> None:
	"""Bring the ledger in line with a circular: submitted, its days are booked; cancelled, those ahead are given back."""
	with locks.alone(f"collective {name}") as mine:
		if mine:
			frappe.db.commit()
			_run(frappe.get_doc(COLLECTIVE_DAY, name))


def _run(doc: Document) -> None:
	if not doc.docstatus.is_submitted():
		_give_back_all(doc)
		return
	circular = circulars.read(doc)
	if doc.replaces:
		_give_back_replaced(doc, circular)
	found = concerned.look(circular)
	_give_back_strangers(found)
	people = sorted(found.people.values(), key=lambda person: person.employee)
	done, stays = 0, {}
	for start_at in range(0, len(people), AT_ONCE):
		some = people[start_at : start_at + AT_ONCE]
		for plan, count in in_sets(some, partial(_book, found), partial(_about, name=doc.name)):
			done += count
			stays = added(stays, plan.stays)
	_note(doc, found, done == len(people), stays)


def _about(person: Person, name: str) -> tuple[str, str, str]:
	return f"MKD: {person.employee} could not be given the days of {name}", PERSON, person.employee


def _book(found: Concerned, people: Sequence[Person]) -> tuple[Plan, int]:
	"""Some people: their waiting days give way first, each in a transaction of its own, then all are booked at once."""
	plan, given_back = planning.plan(found, people), {}
	for employee, days in plan.gives_way.items():
		title = f"MKD: days of {employee} could not give way"
		if on_its_own(partial(_give_way, found.circular, employee, days), title, PERSON, employee):
			given_back[employee] = days
	# What is read behind the locks is no older than they are.
	frappe.db.commit()
	if plan.going:
		going = {entry.person.employee: entry.person for entry in plan.going}
		booking.lock_persons(going)
		used = planning.read_used(going.values(), [entry.day for entry in plan.going])
		written = booking.book_by_circular(found.circular.name, plan.going, used)
		mark_used(plan.policies, found.now.date())
		messages.tell_of_days(found.circular, plan.going, written, given_back)
	return plan, len(people)


def _give_way(circular: Circular, employee: str, days: Collection[BookedDay]) -> None:
	document = frappe._dict(doctype=COLLECTIVE_DAY, name=circular.name)
	superseding.give_back(employee, days, document, (PENDING,))


def _give_back_all(doc: Document) -> None:
	"""A cancelled circular: days ahead are given back, what has begun stays."""
	days = _ahead(doc.name)
	_release(days, _("Circular {0} was cancelled").format(doc.circular_no), doc, is_superseded=False)
	values = {"processing": ENDED, "processed_on": clock.now(), **_counts(doc.name)}
	frappe.db.set_value(COLLECTIVE_DAY, doc.name, values, update_modified=False)


def _give_back_replaced(doc: Document, circular: Circular) -> None:
	"""From the day on which this circular begins the other one says nothing any more."""
	if circular.begins:
		days = [day for day in _ahead(doc.replaces) if day.mkd_date >= circular.begins]
		reason = _("Circular {0} took the place of the one before").format(doc.circular_no)
		_release(days, reason, doc, is_superseded=True)


def _give_back_strangers(found: Concerned) -> None:
	"""Who is not of the units any more is not bound by their circular."""
	circular = found.circular
	persons = {person.person for person in found.people.values()}
	days = [day for day in _ahead(circular.name) if day.person not in persons]
	reason = _("Not in a unit of circular {0} any more").format(circular.number)
	_release(days, reason, frappe._dict(doctype=COLLECTIVE_DAY, name=circular.name), is_superseded=True)


def _ahead(name: str) -> list[BookedDay]:
	"""The days of a circular that have not begun."""
	now, found = clock.now(), []
	for day in read_booked_by(SiteDatabase(), COLLECTIVE_DAY, name, now.date(), AHEAD_STATES):
		policy = policy_by_day(day.company)(day.mkd_date)
		if day.mkd_date > now.date() or (policy and now.time() < policy.expiry_time):
			found.append(day)
	return found


def _release(days: Iterable[BookedDay], reason: str, by: Document, is_superseded: bool) -> None:
	"""Give days back, so many people in one transaction, and tell everybody once. `by` comes before them, or is gone."""
	whose: dict[str, list[BookedDay]] = {}
	for day in days:
		whose.setdefault(day.employee, []).append(day)
	employees = sorted(whose)

	def release(some: Sequence[str]) -> None:
		booking.lock_persons(some)
		own = [day for employee in some for day in whose[employee]]
		transitions.release(own, reason, AHEAD_STATES, by if is_superseded else None)
		messages.tell_of_days_given_back(read_persons(some).values(), whose, reason)

	def about(employee: str) -> tuple[str, str, str]:
		return f"MKD: days of {employee} could not be given back", PERSON, employee

	for start_at in range(0, len(employees), AT_ONCE):
		frappe.db.commit()
		in_sets(employees[start_at : start_at + AT_ONCE], release, about)


def _note(doc: Document, found: Concerned, is_complete: bool, stays: dict) -> None:
	"""What the run came to; the turns of dates that could not all be given are open to the next one."""
	over = not found.circular.dates or found.circular.dates[-1] + concerned.AROUND < found.now.date()
	ends = UP_TO_DATE if is_complete else FAILED
	values = {
		"processing": ENDED if over else ends,
		"processed_on": found.now,
		"stays": "\n".join(
			f"{_(kind, context='MKD Collective Day')}: {count}" for kind, count in stays.items()
		),
		**_counts(doc.name),
	}
	if is_complete:
		values["booked_until"] = found.until
	frappe.db.set_value(COLLECTIVE_DAY, doc.name, values, update_modified=False)


def _counts(name: str) -> dict[str, int]:
	"""How many days the circular holds, and of how many people."""
	its = {"source_name": name, "source_doctype": COLLECTIVE_DAY, "status": ("in", USED_DAY_STATES)}
	return {
		"days_booked": frappe.db.count(DAY, its),
		"people_away": len(frappe.get_all(DAY, its, pluck="person", distinct=True)),
	}
