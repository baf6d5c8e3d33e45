"""One application as it is looked at in one save: read once, asked as often as needed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property

from frappe.model.document import Document

from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.days import UsedDay, read_days_of
from mkd_hrms.facts.people import Person
from mkd_hrms.judging.application import InForce, days_beside, limits_of, tiers_of, weigh_weeks, worst
from mkd_hrms.policy.facts import Readiness
from mkd_hrms.policy.model import Decision, Finding, Outcome, Policy
from mkd_hrms.policy.quota import WeekUse, offending
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.decisions.evaluate import decide
from mkd_hrms.services.people.approvers import approver_of
from mkd_hrms.services.people.availability import Situation, policies_for, read_situation
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.policies.in_force import policy_by_day, policy_on
from mkd_hrms.services.requests.answers import readiness_of
from mkd_hrms.services.requests.asked_dates import written_dates


class RequestCase:
	"""The person, his situation, the decisions and the weeks of one MKD Request. Reads lazily; never writes."""

	def __init__(self, request: Document, extra: Iterable[Finding] = ()) -> None:
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
		return decide(self.situation, self.dates, self._readiness, self.extra)

	@property
	def _readiness(self) -> Readiness:
		return readiness_of(self.request)

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
		"""The limit of each ISO week in days (rule Q1), with what the track record earns or by the policies alone."""
		tiers = tiers_of([*self.decisions, *self._beside]) if with_tier else {}
		special = bool(self.request.special_circumstances)
		return limits_of(self.situation, self.dates, self._in_force, tiers, special)

	@cached_property
	def _in_force(self) -> InForce:
		return policy_by_day(self.person.company)

	@cached_property
	def _beside(self) -> list[Decision]:
		"""What the policies say that are in force in the same weeks, but on no date of this request."""
		days = days_beside(self.policies, self._in_force)
		return decide(self.situation, days, self._readiness, self.extra)

	def weeks_over(self, with_tier: bool) -> tuple[WeekUse, ...]:
		"""The weeks into which the dates do not fit, beside the days that other documents use."""
		limits = self.limits(with_tier)
		return offending(weigh_weeks(self.situation, self.dates, limits, but_for=self.request.name))
