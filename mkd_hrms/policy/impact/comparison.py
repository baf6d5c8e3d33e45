"""What changes for one person between two policies: the kind of change, and the gates or the number behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from mkd_hrms.policy.as_json import finding_to_dict
from mkd_hrms.policy.model import Decision, Finding, Outcome, Policy, Verdict, heard
from mkd_hrms.policy.quota import weekly_limit


class Kind(str, Enum):
	"""What changes for a person. The outcome comes before the days, and the days before the reasons."""

	GAINS = "Gains"
	LOSES = "Loses"
	NEEDS_REVIEW = "Needs Review"
	MORE_DAYS = "More Days"
	FEWER_DAYS = "Fewer Days"
	OTHER_REASONS = "Other Reasons"

	__hash__ = str.__hash__


# Where a person arrives says what kind of change it is, whichever outcome it was before.
ARRIVES = {
	Outcome.ELIGIBLE: Kind.GAINS,
	Outcome.NOT_ELIGIBLE: Kind.LOSES,
	Outcome.NEEDS_REVIEW: Kind.NEEDS_REVIEW,
}


@dataclass(frozen=True, slots=True)
class Week:
	"""How many days a full week of a person holds, and the number of the policy that says so."""

	days: int
	number: str
	source: str


class Standing(NamedTuple):
	"""What is counted of a decision: the outcome, the days a week, the gates that fail or do not know."""

	outcome: Outcome
	days: int
	failed: tuple[str, ...]
	unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
	"""A gate that begins or ceases to fail or to be unknown; a side is None where its policy does not ask."""

	gate: str
	before: Finding | None
	after: Finding | None


@dataclass(frozen=True, slots=True)
class Change:
	"""What changes for one person. The weeks are given where their days are what changes."""

	employee: str
	kind: Kind
	before: Standing
	after: Standing
	why: tuple[Reason, ...]
	weeks: tuple[Week, Week] | None = None


def week_of(policy: Policy, tier: int, workdays: int | None) -> Week:
	"""The days that a week with so many working days holds (rule Q1), and which number is the smallest.

	Where nobody knows how many working days a full week has, they limit nothing.
	"""
	limits = {"legal_ceiling": policy.legal_ceiling, "weekly_limit": policy.weekly_limit, "tiers": tier}
	if workdays is None:
		workdays = policy.weekly_limit + policy.min_office_days
	limits["min_office_days"] = max(0, workdays - policy.min_office_days)
	days = weekly_limit(policy, tier, workdays)
	number = next(name for name, limit in limits.items() if limit == days)
	return Week(days, number, policy.clause(number))


def standing(decision: Decision, week: Week) -> Standing:
	"""What counts of a decision; who is not eligible has no days."""
	failed, unknown, outcome = heard(decision.findings)
	return Standing(outcome, 0 if failed else week.days, failed, unknown)


def standings(before: Decision, after: Decision, weeks: tuple[Week, Week]) -> tuple[Standing, Standing]:
	"""What counts of two decisions; those that rest on the same findings differ in nothing but the days."""
	old = standing(before, weeks[0])
	if after.findings is not before.findings:
		return old, standing(after, weeks[1])
	return old, old._replace(days=0 if old.failed else weeks[1].days)


def kind_of(before: Standing, after: Standing) -> Kind | None:
	"""What kind of change lies between two standings; None where there is none."""
	if before == after:
		return None
	if before.outcome is not after.outcome:
		return ARRIVES[after.outcome]
	if before.days != after.days:
		return Kind.MORE_DAYS if after.days > before.days else Kind.FEWER_DAYS
	return Kind.OTHER_REASONS


def compare(before: Decision, after: Decision, weeks: tuple[Week, Week]) -> Change | None:
	"""What changes for one person from one decision to the other; None where nothing does."""
	return told(before, after, weeks, *standings(before, after, weeks))


def told(
	before: Decision, after: Decision, weeks: tuple[Week, Week], old: Standing, new: Standing
) -> Change | None:
	"""As `compare`, where it is known already what counts of the decisions."""
	kind = kind_of(old, new)
	if kind is None:
		return None
	by_days = kind in (Kind.MORE_DAYS, Kind.FEWER_DAYS)
	same_gates = old.failed == new.failed and old.unknown == new.unknown
	why = () if same_gates else _why(before, after)
	return Change(after.employee, kind, old, new, why, weeks if by_days else None)


def _why(before: Decision, after: Decision) -> tuple[Reason, ...]:
	"""The gates whose failing or not knowing begins or ends, in the order in which they are shown."""
	old, new = ({found.gate: found for found in decision.findings} for decision in (before, after))
	return tuple(
		Reason(gate, old.get(gate), new.get(gate))
		for gate in {**old, **new}
		if _stops(old.get(gate)) is not _stops(new.get(gate))
	)


def _stops(found: Finding | None) -> Verdict | None:
	"""The verdict that a person feels; a gate that passes and one that nobody asks are the same to him."""
	return None if found is None or found.verdict is Verdict.PASS else found.verdict


def change_to_dict(change: Change) -> dict[str, Any]:
	"""A change as JSON can hold it."""
	return {
		"employee": change.employee,
		"kind": change.kind.value,
		"before": {"outcome": change.before.outcome.value, "days": change.before.days},
		"after": {"outcome": change.after.outcome.value, "days": change.after.days},
		"why": [
			{
				"gate": reason.gate,
				"before": reason.before and finding_to_dict(reason.before),
				"after": reason.after and finding_to_dict(reason.after),
			}
			for reason in change.why
		],
		"weeks": change.weeks
		and [{"days": week.days, "number": week.number, "source": week.source} for week in change.weeks],
	}
