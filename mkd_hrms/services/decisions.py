"""Asks the rules about a person, and keeps what they answered with everything they were told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import frappe

from mkd_hrms.facts.gather import gather
from mkd_hrms.facts.site import SiteDatabase
from mkd_hrms.policy import explain
from mkd_hrms.policy.engine import evaluate
from mkd_hrms.policy.facts import Facts, Readiness
from mkd_hrms.policy.model import Decision, Finding, Outcome, Policy
from mkd_hrms.services import clock
from mkd_hrms.services.situation import Situation, policies_for


def decide(
	situation: Situation,
	dates: Iterable[date],
	readiness: Readiness | None = None,
	extra: Iterable[Finding] = (),
) -> list[Decision]:
	"""A decision for each date, with the policy of that date and the facts of today."""
	days, extra = sorted(dates), tuple(extra)
	policies = policies_for(situation.person, days)
	facts: dict[tuple, Facts] = {}
	decisions = []
	for day in days:
		policy = policies[day]
		key = (policy.name, min(day, situation.today))
		if key not in facts:
			shared = [
				other for other in days if policies[other] is policy and min(other, situation.today) == key[1]
			]
			facts[key] = replace(_facts(situation, policy, shared), readiness=readiness)
		decisions.append(evaluate(policy, facts[key], day, situation.today, extra))
	return decisions


def _facts(situation: Situation, policy: Policy, days: list[date]) -> Facts:
	person = situation.person
	found = gather(
		SiteDatabase(),
		situation.scope,
		{person.employee: person},
		situation.calendars,
		policy,
		days[0],
		days[-1],
		situation.today,
		attendance_from(),
	)
	return found[person.employee]


def attendance_from() -> date | None:
	"""The day from which the agency's attendance is kept, by MKD Settings."""
	day = frappe.get_cached_doc("MKD Settings").attendance_from
	return frappe.utils.getdate(day) if day else None


def worst(decisions: Iterable[Decision]) -> Outcome:
	"""One date that fails closes the application; one that is unknown sends it to a person."""
	outcomes = {decision.outcome for decision in decisions}
	for outcome in (Outcome.NOT_ELIGIBLE, Outcome.NEEDS_REVIEW):
		if outcome in outcomes:
			return outcome
	return Outcome.ELIGIBLE


def gate_names(decisions: Iterable[Decision], kind: str) -> list[str]:
	"""The gates that failed (`failed`) or are unknown (`unknown`) on any date, in the order of the rules."""
	return list(dict.fromkeys(gate for decision in decisions for gate in getattr(decision, kind)))


def snapshot(stage: str, decisions: Iterable[Decision], before: str | None = None) -> str:
	"""The record of an evaluation as JSON, added to those kept before: nothing stored is ever rewritten (P2)."""
	record = json.loads(before) if before else {"version": 1, "evaluations": []}
	record["evaluations"].append(
		{
			"stage": stage,
			"evaluated_at": clock.now().isoformat(timespec="seconds"),
			"evaluated_by": frappe.session.user,
			"decisions": explain.decisions_to_list(decisions),
		}
	)
	return json.dumps(record, ensure_ascii=False)


def stored_findings(record: str | Mapping | None) -> list[tuple[str, list[str], list[Finding]]]:
	"""The last stored evaluation as (stage, dates, findings), one entry for dates with the same findings."""
	if not record:
		return []
	content = json.loads(record) if isinstance(record, str) else record
	last = content["evaluations"][-1]
	return [
		(last["stage"], entry["dates"], [explain.finding_from_dict(found) for found in entry["findings"]])
		for entry in last["decisions"]
	]
