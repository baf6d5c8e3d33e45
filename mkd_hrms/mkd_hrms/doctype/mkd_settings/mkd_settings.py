"""Switches that are no policy."""

from itertools import combinations

import frappe
from frappe import _
from frappe.utils import get_system_timezone

from mkd_hrms.controllers.plain_numbers import PlainNumbers
from mkd_hrms.facts.attendance.calendars import read_periods
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.services import agreements
from mkd_hrms.services.booked_days import new_calendars
from mkd_hrms.services.calendar import clock, holidays
from mkd_hrms.services.letters import numbering
from mkd_hrms.services.standing.changes_noted import (
	companies_with_other_calendars,
	concerns_companies_of_settings,
)


class MKDSettings(PlainNumbers):
	def onload(self):
		self.set_onload("other_zone", self.other_zone())

	def validate(self):
		self.keep_created_records()
		self.refuse_overlapping_calendars()
		agreements.check_text(self)
		numbering.check_rules(self.letter_numbers)
		if not self.retention_months:
			frappe.throw(_("Say for how many months coordinates and evidence are kept; at least one."))

	def on_update(self):
		if told := self.other_zone():
			frappe.msgprint(told, title=_("Two Time Zones"), indicator="orange")
		holidays.forget()
		concerns_companies_of_settings(self)
		for company in companies_with_other_calendars(self):
			new_calendars.follow(company=company)

	def on_trash(self):
		holidays.forget()

	def other_zone(self):
		"""What HR should know where the site lives in another zone than the agency; nothing where both are one."""
		own, site = self.time_zone or clock.WIB, get_system_timezone()
		if own == site:
			return None
		return _(
			"MKD counts days and due times in {0}, but the site in {1} (System Settings), so its check-ins and time stamps differ. Make them one: an administrator changes System Settings, or you the time zone here."
		).format(own, site)

	def keep_created_records(self):
		"""What uninstalling takes away is noted by the installation alone."""
		before = self.get_doc_before_save()
		self.created_records = before.created_records if before else None

	def refuse_overlapping_calendars(self):
		"""With two lists for one day nobody could say whether it is a holiday."""
		period = read_periods(SiteDatabase(), {row.holiday_list for row in self.calendars})
		for one, other in combinations(self.calendars, 2):
			if one.company == other.company and overlap(period[one.holiday_list], period[other.holiday_list]):
				frappe.throw(
					_("Rows {0} and {1}: the holiday lists {2} and {3} of {4} cover the same days.").format(
						one.idx,
						other.idx,
						frappe.bold(one.holiday_list),
						frappe.bold(other.holiday_list),
						one.company,
					),
					title=_("Overlapping Calendars"),
				)


def overlap(one, other):
	return one[0] <= other[1] and other[0] <= one[1]
