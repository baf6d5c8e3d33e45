"""What two policies say of the days ahead: how many units have too many people away, and which days by circular count (W5, Q3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mkd_hrms.facts.agency import read_companies_with_people
from mkd_hrms.facts.coverage_rules import read_coverage_rules, read_service_points, read_tree
from mkd_hrms.facts.database.queries import Database
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.ledger.away_dates import count_by_circular, count_by_date
from mkd_hrms.facts.ledger.unit_days import read_colleagues
from mkd_hrms.judging.coverage import Group
from mkd_hrms.judging.unit_days import Excess, UnitDays, chains_of, excess_of
from mkd_hrms.policy.coverage import AWAY_STATES
from mkd_hrms.policy.model import USED_DAY_STATES, Policy
from mkd_hrms.simulate.check.coverage import title_of
from mkd_hrms.simulate.output.language import Language

NOTHING = Excess(0, 0, 0, 0)
SIDES = ("before", "after")


@dataclass(frozen=True, slots=True)
class Ahead:
	"""By policy what becomes of the dates on which people of each group work away; and how many days are by circular."""

	policies: tuple[Policy, Policy]
	excess: tuple[Mapping[Group, Excess], Mapping[Group, Excess]]
	collective: int


def look_ahead(database: Database, policies: Sequence[Policy], today: date) -> Ahead:
	"""The days of the ledger from today on, in a fixed number of queries for each company.

	Days that are over are left out: of whoever left his unit since, the files know no other one.
	"""
	dates = list(count_by_date(database, today, AWAY_STATES))
	collective = sum(entry.people for entry in count_by_circular(database, today, USED_DAY_STATES))
	if not dates:
		return Ahead(tuple(policies), ({}, {}), collective)
	period = dates[0], dates[-1]
	rules, points = read_coverage_rules(database, *period), read_service_points(database, *period)
	chains = chains_of(read_tree(database).values()) if rules else {}
	counted: dict[int, UnitDays] = {}
	found = []
	for policy in policies:
		long_leave = policy.long_leave_days
		if long_leave not in counted:
			counted[long_leave] = UnitDays(dates, points)
			for company in read_companies_with_people(database):
				for colleague in read_colleagues(database, Scope(company=company), *period, long_leave):
					counted[long_leave].add(colleague)
		found.append(excess_of(counted[long_leave], chains, rules, points, policy))
	return Ahead(tuple(policies), tuple(found), collective)


def tell_ahead(ahead: Ahead, units: Mapping[str, str], reader: Language) -> dict[str, Any]:
	"""The totals, and each unit in which too many are away by either policy, those with most such dates first."""
	rows: dict[tuple[str, str, bool], dict[str, Any]] = {}
	for side, excess in zip(SIDES, ahead.excess, strict=True):
		for group, found in excess.items():
			key = group.kind, group.name, group.together
			row = rows.setdefault(
				key, {"label": reader.show(title_of(group, units)), **dict.fromkeys(SIDES, NOTHING)}
			)
			row[side] = Excess(*map(sum, zip(row[side], found, strict=True)))
	totals = {
		side: Excess(*map(sum, zip(NOTHING, *(row[side] for row in rows.values()), strict=True)))
		for side in SIDES
	}
	told = [
		{"kind": kind, "unit": name, "label": row["label"], **{side: row[side]._asdict() for side in SIDES}}
		for (kind, name, _together), row in rows.items()
		if row["before"].broken or row["after"].broken
	]
	return {
		**{side: totals[side]._asdict() for side in SIDES},
		"by_unit": sorted(told, key=_most_first),
		"by_circular": {"days": ahead.collective, **_counted(ahead)},
	}


def _most_first(row: Mapping[str, Any]) -> tuple:
	before, after = row["before"]["broken"], row["after"]["broken"]
	return -max(before, after), -after, row["label"], row["unit"]


def _counted(ahead: Ahead) -> dict[str, dict[str, int]]:
	"""How many of the days by circular use the numbers of a week and the legal ceiling."""
	return {
		side: {
			"in_the_week": ahead.collective if policy.count_collective_days else 0,
			"in_the_ceiling": ahead.collective
			if policy.collective_in_ceiling and policy.legal_ceiling is not None
			else 0,
		}
		for side, policy in zip(SIDES, ahead.policies, strict=True)
	}
