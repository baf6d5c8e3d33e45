"""The agreement (*pakta*) that somebody signs to work away from the office."""

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate

from mkd_hrms.policy.dates import add_months
from mkd_hrms.services.policies import policy_on


class MKDAgreement(Document):
	def before_validate(self):
		"""Without an end it lasts as long as the policy of its first day says."""
		if self.valid_from and not self.valid_to:
			start = getdate(self.valid_from)
			months = policy_on(
				frappe.db.get_value("Employee", self.employee, "company"), start
			).agreement_months
			self.valid_to = frappe.utils.add_days(add_months(start, months), -1)

	def validate(self):
		if getdate(self.valid_to) < getdate(self.valid_from):
			frappe.throw(_("The agreement ends before it begins."), title=_("Dates in Wrong Order"))
		if self.signed_on and getdate(self.signed_on) > getdate():
			frappe.throw(_("An agreement cannot be signed on a day that has not come yet."))
