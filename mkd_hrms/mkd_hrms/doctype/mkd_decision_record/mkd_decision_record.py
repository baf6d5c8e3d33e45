"""What a decision rested on: every finding, as it was. Written once with the decision, never changed.

It stands apart from the request, because an approver may list requests, and a column of a table that one may list
can be read in disguise (inside an SQL function, or by filtering on it) whatever its permission level says.
"""

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.controllers.served_document import ServedDocument


class MKDDecisionRecord(ServedDocument, Document):
	def validate(self):
		self.refuse_by_hand()

	def on_trash(self):
		self.refuse_by_hand()

	def refuse_by_hand(self):
		frappe.throw(_("The record of a decision is kept as it was made."), frappe.PermissionError)
