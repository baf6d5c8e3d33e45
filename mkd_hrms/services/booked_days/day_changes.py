"""What is to become of somebody's booked days, as a re-check found it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from mkd_hrms.facts.ledger.days import BookedDay
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.model import Decision, Policy
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.decisions.records import gate_names
from mkd_hrms.services.policies.deadlines import latest_objection


class Change(NamedTuple):
	"""What is to become of somebody's days: given back, suspended, approved again, moved to his unit; and why."""

	person: Person
	release: Sequence[BookedDay]
	suspend: Sequence[BookedDay]
	resume: Sequence[BookedDay]
	move: Sequence[BookedDay]
	decisions: Mapping[date, Decision]
	policies: Mapping[date, Policy]

	def still(self, stored: Iterable[BookedDay]) -> Change:
		"""Without the days that are not stored any more as they were judged."""
		there = set(stored)
		kept = [[day for day in days if day in there] for days in self[1:5]]
		return self._replace(release=kept[0], suspend=kept[1], resume=kept[2], move=kept[3])

	@property
	def says_something(self) -> bool:
		return bool(self.release or self.suspend or self.resume)

	def failed(self, day: BookedDay) -> tuple[str, ...]:
		return tuple(gate_names([self.decisions[day.mkd_date]], "failed"))

	def objection_until(self) -> date:
		return latest_objection((self.policies[day.mkd_date] for day in self.suspend), clock.today())
