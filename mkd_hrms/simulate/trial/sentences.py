"""An impact as plain data with sentences: what its JSON file holds, and what its report shows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pypika import Query

from mkd_hrms.facts.database.queries import Database, rows
from mkd_hrms.facts.people import DEPARTMENT, EMPLOYEE
from mkd_hrms.policy.facts import AsOf
from mkd_hrms.policy.impact.comparison import Change, Reason, Week
from mkd_hrms.policy.impact.totals import Changed, Impact
from mkd_hrms.policy.model import Finding, Policy
from mkd_hrms.simulate.check.summary import masked, shown_policy, told
from mkd_hrms.simulate.output.language import REPORT, Language, _, language
from mkd_hrms.simulate.output.policy_numbers import label_of
from mkd_hrms.simulate.trial.coverage import Ahead, tell_ahead


class Names(NamedTuple):
	"""What people and units are called."""

	people: Mapping[str, tuple[str | None, str | None]]
	units: Mapping[str, str]


def read_names(database: Database, impact: Impact) -> Names:
	"""Name and NIP of those who change, and the labels of all units."""
	changed = {each.change.employee for each in impact.changed}
	people = rows(
		database,
		lambda bind: Query.from_(EMPLOYEE).select(EMPLOYEE.name, EMPLOYEE.employee_name, EMPLOYEE.mkd_nip),
	)
	units = rows(
		database, lambda bind: Query.from_(DEPARTMENT).select(DEPARTMENT.name, DEPARTMENT.department_name)
	)
	return Names(
		{employee: (name, nip) for employee, name, nip in people if employee in changed},
		{unit: label or unit for unit, label in units},
	)


def tell_impact(
	impact: Impact,
	names: Names,
	packs: tuple[tuple[str, Policy], tuple[str, Policy]],
	when: AsOf,
	source: dict[str, Any],
	ahead: Ahead,
	mask: bool = False,
	reader: Language | None = None,
) -> dict[str, Any]:
	"""Everything that is reported; `packs` are the policies under the names they were asked for.

	Sentences are in the reader's language; keys, outcomes, kinds and gates are those of the rules.
	"""
	reader = reader or language()
	before, after = (shown_policy(policy, pack) for pack, policy in packs)
	totals = impact.totals()
	for name, found in totals["breakdowns"].items():
		for row in found:
			row["label"] = names.units.get(row["name"], row["name"]) if name == "unit" else row["name"]
	teller = Teller(names, mask, reader)
	ordered = sorted(impact.changed, key=lambda each: each.change.employee)
	return {
		"policies": {"before": before, "after": after},
		"mkd_date": when.on.isoformat(),
		"as_known_on": when.today.isoformat(),
		"as_if_in_force": [policy.name for _pack, policy in packs if policy.effective_from > when.on],
		"source": source | {"notes": [reader.tell(note) for note in source["notes"]]},
		**totals,
		"coverage": tell_ahead(ahead, names.units, reader),
		"changes": [teller.person(each) for each in ordered],
	}


class Teller:
	"""Tells changes to a reader; what many people have in common is put into words once."""

	def __init__(self, names: Names, mask: bool, reader: Language) -> None:
		self.names, self.mask, self.reader = names, mask, reader
		self.week = lru_cache(maxsize=None)(self._week)

	def person(self, changed: Changed) -> dict[str, Any]:
		"""One person with the change and its reasons."""
		change, (unit, designation, grade, employment_type) = changed.change, changed.groups
		name, nip = self.names.people[change.employee]
		return {
			"employee": change.employee,
			"name": masked(name) if self.mask else name,
			"nip": None if self.mask else nip,
			"unit": self.names.units.get(unit, unit),
			"designation": designation,
			"grade": grade,
			"employment_type": employment_type,
			"kind": change.kind.value,
			"outcome_before": change.before.outcome.value,
			"outcome_after": change.after.outcome.value,
			"days_before": change.before.days,
			"days_after": change.after.days,
			"gates": [found.gate for found in change.why],
			"reasons": self._reasons(change),
		}

	def _reasons(self, change: Change) -> list[str]:
		weeks = [self.week(*change.weeks)] if change.weeks else []
		return weeks + [self._gate(found) for found in change.why]

	def _gate(self, found: Reason) -> str:
		gate = self.reader.translate(found.gate, "MKD Policy Gate")
		return self._both(gate, self._side(found.before), self._side(found.after))

	def _side(self, found: Finding | None) -> str:
		return told(found, self.reader) if found else self.reader.translate(_("not asked."))

	def _week(self, before: Week, after: Week) -> str:
		title = self.reader.translate(_("Days a week", REPORT), REPORT)
		return self._both(title, *(self._days(week) for week in (before, after)))

	def _days(self, week: Week) -> str:
		text = self.reader.translate(_("{0}, by the number {1} [{2}]"))
		label = label_of(week.number, self.reader)
		return text.format(week.days, label, self.reader.translate(week.source))

	def _both(self, title: str, before: str, after: str) -> str:
		return self.reader.translate(_("{0}. Before: {1} After: {2}")).format(title, before, after)
