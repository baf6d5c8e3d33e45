"""The last day on which an employee may object (rule W13)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol

from mkd_hrms.policy.model import Policy
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.policies.in_force import policy_on, submitted_policies


class OfACompany(Protocol):
	"""A day or a document that belongs to a company."""

	company: str


def objection_until(thing: OfACompany, decided_on: date | None = None) -> date:
	"""The last day to object to what was decided on a day, or today, by the policy in force on it."""
	decided_on = decided_on or clock.today()
	return latest_objection([policy_on(thing.company, decided_on)], decided_on)


def latest_objection(policies: Iterable[Policy], decided_on: date) -> date:
	"""The same for a decision by several policies: nobody has less time than any of them gives."""
	return decided_on + timedelta(days=max(policy.objection_days for policy in policies))


def days_to_contest() -> int:
	"""The most days from a decision until an objection to it is to be decided, by any policy."""
	return max(
		(policy.objection_days + policy.objection_decide_days for policy in submitted_policies()), default=0
	)
