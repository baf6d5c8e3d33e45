"""A link under which a calendar program reads MKD days; a service writes it, nobody by hand, and its token is kept nowhere."""

import frappe
from frappe import _
from frappe.model.document import Document


class MKDCalendarFeed(Document):
	def validate(self):
		self.refuse_by_hand()

	def on_trash(self):
		if frappe.session.user != "Administrator":
			self.refuse_by_hand()

	def refuse_by_hand(self):
		if not self.flags.from_service:
			frappe.throw(
				_(
					"Calendar links are made on the coverage board, and end with the button Revoke of their form."
				),
				frappe.PermissionError,
				title=_("Not Editable"),
			)
