"""The single writer of the measures that follow from missing reports, no-shows and false places (rule D8).

What is due is read from the records, so running again changes nothing; a unique key keeps the same events from being
answered twice by the same step, whoever looks at the same moment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from functools import partial

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date

from mkd_hrms.constants import MEASURES, PERSON, SUSPENSION, WARNING
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import read_present
from mkd_hrms.facts.ledger.conduct_events import Taken, read_events, read_stirred, read_taken, write_events
from mkd_hrms.facts.people import Person
from mkd_hrms.policy import ladder
from mkd_hrms.policy.ladder import Due, Event
from mkd_hrms.policy.model import MISSING_REPORT, NO_SHOW, Step
from mkd_hrms.policy.model import WARNING as GIVES_WARNING
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.discipline import measures
from mkd_hrms.services.ledger import booking
from mkd_hrms.services.people.hr import deciders_of_hr
from mkd_hrms.services.platform.notify import in_language_of
from mkd_hrms.services.platform.transactions import on_its_own
from mkd_hrms.services.policies.in_force import in_force, policy_on, submitted_policies

# What is over for longer calls for no measure any more; it still counts beside what is new.
ACTED_ON_FOR = timedelta(days=31)
# How far back the frequent look goes, in case the scheduler stood still.
STIRRED_FOR = timedelta(days=3)


def climb(stirred_for: timedelta = STIRRED_FOR) -> int:
	"""Settle everybody who has something new, each in a transaction of his own. Returns for how many it could."""
	since = datetime.combine(clock.today() - stirred_for, time.min)
	count = 0
	for employee in _waiting(read_stirred(SiteDatabase(), since)):
		# What is read from here on is no older than the lock of the person.
		frappe.db.commit()
		count += on_its_own(partial(settle, employee), f"MKD: measures of {employee}", PERSON, employee)
	return count


def _waiting(employees: Collection[str]) -> list[str]:
	"""Those of the people for whom a measure is due or has fallen: the same number of queries for any number."""
	database = SiteDatabase()
	scope, people = read_present(database, employees)
	if not people:
		return []
	events, taken = read_events(database, scope), read_taken(database, scope)
	return [
		employee
		for employee, person in people.items()
		if _fallen(taken.get(employee, ()), events.get(employee, ()))
		or _due(person.company, events.get(employee, ()), taken.get(employee, ()))
	]


def settle(employee: str) -> None:
	"""Annul what has lost its events, then take what is due, in the caller's transaction.

	What happened through any Employee record of a person counts together; a measure is given to the active one.
	"""
	booking.lock_person(employee)
	database = SiteDatabase()
	scope, people = read_present(database, [employee])
	if not people:
		return
	((present, person),) = people.items()
	if present != employee:
		booking.lock_person(present)
	employee = present
	events = read_events(database, scope).get(employee, ())
	taken = read_taken(database, scope).get(employee, ())
	fallen = _fallen(taken, events)
	for entry in fallen:
		reason = _("What it answered is no longer on record.")
		measures.annul(frappe.get_doc(entry.doctype, entry.name), reason, frees_events=True)
	for entry in _due(person.company, events, [entry for entry in taken if entry not in fallen]):
		_take(person, entry)


def _fallen(taken: Iterable[Taken], events: Collection[Event]) -> list[Taken]:
	return [entry for entry in taken if entry.standing and not entry.answer.stands(events)]


def _due(company: str | None, events: Iterable[Event], taken: Iterable[Taken]) -> tuple[Due, ...]:
	policies = submitted_policies()

	def ladder_on(day: date) -> tuple[Step, ...]:
		policy = in_force(policies, company, day)
		return policy.ladder if policy else ()

	since = clock.today() - ACTED_ON_FOR
	return ladder.due(ladder_on, events, [entry.answer for entry in taken], since)


def _take(person: Person, entry: Due) -> None:
	"""Write one step as a document of its own. Of two who do so at once, the second finds it done."""
	key = _key(person.employee, entry)
	if any(frappe.db.exists(doctype, {"events_key": key}) for doctype in MEASURES):
		return
	policy, first = policy_on(person.company, entry.events[-1].on), clock.today() + timedelta(days=1)
	step = entry.step
	measure = frappe.new_doc(WARNING if step.measure == GIVES_WARNING else SUSPENSION)
	measure.update(
		{
			"employee": person.employee,
			"measure": step.measure,
			"from_date": first,
			"to_date": ladder.last_day(step, first),
			"ground": _ground(person, entry),
			"reference_doctype": "MKD Day",
			"reference_name": entry.events[-1].record,
			"policy": policy.name,
			"step": step.step,
			"clause": policy.clause("ladder"),
			"source_events": write_events(step.times, entry.events),
			"events_key": key,
		}
	)
	measure.flags.from_ladder = measure.flags.ignore_permissions = True
	# Stored as given, in one save.
	measure.submit()
	if step.referral:
		_refer(person, measure)


def _key(employee: str, entry: Due) -> str:
	records = ",".join(sorted(event.record for event in entry.events))
	text = f"{employee}|{entry.step.step}|{entry.step.event}|{records}"
	return hashlib.sha256(text.encode()).hexdigest()[:40]


def _ground(person: Person, entry: Due) -> str:
	"""What happened, in the words of the employee's language."""
	with in_language_of(person.user):
		days = ", ".join(format_date(event.on) for event in entry.events)
		if entry.step.event == MISSING_REPORT:
			return _("Daily report missing: {0}.").format(days)
		if entry.step.event == NO_SHOW:
			return _("Absence on an MKD day, confirmed: {0}.").format(days)
		return _("The declared place was false, confirmed: {0}.").format(days)


def _refer(person: Person, measure: Document) -> None:
	"""HR is asked to look at it. Whether a disciplinary case is opened, a person decides."""
	for user in deciders_of_hr(person.employee, measure.doctype, but=[person.user]):
		with in_language_of(user):
			question = _(
				"{0}: {1} ({2}). Decide whether a disciplinary case is opened; none was opened by the system."
			).format(person.employee_name, measures.name_of(measure), measure.ground)
		todo = {
			"allocated_to": user,
			"description": frappe.utils.escape_html(question),
			"date": clock.today(),
		}
		todo |= {"reference_type": measure.doctype, "reference_name": measure.name}
		# Whoever assigned a ToDo may read it, and at this moment that may be the superior who confirmed (rule P3).
		todo |= {"assigned_by": None, "role": None}
		frappe.get_doc({"doctype": "ToDo", **todo}).insert(ignore_permissions=True)
