"""Everybody's standing for tomorrow: one set of queries for a company, and only what changed is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

import frappe

from mkd_hrms.constants import ELIGIBILITY
from mkd_hrms.facts.calendars import read_calendars
from mkd_hrms.facts.gather import gather
from mkd_hrms.facts.people import Person, read_people
from mkd_hrms.facts.scope import Scope
from mkd_hrms.facts.site import SiteDatabase
from mkd_hrms.policy import explain
from mkd_hrms.policy.dates import absence_window
from mkd_hrms.policy.engine import evaluate
from mkd_hrms.policy.facts import Facts
from mkd_hrms.policy.model import Decision, Gate, Policy
from mkd_hrms.services import clock
from mkd_hrms.services.decisions import attendance_from
from mkd_hrms.services.policies import policy_on, submitted_policies

# Rows are written and committed by the thousand, so that a run that is killed loses little and locks little.
CHUNK = 2000
# What a standing says. What only grows with time alone makes no new one as long as the verdict stays.
TELLING = ("gate", "verdict", "reason", "actual", "limit", "record")
GROWS = frozenset((Gate.NOT_NEW.value, Gate.FRESHNESS.value, Gate.RECORDS.value))


def companies() -> list[str]:
	"""The companies for which a policy is in force tomorrow."""
	tomorrow = clock.today() + timedelta(days=1)
	policies = [entry for entry in submitted_policies() if entry.effective_from <= tomorrow]
	return [
		company
		for company in frappe.get_all("Company", pluck="name", order_by="name")
		if any(policy.company in (company, None) for policy in policies)
	]


class Evaluated(NamedTuple):
	"""One person as judged: from which facts, with which decision, and whether it says something new."""

	person: Person
	facts: Facts
	decision: Decision
	changed: bool = True


# Is told of everybody in a chunk, before the chunk is committed.
Listener = Callable[[Sequence[Evaluated]], None]


def refresh(
	company: str, employees: Collection[str] = (), listener: Listener | None = None
) -> dict[str, int]:
	"""Evaluate the active employees of a company, or only those named, for tomorrow; store what changed.

	Works in chunks, each with a commit of its own: a run that was stopped and runs again ends as if it had run
	once. Whoever is not active any more loses his standing. Returns the counts.
	"""
	today = clock.today()
	tomorrow = today + timedelta(days=1)
	known, counts = _known(company, employees), {"evaluated": 0, "changed": 0, "removed": 0}
	gone = set(known)
	for chunk in _chunks(judge(company, policy_on(company, tomorrow), tomorrow, today, employees)):
		marks = [content_hash(entry.person, entry.decision) for entry in chunk]
		chunk = [
			entry._replace(changed=known.get(entry.person.employee) != mark)
			for entry, mark in zip(chunk, marks, strict=True)
		]
		changed = [
			(entry.person, entry.decision, mark)
			for entry, mark in zip(chunk, marks, strict=True)
			if entry.changed
		]
		if changed:
			_write(changed, known)
		if listener:
			listener(chunk)
		frappe.db.commit()
		gone.difference_update(entry.person.employee for entry in chunk)
		counts["evaluated"] += len(chunk)
		counts["changed"] += len(changed)
	if gone:
		frappe.db.delete(ELIGIBILITY, {"name": ("in", sorted(gone))})
		frappe.db.commit()
	return counts | {"removed": len(gone)}


def judge(
	company: str, policy: Policy, day: date, today: date, employees: Collection[str] = ()
) -> Iterator[Evaluated]:
	"""Decide about the active employees of a company, or only those named, and write nothing."""
	database = SiteDatabase()
	scope = Scope(company=company) if not employees else Scope(employees=tuple(sorted(employees)))
	people = {
		name: person
		for name, person in read_people(database, scope).items()
		if person.company == company and person.status == "Active"
	}
	since, _until = absence_window(day, today, policy.absence_window_months, attendance_from())
	calendars = read_calendars(database, people.values(), since, day)
	facts = gather(database, scope, people, calendars, policy, day, day, today, attendance_from())
	for name, found in facts.items():
		yield Evaluated(people[name], found, evaluate(policy, found, day, today))


def _known(company: str, employees: Collection[str]) -> dict[str, str]:
	"""What is stored, as hashes by employee."""
	filters = {"company": company} | ({"name": ("in", sorted(employees))} if employees else {})
	return dict(
		frappe.get_all(ELIGIBILITY, filters=filters, fields=["employee", "content_hash"], as_list=True)
	)


def _chunks(evaluated: Iterator[Evaluated]) -> Iterator[list[Evaluated]]:
	while chunk := list(islice(evaluated, CHUNK)):
		yield chunk


def content_hash(person: Person, decision: Decision) -> str:
	"""The same for two standings that say the same, whatever the period they looked at."""
	found = [
		[str(getattr(entry, name)) for name in TELLING if name != "actual" or entry.gate not in GROWS]
		for entry in decision.findings
	]
	about = [person.employee_name, person.department, person.company]
	text = json.dumps([about, decision.policy, decision.tier_limit, found])
	return hashlib.sha256(text.encode()).hexdigest()


def _write(changed: Iterable[tuple[Person, Decision, str]], known: Mapping[str, str]) -> None:
	rows = [_row(*entry) for entry in changed]
	# Only rows that exist: deleting what is not there would lock the gaps into which other companies insert.
	if old := [row["employee"] for row in rows if row["employee"] in known]:
		frappe.db.delete(ELIGIBILITY, {"name": ("in", old)})
	frappe.db.bulk_insert(ELIGIBILITY, list(rows[0]), [tuple(row.values()) for row in rows])


def _row(person: Person, decision: Decision, mark: str) -> dict:
	stamp, user = clock.now(), frappe.session.user
	return {
		"name": person.employee,
		"creation": stamp,
		"modified": stamp,
		"owner": user,
		"modified_by": user,
		"employee": person.employee,
		"employee_name": person.employee_name,
		"department": person.department,
		"company": person.company,
		"outcome": decision.outcome.value,
		"tier_limit": decision.tier_limit,
		"evaluated_for": decision.mkd_date,
		"evaluated_on": stamp,
		"policy": decision.policy,
		"failed_gates": ", ".join(decision.failed),
		"unknown_gates": ", ".join(decision.unknown),
		"findings": json.dumps(explain.decisions_to_list([decision]), ensure_ascii=False),
		"content_hash": mark,
	}
