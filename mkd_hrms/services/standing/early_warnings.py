"""What is near for each employee, kept once per threshold (rule D10): the evaluation reports, this file stores.

Two runs at once may find the same; the unique key of employee and open threshold keeps one row. Nobody is told
here: who has not been told of a row yet stands in the row, and `telling` tells him.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import frappe
from frappe.model.document import Document

from mkd_hrms.constants import EARLY_WARNING, ENDED, OPEN
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.early_warnings import read_warnings_of_leavers
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.early_warnings import EarlyWarning, early_warnings
from mkd_hrms.policy.model import Outcome, Policy
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.platform.names import row_name
from mkd_hrms.services.policies.in_force import submitted_policies

if TYPE_CHECKING:
	from mkd_hrms.services.standing.refresh import Evaluated

# An employee and a threshold: what at most one open row has.
Key = tuple[str, str]
# What a row repeats of its employee, so that lists and permissions find it.
FROM_PERSON = ("employee_name", "department", "company")


def notice(batch: Sequence[Evaluated]) -> None:
	"""Store what has come near for these people, and end what is near no more, in the caller's transaction.

	One query, whatever the size of the batch; nothing is written where nothing is new.
	"""
	if not batch:
		return
	people = {entry.person.employee: entry.person for entry in batch}
	near, known = _near(batch), _open(people)
	_end([row.name for key, row in known.items() if key not in near])
	_follow([row for key, row in known.items() if key in near], people)
	_add({key: warning for key, warning in near.items() if key not in known}, people)


def end_of_leavers() -> None:
	"""End what is open for people whom no evaluation looks at any more, because they are not active."""
	_end(read_warnings_of_leavers(SiteDatabase()))


def warning_of(row: Document | frappe._dict) -> EarlyWarning:
	"""A stored row as it was found; it renders the same sentence for good."""
	return EarlyWarning(
		row.gate, row.reason, row.actual, row.limit_value, row.source, row.until or None, row.record
	)


def _near(batch: Iterable[Evaluated]) -> dict[Key, EarlyWarning]:
	policies = {policy.name: policy for policy in submitted_policies()}
	return {
		(entry.person.employee, warning.threshold): warning
		for entry in batch
		for warning in _warnings(entry, policies)
	}


def _warnings(entry: Evaluated, policies: Mapping[str, Policy]) -> Sequence[EarlyWarning]:
	decision = entry.decision
	if decision.outcome is Outcome.NOT_ELIGIBLE:
		return ()
	policy = policies[decision.policy]
	return early_warnings(policy, entry.facts, decision.mkd_date, decision.evaluated_on)


def _open(employees: Collection[str]) -> dict[Key, frappe._dict]:
	warning = frappe.qb.DocType(EARLY_WARNING)
	rows = (
		frappe.qb.from_(warning)
		.select(
			warning.name, warning.employee, warning.open_threshold, *(warning[name] for name in FROM_PERSON)
		)
		.where(warning.employee.isin(list(employees)) & warning.open_threshold.isnotnull())
		.run(as_dict=True)
	)
	return {(row.employee, row.open_threshold): row for row in rows}


def _end(names: Collection[str]) -> None:
	if names:
		values = {"status": ENDED, "ended_on": clock.now(), "open_threshold": None}
		frappe.db.set_value(EARLY_WARNING, {"name": ("in", names)}, values)


def _follow(rows: Iterable[frappe._dict], people: Mapping[str, Person]) -> None:
	"""A row goes with its employee to another unit or company."""
	for row in rows:
		values = {name: getattr(people[row.employee], name) for name in FROM_PERSON}
		if any(row[name] != value for name, value in values.items()):
			frappe.db.set_value(EARLY_WARNING, row.name, values)


def _add(found: Mapping[Key, EarlyWarning], people: Mapping[str, Person]) -> None:
	"""In the order of the key, so that two runs wait for each other instead of blocking each other."""
	rows = [_row(people[key[0]], found[key]) for key in sorted(found)]
	if rows:
		values = [tuple(row.values()) for row in rows]
		frappe.db.bulk_insert(EARLY_WARNING, list(rows[0]), values, ignore_duplicates=True)


def _row(person: Person, warning: EarlyWarning) -> dict:
	stamp, user = clock.now(), frappe.session.user
	return {
		"name": row_name(),
		"creation": stamp,
		"modified": stamp,
		"owner": user,
		"modified_by": user,
		"employee": person.employee,
		**{name: getattr(person, name) for name in FROM_PERSON},
		"status": OPEN,
		"gate": warning.gate,
		"reason": warning.reason,
		"actual": _text(warning.actual),
		"limit_value": _text(warning.limit),
		"source": warning.source,
		"until": warning.until,
		"record": warning.record,
		"threshold": warning.threshold,
		"open_threshold": warning.threshold,
	}


def _text(value: str | float) -> str:
	return value if isinstance(value, str) else f"{value:g}"
