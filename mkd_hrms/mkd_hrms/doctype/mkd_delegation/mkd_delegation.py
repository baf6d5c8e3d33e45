"""An acting official (Plh., Plt., a.n., u.b.): who stands in for a superior, when, by which letter, for whom of his people."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import format_date, getdate

from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.services.people.approver_role import grant_approver
from mkd_hrms.services.requests import delegates


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
		self.validate_letter()
		delegates.forget_if_changed(self)

	def validate_letter(self):
		"""Whoever acts as something was named by a letter, with number and date, before his time was over."""
		if self.kind and not (self.decree_no and self.decree_date):
			frappe.throw(
				_("{0} is given by a letter: say its number and its date.").format(_(self.kind)),
				frappe.MandatoryError,
			)
		if self.decree_date and getdate(self.decree_date) > getdate(self.to_date):
			frappe.throw(
				_("The letter is dated {0}, after the last day {1}.").format(
					format_date(self.decree_date), format_date(self.to_date)
				)
			)

	def on_update(self):
		grant_approver(self.delegate)
		delegates.tell_at_once(self.name)
