"""One application as it is looked at in one save: read once, asked as often as needed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property

from mkd_hrms.facts.days import UsedDay, read_days_of
from mkd_hrms.facts.people import Person
from mkd_hrms.facts.site import SiteDatabase
from mkd_hrms.policy.dates import iso_week
from mkd_hrms.policy.facts import Readiness
from mkd_hrms.policy.model import Decision, Finding, Outcome, Policy
from mkd_hrms.policy.quota import WeekUse, offending, weekly_limit, weigh
from mkd_hrms.services import clock
from mkd_hrms.services.approvers import approver_of
from mkd_hrms.services.asked_days import written_dates
from mkd_hrms.services.decisions import decide, worst
from mkd_hrms.services.policies import policy_on
from mkd_hrms.services.situation import Situation, policies_for, read_person, read_situation


class RequestCase:
	"""The person, his situation, the decisions and the weeks of one MKD Request. Reads lazily; never writes."""

	def __init__(self, request, extra: Iterable[Finding] = ()) -> None:
		self.request = request
		self.extra = list(extra)
		self.now: datetime = clock.now()
		self.today: date = self.now.date()
		self._dates: tuple[date, ...] | None = None

	@cached_property
	def person(self) -> Person:
		return read_person(self.request.employee)

	@cached_property
	def approver(self) -> str | None:
		"""Who decides about this person now; None means HR."""
		return approver_of(self.person)

	@cached_property
	def written(self) -> tuple[date, ...]:
		"""The dates as the applicant wrote them, working days or not."""
		return written_dates(self.request, self.horizon)

	@cached_property
	def horizon(self) -> date:
		"""The last date that can be asked for today (rule W2)."""
		return self.today + timedelta(days=policy_on(self.person.company, self.today).horizon_days)

	@cached_property
	def situation(self) -> Situation:
		return read_situation(self.person, self._dates or self.written, self.today)

	@property
	def dates(self) -> tuple[date, ...]:
		"""The MKD dates that count: set by the draft, or those that the ledger still holds for the request."""
		if self._dates is None:
			raise LookupError("The dates of the request have not been settled yet.")
		return self._dates

	@dates.setter
	def dates(self, dates: Iterable[date]) -> None:
		self._dates = tuple(sorted(dates))

	@cached_property
	def policies(self) -> dict[date, Policy]:
		return policies_for(self.person, self.dates)

	@cached_property
	def decisions(self) -> list[Decision]:
		"""What the rules say today about each date."""
		request = self.request
		readiness = Readiness(bool(request.has_computer), bool(request.has_internet))
		return decide(self.situation, self.dates, readiness, self.extra)

	@property
	def outcome(self) -> Outcome:
		return worst(self.decisions)

	@cached_property
	def own_days(self) -> tuple[UsedDay, ...]:
		"""The days that the ledger holds for this request; a draft holds none."""
		if self.request.is_new():
			return ()
		return read_days_of(SiteDatabase(), self.request.doctype, self.request.name)

	def limits(self, with_tier: bool) -> dict[str, int]:
		"""The limit of each ISO week (rule Q1); the strictest of its dates where they differ."""
		tiers = {decision.mkd_date: decision.tier_limit for decision in self.decisions} if with_tier else {}
		special = bool(self.request.special_circumstances)
		limits: dict[str, int] = {}
		for day in self.dates:
			week, policy = iso_week(day), self.policies[day]
			tier = tiers.get(day, policy.weekly_limit)
			limit = weekly_limit(policy, tier, self.situation.workdays_in(week), special)
			limits[week] = min(limits.get(week, limit), limit)
		return limits

	def weeks_over(self, with_tier: bool) -> tuple[WeekUse, ...]:
		"""The weeks into which the dates do not fit, beside the days that other documents use."""
		limits = self.limits(with_tier)
		used = {week: self.situation.used_in(week, but_for=self.request.name) for week in limits}
		return offending(weigh(self.dates, used, limits))
