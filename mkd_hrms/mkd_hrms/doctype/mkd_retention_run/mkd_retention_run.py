"""One night of the retention period (rule P4): what was rounded and deleted. Written by a service, edited by nobody."""

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.controllers.served_document import ServedDocument


class MKDRetentionRun(ServedDocument, Document):
	def validate(self):
		self.refuse_by_hand()

	def on_trash(self):
		self.refuse_by_hand()

	def refuse_by_hand(self):
		if not self.flags.from_service:
			frappe.throw(
				_("This record proves what was deleted; it is kept by the system."),
				frappe.PermissionError,
				title=_("Not Editable"),
			)
