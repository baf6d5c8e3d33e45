"""A disciplinary case under PP 94/2021. It counts from its submission on; a draft does not."""

import frappe
from frappe import _
from frappe.model.document import Document

from mkd_hrms.controllers.logged_reading import LoggedReading

ENDED = "Ended"


class MKDDisciplineRecord(LoggedReading, Document):
	def validate(self):
		self.validate_period()

	def before_update_after_submit(self):
		self.validate_period()

	def validate_period(self):
		self.validate_from_to_dates("from_date", "to_date")
		if self.stage == ENDED and not self.to_date:
			frappe.throw(
				_("A case that has ended needs the date on which it ended."),
				frappe.MandatoryError,
				title=_("To Date Missing"),
			)
