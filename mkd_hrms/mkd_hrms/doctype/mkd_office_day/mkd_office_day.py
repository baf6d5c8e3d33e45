"""A day on which nobody of a unit works away: roll call, plenary session (W7). Submitted, it is in force."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.facts.agency import read_company_of
from mkd_hrms.facts.coverage_rules import WEEKDAYS
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.policy.dates import days_between
from mkd_hrms.services.booked_days import office_days as booked_days
from mkd_hrms.services.calendar import office_days

# A period of several years is a slip of the pen.
LONGEST = 366


class MKDOfficeDay(Numbered, Document):
	def __init__(self, *args, **kwargs):
		super().__init__(*args, **kwargs)
		# A unit says by itself of which company it is; Frappe would fill in the site's default company.
		self.dont_update_if_missing += ["company"]

	def validate(self):
		self.validate_from_to_dates("from_date", "to_date")
		if self.department:
			self.company = read_company_of(SiteDatabase(), self.department)
		elif not self.company:
			frappe.throw(_("Name the unit or the company that stays in the office."), frappe.MandatoryError)
		self.refuse_no_day()

	def refuse_no_day(self):
		since, until = getdate(self.from_date), getdate(self.to_date)
		if (until - since).days > LONGEST:
			frappe.throw(_("An office day is declared for at most {0} days at once.").format(LONGEST))
		if self.weekday and not any(
			WEEKDAYS[day.isoweekday() - 1] == self.weekday for day in days_between(since, until)
		):
			frappe.throw(_("There is no {0} between these dates.").format(_(self.weekday)))

	def on_submit(self):
		office_days.forget()
		booked_days.follow(self)

	def on_cancel(self):
		office_days.forget()
