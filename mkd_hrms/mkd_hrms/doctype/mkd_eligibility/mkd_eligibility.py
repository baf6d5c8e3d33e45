"""The standing of an employee, kept by the nightly evaluation. Nobody edits it by hand."""

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.controllers.served_document import ServedDocument
from mkd_hrms.services.decisions.reasons import may_read_findings
from mkd_hrms.services.standing import findings_shown


class MKDEligibility(ServedDocument, Document):
	def onload(self):
		"""What was found, for the employee himself and HR (rule P3); the form draws a table of it."""
		if may_read_findings(self):
			self.set_onload("findings", findings_shown.of(self))

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
