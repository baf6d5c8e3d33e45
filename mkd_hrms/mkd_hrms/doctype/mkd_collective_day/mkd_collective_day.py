"""A circular that sends units to work away on some days, without an application. Its days are booked by a worker."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, format_date, getdate

from mkd_hrms.constants import COLLECTIVE_DAY
from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.facts.agency import read_companies_of_units
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.services.calendar import clock
from mkd_hrms.services.collective_days import circular, processing
from mkd_hrms.services.letters import of_circular, register
from mkd_hrms.services.people.hr import limits_of
from mkd_hrms.services.people.person import is_own_record

# What the worker found; nobody writes it by hand.
FOUND = ("processing", "booked_until", "processed_on", "people_away", "days_booked", "stays")
LONGEST_DAYS = 731


class MKDCollectiveDay(Numbered, Document):
	def validate(self):
		self.keep_what_was_found()
		self.clear_what_is_not_asked()
		self.refuse_impossible_dates()
		self.note_first_and_last_date()
		self.refuse_impossible_share()
		self.refuse_foreign_units()
		self.refuse_itself_replaced()

	def before_update_after_submit(self):
		self.keep_what_was_found()

	def before_submit(self):
		self.refuse_what_is_over()
		self.refuse_own_case()
		self.refuse_beyond_own_people()
		self.processing = processing.WAITING

	def on_submit(self):
		processing.start(self.name)

	def on_cancel(self):
		register.revoke_of(self.doctype, self.name, _("The circular was cancelled."))
		processing.start(self.name)
		if self.replaces:
			processing.start(self.replaces)

	def letter(self):
		"""For a Print Format; the reader's permission is asked anew."""
		return of_circular.letter_of(self.name)

	def keep_what_was_found(self):
		before = self.get_doc_before_save()
		self.update({field: before.get(field) if before else None for field in FOUND})

	def clear_what_is_not_asked(self):
		if self.dates_by == circular.WEEKDAY:
			self.dates = []
		else:
			self.weekday = self.from_date = self.to_date = None
		if self.share_by != circular.LIST:
			self.people = []

	def refuse_impossible_dates(self):
		if self.dates_by == circular.WEEKDAY:
			for field in ("weekday", "from_date", "to_date"):
				if not self.get(field):
					label = _(self.meta.get_label(field), context=COLLECTIVE_DAY)
					frappe.throw(_("Name the {0} of the circular.").format(label), frappe.MandatoryError)
			days = (getdate(self.to_date) - getdate(self.from_date)).days
			if not 0 <= days <= LONGEST_DAYS:
				frappe.throw(_("A circular ends after it begins, and lasts two years at most."))
		if not circular.dates_of(self):
			frappe.throw(_("The circular has no date."), frappe.MandatoryError)

	def note_first_and_last_date(self):
		"""For lists, which do not look into the table of dates."""
		dates = circular.dates_of(self)
		self.first_date, self.last_date = dates[0], dates[-1]

	def refuse_impossible_share(self):
		if self.share_by == circular.LIST and not self.people:
			frappe.throw(
				_("List who goes, or let the people of each unit take turns."), frappe.MandatoryError
			)
		if self.share_by != circular.LIST and not 0 < cint(self.share_percent) <= 100:
			frappe.throw(_("The share of each unit is 1 to 100 percent."))

	def refuse_foreign_units(self):
		units = {self.department, *(row.department for row in self.exempt_units)} - {None, ""}
		for unit, company in sorted(read_companies_of_units(SiteDatabase(), units).items()):
			if company and company != self.company:
				frappe.throw(_("{0} is a unit of {1}, not of {2}.").format(unit, company, self.company))

	def refuse_itself_replaced(self):
		if not self.replaces:
			return
		other = frappe.db.get_value(COLLECTIVE_DAY, self.replaces, ["company", "docstatus"], as_dict=True)
		if self.replaces == self.name or other.docstatus != 1 or other.company != self.company:
			frappe.throw(_("A circular replaces another one that was submitted for the same company."))

	def refuse_what_is_over(self):
		last = circular.dates_of(self)[-1]
		if last < clock.today():
			frappe.throw(
				_(
					"The last date, {0}, is over: a circular is about days ahead. HR corrects past days on a request."
				).format(format_date(last))
			)

	def refuse_beyond_own_people(self):
		"""HR that User Permissions leave a part of a company writes for no more than that."""
		limits = limits_of(frappe.session.user, COLLECTIVE_DAY)
		others = limits.keys() - {"company", "department"}
		if others or ("department" in limits and self.department not in limits["department"]):
			frappe.throw(
				_(
					"User Permissions leave you some of the people of {0}, and this circular is about others, too. Name one of your units, or ask HR of the whole company."
				).format(self.company),
				frappe.PermissionError,
			)

	def refuse_own_case(self):
		"""Whoever is listed by name does not list himself (invariant 4); a circular for a whole unit names nobody."""
		if any(is_own_record(row.employee) for row in self.people):
			frappe.throw(
				_("Nobody sends himself: a colleague in HR submits a circular that lists you."),
				frappe.PermissionError,
			)
