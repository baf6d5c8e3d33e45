"""The rows of MKD Eligibility: what they hold, and how many of them are written at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, NamedTuple

import frappe

from mkd_hrms.constants import ELIGIBILITY
from mkd_hrms.facts.database.scope import EVERYBODY, Share
from mkd_hrms.facts.people import Person
from mkd_hrms.policy import as_json
from mkd_hrms.policy.model import Decision, Gate, heard

# Rows in one statement, far from the longest one that a MariaDB takes as it is installed.
ROWS = 400
# Rows that are deleted with one commit.
CHUNK = 2000
# What only grows with time alone makes no new standing as long as the verdict stays.
GROWS = frozenset((Gate.NOT_NEW.value, Gate.FRESHNESS.value, Gate.RECORDS.value))
COLUMNS = (
	"name creation modified owner modified_by employee employee_name department company outcome tier_limit"
	" evaluated_for evaluated_on changes_on policy failed_gates unknown_gates findings content_hash"
).split()
# Stands for a quote on the way to the database: a JSON text holds no control character but an escaped one.
QUOTE = "\x01"
# What all rows of a statement have in common, what many of them have, and what each has to itself.
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
REPEATED = ("department", "outcome", "tier_limit", "changes_on", "failed_gates", "unknown_gates")
OWN = {
	"name": "%(employee{0})s",
	"employee": "%(employee{0})s",
	"employee_name": "%(employee_name{0})s",
	# A JSON text is full of quotes, and the driver takes longer to escape them than we take to write it.
	"findings": f"replace(%(findings{{0}})s, char({ord(QUOTE)}), '\"')",
	"content_hash": "%(content_hash{0})s",
}
REPEATED_AS = {name: f"%({{{place}}})s" for place, name in enumerate(REPEATED, 1)}
ROW = f"({', '.join((SHARED | OWN | REPEATED_AS)[name] for name in COLUMNS)})"
# Whose standing it is and since when there is one stays as it was.
KEPT = ("name", "employee", "creation", "owner")


class Standing(NamedTuple):
	"""What is stored of somebody: the decision, until when it stays by itself, and the hash of what it says."""

	person: Person
	decision: Decision
	changes_on: date | None
	mark: str


class Writer:
	"""Writes standings through the site's connection while the next people are judged.

	Between `write` and `wait` the connection is in use: nothing else may be asked of it.
	"""

	def __init__(self, stamp: datetime) -> None:
		self._stamp, self._user = stamp, frappe.session.user
		self._pool = ThreadPoolExecutor(max_workers=1)
		self._under_way: Future | None = None

	def __enter__(self) -> Writer:
		return self

	def __exit__(self, *_exception) -> None:
		self._pool.shutdown()

	def write(self, standings: Sequence[Standing]) -> None:
		"""A row for each, at most ROWS; of a row that exists, the creation stays."""
		if standings:
			statement = upsert(standings, self._stamp, self._user)
			self.wait()
			# In a context of its own: a thread has no site until it is given one.
			self._under_way = self._pool.submit(copy_context().run, frappe.db.sql, *statement)

	def wait(self) -> None:
		"""Until what was handed over is written. Raises what came of it."""
		if self._under_way:
			self._under_way.result()
			self._under_way = None


def upsert(standings: Sequence[Standing], stamp: datetime, user: str) -> tuple[str, dict[str, Any]]:
	"""One statement for all rows, and its values; a value that many rows repeat is sent once."""
	columns = ", ".join(f"`{name}`" for name in COLUMNS)
	new = ", ".join(f"`{name}` = values(`{name}`)" for name in COLUMNS if name not in KEPT)
	person, decision = standings[0].person, standings[0].decision
	values = {
		"stamp": stamp,
		"user": user,
		"company": person.company,
		"day": decision.mkd_date,
		"policy": decision.policy,
	}
	repeated: dict[Any, str] = {}
	rows = [_row(number, standing, values, repeated) for number, standing in enumerate(standings)]
	values |= {name: value for value, name in repeated.items()}
	into = f"`tab{ELIGIBILITY}` ({columns})"
	statement = f"insert into {into} values {', '.join(rows)} on duplicate key update {new}"  # noqa: S608 -- places for values
	return statement, values


def _row(number: int, standing: Standing, values: dict[str, Any], repeated: dict[Any, str]) -> str:
	"""The places of a row's values, which are added to those of the statement."""
	person, decision, turns, mark = standing
	failed, unknown, outcome = heard(decision.findings)
	values[f"employee{number}"] = person.employee
	values[f"employee_name{number}"] = person.employee_name
	values[f"findings{number}"] = as_json.decision_to_json(decision).replace('"', QUOTE)
	values[f"content_hash{number}"] = mark
	# In the order of REPEATED.
	again = (
		*(person.department, outcome.value, decision.tier_limit, turns),
		*(", ".join(failed), ", ".join(unknown)),
	)
	return ROW.format(number, *[repeated.setdefault(value, f"again{len(repeated)}") for value in again])


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


def known(company: str, employees: Collection[str], share: Share = EVERYBODY) -> dict[str, str]:
	"""What is stored of a company, a share of it, or those named, as hashes by employee."""
	table = frappe.qb.DocType(ELIGIBILITY)
	query = frappe.qb.from_(table).select(table.name, table.content_hash).where(table.company == company)
	if employees:
		query = query.where(table.name.isin(sorted(employees)))
	if within := share.holds(table.name, str):
		query = query.where(within)
	with frappe.db.unbuffered_cursor():
		return dict(query.run(as_list=True, as_iterator=True))


def remove(company: str, gone: Sequence[str]) -> int:
	"""Take the standing from whoever is not among the evaluated, unless another company has him by now."""
	for start in range(0, len(gone), CHUNK):
		some = gone[start : start + CHUNK]
		frappe.db.delete(ELIGIBILITY, {"name": ("in", some), "company": company})
		frappe.db.commit()
	return len(gone)
