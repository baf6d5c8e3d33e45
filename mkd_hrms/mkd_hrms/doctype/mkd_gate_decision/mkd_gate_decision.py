"""A person's decision about one gate of one employee: with a reason, for a time, and never about oneself."""

import frappe
from frappe import _
from frappe.utils import getdate

from mkd_hrms.controllers.judged_record import JudgedRecord
from mkd_hrms.controllers.numbered import Numbered
from mkd_hrms.controllers.served_document import ServedDocument
from mkd_hrms.services.requests import hr_review


class MKDGateDecision(Numbered, ServedDocument, JudgedRecord):
	def validate(self):
		if getdate(self.valid_until) < getdate(self.valid_from):
			frappe.throw(_("The decision ends before it begins."), title=_("Dates in Wrong Order"))
		self.decided_by = None
		super().validate()

	def before_submit(self):
		self.decided_by = frappe.session.user

	def on_submit(self):
		if not self.flags.carry_on_later:
			hr_review.carry_on(self.employee)
