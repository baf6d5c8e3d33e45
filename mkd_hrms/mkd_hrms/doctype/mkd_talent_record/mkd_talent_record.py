"""The box of one year's talent map in which somebody stands, from SIASN or by hand. The newest submitted one counts."""

import frappe
from frappe import _
from frappe.utils import cint, get_link_to_form

from mkd_hrms.controllers.judged_record import JudgedRecord
from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.controllers.plain_numbers import PlainNumbers
from mkd_hrms.controllers.served_document import ServedDocument
from mkd_hrms.policy.model import FIRST_BOX, LAST_BOX
from mkd_hrms.policy.packs import FIRST_YEAR
from mkd_hrms.policy.talent import is_box
from mkd_hrms.services.calendar import clock


class MKDTalentRecord(Numbered, ServedDocument, JudgedRecord, PlainNumbers):
	def validate(self):
		self.refuse_impossible_numbers()
		super().validate()

	def before_submit(self):
		self.refuse_second_of_the_year()

	def refuse_impossible_numbers(self):
		"""A map has nine boxes, and there is none yet of a year to come."""
		self.year, self.box = cint(self.year), cint(self.box)
		if not is_box(self.box):
			frappe.throw(
				_("Box {0} does not exist: the talent map has the boxes {1} to {2}.").format(
					self.box, FIRST_BOX, LAST_BOX
				),
				title=_("No Such Box"),
			)
		this_year = clock.today().year
		if not FIRST_YEAR <= self.year <= this_year:
			frappe.throw(
				_("Enter a year from {0} to {1}; {2} is none of them.").format(
					FIRST_YEAR, this_year, self.year
				),
				title=_("Year Not Possible"),
			)

	def refuse_second_of_the_year(self):
		"""Of two for one year nobody could say which counts. A wrong one is cancelled and amended, so that both are kept."""
		# Read under lock: another one may be on its way in.
		of_the_year = {"employee": self.employee, "year": self.year, "docstatus": 1}
		other = frappe.db.get_value(self.doctype, {**of_the_year, "name": ("!=", self.name)}, for_update=True)
		if other:
			frappe.throw(
				_("{0} is already the box of {1} for {2}. Cancel and amend it to correct it.").format(
					get_link_to_form(self.doctype, other),
					frappe.bold(frappe.utils.escape_html(self.employee_name or self.employee)),
					self.year,
				),
				frappe.DuplicateEntryError,
				title=_("Two Boxes for One Year"),
			)


def on_doctype_update():
	frappe.db.add_index("MKD Talent Record", ["employee", "year"])
