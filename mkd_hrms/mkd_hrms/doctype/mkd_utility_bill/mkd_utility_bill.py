"""What a unit or a building used in a month and paid for it: the measured side of what MKD saved."""

import frappe
from frappe import _
from frappe.utils import get_first_day, get_link_to_form, getdate

from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.controllers.plain_numbers import PlainNumbers
from mkd_hrms.facts.agency import read_company_of
from mkd_hrms.facts.database.site import SiteDatabase

UNIT_OF = {"Electricity": "kWh", "Water": "m3", "Office Supplies": ""}
# What makes a bill another one.
KEY = ("company", "department", "building", "kind", "month")


class MKDUtilityBill(Numbered, PlainNumbers):
	def __init__(self, *args, **kwargs):
		super().__init__(*args, **kwargs)
		# A unit says by itself of which company it is; Frappe would fill in the site's default company.
		self.dont_update_if_missing += ["company"]

	def before_validate(self):
		if self.department:
			self.company = read_company_of(SiteDatabase(), self.department)
		self.building = (self.building or "").strip() or None
		self.consumption_unit = UNIT_OF.get(self.kind)

	def validate(self):
		self.month = get_first_day(getdate(self.month))
		if self.month > getdate():
			frappe.throw(_("A bill is of a month that has begun."))
		self.refuse_nothing()
		self.refuse_second()

	def refuse_nothing(self):
		"""Nothing tells an empty field from nought; a bill of nought compares with nothing."""
		if not (self.amount or self.consumption):
			frappe.throw(_("Give the amount, the consumption, or both."), frappe.MandatoryError)
		if self.consumption and not self.consumption_unit:
			frappe.throw(_("Of {0} only the amount is compared.").format(frappe.bold(_(self.kind))))

	def refuse_second(self):
		"""A bill that is imported twice would be saved twice."""
		same = {field: self.get(field) or ("is", "not set") for field in KEY}
		if other := frappe.db.get_value(self.doctype, {**same, "name": ("!=", self.name)}):
			frappe.throw(
				_("{0} is of the same month, kind and building.").format(
					get_link_to_form(self.doctype, other)
				),
				frappe.DuplicateEntryError,
				title=_("Two Bills"),
			)
