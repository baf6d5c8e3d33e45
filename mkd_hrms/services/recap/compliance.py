"""How daily reports were handed in, by unit or person and month (D4), and the hours in them beside those of a week (D7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from mkd_hrms.constants import AT_WORK_STATES
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.reports.narrowed import Narrowed
from mkd_hrms.facts.reports.report_counts import read_reports
from mkd_hrms.policy.dates import add_months
from mkd_hrms.policy.day.working_hours import hours_on
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.policies.in_force import policy_by_day
from mkd_hrms.services.recap.month import OfMonth, days_by_month, in_order

AN_HOUR = 60


@dataclass
class Compliance(OfMonth):
	"""The reports of a unit, or of one person of it, in a month. `week_hours` is what a week asks for in that month.

	`due` are MKD days that are over; whether their reports still come is not known of those that are open.
	"""

	week_hours: float | None = None
	due: int = 0
	on_time: int = 0
	late: int = 0
	missing: int = 0
	returned: int = 0
	rejected: int = 0
	verified: int = 0
	minutes: int = 0
	target: int = 0

	@property
	def open(self) -> int:
		"""Neither handed in nor missing yet; a report may be handed in before its day is over."""
		return max(0, self.due - self.on_time - self.late - self.missing)

	@property
	def share(self) -> float | None:
		"""Those in time, in per cent of all that came or should have."""
		known = self.on_time + self.late + self.missing
		return 100 * self.on_time / known if known else None

	@property
	def hours(self) -> float:
		return self.minutes / AN_HOUR

	@property
	def target_hours(self) -> float:
		return self.target / AN_HOUR

	@property
	def hours_a_week(self) -> float | None:
		"""The hours reported, as if every day of a week were like these; None where nothing was due."""
		return self.week_hours * self.minutes / self.target if self.week_hours and self.target else None


def of_months(narrowed: Narrowed, since: date, until: date, by_person: bool) -> list[Compliance]:
	"""By month and unit, `by_person` by name in it. A fixed number of queries, whatever the agency's size."""
	found, week_hours = {}, _week_hours(narrowed.company)

	def of(*whose) -> Compliance:
		return found.get(whose) or found.setdefault(
			whose, Compliance(*whose, week_hours=week_hours(whose[0]))
		)

	over = min(until, clock.today() - timedelta(days=1))
	for *whose, _status, _source, days in days_by_month(narrowed, since, over, AT_WORK_STATES, by_person):
		of(*whose).due += days
	for *whose, reports in read_reports(SiteDatabase(), narrowed, since, until, by_person):
		vars(of(*whose)).update(reports._asdict())
	return in_order(found.values())


def _week_hours(company: str) -> Callable[[str], float | None]:
	"""The hours of a week by the policy and the table that hold when a month ends: Ramadan has its own."""
	in_force = policy_by_day(company)

	@cache
	def hours(month: str) -> float | None:
		last = add_months(date.fromisoformat(f"{month}-01"), 1) - timedelta(days=1)
		policy = in_force(last)
		found = hours_on(policy, last) if policy else None
		return found.week_minutes / AN_HOUR if found else None

	return hours
