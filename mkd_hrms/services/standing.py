"""Everybody's standing for tomorrow: one set of queries for a company, and only what changed is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import date, timedelta
from functools import partial
from hashlib import blake2b
from itertools import islice
from typing import NamedTuple

import frappe

from mkd_hrms.constants import ELIGIBILITY
from mkd_hrms.facts.calendars import read_calendars
from mkd_hrms.facts.gather import gather_each
from mkd_hrms.facts.people import Person, read_people
from mkd_hrms.facts.scope import Scope
from mkd_hrms.facts.site import SiteDatabase, reading_apart
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
SHARED = {
	"creation": "%(stamp)s",
	"modified": "%(stamp)s",
	"owner": "%(user)s",
	"modified_by": "%(user)s",
	"company": "%(company)s",
	"evaluated_for": "%(day)s",
	"evaluated_on": "%(stamp)s",
	"policy": "%(policy)s",
}
OWN = {name: f"%({name}{{0}})s" for name in COLUMNS if name not in SHARED} | {
	"name": "%(employee{0})s",
	"findings": "convert(unhex(%(findings{0})s) using utf8mb4)",
}
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
# Is told of a person whom the rules cannot judge, and why, while the error is being handled.
Obstacle = Callable[[Person, Exception], None]


def refresh(
	company: str,
	employees: Collection[str] = (),
	listener: Listener | None = None,
	obstacle: Obstacle | None = None,
) -> dict[str, int]:
	"""Evaluate the active employees of a company, or only those named, for tomorrow; store what changed.

	Works in chunks, each with a commit of its own: a run that was stopped and runs again ends as if it had run
	once. Whoever is not active any more loses his standing; whoever cannot be judged keeps his, and `obstacle` is
	told of him (without one the error ends the run). Returns the counts.
	"""
	today = clock.today()
	tomorrow = today + timedelta(days=1)
	policy, next_policy = policy_on(company, tomorrow), next_policy_from(company, tomorrow)
	known, counts = _known(company, employees), {"evaluated": 0, "changed": 0, "removed": 0}

	def stumble(person: Person, error: Exception) -> None:
		known.pop(person.employee, None)
		obstacle(person, error)

	judging = partial(_judge, company, policy, tomorrow, today, employees, stumble if obstacle else None)
	# Whoever stops in between has to put the rest of the rows away before the connection goes.
	with _reading(employees) as database, closing(judging(database)) as judged:
		while chunk := list(islice(judged, CHUNK)):
			told, changed = _compare(chunk, policy, next_policy, known)
			_write(changed)
			if listener:
				listener(told)
			frappe.db.commit()
			counts["evaluated"] += len(told)
			counts["changed"] += len(changed)
	return counts | {"removed": _remove(company, list(known))}


def _reading(employees: Collection[str]) -> AbstractContextManager[SiteDatabase]:
	"""For everybody a connection of its own, so that MariaDB counts the next days while we judge and write."""
	if employees:
		return nullcontext(SiteDatabase())
	# It sees only what is committed.
	frappe.db.commit()
	return reading_apart()


def _compare(
	chunk: Iterable[Evaluated], policy: Policy, next_policy_from: date | None, known: dict[str, str]
) -> tuple[list[Evaluated], list[Standing]]:
	"""The chunk, and the standings in it that are new; whoever is met is taken out of the known ones."""
	told, changed = [], []
	for entry in chunk:
		person, decision = entry.person, entry.decision
		turns = changes_on(policy, entry.facts, decision.mkd_date, decision.evaluated_on, next_policy_from)
		mark = content_hash(person, decision, turns)
		is_new = known.pop(person.employee, None) != mark
		told.append(entry if is_new else entry._replace(changed=False))
		if is_new:
			changed.append(Standing(person, decision, turns, mark))
	return told, changed


def judge(
	company: str, policy: Policy, day: date, today: date, employees: Collection[str] = ()
) -> Iterator[Evaluated]:
	"""Decide about the active employees of a company, or only those named, and write nothing."""
	return _judge(company, policy, day, today, employees, None, SiteDatabase())


def _judge(
	company: str,
	policy: Policy,
	day: date,
	today: date,
	employees: Collection[str],
	obstacle: Obstacle | None,
	database: SiteDatabase,
) -> Iterator[Evaluated]:
	scope = Scope(company=company) if not employees else Scope(employees=tuple(sorted(employees)))
	people = {
		name: person
		for name, person in read_people(database, scope).items()
		if person.company == company and person.status == "Active"
	}
	since, _until = absence_window(day, today, policy.absence_window_months, attendance_from())
	calendars = read_calendars(database, people.values(), since, day)
	# Until when it stays by itself depends on what begins later, too.
	later = date.max
	each = gather_each(database, scope, people, calendars, policy, day, later, today, attendance_from())
	for facts in each:
		person = people[facts.employee]
		try:
			decision = evaluate(policy, facts, day, today)
		except Exception as error:
			# One broken record is no reason to leave everybody else without a standing.
			if obstacle is None:
				raise
			obstacle(person, error)
		else:
			yield Evaluated(person, facts, decision)


def _known(company: str, employees: Collection[str]) -> dict[str, str]:
	"""What is stored, as hashes by employee."""
	table = frappe.qb.DocType(ELIGIBILITY)
	query = frappe.qb.from_(table).select(table.name, table.content_hash).where(table.company == company)
	if employees:
		query = query.where(table.name.isin(sorted(employees)))
	with frappe.db.unbuffered_cursor():
		return dict(query.run(as_list=True, as_iterator=True))


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
	columns = ", ".join(f"`{name}`" for name in COLUMNS)
	new = ", ".join(f"`{name}` = values(`{name}`)" for name in COLUMNS if name not in KEPT)
	for start in range(0, len(changed), ROWS):
		some = changed[start : start + ROWS]
		frappe.db.sql(
			f"insert into `tab{ELIGIBILITY}` ({columns}) values {', '.join(map(_places, range(len(some))))}"
			f" on duplicate key update {new}",
			_values(some),
		)


def _places(number: int) -> str:
	"""The values of one row, in the order of COLUMNS."""
	places = (SHARED.get(name) or OWN[name].format(number) for name in COLUMNS)
	return f"({', '.join(places)})"


def _values(standings: Sequence[Standing]) -> dict:
	"""What the rows have in common, once, and what each one says of itself."""
	person, decision = standings[0].person, standings[0].decision
	values = {
		"stamp": clock.now(),
		"user": frappe.session.user,
		"company": person.company,
		"day": decision.mkd_date,
		"policy": decision.policy,
	}
	for number, (person, decision, turns, mark) in enumerate(standings):
		values |= {
			f"employee{number}": person.employee,
			f"employee_name{number}": person.employee_name,
			f"department{number}": person.department,
			f"outcome{number}": decision.outcome.value,
			f"tier_limit{number}": decision.tier_limit,
			f"changes_on{number}": turns,
			f"failed_gates{number}": ", ".join(decision.failed),
			f"unknown_gates{number}": ", ".join(decision.unknown),
			# The driver takes longer to escape the quotes of a JSON text than we take to write it; hex has none.
			f"findings{number}": explain.decision_to_json(decision).encode().hex(),
			f"content_hash{number}": mark,
		}
	return values


def _remove(company: str, gone: Sequence[str]) -> int:
	"""Take the standing from whoever is not among the evaluated, unless another company has him by now."""
	for start in range(0, len(gone), CHUNK):
		some = gone[start : start + CHUNK]
		frappe.db.delete(ELIGIBILITY, {"name": ("in", some), "company": company})
		frappe.db.commit()
	return len(gone)


def forget(employee: str) -> None:
	"""Take away the standing under a name that the employee does not bear any more."""
	frappe.db.delete(ELIGIBILITY, {"name": employee})
