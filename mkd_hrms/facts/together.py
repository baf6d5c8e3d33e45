"""Facts for several policies at once: one reading where they look at the same, one each where they do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from mkd_hrms.facts.database import Database
from mkd_hrms.facts.gather import gather
from mkd_hrms.facts.people import Person
from mkd_hrms.facts.scope import Scope
from mkd_hrms.policy.dates import Calendar
from mkd_hrms.policy.facts import AsOf, Facts
from mkd_hrms.policy.model import Policy

# What `gather` reads of a policy, besides its gates: those only say which registers are read at all.
# The working hours say what an outage touches.
HOURS = "working_hours"
LOOKED_AT = (
	*("absence_window_months", "late_window_days", "score_field"),
	*("expiry_time", "report_due_time", HOURS),
)


def gather_together(
	database: Database,
	scope: Scope,
	people: Mapping[str, Person],
	calendars: Mapping[tuple[str, str | None], Calendar],
	policies: Sequence[Policy],
	when: AsOf,
	*,
	until: date,
) -> list[dict[str, Facts]]:
	"""The facts for each policy, as `gather` finds them for all the gates that any of the policies asks."""
	gates = frozenset().union(*(policy.gates for policy in policies))
	readings: dict[tuple, dict[str, Facts]] = {}
	for policy in policies:
		look = look_of(policy, when.today)
		if look not in readings:
			asked = replace(policy, gates=gates)
			readings[look] = gather(database, scope, people, calendars, asked, when, until=until)
	return [readings[look_of(policy, when.today)] for policy in policies]


def look_of(policy: Policy, today: date) -> tuple:
	"""Policies with the same look find the same facts. Hours that begin later, next year's Ramadan, tell of no day yet."""
	begun = tuple(row for row in policy.working_hours if row.from_date <= today)
	return (*(getattr(policy, name) for name in LOOKED_AT if name != HOURS), begun)
