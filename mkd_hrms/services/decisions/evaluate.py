"""Asks the rules about a person, and keeps what they answered with everything they were told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import frappe

from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.gather import gather
from mkd_hrms.policy.engine.evaluate import evaluate
from mkd_hrms.policy.facts import AsOf, Facts, Readiness
from mkd_hrms.policy.model import Decision, Finding, Policy
from mkd_hrms.services.people.availability import Situation, policies_for


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
		AsOf(on=days[0], today=situation.today, attendance_from=attendance_from()),
		until=days[-1],
	)
	return found[person.employee]


def attendance_from() -> date | None:
	"""The day from which the agency's attendance is kept, by MKD Settings."""
	day = frappe.get_cached_doc("MKD Settings").attendance_from
	return frappe.utils.getdate(day) if day else None
