"""Everybody's standing for tomorrow: one set of queries for a company, and only what changed is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from hashlib import blake2b
from itertools import chain, islice
from typing import NamedTuple

import frappe

from mkd_hrms.constants import ELIGIBILITY
from mkd_hrms.facts.calendars import read_calendars
from mkd_hrms.facts.gather import gather_each
from mkd_hrms.facts.people import Person, read_people
from mkd_hrms.facts.scope import Scope
from mkd_hrms.facts.site import SiteDatabase
from mkd_hrms.policy import explain
from mkd_hrms.policy.changes import changes_on
from mkd_hrms.policy.dates import absence_window
from mkd_hrms.policy.engine import evaluate
from mkd_hrms.policy.facts import Facts
from mkd_hrms.policy.model import Decision, Gate, Policy
from mkd_hrms.services import clock
from mkd_hrms.services.decisions import attendance_from
from mkd_hrms.services.policies import next_policy_from, policy_on, submitted_policies

# People are judged, written and committed by the thousand: a run that is killed loses little and locks little.
CHUNK = 2000
# Rows in one statement, far from the longest one that a MariaDB takes as it is installed.
ROWS = 400
# What only grows with time alone makes no new standing as long as the verdict stays.
GROWS = frozenset((Gate.NOT_NEW.value, Gate.FRESHNESS.value, Gate.RECORDS.value))
COLUMNS = (
	"name creation modified owner modified_by employee employee_name department company outcome tier_limit"
	" evaluated_for evaluated_on changes_on policy failed_gates unknown_gates findings content_hash"
).split()
# The driver takes longer to escape the quotes of a JSON text than we take to write the text; hex has none.
PLACES = {"findings": "convert(unhex(%s) using utf8mb4)"}
to_json = json.JSONEncoder(ensure_ascii=False).encode
# Whose standing it is and since when there is one stays as it was.
KEPT = ("name", "employee", "creation", "owner")


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


class Standing(NamedTuple):
	"""What is stored of somebody: the decision, until when it stays by itself, and the hash of what it says."""

	person: Person
	decision: Decision
	changes_on: date | None
	mark: str


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
	policy, next_policy = policy_on(company, tomorrow), next_policy_from(company, tomorrow)
	known, counts = _known(company, employees), {"evaluated": 0, "changed": 0, "removed": 0}
	for chunk in _chunks(judge(company, policy, tomorrow, today, employees)):
		told, changed = [], []
		for entry in chunk:
			standing = _standing(entry, policy, next_policy)
			is_new = known.pop(entry.person.employee, None) != standing.mark
			told.append(entry._replace(changed=is_new))
			if is_new:
				changed.append(standing)
		_write(changed)
		if listener:
			listener(told)
		frappe.db.commit()
		counts["evaluated"] += len(told)
		counts["changed"] += len(changed)
	return counts | {"removed": _remove(company, list(known))}


def _standing(entry: Evaluated, policy: Policy, next_policy_from: date | None) -> Standing:
	person, facts, decision = entry.person, entry.facts, entry.decision
	turns = changes_on(policy, facts, decision.mkd_date, decision.evaluated_on, next_policy_from)
	return Standing(person, decision, turns, content_hash(person, decision, turns))


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
	each = gather_each(database, scope, people, calendars, policy, day, day, today, attendance_from())
	for facts in each:
		yield Evaluated(people[facts.employee], facts, evaluate(policy, facts, day, today))


def _known(company: str, employees: Collection[str]) -> dict[str, str]:
	"""What is stored, as hashes by employee."""
	table = frappe.qb.DocType(ELIGIBILITY)
	query = frappe.qb.from_(table).select(table.name, table.content_hash).where(table.company == company)
	if employees:
		query = query.where(table.name.isin(sorted(employees)))
	with frappe.db.unbuffered_cursor():
		return dict(query.run(as_list=True, as_iterator=True))


def _chunks(evaluated: Iterator[Evaluated]) -> Iterator[list[Evaluated]]:
	while chunk := list(islice(evaluated, CHUNK)):
		yield chunk


def content_hash(person: Person, decision: Decision, turns: date | None) -> str:
	"""The same for two standings that say the same, whatever the period they looked at."""
	parts = [
		person.employee_name or "",
		person.department or "",
		person.company,
		decision.policy,
		str(decision.tier_limit),
		str(turns),
	]
	for found in decision.findings:
		actual = "" if found.gate in GROWS else str(found.actual)
		parts += (found.gate, found.verdict, found.reason, actual, str(found.limit), found.record or "")
	return blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


def _write(changed: Sequence[Standing]) -> None:
	"""A row for each; of a row that exists, the creation stays."""
	row = f"({', '.join(PLACES.get(name, '%s') for name in COLUMNS)})"
	columns = ", ".join(f"`{name}`" for name in COLUMNS)
	new = ", ".join(f"`{name}` = values(`{name}`)" for name in COLUMNS if name not in KEPT)
	stamp, user = clock.now(), frappe.session.user
	for start in range(0, len(changed), ROWS):
		some = [_row(standing, stamp, user) for standing in changed[start : start + ROWS]]
		frappe.db.sql(
			f"insert into `tab{ELIGIBILITY}` ({columns}) values {', '.join([row] * len(some))}"
			f" on duplicate key update {new}",
			tuple(chain.from_iterable(some)),
		)


def _row(standing: Standing, stamp: datetime, user: str) -> tuple:
	"""The values of COLUMNS."""
	person, decision = standing.person, standing.decision
	return (
		person.employee,
		stamp,
		stamp,
		user,
		user,
		person.employee,
		person.employee_name,
		person.department,
		person.company,
		decision.outcome.value,
		decision.tier_limit,
		decision.mkd_date,
		stamp,
		standing.changes_on,
		decision.policy,
		", ".join(decision.failed),
		", ".join(decision.unknown),
		to_json(explain.decision_to_list(decision)).encode().hex(),
		standing.mark,
	)


def _remove(company: str, gone: Sequence[str]) -> int:
	"""Take the standing from whoever is not among the evaluated, unless another company has him by now."""
	for start in range(0, len(gone), CHUNK):
		some = gone[start : start + CHUNK]
		frappe.db.delete(ELIGIBILITY, {"name": ("in", some), "company": company})
		frappe.db.commit()
	return len(gone)
