"""A link under which a calendar program reads MKD days; a service writes it, nobody by hand, and its token is kept nowhere."""

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.controllers.kept_by_services import KeptByServices


class MKDCalendarFeed(KeptByServices, Document):
	WRITTEN_WITH = "from_service"

	def on_trash(self):
		if frappe.session.user != "Administrator":
			self.refuse_by_hand()

	def by_hand(self):
		return _(
			"Calendar links are made on the coverage board, and end with the button Revoke of their form."
		)
