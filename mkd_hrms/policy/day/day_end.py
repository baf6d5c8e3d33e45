"""How an MKD day ends (rule D6): what the report and the presence of a day say together. Facts in, ending out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from mkd_hrms.policy.model import Policy


class Ending(str, Enum):
	"""What becomes of a day after the grace time of its report."""

	WORKED = "Worked"
	SUPERSEDED = "Superseded"
	ABSENCE = "Absence Proposed"


@dataclass(frozen=True, slots=True)
class DayEnd:
	"""What is known about one day. `short_hours` are check-ins for too few hours to be there at all."""

	reported: bool = False
	present: bool = False
	short_hours: bool = False
	away: bool = False
	away_half: bool = False
	holiday: bool = False

	@property
	def ending(self) -> Ending:
		"""Leave and holidays take the day's place; a report or presence makes it worked.

		Nothing of all that only proposes an absence: a person confirms it. Half a day of leave is no absence either.
		"""
		if self.away or self.holiday:
			return Ending.SUPERSEDED
		if self.reported or self.present or self.away_half:
			return Ending.WORKED
		return Ending.ABSENCE


def may_give_back(policy: Policy, day: date, at: datetime) -> bool:
	"""On the day itself, before the policy's time of day."""
	return at.date() == day and at.time() < policy.release_until_time
