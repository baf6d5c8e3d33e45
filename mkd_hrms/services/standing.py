"""Everybody's standing for tomorrow: one set of queries for a company, and only what changed is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

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
from mkd_hrms.policy.model import Decision, Gate
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


def refresh(company: str) -> dict[str, int]:
	"""Evaluate all active employees of a company and store the standings that changed. Returns the counts."""
	people = read_people(SiteDatabase(), Scope(company=company))
	known = dict(
		frappe.get_all(
			ELIGIBILITY,
			filters={"company": company},
			fields=["employee", "content_hash"],
			as_list=True,
		)
	)
	changed = [
		(people[decision.employee], decision, mark)
		for decision in decide_all(company, people)
		if known.get(decision.employee) != (mark := content_hash(people[decision.employee], decision))
	]
	for start in range(0, len(changed), CHUNK):
		_write(changed[start : start + CHUNK], known)
	gone = [name for name in known if name not in people]
	if gone:
		frappe.db.delete(ELIGIBILITY, {"name": ("in", gone)})
	frappe.db.commit()
	return {"evaluated": len(people), "changed": len(changed), "removed": len(gone)}


def decide_all(company: str, people: dict[str, Person]) -> Iterator[Decision]:
	"""A decision for each person for tomorrow, as known today."""
	database, today = SiteDatabase(), clock.today()
	day = today + timedelta(days=1)
	policy = policy_on(company, day)
	since, _until = absence_window(day, today, policy.absence_window_months, attendance_from())
	calendars = read_calendars(database, people.values(), since, day)
	scope = Scope(company=company)
	facts = gather(database, scope, people, calendars, policy, day, day, today, attendance_from())
	for entry in facts.values():
		yield evaluate(policy, entry, day, today)


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
	frappe.db.commit()


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
