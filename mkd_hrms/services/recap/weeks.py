"""A month by its weeks, as a regency asks for it: who was at the office, who was to work away, and whose reports came.

The numbers are those of month.py and compliance.py, asked for the days of each week.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mkd_hrms.facts.reports.narrowed import Narrowed
from mkd_hrms.services.recap import compliance, month

SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Reported:
	"""What the daily reports of some days say; `valid` ones came, and were not rejected."""

	due: int = 0
	on_time: int = 0
	late: int = 0
	missing: int = 0
	returned: int = 0
	rejected: int = 0
	verified: int = 0

	@property
	def valid(self) -> int:
		return self.on_time + self.late - self.rejected


@dataclass(frozen=True, slots=True)
class Week:
	"""Some days of a month; `away` are the people who had a day away in them, `days` these days, but for what was suspended."""

	since: date
	until: date
	away: int
	days: int
	worked: int
	absent: int
	revoked: int
	reported: Reported

	@property
	def share(self) -> float | None:
		"""The days with a valid report, in per cent of all; None where there was none."""
		return 100 * self.reported.valid / self.days if self.days else None


def of_weeks(narrowed: Narrowed, since: date, until: date) -> list[Week]:
	"""Each week with its days in the period; the first and the last may be cut."""
	return [_week(narrowed, *days) for days in _parts(since, until)]


def _parts(since: date, until: date) -> Iterator[tuple[date, date]]:
	while since <= until:
		last = min(until, since + timedelta(days=SUNDAY - since.weekday()))
		yield since, last
		since = last + timedelta(days=1)


def _week(narrowed: Narrowed, since: date, until: date) -> Week:
	recaps = month.of_months(narrowed, since, until, by_person=True)
	reports = compliance.of_months(narrowed, since, until, by_person=False)
	sums = {name: sum(getattr(each, name) for each in reports) for name in Reported.__annotations__}
	held = [each for each in recaps if each.days - each.counts["suspended"]]
	counts = {name: sum(each.counts[name] for each in recaps) for name in ("worked", "absent", "revoked")}
	days = sum(each.days - each.counts["suspended"] for each in held)
	return Week(
		since, until, len({each.employee for each in held}), days, **counts, reported=Reported(**sums)
	)
