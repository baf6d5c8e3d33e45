"""An acting official (Plh, Plt): who stands in for a superior, from when to when, and for whom of his people."""

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.services.people.approver_role import grant_approver


class MKDDelegation(Numbered, Document):
	def validate(self):
		self.validate_from_to_dates("from_date", "to_date")
		if self.approver == self.delegate:
			frappe.throw(_("Nobody stands in for himself."))
		if frappe.session.user == self.delegate:
			frappe.throw(
				_("Nobody makes himself a delegate: ask a colleague in HR to record it."),
				frappe.PermissionError,
			)
		if not frappe.db.get_value("User", self.delegate, "enabled"):
			frappe.throw(_("{0} cannot log in, so he can stand in for nobody.").format(self.delegate))

	def on_update(self):
		grant_approver(self.delegate)
