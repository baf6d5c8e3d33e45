"""The standing of an employee, kept by the nightly evaluation. Nobody edits it by hand."""

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.controllers.served_document import ServedDocument


class MKDEligibility(ServedDocument, Document):
	def validate(self):
		self.refuse_by_hand()

	def on_trash(self):
		self.refuse_by_hand()

	def refuse_by_hand(self):
		if not self.flags.from_standing:
			frappe.throw(
				_("The standing is kept by the system. Correct the records it is judged by instead."),
				frappe.PermissionError,
				title=_("Not Editable"),
			)
