"""The single writer of the measures that follow from missing reports, no-shows and false places (rule D8).

What is due is read from the records, so running again changes nothing; a unique key keeps the same events from being
answered twice by the same step, whoever looks at the same moment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date

from mkd_hrms.constants import MEASURES, PERSON, SUSPENSION, WARNING
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.identity import read_present
from mkd_hrms.facts.ledger.conduct_events import Taken, read_events, read_stirred, read_taken, write_events
from mkd_hrms.facts.people import Person
from mkd_hrms.facts.users import user_of
from mkd_hrms.policy import ladder
from mkd_hrms.policy.ladder import Due, Event
from mkd_hrms.policy.model import MISSING_REPORT, NO_SHOW, Step
from mkd_hrms.policy.model import WARNING as GIVES_WARNING
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.discipline import measures
from mkd_hrms.services.ledger import booking
from mkd_hrms.services.people.assignments import Question, ask
from mkd_hrms.services.people.hr import About, deciders_of_many
from mkd_hrms.services.platform.notify import in_language, languages_of
from mkd_hrms.services.platform.transactions import in_sets
from mkd_hrms.services.policies.in_force import in_force, policy_on, submitted_policies

# So many people are locked and settled together.
AT_ONCE = 100
# What is over for longer calls for no measure any more; it still counts beside what is new.
ACTED_ON_FOR = timedelta(days=31)
# How far back the frequent look goes, in case the scheduler stood still.
STIRRED_FOR = timedelta(days=3)


def climb(stirred_for: timedelta = STIRRED_FOR) -> int:
	"""Settle everybody who has something new, some at once. Returns for how many it could."""
	since = datetime.combine(clock.today() - stirred_for, time.min)
	waiting, count = _waiting(read_stirred(SiteDatabase(), since)), 0
	for start in range(0, len(waiting), AT_ONCE):
		# What is read from here on is no older than the locks of the people.
		frappe.db.commit()
		count += sum(in_sets(waiting[start : start + AT_ONCE], settle_all, _about))
	return count


def _about(employee: str) -> tuple[str, str, str]:
	return f"MKD: measures of {employee}", PERSON, employee


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
	settle_all([employee])


def settle_all(employees: Collection[str]) -> int:
	"""The same for many people: what is read of them is read at once, and so is written what is due."""
	booking.lock_persons(employees)
	database = SiteDatabase()
	scope, people = read_present(database, employees)
	booking.lock_persons(set(people) - set(employees))
	events, taken = read_events(database, scope), read_taken(database, scope)
	due = []
	for employee, person in people.items():
		happened, answered = events.get(employee, ()), taken.get(employee, ())
		fallen = _fallen(answered, happened)
		for entry in fallen:
			reason = _("What it answered is no longer on record.")
			measures.annul(frappe.get_doc(entry.doctype, entry.name), reason, frees_events=True)
		standing = [entry for entry in answered if entry not in fallen]
		due += ((person, entry) for entry in _due(person.company, happened, standing))
	_take(due)
	return len(employees)


def _fallen(taken: Iterable[Taken], events: Collection[Event]) -> list[Taken]:
	return [entry for entry in taken if entry.standing and not entry.answer.stands(events)]


def _due(company: str | None, events: Iterable[Event], taken: Iterable[Taken]) -> tuple[Due, ...]:
	policies = submitted_policies()

	def ladder_on(day: date) -> tuple[Step, ...]:
		policy = in_force(policies, company, day)
		return policy.ladder if policy else ()

	since = clock.today() - ACTED_ON_FOR
	return ladder.due(ladder_on, events, [entry.answer for entry in taken], since)


def _take(due: Collection[tuple[Person, Due]]) -> None:
	"""Write each step as a document of its own. Of two who do so at once, the second finds it done."""
	keys = {_key(person.employee, entry): (person, entry) for person, entry in due}
	for doctype in MEASURES if keys else ():
		for key in frappe.get_all(doctype, {"events_key": ("in", sorted(keys))}, pluck="events_key"):
			del keys[key]
	languages = languages_of(person.user for person, _entry in keys.values())
	taken = []
	for key, (person, entry) in keys.items():
		with in_language(languages.get(person.user)):
			taken.append((person, entry, _measure(person, entry, key)))
	for doctype in MEASURES:
		measures.give_all([measure for _person, _entry, measure in taken if measure.doctype == doctype])
		_refer(
			[
				(person, measure)
				for person, entry, measure in taken
				if entry.step.referral and measure.doctype == doctype
			]
		)


def _measure(person: Person, entry: Due, key: str) -> Document:
	"""A measure that is not stored yet, its ground in the language of the moment."""
	policy, first = policy_on(person.company, entry.events[-1].on), clock.today() + timedelta(days=1)
	step = entry.step
	measure = frappe.new_doc(WARNING if step.measure == GIVES_WARNING else SUSPENSION)
	measure.update(
		{
			"employee": person.employee,
			"employee_name": person.employee_name,
			"employee_user": person.user or user_of(person.employee),
			"company": person.company,
			"measure": step.measure,
			"from_date": first,
			"to_date": ladder.last_day(step, first),
			"ground": _ground(entry),
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
	return measure


def _key(employee: str, entry: Due) -> str:
	records = ",".join(sorted(event.record for event in entry.events))
	text = f"{employee}|{entry.step.step}|{entry.step.event}|{records}"
	return hashlib.sha256(text.encode()).hexdigest()[:40]


def _ground(entry: Due) -> str:
	"""What happened, in words."""
	days = ", ".join(format_date(event.on) for event in entry.events)
	if entry.step.event == MISSING_REPORT:
		return _("Daily report missing: {0}.").format(days)
	if entry.step.event == NO_SHOW:
		return _("Absence on an MKD day, confirmed: {0}.").format(days)
	return _("The declared place was false, confirmed: {0}.").format(days)


def _refer(given: Collection[tuple[Person, Document]]) -> None:
	"""HR is asked to look at measures of one DocType. Whether a disciplinary case is opened, a person decides."""
	if not given:
		return
	doctype = given[0][1].doctype
	deciders = deciders_of_many(
		{measure.name: About(person.employee, (person.user,)) for person, measure in given}, doctype
	)
	languages = languages_of(user for users in deciders.values() for user in users)
	questions = []
	for person, measure in given:
		for user in deciders[measure.name]:
			with in_language(languages.get(user)):
				questions.append(Question(measure.name, user, _question(person, measure)))
	# Whoever assigned a ToDo may read it, and at this moment that may be the superior who confirmed (rule P3).
	ask(doctype, questions, assigned_by=None)


def _question(person: Person, measure: Document) -> str:
	return _(
		"{0}: {1} ({2}). Decide whether a disciplinary case is opened; none was opened by the system."
	).format(person.employee_name, measures.name_of(measure), measure.ground)
