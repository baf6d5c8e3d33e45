"""Whom a circular concerns today: its people, the dates of each calendar, and whose turn it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mkd_hrms.facts.attendance.calendars import CalendarKey, calendar_key, read_calendars
from mkd_hrms.facts.database.scope import Scope
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.people import Person, read_people
from mkd_hrms.policy.collective import LONGEST_MOVE, Stay, on_turn, on_working_days
from mkd_hrms.policy.dates import Calendar
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.collective_days.circular import Circular
from mkd_hrms.services.policies.in_force import is_in_scope, policy_on

# Whole weeks are looked at, and a date may move.
AROUND = timedelta(days=LONGEST_MOVE + 7)
# So long as a company has no policy, nothing is booked ahead.
NO_HORIZON = 0


@dataclass(slots=True)
class Concerned:
	"""The active people of a circular, with the dates as each calendar has them; `until` is the horizon (rule W2)."""

	circular: Circular
	people: dict[str, Person]
	calendars: Mapping[CalendarKey, Calendar]
	now: datetime
	until: date
	days: dict[CalendarKey, dict[date, Stay | None]] = field(default_factory=dict)
	turns: dict[tuple[str | None, CalendarKey], dict[date, frozenset[str]]] = field(default_factory=dict)

	def dates_of(self, person: Person) -> dict[date, Stay | None]:
		"""The dates of the circular by somebody's calendar, with why nobody goes."""
		key = calendar_key(person)
		if key not in self.days:
			rule = self.circular.on_holiday
			self.days[key] = on_working_days(self.circular.dates, self.calendars[key], rule)
		return self.days[key]

	def stays(self, person: Person, day: date) -> Stay | None:
		"""Why the circular itself, the calendar or the turn leaves somebody in the office on a date; None if he goes."""
		circular = self.circular
		if found := circular.exempts(person, day) or self.dates_of(person)[day]:
			return found
		return None if self._has_turn(person, day) else Stay.TURN

	def _has_turn(self, person: Person, day: date) -> bool:
		"""Whose turn it was on a date that has been given, the ledger knows."""
		if not self.circular.takes_turns or self.circular.has_given_turns(day):
			return True
		return person.employee in self.turns[person.department, calendar_key(person)][day]

	def take_turns(self) -> None:
		"""Whose turn it is on each date, in each unit by itself and each calendar by itself."""
		groups: dict[tuple[str | None, CalendarKey], list[Person]] = defaultdict(list)
		for person in self.people.values():
			groups[person.department, calendar_key(person)].append(person)
		for key, members in groups.items():
			going = [day for day, stay in self.dates_of(members[0]).items() if stay is None]
			self.turns[key] = {
				day: on_turn(self._of_the_unit(members, day), self.circular.share, number)
				for number, day in enumerate(going)
			}

	def _of_the_unit(self, members: Iterable[Person], day: date) -> list[str]:
		return sorted(person.employee for person in members if not self.circular.exempts(person, day))


def look(circular: Circular) -> Concerned:
	"""Everybody whom a circular concerns today, in a fixed number of queries."""
	database, now = SiteDatabase(), clock.now()
	everybody = read_people(database, Scope(company=circular.company))
	people = {name: person for name, person in everybody.items() if circular.concerns(person)}
	until = now.date() + timedelta(days=_horizon(circular.company, now.date()))
	first, last = min([now.date(), *circular.dates[:1]]), max([until, *circular.dates[-1:]])
	calendars = read_calendars(database, people.values(), first - AROUND, last + AROUND)
	found = Concerned(circular, people, calendars, now, until)
	found.take_turns()
	return found


def _horizon(company: str, today: date) -> int:
	return policy_on(company, today).horizon_days if is_in_scope(company, today) else NO_HORIZON
