"""One daily report as it is looked at in one save: the person, the day, its policy and when what is due, read once."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property

import frappe
from frappe.model.document import Document
from frappe.utils import get_datetime, getdate

from mkd_hrms.constants import AT_WORK_STATES, DAY
from mkd_hrms.facts.attendance.calendars import calendar_key, read_calendars
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.facts.ledger.ended_days import read_approvals
from mkd_hrms.facts.people import Person
from mkd_hrms.policy.dates import Calendar
from mkd_hrms.policy.day.daily_report import Timing, grace_until, last_minute, timing
from mkd_hrms.policy.day.outages import Outage, extended
from mkd_hrms.policy.model import Policy
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.calendar.outages import outages_of
from mkd_hrms.services.daily_reports.due_times import LOOK_AHEAD
from mkd_hrms.services.people.person import read_person
from mkd_hrms.services.policies.in_force import policy_on


class ReportCase:
	"""What surrounds one MKD Daily Report: due times by the person's calendar and after his outages (D4, D5, D11).

	Reads lazily, each thing once; never writes.
	"""

	def __init__(self, report: Document) -> None:
		self.report = report
		self.about = self._about(report)
		self.now: datetime = clock.now()
		self.today: date = self.now.date()

	@staticmethod
	def _about(report: Document) -> tuple[str, str]:
		return report.employee, str(report.mkd_date)

	def fits(self, report: Document) -> bool:
		"""Whether this is still the case of a report: its employee and its date may be changed before a save."""
		return self.about == self._about(report)

	@cached_property
	def person(self) -> Person:
		return read_person(self.report.employee)

	@cached_property
	def day(self) -> date:
		return getdate(self.report.mkd_date)

	@cached_property
	def mkd_day(self) -> frappe._dict | None:
		"""The approved or worked MKD day of the date: its name, and when it was opened again."""
		stands = {"employee": self.report.employee, "mkd_date": self.day, "status": ("in", AT_WORK_STATES)}
		return frappe.db.get_value(DAY, stands, ["name", "reopened_on"], as_dict=True)

	@property
	def counts_from(self) -> date:
		"""The day from which the report is due: its own, or that on which the MKD day was opened again (rule W10)."""
		reopened_on = self.mkd_day.reopened_on if self.mkd_day else None
		return max(self.day, reopened_on or self.day)

	@cached_property
	def policy(self) -> Policy:
		"""The policy of the day (rule P1), of the company that the report names: it stays so when the person moves on."""
		return policy_on(self.report.company or self.person.company, self.day)

	@cached_property
	def calendar(self) -> Calendar:
		"""From the day on, as far as something that is granted today can be due, and be due again after that."""
		until = max(self.today, self.day) + 2 * LOOK_AHEAD
		return read_calendars(SiteDatabase(), [self.person], self.day, until)[calendar_key(self.person)]

	@cached_property
	def outages(self) -> tuple[Outage, ...]:
		employee = self.person.employee
		return outages_of([employee], self.day).get(employee, ())

	@cached_property
	def approved_at(self) -> datetime | None:
		"""When the day was approved; on the day itself nobody has to ask, because it cannot have come after it."""
		if self.day >= self.today or not (name := self.report.mkd_day):
			return None
		return read_approvals(SiteDatabase(), [name]).get(name)

	@cached_property
	def timing(self) -> Timing:
		"""How the report of the day stands now."""
		return timing(self.policy, self.calendar, self.counts_from, self.now, self.outages, self.approved_at)

	@property
	def grace(self) -> datetime | None:
		"""Until when the report of the day is taken."""
		known = self.today + LOOK_AHEAD
		return grace_until(
			self.policy, self.calendar, self.counts_from, known, self.outages, self.approved_at
		)

	def due_after(self, since: date, days: int, assumes_weekdays: bool = False) -> datetime | None:
		"""The last minute of so many working days after a day; outages are counted when somebody asks whether it is over."""
		return last_minute(self.policy, self.calendar, since, days, since + LOOK_AHEAD, assumes_weekdays)

	def extended(self, due: datetime | str | None) -> datetime | None:
		"""A due time of the report, after the outages into which it falls."""
		return extended(get_datetime(due), self.outages) if due else None

	@property
	def revision_until(self) -> datetime | None:
		"""Until when a returned report may be revised."""
		return self.extended(self.report.revise_by)
