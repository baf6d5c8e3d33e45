"""A number from elsewhere on which estimates of savings rest: a range, since when, and where it comes from."""

import frappe
from frappe import _
from frappe.utils import get_link_to_form, getdate

from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.controllers.plain_numbers import PlainNumbers
from mkd_hrms.policy.savings import UNIT_OF, Factor

WHOLE, PERCENT = 100, "%"
# A source is of the time of motor vehicles, and of no year to come.
FIRST_YEAR = 1990


class MKDSavingsFactor(Numbered, PlainNumbers):
	def __init__(self, *args, **kwargs):
		super().__init__(*args, **kwargs)
		# Without a company it holds for all; Frappe would fill in the site's default company.
		self.dont_update_if_missing += ["company"]

	def validate(self):
		self.unit = UNIT_OF[Factor(self.factor)]
		self.refuse_disorder()
		self.refuse_impossible_year()
		self.refuse_second()

	def refuse_disorder(self):
		if not 0 <= self.low <= self.middle <= self.high:
			frappe.throw(_("Low, middle and high follow each other, and none is below zero."))
		if self.unit == PERCENT and self.high > WHOLE:
			frappe.throw(
				_("{0} cannot be more than {1}.").format(
					frappe.bold(_(self.factor, context=self.doctype)), WHOLE
				)
			)

	def refuse_impossible_year(self):
		if not FIRST_YEAR <= self.year <= getdate().year:
			frappe.throw(_("The year of the source lies between {0} and this one.").format(FIRST_YEAR))

	def refuse_second(self):
		"""Of one day there is one value."""
		same = {"factor": self.factor, "valid_from": self.valid_from, "name": ("!=", self.name)}
		company = ("=", self.company) if self.company else ("is", "not set")
		if other := frappe.db.get_value(self.doctype, {**same, "company": company}):
			frappe.throw(
				_("{0} holds from the same day.").format(get_link_to_form(self.doctype, other)),
				frappe.DuplicateEntryError,
				title=_("Two Values"),
			)
