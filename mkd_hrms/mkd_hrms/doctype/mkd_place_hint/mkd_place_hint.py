"""A check-in whose place the superior looks at (rule D2). A hint and no verdict; a service writes it, nobody by hand."""

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.controllers.served_document import ServedDocument


class MKDPlaceHint(ServedDocument, Document):
	def validate(self):
		self.refuse_by_hand()

	def on_trash(self):
		self.refuse_by_hand()

	def refuse_by_hand(self):
		if not self.flags.from_service:
			frappe.throw(
				_("Place hints are kept by the system. Review them with the buttons of the form."),
				frappe.PermissionError,
				title=_("Not Editable"),
			)
