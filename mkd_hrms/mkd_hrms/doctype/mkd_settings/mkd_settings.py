"""Switches that are no policy."""

from itertools import combinations

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.facts.attendance.calendars import read_periods
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.services import agreements
from mkd_hrms.services.booked_days import new_calendars
from mkd_hrms.services.calendar import holidays
from mkd_hrms.services.standing.changes_noted import (
	companies_with_other_calendars,
	concerns_companies_of_settings,
)


class MKDSettings(Document):
	def validate(self):
		self.keep_created_records()
		self.refuse_overlapping_calendars()
		agreements.check_text(self)
		if not self.retention_months:
			frappe.throw(_("Say for how many months coordinates and evidence are kept; at least one."))

	def on_update(self):
		holidays.forget()
		concerns_companies_of_settings(self)
		for company in companies_with_other_calendars(self):
			new_calendars.follow(company=company)

	def on_trash(self):
		holidays.forget()

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
