"""Days by circular: on which dates, for whom, and who stays in the office (rule Q3).

Everybody of the units goes without an application, but for whom the circular leaves in the office.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from mkd_hrms.policy.dates import Calendar, expand
from mkd_hrms.policy.model import Gate

SKIP, PREVIOUS, NEXT = ON_HOLIDAY = ("Skip", "Previous Working Day", "Next Working Day")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Days off in a row, the longest that there are, are shorter than two weeks.
ONE_DAY, LONGEST_MOVE = timedelta(days=1), 2 * len(WEEKDAYS)
# The gates that say that somebody serves the public, whatever else a policy asks.
SERVING = frozenset((Gate.ROLE, Gate.SERVICE_UNIT))


class Stay(StrEnum):
	"""Why somebody of the units stays in the office on a date of the circular."""

	EXEMPT_UNIT = "Exempt Unit"
	EXEMPT_PERSON = "Exempt Person"
	SERVES = "Serves the Public"
	GATE = "Condition Not Met"
	TURN = "Turn of Others"
	HOLIDAY = "Holiday"
	NO_CALENDAR = "Calendar Missing"
	NO_SERVICE = "Not in Service"
	AWAY = "Leave or Duty"
	NO_POLICY = "No Policy in Force"
	BEGUN = "Has Begun"
	OWN_DAY = "Own MKD Day"
	TAKEN_BACK = "Taken Back"


def weekly(since: date, until: date, weekday: str) -> tuple[date, ...]:
	"""Every date of a weekday from since to until, both included."""
	return expand(since, until, [WEEKDAYS.index(weekday) + 1])


def on_working_days(dates: Iterable[date], calendar: Calendar, on_holiday: str) -> dict[date, Stay | None]:
	"""The dates of a circular as one calendar has them, in order, with why nobody goes; None where people do.

	A date that is a day off is left out, or moves to the nearest working day before or after it that is no date of
	the circular itself; a date of which no list says anything stays in the office.
	"""
	nominal = sorted(set(dates))
	taken, found = set(nominal), {}
	for day in nominal:
		working = calendar.is_working(day)
		if working:
			found[day] = None
			continue
		found[day] = Stay.NO_CALENDAR if working is None else Stay.HOLIDAY
		if working is False and (other := _moved(day, calendar, on_holiday, taken)):
			taken.add(other)
			found[other] = None
	return dict(sorted(found.items()))


def _moved(day: date, calendar: Calendar, on_holiday: str, taken: Collection[date]) -> date | None:
	if on_holiday == SKIP:
		return None
	step = ONE_DAY if on_holiday == NEXT else -ONE_DAY
	for count in range(1, LONGEST_MOVE + 1):
		other = day + count * step
		working = calendar.is_working(other)
		if working is None:
			return None
		if working and other not in taken:
			return other
	return None


def on_turn(people: Sequence[str], percent: int, number: int) -> frozenset[str]:
	"""Whose turn it is on one date of many, numbered from 0: about so many percent of them, as often as the others.

	They follow each other in their order and begin anew after the last one. On each date it is the share rounded up or
	down, and after any number of dates nobody was away more than once more often than somebody else.
	"""
	count, share = len(people), min(100, max(0, percent))
	first, behind = (count * share * place // 100 for place in (number, number + 1))
	return frozenset(people[place % count] for place in range(first, behind))


def kept_in(failed: Iterable[str], exempt_public_service: bool, excluded_stay: bool) -> Stay | None:
	"""Why the gates that somebody fails keep him in the office; None where the circular sends him all the same.

	Who serves the public and who fails another condition are asked about apart.
	"""
	failed = set(failed)
	if exempt_public_service and failed & {gate.value for gate in SERVING}:
		return Stay.SERVES
	others = failed - {gate.value for gate in SERVING}
	return Stay.GATE if excluded_stay and others else None


def added(*counts: Mapping[Stay, int]) -> dict[Stay, int]:
	"""How many stay in the office for which reason, in the order in which they are asked."""
	return {kind: total for kind in Stay if (total := sum(each.get(kind, 0) for each in counts))}
