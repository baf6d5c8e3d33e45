"""The last day on which an employee may object (rule W13)."""

from __future__ import annotations

from datetime import date, timedelta

from mkd_hrms.facts.ledger.ended_days import DueDay
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.policies.in_force import policy_on


def objection_until(day: DueDay) -> date:
	"""The last day on which the employee may object to what was confirmed today."""
	today = clock.today()
	return today + timedelta(days=policy_on(day.company, today).objection_days)
