"""Everybody's standing for tomorrow: one set of queries for a company, and only what changed is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import date, timedelta
from functools import partial
from itertools import islice
from typing import NamedTuple

import frappe

from mkd_hrms.constants import ELIGIBILITY
from mkd_hrms.facts.agency import read_companies
from mkd_hrms.facts.database.scope import EVERYBODY, Scope, Share
from mkd_hrms.facts.database.site import SiteDatabase, reading_apart
from mkd_hrms.facts.people import Person, read_people
from mkd_hrms.judging.everybody import Obstacle, calendars_of_all, judge_each
from mkd_hrms.policy.engine.next_change_of_many import Outlook
from mkd_hrms.policy.facts import AsOf, Facts
from mkd_hrms.policy.model import Decision, Policy
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.decisions.evaluate import attendance_from
from mkd_hrms.services.policies.in_force import next_policy_from, policy_on, submitted_policies
from mkd_hrms.services.standing import rows
from mkd_hrms.services.standing.rows import ROWS, Standing, Writer, content_hash

# People are judged, written and committed by the thousand: a run that is killed loses little and locks little.
CHUNK = 2000


def companies() -> list[str]:
	"""The companies for which a policy is in force tomorrow."""
	tomorrow = clock.today() + timedelta(days=1)
	policies = [entry for entry in submitted_policies() if entry.effective_from <= tomorrow]
	return [
		company
		for company in read_companies(SiteDatabase())
		if any(policy.company in (company, None) for policy in policies)
	]


class Evaluated(NamedTuple):
	"""One person as judged: from which facts, with which decision, whether it says something new, and until when it
	stays by itself."""

	person: Person
	facts: Facts
	decision: Decision
	changed: bool = True
	turns: date | None = None


# Is told of everybody in a chunk, before the chunk is committed.
Listener = Callable[[Sequence[Evaluated]], None]


def refresh(
	company: str,
	employees: Collection[str] = (),
	listener: Listener | None = None,
	obstacle: Obstacle | None = None,
	share: Share = EVERYBODY,
) -> dict[str, int]:
	"""Evaluate the active employees of a company, of a share of it, or only those named, for tomorrow; store what changed.

	Works in chunks, each with a commit of its own: a run that was stopped and runs again ends as if it had run
	once. Whoever is not active any more loses his standing; whoever cannot be judged keeps his, and `obstacle` is
	told of him (without one the error ends the run). Returns the counts.
	"""
	today = clock.today()
	tomorrow = today + timedelta(days=1)
	policy = policy_on(company, tomorrow)
	outlook = Outlook(policy, tomorrow, today, next_policy_from(company, tomorrow))
	known = rows.known(company, employees, share)
	counts = {"evaluated": 0, "changed": 0, "removed": 0}
	with Writer(clock.now()) as writer:

		def stumble(person: Person, error: Exception) -> None:
			known.pop(person.employee, None)
			writer.wait()
			obstacle(person, error)

		scope = _scope(company, employees, share)
		judging = partial(_judge, company, policy, tomorrow, today, scope, stumble if obstacle else None)
		# Whoever stops in between has to put the rest of the rows away before the connection goes.
		with _reading(employees) as database, closing(judging(database)) as judged:
			compared = (_compare(entry, outlook, known) for entry in judged)
			for told in _written(compared, writer):
				if listener:
					listener(told)
				frappe.db.commit()
				counts["evaluated"] += len(told)
				counts["changed"] += sum(entry.changed for entry in told)
	return counts | {"removed": rows.remove(company, list(known))}


def _written(
	compared: Iterator[tuple[Evaluated, Standing | None]], writer: Writer
) -> Iterator[list[Evaluated]]:
	"""Chunk by chunk those whose new standings are written, as many rows at once as one statement holds.

	A statement is at work while the next people are judged, so a chunk is complete when the first people of the
	next one are known; whoever takes it may use the connection until he asks for another.
	"""
	told: list[Evaluated] = []
	while some := list(islice(compared, min(ROWS, CHUNK - len(told) % CHUNK))):
		writer.wait()
		if len(told) == CHUNK:
			yield told
			told = []
		writer.write([standing for _entry, standing in some if standing])
		told += [entry for entry, _standing in some]
	writer.wait()
	if told:
		yield told


def _reading(employees: Collection[str]) -> AbstractContextManager[SiteDatabase]:
	"""For everybody a second connection, on which MariaDB counts days while we read the rest, judge and write."""
	if employees:
		return nullcontext(SiteDatabase())
	# It sees only what is committed.
	frappe.db.commit()
	return reading_apart()


def _compare(entry: Evaluated, outlook: Outlook, known: dict[str, str]) -> tuple[Evaluated, Standing | None]:
	"""The standing, if it is a new one; whoever is met is taken out of the known ones."""
	person, decision = entry.person, entry.decision
	turns = outlook.changes_on(entry.facts)
	mark, entry = content_hash(person, decision, turns), entry._replace(turns=turns)
	if known.pop(person.employee, None) == mark:
		return entry._replace(changed=False), None
	return entry, Standing(person, decision, turns, mark)


def judge(
	company: str, policy: Policy, day: date, today: date, employees: Collection[str] = ()
) -> Iterator[Evaluated]:
	"""Decide about the active employees of a company, or only those named, and write nothing."""
	return _judge(company, policy, day, today, _scope(company, employees), None, SiteDatabase())


def _scope(company: str, employees: Collection[str], share: Share = EVERYBODY) -> Scope:
	return Scope(employees=tuple(sorted(employees))) if employees else Scope(company=company, share=share)


def _judge(
	company: str,
	policy: Policy,
	day: date,
	today: date,
	scope: Scope,
	obstacle: Obstacle | None,
	database: SiteDatabase,
) -> Iterator[Evaluated]:
	people = {
		name: person
		for name, person in read_people(database, scope).items()
		if person.company == company and person.status == "Active"
	}
	when = AsOf(on=day, today=today, attendance_from=attendance_from())
	calendars = calendars_of_all(database, people.values(), policy, when, day)
	judged = judge_each(
		*(database, scope, people, calendars, policy, when),
		# Until when it stays by itself depends on what begins later, too.
		until=date.max,
		agreements_ending_until=day + timedelta(days=policy.warning_days),
		obstacle=obstacle,
	)
	with closing(judged):
		for entry in judged:
			yield Evaluated(*entry)


def forget(employee: str) -> None:
	"""Take away the standing under a name that the employee does not bear any more."""
	frappe.db.delete(ELIGIBILITY, {"name": employee})
