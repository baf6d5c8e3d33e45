"""How many of a unit may work away at once, and how many must be in the office, where its own rule says so (W5)."""

import frappe
from frappe import _
from frappe.utils import format_date, get_link_to_form

from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.controllers.plain_numbers import PlainNumbers
from mkd_hrms.facts.agency import read_company_of
from mkd_hrms.facts.database.site import SiteDatabase
from mkd_hrms.services.units import registers

PERCENTAGES = ("cap_percent", "min_on_site_percent")
WHOLE = 100


class MKDCoverageRule(Numbered, PlainNumbers):
	def validate(self):
		self.company = read_company_of(SiteDatabase(), self.department)
		self.validate_from_to_dates("valid_from", "valid_to")
		self.refuse_impossible_percentages()
		self.refuse_overlap()

	def on_change(self):
		registers.forget()

	def on_trash(self):
		registers.forget()

	def refuse_impossible_percentages(self):
		for field in PERCENTAGES:
			if not 0 <= (self.get(field) or 0) <= WHOLE:
				label = frappe.bold(_(self.meta.get_label(field)))
				frappe.throw(_("{0} cannot be more than {1}.").format(label, WHOLE))

	def refuse_overlap(self):
		if other := self.overlapping_rule():
			frappe.throw(
				_("{0} already holds for {1} from {2}. Give that rule an end date first.").format(
					get_link_to_form(self.doctype, other.name),
					frappe.bold(self.department),
					format_date(other.valid_from),
				),
				title=_("Overlapping Rule"),
			)

	def overlapping_rule(self):
		other = frappe.qb.DocType(self.doctype)
		query = (
			frappe.qb.from_(other)
			.where((other.department == self.department) & (other.name != (self.name or "")))
			.where(other.valid_to.isnull() | (other.valid_to >= self.valid_from))
			.select(other.name, other.valid_from)
			.limit(1)
		)
		if self.valid_to:
			query = query.where(other.valid_from <= self.valid_to)
		found = query.run(as_dict=True)
		return found[0] if found else None
